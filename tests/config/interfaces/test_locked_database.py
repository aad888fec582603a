"""Readers while somebody else writes: a lock on the whole database, and a large load. On SQLite, which locks it all."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from config.interfaces.locked_database import LockedDatabase
from faq.store import content_version
from faq.store.lock_wait import wait_at_most
from tests.bench.loading import KEPT, Noticed, document, readers_during
from tests.every import EVERY
from tests.served import Site, served

LOCKED = 4.0
"""Seconds for which a test locks the database."""

SLOW_MACHINE = 3.0
"""How much longer a busy machine may take than the waits that are set."""

SECOND_WORKER = 15.0
"""Seconds in which the second worker is ready too, on a busy machine: until then the first one answers alone."""


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Iterator[tuple[Site, Path]]:
    """A served site and the file of its database."""
    folder = tmp_path_factory.mktemp("locked")
    database = folder / "gatewijzer.sqlite3"
    with served(folder, prepared=prepared_on_sqlite, settings={"DATABASE_URL": f"sqlite:///{database}"}) as site:
        yield site, database


def test_kept_pages_answer_while_the_database_is_locked(on_sqlite: tuple[Site, Path]) -> None:
    site, database = on_sqlite
    started = time.monotonic() + SECOND_WORKER
    with ThreadPoolExecutor(16) as readers:  # so many at once that every worker gets some
        while time.monotonic() < started:
            list(readers.map(lambda _: Noticed().ask(f"{site.origin}{KEPT}"), range(160)))
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    kept, fresh = Noticed(), Noticed()
    until = time.monotonic() + LOCKED

    def ask_for_fresh_pages() -> None:
        while time.monotonic() < until:
            fresh.ask(f"{site.origin}{KEPT}?edition={fresh.statuses.total()}")

    other = threading.Thread(target=ask_for_fresh_pages)
    other.start()
    while time.monotonic() < until:
        kept.ask(f"{site.origin}{KEPT}")
    other.join()
    assert [Noticed().ask(f"{site.origin}{path}") for path in ("/readyz", "/healthz")] == [503, 200]
    lock.execute("ROLLBACK")
    lock.close()
    assert set(kept.statuses) == {200}
    assert kept.statuses.total() > 3
    assert kept.longest < 0.8 + SLOW_MACHINE
    assert set(fresh.statuses) == {503}
    assert fresh.longest < 1.6 + SLOW_MACHINE
    time.sleep(content_version.ASKED_AGAIN_AFTER)
    assert [Noticed().ask(f"{site.origin}{path}") for path in (KEPT, f"{KEPT}?edition=x", "/readyz")] == [200] * 3


def test_a_load_of_many_entries_does_not_stop_readers(on_sqlite: tuple[Site, Path]) -> None:
    site, database = on_sqlite
    written = database.with_name("many.md")
    written.write_text(document(400 if EVERY else 100), encoding="utf-8")
    noticed, _ = readers_during(site, ["import_faq", str(written), "--lang", "en", "--edition", "2000-01"])
    assert {name: set(reader.statuses) for name, reader in noticed.items()} == {name: {200} for name in noticed}
    assert max(reader.longest for reader in noticed.values()) < 1 + SLOW_MACHINE


@pytest.mark.django_db
def test_a_reader_who_finds_it_locked_is_asked_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(content_version, "_read", locked)
    monkeypatch.setattr(content_version._LastKnown, "number", None)
    page, program = client.get("/nl/"), client.get("/api/v1/editions")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "2")
    assert "wordt bijgewerkt" in page.content.decode()
    assert (program.status_code, program.headers["Retry-After"]) == (503, "2")
    assert program.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "cookies", "words"),
    [
        ("GET", {}, "wordt bijgewerkt"),
        ("HEAD", {}, "wordt bijgewerkt"),
        ("GET", {"sessionid": "x"}, "wordt bijgewerkt"),
        ("POST", {}, "Er is niets opgeslagen"),
        ("POST", {"sessionid": "x"}, "Er is niets opgeslagen"),
    ],
)
def test_who_writes_gets_another_answer_than_who_reads(method: str, cookies: dict[str, str], words: str) -> None:
    request = RequestFactory().generic(method, "/nl/")
    request.COOKIES.update(cookies)
    middleware = LockedDatabase(lambda request: None)  # type: ignore[arg-type, return-value]
    answer = middleware.process_exception(request, OperationalError("database is locked"))
    assert answer is not None
    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert middleware.process_exception(request, ValueError("another")) is None


@pytest.mark.django_db
def test_a_wait_is_set_once(django_assert_max_num_queries: Any) -> None:
    was = connection.settings_dict
    try:
        wait_at_most(0.3)
        with django_assert_max_num_queries(0):
            wait_at_most(0.3)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                assert cursor.execute("PRAGMA busy_timeout").fetchone() == (300,)
    finally:
        wait_at_most(was["OPTIONS"].get("timeout", 20))


@pytest.mark.django_db
def test_the_version_that_was_read_last_stands_in_for_half_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    known, asked = content_version.current(), []

    def locked() -> int:
        asked.append(True)
        raise OperationalError("database is locked")

    monkeypatch.setattr(content_version, "_read", locked)
    monkeypatch.setattr(content_version._LastKnown, "until", 0.0)
    assert [content_version.current() for _ in range(5)] == [known] * 5
    assert len(asked) == 1
    assert not content_version.is_readable()
