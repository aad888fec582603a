"""Advice saved under a code."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from advisor.answers.saved_designs import Kept, find_kept, readable_code
from advisor.models import KeptDesign
from faq.models import Edition
from faq.pages.labels import day
from faq.store.limit_rows import read_limits, write_limits
from tests.builders import EDITION

pytestmark = pytest.mark.django_db


def test_a_case_shows_what_was_shown_and_what_changed_since(client: Client) -> None:
    address = "site=Tilburg&site_mbps=25&clients=40&unknown=routes"
    here = client.post("/nl/advice/case/", {"address": address}).headers["Location"]
    code = here.rstrip("/").rpartition("/")[2]
    page = client.get(here).content.decode()
    assert readable_code(code) in page
    assert "Tilburg" in page
    assert "Sindsdien veranderd" not in page
    assert "Aangenomen" in page
    assert client.get("/nl/advice/case/", {"code": readable_code(code).lower()}).headers["Location"] == here
    english = client.get(here.replace("/nl/", "/en/")).content.decode()
    assert "Why not the others" in english

    edition = Edition.objects.get(code=EDITION)
    limits = read_limits(edition)
    limits["p2s"]["max_clients"]["value"] = 30
    write_limits(edition, limits)
    page = client.get(here).content.decode()
    assert "Sindsdien veranderd" in page
    assert "<del>40 / 128</del> <ins>40 / 30, te veel</ins>" in page
    assert "<del>Past</del>" in page.partition("Sindsdien veranderd")[2]


ADDRESS = "site=Tilburg&site_mbps=25&clients=40"


def test_a_code_tells_how_long_it_lives_and_can_be_copied_with_its_link(client: Client) -> None:
    here = client.post("/en/advice/case/", {"address": ADDRESS}).headers["Location"]
    page = client.get(here).content.decode()
    code = readable_code(here.rstrip("/").rpartition("/")[2])
    kept = find_kept(code)
    assert kept is not None
    with override("en"):
        assert f"until {day(kept.opens_until.date())}" in page
    assert f'data-copy-value="{code}" hidden' in page
    assert f'data-copy-value="{settings.ORIGIN}/en/advice/case/{code}/" hidden' in page
    assert code in page.partition('class="title-block"')[2].partition("</header>")[0]


def test_a_code_lives_as_long_as_the_setting_says(settings: Any) -> None:
    settings.DESIGNS_KEPT_WEEKS = 52
    kept = Kept("K7QFM2XDRT", "", datetime(2026, 11, 20, 12, tzinfo=UTC), None)
    assert kept.opens_until == datetime(2027, 11, 19, 12, tzinfo=UTC)


def test_a_result_offers_a_code_before_its_findings(client: Client) -> None:
    page = client.get(f"/en/advice/result/?{ADDRESS}").content.decode()
    assert page.count("Save under a code") == 1
    assert page.index("Save under a code") < page.index("What to know")


def test_the_field_for_a_code_has_the_focus(client: Client) -> None:
    assert "autofocus" in client.get("/en/advice/case/").content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("zzz", "A code has ten characters; this has 3."),
        ("z", "A code has ten characters; this has one."),
        ("K7QFM-2XDRT-9", "A code has ten characters; this has 11."),
        ("K7QFM-2XDR0", "A code never contains 0."),
        ("O7QFM-2IDRU", "A code never contains O, I, or U."),
        ("K7QFM-2XDRT", "Nothing is saved under this code."),
        ("https://example.org/en/advice/case/K7QFM-2XDRT/", "Nothing is saved under this code."),
    ],
)
def test_what_is_wrong_with_a_code_is_told(client: Client, typed: str, told: str) -> None:
    answer = client.get("/en/advice/case/", {"code": typed})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert told in " ".join(page.split())
    assert page.count("has ten characters") + page.count("never contains") + page.count("Nothing is saved") == 1
    assert 'href="/en/search/?q=' in page


def test_a_link_is_opened_as_its_code_is(client: Client) -> None:
    here = client.post("/en/advice/case/", {"address": ADDRESS}).headers["Location"]
    assert client.get("/en/advice/case/", {"code": f"http://x.example{here}"}).headers["Location"] == here


def test_a_case_of_faults_goes_to_the_check(client: Client) -> None:
    assert "/steps/check/" in client.post("/nl/advice/case/", {"address": "clients=x"}).headers["Location"]
    assert not KeptDesign.objects.exists()


def test_a_case_of_before_drawings_had_layouts_shows_the_drawing_of_then(client: Client) -> None:
    here = client.post("/nl/advice/case/", {"address": "site=Tilburg&site_mbps=25"}).headers["Location"]
    kept = KeptDesign.objects.get()
    told = json.loads(zlib.decompress(kept.shown))
    for said in told.values():
        del said["drawings"]
        said["drawing"] = "<svg><title>then</title></svg>"
    kept.shown = zlib.compress(json.dumps(told).encode())
    kept.save()
    assert client.get(here).content.decode().count("<svg><title>then</title></svg>") == 1


def test_a_case_of_before_sources_had_titles_names_their_files(client: Client) -> None:
    here = client.post("/nl/advice/case/", {"address": "site=Tilburg&site_mbps=25"}).headers["Location"]
    kept = KeptDesign.objects.get()
    told = json.loads(zlib.decompress(kept.shown))
    for said in told.values():
        said["limits"] = said["advice"]["limits"]
    kept.shown = zlib.compress(json.dumps(told).encode())
    kept.save()
    document = said["limits"][0]["source"]["document"]
    assert f"<cite>{document}</cite>" in client.get(here).content.decode()
    assert document in client.get(f"{here}text/").content.decode()


def test_a_case_of_before_sheets_had_all_their_parts_still_opens(client: Client) -> None:
    here = client.post("/nl/advice/case/", {"address": "site=Tilburg&site_mbps=25"}).headers["Location"]
    kept = KeptDesign.objects.get()
    told = {
        language: {"advice": said["advice"], "drawing": "<svg></svg>"}
        for language, said in json.loads(zlib.decompress(kept.shown)).items()
    }
    kept.shown = zlib.compress(json.dumps(told).encode())
    kept.save()
    page = client.get(here).content.decode()
    assert "Tilburg" in page
    assert "<svg></svg>" in page
    assert client.get(f"{here}text/").status_code == client.get(f"{here}pdf/").status_code == 200
