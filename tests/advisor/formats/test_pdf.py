"""Advice as PDF: whole, short enough to sign, and with nothing in it read as a command."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.designs import design_of
from tests.pdf_files import pages_of, text_of

HOSTILE = '#read("/etc/passwd") $x$ *b* `c` <i>'


def design(sites: int, *more: tuple[str, str]) -> str:
    """The query of the design that these tests ask about, and what is added."""
    return design_of(sites, ("edition", "2026"), *more)


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "nl",
            ["Dit ontwerp past.", "Wat u moet weten", "Volgende stappen", "Limieten", "Waarom de andere niet"],
        ),
        ("en", ["This design fits.", "What to know", "Next steps", "Sites", "Limits", "Why not the others"]),
    ],
)
def test_it_has_all_that_the_sheet_has(client: Client, language: str, told: list[str]) -> None:
    answer = client.get(f"/{language}/advice/result/pdf/?{design(3, ('name', 'Noord'))}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Robots-Tag"] == "noindex"
    text = text_of(answer.content)
    for said in (*told, "Noord", "VpnGw1AZ", "10.20.255.224/27", "192.168.2.0/24"):
        assert said in text


@pytest.mark.parametrize(("sites", "sheets"), [(1, 2), (12, 2), (30, 3)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_takes_few_sheets(client: Client, sites: int, sheets: int, language: str) -> None:
    assert pages_of(client.get(f"/{language}/advice/result/pdf/?{design(sites)}").content) <= sheets


def test_what_does_not_fit_says_so_first(client: Client) -> None:
    text = text_of(client.get("/en/advice/result/pdf/?clients=20000&vnet=hub&edition=2026").content)
    assert text.index("does not fit") < text.index("What to know")
    assert "20,000 of 10,000" in text


def test_a_name_is_never_a_command(client: Client) -> None:
    answer = client.get(f"/en/advice/result/pdf/?{urlencode({'site': HOSTILE, 'vnet': 'hub', 'name': HOSTILE})}")
    assert answer.status_code == 200
    assert text_of(answer.content).replace(" ", "").count(HOSTILE.replace(" ", "")) >= 3


def test_a_code_gives_what_was_shown_when_it_was_saved(client: Client) -> None:
    kept = client.post("/en/advice/case/", {"address": design(2, ("name", "North"))}, follow=True)
    code = re.search(r"<code[^>]*>([A-Z0-9-]+)</code>", kept.content.decode())
    assert code
    page = kept.content.decode()
    assert f'href="/en/advice/case/{code[1]}/pdf/"' in page
    text = text_of(client.get(f"/en/advice/case/{code[1]}/pdf/").content)
    assert code[1] in text
    assert "Saved on" in text
    assert "Site 2" in text


def test_the_result_leads_to_it(client: Client) -> None:
    page = client.get(f"/en/advice/result/?{design(1)}").content.decode()
    assert re.search(r'href="/en/advice/result/pdf/\?[^"]+" type="application/pdf">PDF<', page)
