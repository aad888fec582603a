"""Search from the browser's own address bar."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from faq.search.indexer import build_index
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_description_fits_what_browsers_ask_of_one(client: Client, language: str) -> None:
    page = client.get(f"/{language}/").content.decode()
    assert f'type="application/opensearchdescription+xml" title="Gatewijzer {language.upper()}"' in page
    answer = client.get(f"/opensearch/{language}.xml")
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 -- our own words
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription"
    name, description = root.findtext(f"{space}ShortName"), root.findtext(f"{space}Description")
    assert name is not None
    assert 0 < len(name) <= 16
    assert description is not None
    assert 0 < len(description) <= 1024
    urls = {url.attrib["type"]: url.attrib["template"] for url in root.iter(f"{space}Url")}
    assert urls["text/html"] == f"{settings.ORIGIN}/{language}/search/?q={{searchTerms}}"
    for template in urls.values():
        path = template.removeprefix(settings.ORIGIN).replace("{searchTerms}", "bgp")
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["de.xml", "NL.xml", ".xml", "fr/suggestions?q=b", "nl/suggestions?q=b&callback=x"])
def test_another_language_or_a_callback_is_refused_with_a_reason(client: Client, path: str) -> None:
    answer = client.get(f"/opensearch/{path}")
    assert answer.status_code == 400
    assert "the language is one of nl, en" in (said := answer.content.decode()) or "no JSONP" in said


def test_suggestions_are_what_address_bars_read(client: Client) -> None:
    answer = client.get("/opensearch/nl/suggestions?q=expressr")
    assert answer.headers["Content-Type"] == "application/x-suggestions+json"
    query, texts, descriptions, pages = answer.json()
    assert query == "expressr"
    assert 1 <= len(texts) == len(descriptions) == len(pages) <= 8
    assert all(page.startswith(f"{settings.ORIGIN}/nl/faq/") for page in pages)
    assert client.get("/opensearch/nl/suggestions").json() == ["", [], [], []]


def test_an_edition_has_a_description_that_stays_in_it(client: Client) -> None:
    published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
    answer = client.get("/opensearch/nl.xml?edition=2020-01")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 -- our own words
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    name = root.findtext(f"{space}LongName")
    assert name == "Gatewijzer NL 2020-01"
    templates = [url.attrib["template"] for url in root.iter(f"{space}Url")]
    assert all(template.endswith(("?edition=2020-01", "&edition=2020-01")) for template in templates)
    for template in templates:
        path = template.removeprefix(settings.ORIGIN).replace("{searchTerms}", "tunnel")
        assert client.get(path).status_code == 200
    assert ElementTree.fromstring(client.get("/opensearch/nl.xml").content).find(f"{space}LongName") is None  # noqa: S314


@pytest.mark.usefixtures("own_index")
def test_suggestions_are_those_of_the_edition_and_lead_there(client: Client) -> None:
    published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?", asked_as=())})
    build_index()
    found = client.get("/opensearch/nl/suggestions?q=zwaluw&edition=2020-01").json()
    assert found[1] == ["Wat is een zwaluwstaart?"]
    assert found[3] == [f"{settings.ORIGIN}/nl/faq/what-is-a-tunnel/?edition=2020-01"]
    assert client.get("/opensearch/nl/suggestions?q=zwaluw").json()[1] == []
