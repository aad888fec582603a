"""No page costs more where there are more entries: every address of the site, asked at two sizes of the FAQ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import get_resolver

from config.interfaces.mcp_server import _resource
from faq.models import Entry
from faq.pages import public_page
from faq.store import content_version
from faq.store.editions import default_edition
from tests.config.test_urls import patterns
from tests.faq.builders import EXAMPLES
from tests.faq.many_entries import many_entries
from web import page_cache

pytestmark = pytest.mark.django_db

FEW, MANY, IN_A_SECTION = 520, 1040, 130
"""Entries that are made up, and in each section: at both sizes every list has more than a page."""

MORE_ROWS, MORE_BYTES, MORE_STEPS = 100, 4_000, 4_000
"""What a page may read and send more for the sections that came along, and steps of the database: far below what it
takes to look at each entry that came along.
"""

NUMBER_BEFORE_ANY_CHANGE = 10**9
"""A version of the content that the site never reaches, so that nothing that is kept here is taken for another."""

VARIANTS = (
    "/nl/faq/?all=1",
    "/nl/faq/?all=1&page=2",
    "/nl/faq/?page=2",
    "/nl/faq.md?page=2",
    "/nl/sections/{section}/?page=2",
    "/nl/sections/{section}.md?page=2",
    "/nl/changes/?page=2",
    "/nl/search/?q=tunnel",
    "/embed/nl/search?q=tunnel",
    "/opensearch/nl/suggestions?q=tunnel",
    "/oembed?url={origin}/nl/faq/{slug}/",
    "/nl/faq/{slug}.pdf",
    "/nl/faq/tunnel-gatewy-subnet/",
    "/nl/faq/former-{slug}/",
    "/help/tunnel.gateway?lang=nl",
    "/nl/advice/result/?clients=40&site=Tilburg",
    "/nl/advice/steps/clients/?want=clients",
    "/api/v1/entries?offset=300&limit=100",
    "/api/v1/entries?type=site-to-site&section={section}",
    "/api/v1/changes?offset=230&limit=50",
    "/api/v1/search?q=tunnel&lang=nl",
    "/api/v1/suggest?q=tunn&lang=nl",
    "/api/v1/limits?entry={slug}",
    "/api/v1/entries/tunnel-gatewy-subnet",
)
"""Pages of the lists, and other addresses whose cost depends on what is asked, next to one for each pattern."""

LEFT_OUT = ("/admin/", "/embed/en/advice/", "/embed/en/help/")
"""The admin, which has lists of its own, and what is made as its Dutch counterpart is."""

FORMS = {"index": "nl", "form": "md", "format": "bicep", "language": "nl", "key": "tunnel.gateway", "name": "faq"}
FORMS |= {"version": "0"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What an answer took. `steps` are those of the database's own machine when all that a process keeps is kept."""

    status: int
    queries: int
    rows: int
    size: int
    steps: int


class Counting(CursorWrapper):
    """A cursor that counts the queries and the rows that are read."""

    queries = rows = 0

    def execute(self, sql: Any, params: Any = None) -> Any:
        Counting.queries += 1
        return super().execute(sql, params)

    def fetchone(self) -> Any:
        row = self.cursor.fetchone()
        Counting.rows += row is not None
        return row

    def fetchmany(self, *args: Any) -> Any:
        rows = self.cursor.fetchmany(*args)
        Counting.rows += len(rows)
        return rows

    def fetchall(self) -> Any:
        rows = self.cursor.fetchall()
        Counting.rows += len(rows)
        return rows

    def __iter__(self) -> Any:
        for row in super().__iter__():
            Counting.rows += 1
            yield row


class Version:
    """The version of the content, which a test raises itself."""

    number = NUMBER_BEFORE_ANY_CHANGE


@pytest.fixture(autouse=True)
def _as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a process keeps, although the test is a transaction, and count what is read."""
    monkeypatch.setattr(content_version, "_in_transaction", lambda: False)
    monkeypatch.setattr(content_version, "current", lambda: Version.number)
    monkeypatch.setattr(connection, "make_cursor", lambda cursor: Counting(cursor, connection))


def addresses(entry: Entry, settings: Any) -> list[str]:
    """An address of each pattern, about an entry where it names one, and the variants."""
    about = {"slug": entry.slug, "section": entry.section.slug, "origin": settings.ORIGIN}
    named = FORMS | about | {"code": entry.slugs.get(is_former=False).short_code, "path": "nothing"}
    found = []
    for form, _ in patterns(get_resolver().url_patterns, "/"):
        if form.startswith(LEFT_OUT):
            continue
        in_section = named | ({"slug": entry.section.slug} if "/sections/" in form else {})
        found.append(form % in_section)
    return [*dict.fromkeys(found), *(form.format(**about) for form in VARIANTS)]


def cost(client: Client, address: str) -> Cost:
    """What a page takes at first, and the steps of the database for the same page again, rendered again."""
    Version.number += 1
    _forget_pages()
    Counting.queries = Counting.rows = 0
    answer = client.get(address)
    size = len(b"".join(answer)) if answer.streaming else len(answer.content)
    queries, rows = Counting.queries, Counting.rows
    _forget_pages()
    with_steps = _Steps()
    client.get(address)
    return Cost(answer.status_code, queries, rows, size, with_steps.end())


def _forget_pages() -> None:
    public_page.pages.shelf = page_cache.Shelf(10_000_000)
    public_page.missing_pages = page_cache.Shelf(1_000_000)


class _Steps:
    """Counts the steps of SQLite's machine; of another database none are known."""

    def __init__(self) -> None:
        self.steps = 0
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(self._step, 100)

    def _step(self) -> int:
        self.steps += 100
        return 0

    def end(self) -> int:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
        return self.steps


def test_no_page_reads_or_sends_more_where_there_are_more_entries(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_page.pages, "shelf", None)
    monkeypatch.setattr(public_page, "missing_pages", None)
    settings.ALLOWED_HOSTS = ["*"]
    edition = default_edition()
    assert edition.code == EXAMPLES
    entry = many_entries(edition, FEW, FEW // IN_A_SECTION)[10]
    asked = addresses(entry, settings)
    few = {address: cost(client, address) for address in asked}
    many_entries(edition, MANY - FEW, (MANY - FEW) // IN_A_SECTION, first=FEW)
    many = {address: cost(client, address) for address in asked}
    grown = {
        address: (few[address], many[address])
        for address in asked
        if many[address].status != few[address].status
        or many[address].status >= 500
        or many[address].queries > few[address].queries
        or many[address].rows > few[address].rows + MORE_ROWS
        or many[address].size > few[address].size + MORE_BYTES
        or many[address].steps > few[address].steps + MORE_STEPS
    }
    assert grown == {}
    assert sum(one.status == 200 for one in many.values()) > 60


def test_the_list_of_entries_for_assistants_is_read_a_page_at_a_time() -> None:
    many_entries(default_edition(), 600, 3)
    first, second = _resource("gatewijzer://entries/nl"), _resource("gatewijzer://entries/nl/2")
    assert [page.count("gatewijzer://entry/") for page in (first, second)] == [250, 250]
    assert first.endswith("- [Next page](gatewijzer://entries/nl/2)")
    assert "gatewijzer://entries" not in _resource("gatewijzer://entries/nl/3")
