"""Which limits are asked for: by words, key and entry, in one language, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def told(client: Client, query: str = "", status: int = 200) -> Any:
    answer = client.get(f"/api/v1/limits{query}")
    assert answer.status_code == status, answer.content
    return answer.json()


def keys(answer: Any) -> list[str]:
    return [limit["key"] for limit in answer["limits"]]


def test_without_a_filter_all_come_in_all_languages(client: Client) -> None:
    answer = told(client)
    assert answer["total"] == len(answer["limits"]) > 100
    assert answer["next"] is None
    assert {tuple(limit["name"]) for limit in answer["limits"]} == {("nl", "en")}


def test_a_key_names_one_limit_or_those_below_it(client: Client) -> None:
    assert keys(told(client, "?key=p2s.max_clients")) == ["p2s.max_clients"]
    below = keys(told(client, "?key=sku.Basic"))
    assert len(below) > 1
    assert all(key.startswith("sku.Basic.") for key in below)


def test_a_key_that_is_not_there_is_told_with_the_nearest(client: Client) -> None:
    (error,) = told(client, "?key=p2s.max_client", 404)["errors"]
    assert (error["path"], error["suggestion"]) == ("key", "p2s.max_clients")


def test_a_key_and_an_entry_that_are_not_there_are_told_at_once(client: Client) -> None:
    errors = told(client, "?key=nope&entry=what-is-expresroute", 404)["errors"]
    assert [error["path"] for error in errors] == ["key", "entry"]
    assert errors[1]["suggestion"] == "what-is-expressroute"


def test_an_entry_names_what_it_states_and_what_it_explains(client: Client) -> None:
    every = told(client)["limits"]
    slug = next(limit["entry"] for limit in every if limit["entry"])
    stated = {limit["key"] for limit in client.get(f"/api/v1/entries/{slug}").json()["limits"]}
    explained = {limit["key"] for limit in every if limit["entry"] == slug}
    assert set(keys(told(client, f"?entry={slug}"))) == stated | explained != set()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("how many point-to-site clients", "p2s.max_clients"),
        ("hoeveel point-to-site-clients", "p2s.max_clients"),
        ("p2s.max_clients", "p2s.max_clients"),
    ],
)
def test_words_in_either_language_find_a_limit(client: Client, query: str, key: str) -> None:
    found = keys(told(client, f"?query={query}"))
    assert key in found[:5]
    assert len(found) < 60


def test_words_of_no_limit_find_nothing(client: Client) -> None:
    answer = told(client, "?query=bananen")
    assert (answer["limits"], answer["total"]) == ([], 0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_in_one_language_no_text_of_another_comes(client: Client, language: str) -> None:
    for limit in told(client, f"?lang={language}")["limits"]:
        texts = [limit["name"], limit["note"] or {}, *(conflict["text"] for conflict in limit["conflicts"])]
        texts += [limit["value"]] if isinstance(limit["value"], dict) else []
        assert {code for text in texts for code in text} == {language}


def test_the_pages_together_are_the_whole(client: Client) -> None:
    listed, address = [], "/api/v1/limits?limit=50&key=sku"
    while address:
        page = client.get(address).json()
        assert len(page["limits"]) <= 50
        listed += keys(page)
        address = (page["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert listed == keys(told(client, "?key=sku"))
