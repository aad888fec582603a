"""A served site on a PostgreSQL with a streaming replica, with the shipped content."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.publishing import SLUG
from tests.faults.visitor import Browser, seconds_until_ready
from tests.postgres import Server, replica_of, server
from tests.served import ACCOUNTS, PASSWORD, Site, copy_content, environment_of, served

LAG_SECONDS = 2
"""How far readers let the replica be behind."""

NOTICED = 2.0
"""Seconds in which every worker knows that a database has gone, or answers again."""


@dataclass(frozen=True, slots=True)
class Replicated:
    """The site, and the servers that it asks."""

    site: Site
    primary: Server
    replica: Server

    def start_all(self) -> None:
        """Start what a test stopped, and wait until all is well again, and every worker knows it."""
        stopped = [one for one in (self.primary, self.replica) if not one.is_running()]
        for one in stopped:
            one.start()
        if self.replica.asked("SELECT pg_is_wal_replay_paused()") == [(True,)]:
            self.replica.asked("SELECT pg_wal_replay_resume()")
        until_ready(self.site)
        if stopped:
            time.sleep(NOTICED)


def until_ready(site: Site) -> None:
    """Raises RuntimeError where that takes too long."""
    if seconds_until_ready(site.origin, time.monotonic(), 60) is None:
        raise RuntimeError(Browser(site.origin).ask("/readyz")[1])


@contextmanager
def loaded_primary(folder: Path, prepared: Path) -> Iterator[Server]:
    """A primary with what is prepared, and with two accounts."""
    with server() as primary:
        copy_content(Site("", environment_of(folder, primary.url)), prepared, ACCOUNTS)
        yield primary


@contextmanager
def replicated(folder: Path, prepared: Path) -> Iterator[Replicated]:
    """A site that is served by two workers from a primary and a replica."""
    folder.mkdir()
    with loaded_primary(folder, prepared) as primary, replica_of(primary) as replica:
        settings = {
            "DATABASE_URL": primary.url,
            "DATABASE_REPLICA_URLS": replica.url,
            "GATEWIJZER_REPLICA_LAG_SECONDS": str(LAG_SECONDS),
        }
        with served(folder, prepared=prepared, settings=settings) as site:
            made = Replicated(site, primary, replica)
            made.start_all()
            yield made


class Editor:
    """Publishes an entry again and again, each time with another word in both languages."""

    def __init__(self, made: Replicated) -> None:
        self.browser = Browser(made.site.origin)
        sql = f"SELECT max(id) FROM faq_entry WHERE slug = '{SLUG}' AND published_at IS NOT NULL"  # noqa: S608 -- our own
        self.page = f"/admin/faq/entry/{made.primary.asked(sql)[0][0]}/change/"
        self.browser.sign_in("publisher", PASSWORD)

    def publish(self, word: str) -> int:
        """The status that the editor gets."""
        form = self.browser.form(self.page, "nl_answer")
        typed = {f"{language}_answer": f"Text with {word}." for language in ("nl", "en")}
        return self.browser.ask(self.page, form.sent(typed, ("_publish", "Publish")))[0]
