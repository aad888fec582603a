"""The JSON API as a whole: its document, refusals and conditional requests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from advisor.formats.json_schema import ADVICE, need_schema
from faq.api.schemas import SearchOut, SuggestOut
from faq.models import Entry
from faq.store.publishing import save_draft
from tests.faq.builders import content, edition, published

pytestmark = pytest.mark.django_db


EXPRESSROUTE = "what-is-expressroute"

TYPES = "site-to-site, multi-site, point-to-site, vnet-to-vnet, expressroute, vnet-peering"


def told(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


class TestRefusals:
    """Problem details, with every fault at once."""

    def test_every_wrong_parameter_is_told(self, client: Client) -> None:
        problem = told(client, "entries?lang=fr&limit=0&offset=-1&edition=2016-21&type=vnet", 400)
        assert problem["status"] == 400
        assert [(error["path"], error["value"]) for error in problem["errors"]] == [
            ("lang", "fr"), ("edition", "2016-21"), ("type", "vnet"), ("offset", "-1"), ("limit", "0"),
        ]  # fmt: skip
        assert problem["errors"][1]["suggestion"] == "2016-12"

    @pytest.mark.parametrize(
        ("asked", "path", "suggestion"),
        [
            ("search?q=bgp&secton=bgp", "secton", "section"),
            ("entries?ofset=10", "ofset", "offset"),
            ("suggest?q=b&limt=3", "limt", "limit"),
            ("sections?language=en", "language", "lang"),
            ("limits?editon=2016-12", "editon", "edition"),
            ("editions?lang=en", "lang", None),
            (f"entries/{EXPRESSROUTE}?fromat=text", "fromat", "format"),
        ],
    )
    def test_a_parameter_that_is_not_there_is_told_and_not_passed_over(
        self, client: Client, asked: str, path: str, suggestion: str | None
    ) -> None:
        (error,) = told(client, asked, 400)["errors"]
        assert (error["path"], error["suggestion"]) == (path, suggestion)
        assert error["reason"].startswith(("Unknown parameter; ", "Onbekende parameter; "))

    def test_it_is_told_together_with_the_others(self, client: Client) -> None:
        errors = told(client, "search?secton=bgp&limit=99&lang=fr", 400)["errors"]
        assert [error["path"] for error in errors] == ["lang", "q", "limit", "secton"]

    def test_an_advice_has_no_other_parameters_either(self, client: Client) -> None:
        answer = client.post("/api/v1/advice?language=en", "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "language")

    def test_a_section_that_is_not_there_is_told_with_the_nearest(self, client: Client) -> None:
        (error,) = told(client, "entries?section=gateway", 400)["errors"]
        assert (error["value"], error["suggestion"]) == ("gateway", "gateways")

    def test_a_section_that_has_only_drafts_is_as_one_that_is_not_there(self, client: Client) -> None:
        made = edition()
        section = made.sections.create(slug="kanarievogels", title_nl="K", title_en="K", order=9)
        save_draft(Entry(edition=made, section=section), content(section="kanarievogels"))
        assert b"kanarievogels" not in client.get("/api/v1/openapi.json").content
        assert told(client, "entries?section=kanarievogels", 400)["errors"][0]["suggestion"] is None

    @pytest.mark.parametrize("path", ["search?q=bgp&", "suggest?q=bgp&", "entries?", "editions?", "limits?"])
    def test_jsonp_is_refused_with_a_reason(self, client: Client, path: str) -> None:
        (error,) = told(client, f"{path}callback=alert", 400)["errors"]
        assert (error["path"], error["value"]) == ("callback", "alert")
        assert error["reason"].startswith("JSONP ")

    @pytest.mark.parametrize(
        ("language", "reasons"),
        [
            (
                "en",
                [
                    "This parameter is required.",
                    f"Use one of: {TYPES}.",
                    "Must be a whole number.",
                    "Unknown parameter; use one of: lang, edition, q, section, type, limit.",
                ],
            ),
            (
                "nl",
                [
                    "Deze parameter is verplicht.",
                    f"Gebruik een van: {TYPES}.",
                    "Moet een geheel getal zijn.",
                    "Onbekende parameter; gebruik een van: lang, edition, q, section, type, limit.",
                ],
            ),
        ],
    )
    def test_every_reason_is_in_one_voice_and_in_the_language_asked_for(
        self, client: Client, language: str, reasons: list[str]
    ) -> None:
        answer = client.get(
            f"/api/v1/search?lang={language}&type=bgp&limit=x&secton=1", headers={"Accept-Language": "en"}
        )
        assert answer.json()["title"] == "Invalid parameter"
        assert [error["reason"] for error in answer.json()["errors"]] == reasons

    @pytest.mark.parametrize(
        ("path", "english", "dutch"),
        [
            ("search?q=bgp&limit=51", "Must be 50 or less.", "Mag hooguit 50 zijn."),
            ("search?q=bgp&limit=0", "Must be 1 or more.", "Moet ten minste 1 zijn."),
            ("search?q=", "Must not be empty.", "Mag niet leeg zijn."),
            ("entries/nothing-like-it", "No entry has this slug.", "Geen vraag heeft deze slug."),
            ("nothing", "There is nothing at this path.", "Op dit pad is niets."),
            (
                "limits?key=nope",
                "No limit of this edition has this key.",
                "Geen limiet van deze editie heeft deze sleutel.",
            ),
        ],
    )
    def test_each_reason_has_both_languages(self, client: Client, path: str, english: str, dutch: str) -> None:
        for language, reason in (("en", english), ("nl", dutch)):
            asked = f"/api/v1/{path}{'&' if '?' in path else '?'}lang={language}"
            assert [error["reason"] for error in client.get(asked).json()["errors"]] == [reason]

    def test_no_reason_of_pydantic_comes_through(self, client: Client) -> None:
        asked = "lang=x&q=&limit=9.5&offset=-1&type=x&section=x&edition=x&format=x&key=&entry=x&x=1"
        for path in ("search", "suggest", "entries", f"entries/{EXPRESSROUTE}", "sections", "editions", "limits"):
            for error in client.get(f"/api/v1/{path}?{asked}").json()["errors"]:
                assert "Input" not in error["reason"]
                assert error["reason"].endswith(".")

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [("get", "nothing", 404), ("get", "advice", 405), ("post", "suggest", 405), ("delete", "entries", 405)],
    )
    def test_no_error_comes_as_a_page_for_people(self, client: Client, method: str, path: str, status: int) -> None:
        answer = getattr(client, method)(f"/api/v1/{path}")
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status

    def test_a_wrong_method_names_the_right_ones(self, client: Client) -> None:
        assert "GET" in client.post("/api/v1/suggest").headers["Allow"]
        assert {"GET", "POST"} <= set(client.delete("/api/v1/search").headers["Allow"].split(", "))


class TestConditional:
    """ETag, 304, HEAD and compression."""

    @pytest.mark.parametrize(
        "path", ["entries", f"entries/{EXPRESSROUTE}", "sections", "editions", "limits", "search?q=bgp", "openapi.json"]
    )
    def test_an_unchanged_answer_is_a_304(self, client: Client, path: str) -> None:
        first = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head(f"/api/v1/{path}")
        assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])

    def test_a_published_edit_makes_a_new_answer(self, client: Client) -> None:
        made = edition()
        published(made)
        before = client.get("/api/v1/entries?edition=2020-01").headers["ETag"]
        published(made, slug="one-more")
        assert client.get("/api/v1/entries?edition=2020-01").headers["ETag"] != before


class TestDocument:
    """The OpenAPI document and the page that is made from it."""

    def test_it_names_every_operation_and_the_editions_there_are(self, client: Client) -> None:
        document = told(client, "openapi.json")
        assert document["openapi"] == "3.1.0"
        assert {path.removeprefix("/api/v1/") for path in document["paths"]} == {
            "search", "suggest", "entries", "entries/{slug}", "sections", "editions", "limits", "changes",
            "advice", "need", "deployables/{format}",
        }  # fmt: skip
        parameters = document["paths"]["/api/v1/search"]["get"]["parameters"]
        assert next(one["schema"]["enum"] for one in parameters if one["name"] == "edition") == ["2026", "2016-12"]
        parameters = document["paths"]["/api/v1/changes"]["get"]["parameters"]
        known = {one["name"]: one["schema"]["enum"] for one in parameters if one["name"] in ("from", "to")}
        assert known == {"from": ["2026", "2016-12"], "to": ["2026", "2016-12"]}

    def test_every_operation_tells_its_rate_and_how_to_ask_again(self, client: Client) -> None:
        for path, operations in told(client, "openapi.json")["paths"].items():
            for method, operation in operations.items():
                answers = operation["responses"]
                assert answers.pop("414")["description"], "the server answers it, before the site does"
                assert "Retry-After" in answers["429"]["headers"], path
                assert all("RateLimit" in answer["headers"] for answer in answers.values()), path
                assert ("304" in answers) == (method == "get")
                for code, answer in answers.items():
                    if int(code) >= 400:
                        assert list(answer["content"]) == ["application/problem+json"]

    def test_every_field_of_a_need_says_what_it_means(self) -> None:
        def described(schema: Any) -> bool:
            return "description" in schema or any(described(one) for one in schema.get("anyOf", ()))

        need = need_schema(["2016-12"])["properties"]
        inner = [need["vnets"]["items"], need["sites"]["items"], need["clients"]]
        for fields in (need, *(one["properties"] for one in inner)):
            assert [name for name, field in fields.items() if not described(field) and name != "clients"] == []

    def test_its_need_has_the_fields_of_the_contract(self) -> None:
        from advisor.core.need import FIELDS

        assert tuple(need_schema(["2016-12"])["properties"]) == FIELDS

    def test_its_advice_is_what_an_advice_has(self, client: Client) -> None:
        answer = client.post("/api/v1/advice", "{}", content_type="application/json").json()
        assert list(ADVICE["properties"]) == list(answer)

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_the_page_tells_every_operation(self, client: Client, language: str) -> None:
        page = client.get(f"/{language}/api/").content.decode()
        for path in told(client, "openapi.json")["paths"]:
            assert f"<code>{path}</code>" in page
        assert "sites[].device_routing" in page
        assert "curl -d" in page
        assert "`" not in page

    def test_each_example_of_the_page_answers(self, client: Client) -> None:
        page = client.get("/en/api/").content.decode()
        addresses = re.findall(r'class="try">[^<]*<a href="([^"]+)"', page)
        assert len(addresses) == 8
        for address in addresses:
            assert client.get(address.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("edition", ["2026", "2016-12"])
@pytest.mark.parametrize("query", ["expressroute", "xyzzy", "adresruitme", "bgp", "handshake"])
def test_what_is_written_without_its_schema_holds_to_it(client: Client, query: str, edition: str) -> None:
    given = {"q": query, "edition": edition}
    for response, schema in (
        (client.get("/api/v1/search", given), SearchOut),
        (client.post("/api/v1/search", given, content_type="application/json"), SearchOut),
        (client.get("/api/v1/suggest", given), SuggestOut),
    ):
        assert response.status_code == 200, response.content
        assert schema.model_validate_json(response.content).model_dump(mode="json") == response.json()
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
