"""Entries as PDF: whole, accessible, and with nothing in them read as a command."""

from __future__ import annotations

import io
from unicodedata import normalize

import pytest
from django.test import Client
from pypdf import PdfReader

from faq.formats.pdf import ENTRY_TEMPLATE, html_tree
from faq.formats.typesetting import typeset
from tests.pdf_files import text_of

ENTRY = "what-is-the-gateway-subnet-and-why-is-it-needed"


def data(**more: object) -> dict[str, object]:
    """What the template of an entry takes."""
    words = {"limits": "Limits", "sources": "Sources"}
    rest = {"head": [["Edition", "2026"]], "answer": ["A"], "limits": [], "sources": [], "words": words}
    return {"language": "en", "title": "T", "link": "https://example.org/", **rest, **more}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "limits"), [("nl", "Limieten"), ("en", "Limits")])
def test_an_entry_is_a_pdf_with_all_that_the_page_has(client: Client, language: str, limits: str) -> None:
    answer = client.get(f"/{language}/faq/{ENTRY}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Robots-Tag"] == "noindex"
    text = text_of(answer.content)
    assert "GatewaySubnet" in text
    assert limits in text
    assert f"/{language}/faq/{ENTRY}/" in text


@pytest.mark.django_db
def test_the_file_says_what_it_is_and_has_headings_for_a_screen_reader(client: Client) -> None:
    reader = PdfReader(io.BytesIO(client.get(f"/en/faq/{ENTRY}.pdf").content))
    assert reader.metadata is not None
    assert "gateway subnet" in str(reader.metadata.title)
    assert str(reader.root_object["/Lang"]) == "en"
    assert "/StructTreeRoot" in reader.root_object


@pytest.mark.django_db
def test_an_entry_that_is_not_there_is_no_pdf(client: Client) -> None:
    assert client.get("/nl/faq/nothing-of-this-name.pdf").status_code == 404


HOSTILE = ['#read("/etc/passwd")', "$x$ *b* _i_", "= H", "\\", "`", "<script>", '"', "]", "// c"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_is_never_a_command(hostile: str) -> None:
    typed = data(title=hostile, answer=[["p", {}, [hostile]]], limits=[[hostile, hostile, [hostile]]])
    text = text_of(typeset(ENTRY_TEMPLATE, {**typed, "link": "x"}))
    assert text.replace(" ", "").count(hostile.replace(" ", "")) == 5


@pytest.mark.parametrize(
    "odd", ["中文", "😀", "\x01", "\ufeff", "\ue000", "\ud7ff", "\ufdd0", "a\u0301\U0001fffe"], ids=ascii
)
def test_a_character_that_no_font_has_is_replaced_and_the_rest_stays(odd: str) -> None:
    typed = data(title=f"een{odd}titel", answer=[["p", {}, [f"een{odd}antwoord"]], ["pre", {}, [f"vpn{odd}\ncode"]]])
    text = text_of(typeset(ENTRY_TEMPLATE, typed))
    for word in ("een", "titel", "antwoord", "vpn", "code"):
        assert word in text


def test_a_character_that_a_font_has_stays() -> None:
    text = text_of(typeset(ENTRY_TEMPLATE, data(title="één woord", answer=[["p", {}, ["中 € 😀"]]])))
    assert "één woord" in normalize("NFC", text)
    assert "€" in text


DESIGN = {"edition": "2026", "site_prefixes": "192.168.10.0/24", "vnet": "hub", "vnet_prefixes": "10.20.0.0/16"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["中文网络", "Kantoor 😀", "\ue000"], ids=ascii)
def test_an_advice_for_a_site_of_any_name_is_a_pdf(client: Client, name: str) -> None:
    answer = client.get("/nl/advice/result/pdf/", DESIGN | {"site": name, "name": name})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_blocks_have_no_space_between_them_and_code_keeps_its_lines() -> None:
    assert html_tree("<p>a\n <b>b</b> c</p>\n<pre>x\n  y</pre>\n") == [
        ["p", {}, ["a ", ["b", {}, ["b"]], " c"]],
        ["pre", {}, ["x\n  y"]],
    ]


def test_a_table_keeps_its_rows_and_a_list_its_number() -> None:
    head = "<thead><tr><th>SKU</th><th>Tunnels</th></tr></thead>"
    table = f"<table>{head}<tbody><tr><td>Basic</td><td>10</td></tr></tbody></table>"
    text = text_of(typeset(ENTRY_TEMPLATE, data(answer=html_tree(f'{table}<ol start="3"><li>step</li></ol>'))))
    for said in ("SKU", "Tunnels", "Basic", "10", "3. step"):
        assert said in text


@pytest.mark.django_db
def test_the_page_of_an_entry_leads_to_it(client: Client) -> None:
    page = client.get(f"/nl/faq/{ENTRY}/?edition=2026").content.decode()
    assert f'href="/nl/faq/{ENTRY}.pdf?edition=2026"' in page
