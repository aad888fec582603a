"""A code typed into the search."""

from __future__ import annotations

import pytest
from django.test import Client

from advisor.answers.saved_designs import keep, readable_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> str:
    """A code that something is saved under."""
    return readable_code(keep("clients=40", {"nl": {}, "en": {}}, client="a"))


def test_a_search_for_a_code_opens_it_however_it_is_typed(client: Client, code: str) -> None:
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "").lower(), f" {code} "):
        answer = client.get("/en/search/", {"q": typed})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/en/advice/case/{code}/"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_code_keeps_the_edition_that_is_read(client: Client, code: str) -> None:
    location = client.get("/en/search/", {"q": code, "edition": "2026"}).headers["Location"]
    assert location == f"/en/advice/case/{code}/?edition=2026"


def test_results_while_typing_lead_there_too(client: Client, code: str) -> None:
    answer = client.get("/nl/search/", {"q": code}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/nl/advice/case/{code}/"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_looks_like_a_code_and_is_none_is_told_above_the_results(client: Client, headers: dict[str, str]) -> None:
    page = client.get("/en/search/", {"q": "k7qfm 2xdrt"}, headers=headers).content.decode()
    assert "Nothing is saved under the code K7QFM-2XDRT." in page
    assert 'href="/en/advice/case/?code=K7QFM-2XDRT"' in page


@pytest.mark.parametrize("words", ["vpn gateway", "bgp", "", "breadth fast"])
def test_words_are_searched_for(client: Client, words: str) -> None:
    answer = client.get("/en/search/", {"q": words})
    assert answer.status_code == 200
    assert "Nothing is saved under the code" not in answer.content.decode()


def test_a_code_can_be_opened_from_the_home_page(client: Client) -> None:
    page = client.get("/nl/").content.decode()
    assert '<form class="open-code" action="/nl/advice/case/">' in page
    assert 'name="code"' in page
