"""Editions and their limits."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from faq.documents import Document
from faq.knowledge.limits_file import written_limits
from faq.models import Edition, Limit
from faq.store.editions import catalogue_of, catalogues, default_edition, known_editions
from faq.store.limit_rows import read_limits
from faq.store.loading import import_document, sync_edition
from faq.store.publishing import withdraw
from faq.store.slugs import openable
from tests.builders import CONTENT, EDITION, catalogue
from tests.faq.builders import LIMITS, edition, edition_content, published, text

pytestmark = pytest.mark.django_db


def test_limits_are_in_the_order_of_the_file(client: Client) -> None:
    keys = [limit.key for limit in catalogue()]
    assert [limit.key for limit in catalogue_of(default_edition())] == keys
    assert [limit["key"] for limit in client.get("/api/v1/limits").json()["limits"]] == keys
    page = client.get("/en/limits/").context
    folded = {limit.key for table in page["tables"] for limit in table.told_whole}
    listed = [key for key in keys if key not in folded]
    for group, limits in page["groups"]:
        assert [limit.key for limit in limits] == [key for key in listed if key.partition(".")[0] == group]


def test_a_limits_file_is_exported_as_it_was_loaded(tmp_path: Path) -> None:
    call_command(
        "export_faq", "--edition", EDITION, "--format", "content", "--output", str(tmp_path), stderr=StringIO()
    )
    written = next(tmp_path.rglob("limits.toml")).read_text()
    loaded = tomllib.loads((CONTENT / EDITION / "limits.toml").read_text())
    assert tomllib.loads(written) == loaded
    assert [key for key, _ in written_limits(tomllib.loads(written))] == [key for key, _ in written_limits(loaded)]


PUBLIC = (
    *("/nl/", "/nl/editions/", "/nl/faq/", "/nl/changes/", "/nl/limits/", "/nl/advice/", "/nl/search/?q=vpn"),
    *("/sitemap.xml", "/llms.txt", "/api/v1/editions", "/api/v1/openapi.json"),
    *("/nl/editions/?edition=unheard", "/api/v1/entries?edition=unheard", "/nl/advice/?edition=unheard"),
)


def test_readers_do_not_know_an_edition_of_which_nothing_is_published(client: Client, admin_client: Client) -> None:
    """Also the newest: it is not what readers get who ask for none."""
    made = edition("unheard-of", date=date(2999, 1, 1), limits={})
    withdraw(published(made, limits=()))
    assert default_edition().code == EDITION
    for path in PUBLIC:
        assert b"unheard-of" not in client.get(path).content, path
    refused = client.post("/api/v1/advice", {"edition": "unheard-of"}, "application/json")
    assert refused.status_code == 422
    assert "unheard-of" not in refused.content.decode().replace('"value": "unheard-of"', "")
    assert "unheard-of" in admin_client.get("/admin/faq/entry/queue/?edition=unheard-of").content.decode()
    published(made, slug="another", limits=())
    assert b"unheard-of" in client.get("/nl/editions/").content


def test_limits_in_another_order_are_a_change() -> None:
    two = LIMITS | {"s2s": {"most": LIMITS["p2s"]["max_clients"]}}
    first = edition_content(limits=two)
    sync_edition(first)
    sync_edition(replace(first, limits=dict(reversed(two.items()))))
    assert [limit.key for limit in catalogues()["2020-01"]] == ["s2s.most", "p2s.max_clients"]


def test_the_limits_of_all_editions_are_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sync_edition(edition_content())
    catalogues()
    with django_assert_num_queries(1):
        assert list(catalogues()) == ["2026", "2020-01", "2016-12"]


def test_an_edition_goes_through_a_fixture_unchanged() -> None:
    made = default_edition()
    rows = [made, *made.limit_sources.all(), *made.limits.all()]
    written = serializers.serialize("json", rows)
    before = read_limits(made)
    Limit.objects.all().delete()
    for read in serializers.deserialize("json", written):
        read.save()
    assert read_limits(default_edition()) == before


def test_a_limit_keeps_the_days_on_which_it_holds_and_a_date_as_its_value() -> None:
    limits = deepcopy(LIMITS)
    limits["p2s"]["max_clients"] |= {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 3, 31)}
    limits["p2s"]["end"] = limits["p2s"]["max_clients"] | {"unit": "date", "value": date(2027, 3, 31)}
    sync_edition(edition_content(limits=limits))
    found = catalogues()["2020-01"]
    assert found.day("p2s.end") == date(2027, 3, 31)
    limit = found["p2s.max_clients"]
    assert (limit.valid_from, limit.valid_to) == (date(2026, 1, 1), date(2027, 3, 31))
    assert [limit.holds_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 4, 1))] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("2015-03", date(2015, 3, 1)),
        ("2015-03-09", date(2015, 3, 9)),
        ("2015-13", None),
        ("2015", None),
        ("intranet", None),
    ],
)
def test_an_imported_edition_has_the_date_of_its_code_or_none(code: str, day: date | None) -> None:
    import_document(Document("Intranet", "", (), ()), code, "nl")
    assert Edition.objects.get(code=code).date == day


@pytest.mark.usefixtures("_undated")
class TestUndated:
    """An edition without a date."""

    @pytest.fixture
    def _undated(self) -> None:
        edition("intranet", date=None)
        edition("2015-03", date=date(2015, 3, 1))

    def test_it_is_older_than_every_other(self, settings: Any) -> None:
        assert [made.code for made in known_editions()] == ["2026", "2016-12", "2015-03", "intranet"]
        assert list(catalogues()) == ["2026", "2016-12", "2015-03", "intranet"]
        settings.DEFAULT_EDITION = "not-there"
        assert default_edition().code == "2026"

    def test_nothing_tells_a_date_of_it(self, client: Client, tmp_path: Path) -> None:
        (told,) = (one for one in client.get("/api/v1/editions").json()["editions"] if one["code"] == "intranet")
        assert told["date"] is None
        assert client.get("/nl/editions/").status_code == 200
        command = ("export_faq", "--edition", "intranet", "--format", "content", "--output", str(tmp_path))
        call_command(*command, stderr=StringIO())
        assert "date" not in tomllib.loads((tmp_path / "intranet/edition.toml").read_text())

    def test_its_entries_are_found_last(self) -> None:
        for made in Edition.objects.filter(code__in=("intranet", "2015-03")):
            published(made, slug="tunnel", texts={"nl": text(question=f"{made.code}?")})
        assert [one.question for one in openable(["tunnel"], default_edition(), "nl")] == ["2015-03?"]
