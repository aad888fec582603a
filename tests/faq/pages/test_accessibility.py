"""The accessibility statement: its blanks, what an organization fills in, and its record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from faq.pages.accessibility import RECORD, STATUSES
from tests.browser import accessibility as measured

pytestmark = pytest.mark.django_db
BLANK = {"nl": "door de organisatie in te vullen", "en": "to be filled in by the organization"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_nobody_filled_in_is_a_visible_blank(client: Client, language: str) -> None:
    page = client.get(f"/{language}/accessibility/").content.decode()
    assert page.count(BLANK[language]) == 5


def test_what_the_organization_says_is_shown(client: Client, settings: Any) -> None:
    settings.ORGANIZATION, settings.ACCESSIBILITY_STATUS = "Example Networks", "B"
    settings.ACCESSIBILITY_CONTACT, settings.ACCESSIBILITY_ANSWER_DAYS = "mailto:help@example.org", 5
    settings.ACCESSIBILITY_STATED_ON = date(2026, 12, 1)
    page = client.get("/en/accessibility/").content.decode()
    for said in ("Example Networks", str(STATUSES["B"]), "help@example.org", "within 5 working days"):
        assert said in page
    assert BLANK["en"] not in page


def test_the_record_is_what_the_tests_in_a_browser_go_by(client: Client) -> None:
    page = client.get("/en/accessibility/").content.decode()
    assert list(RECORD.rules) == measured.RULES
    assert {width for width, _ in measured.EACH} == set(RECORD.widths)
    assert "320, 390, 768, 1280" in page
    assert "wcag22aa" in page
    assert ("All of them together have not run without faults yet." in page) == (RECORD.measured_on is None)


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/nl/accessibility/"' in client.get("/nl/").content.decode()
