"""What many entries cost: `make growth`, or `python -m tests.bench.growth [--entries 10000] [--on postgres]`.

On the embedded default: SQLite and Whoosh. On PostgreSQL with its own search engine: a server that is started for this,
and that writes to its disk before it confirms, as one of a company would.

A site serves the shipped content and so many made-up entries in both languages, in 40 sections. Pages are asked for one
after the other: once after something was published, and then five times more. Then single entries are published, and
each is searched for until it is found. In the end a document is imported into an edition of its own.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.bench.loading import document
from tests.postgres import postgres
from tests.served import Site, served

SECTIONS = 40
AGAIN = 5
PUBLISHED = 15
SEARCHED_FOR = 5
IMPORTED = 100
"""Questions in the document that is imported."""

LONGEST_BUILD = 3_600
"""Seconds in which an index of all entries is built."""

SETTLED = 30
"""Seconds after it for what is taken in then."""

FILLED_AT_ONCE = 5_000
"""Entries that are written together."""

SERVER = "-c shared_buffers=256MB"
"""Settings of the server on PostgreSQL; all others are as they are in Debian."""

FILL = """
from faq.store.editions import default_edition
from tests.faq.many_entries import many_entries
edition = default_edition()
for first in range(0, {entries}, {at_once}):
    some = min({at_once}, {entries} - first)
    many_entries(edition, some, -(-{sections} * some // {entries}), first=first)
"""
PUBLISH = """
import time
from dataclasses import replace
from faq.models import Entry
from faq.store.editions import default_edition
from faq.store.publishing import publish, published_content
entries = Entry.objects.filter(edition=default_edition(), slug__contains="-number-").order_by("-pk")
for number, entry in enumerate(entries[:{times}]):
    content = published_content(entry)
    said = replace(content.texts["nl"], question="Wat doet {word}" + "x" * number + "?")
    began = time.monotonic()
    publish(entry, content.with_text("nl", said))
    print("took", time.monotonic() - began)
"""
SIZES = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_database_size(current_database())")
    print(cursor.fetchone()[0])
    cursor.execute(
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'search_%'"
    )
    print(cursor.fetchone()[0])
"""
PAGES = {
    "home page": "/nl/",
    "an entry": "/nl/faq/what-is-expressroute/",
    "the whole FAQ, first page": "/nl/faq/",
    "the whole FAQ, its last page": "/nl/faq/?page={last}",
    "the whole FAQ in Markdown": "/nl/faq.md",
    "a section": "/nl/sections/made-up-40/",
    "sitemap": "/sitemap.xml",
    "feed of changes": "/nl/changes.atom",
    "llms.txt": "/llms.txt",
    "list of the API": "/api/v1/entries?lang=nl",
    "search page": "/nl/search/?q=tunnel+gateway+number",
    "search by the API": "/api/v1/search?q=subnet+gateway&lang=nl",
    "the same, never asked before": "/api/v1/search?q=subnet+gateway+{again}0{again}&lang=nl",
    "suggestions": "/api/v1/suggest?q=wat+doet&lang=nl",
    "a page that does not exist": "/nl/faq/tunnel-gateway-{again}/",
    "a page of advice": "/nl/advice/result/?site=a&site_mbps=100&edition=2026&clients={again}",
}


def fetch(url: str) -> tuple[float, int, bytes]:
    """The milliseconds until an answer is read, its status, and what it holds."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 -- our own server
            status, held = answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        status, held = refused.code, refused.read()
    return 1000 * (time.monotonic() - began), status, held


def until(holds: Callable[[], bool], seconds: float) -> float:
    """The seconds until something holds. Raises TimeoutError."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise TimeoutError(holds)
        time.sleep(0.1)
    return time.monotonic() - began


def is_indexed(site: Site) -> bool:
    """Whether searches see what readers see."""
    return bool(json.loads(fetch(f"{site.origin}/readyz")[2])["parts"]["index"] == "ok")


def pages(site: Site, entries: int) -> Iterator[str]:
    """A row for each kind of page."""
    last = max(map(int, re.findall(rb"page=(\d+)", fetch(f"{site.origin}/nl/faq/")[2])), default=1)
    for name, path in PAGES.items():
        urls = [site.origin + path.format(again=again, last=last) for again in range(AGAIN + 1)]
        first, status, held = fetch(urls[0])
        again = statistics.median(fetch(url)[0] for url in urls[1:])
        yield f"| {name} | {first:.0f} ms | {again:.0f} ms | {len(held) / 1000:.0f} kB | {status} |"


def publish(site: Site, word: str, times: int) -> list[float]:
    """Publish so many entries with this word; the milliseconds that each took."""
    said = site.manage("shell", "--verbosity", "0", "--command", PUBLISH.format(word=word, times=times))
    return [1000 * float(took) for took in re.findall(r"took (\S+)", said)]


def finds(site: Site, word: str) -> bool:
    """Whether a search finds a word, in the index."""
    query = urllib.parse.urlencode({"q": word, "lang": "nl"})
    said = json.loads(fetch(f"{site.origin}/api/v1/search?{query}")[2])
    return not said["plain"] and any(word in result["question"] for result in said["results"])


def import_document(site: Site, folder: Path) -> float:
    """Import a document of made-up questions; the seconds that the command took, its start included."""
    file = folder / "made-up.md"
    file.write_text(document(IMPORTED), encoding="utf-8")
    began = time.monotonic()
    site.manage("import_faq", str(file), "--lang", "en", "--edition", "2000-01", "--verbosity", "0")
    return time.monotonic() - began


def memory(site: Site) -> dict[str, float]:
    """The megabytes of each process that the site consists of, by its kind; of workers the largest."""
    told = subprocess.run(
        ["ps", "-o", "rss=,args=", "--ppid", str(site.process)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = {}
    for line in told.stdout.splitlines():
        size, command = line.split(maxsplit=1)
        kind = "indexer" if "manage.py indexer" in command else "worker" if "spawn_main" in command else ""
        if kind:
            found[kind] = max(found.get(kind, 0), int(size) / 1024)
    return found


def room_on_disk(site: Site, folder: Path) -> str:
    """What the database and the index take."""
    if site.environment["DATABASE_URL"].startswith("postgresql"):
        sizes = site.manage("shell", "--verbosity", "0", "--command", SIZES).split()
        return f"database: {int(sizes[0]) / 1e6:.0f} MB, of which index: {int(sizes[1]) / 1e6:.0f} MB"
    database = sum(path.stat().st_size for path in folder.glob("gatewijzer.sqlite3*"))
    index = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return f"database: {database / 1e6:.0f} MB, index: {index / 1e6:.0f} MB"


def measure(site: Site, folder: Path, entries: int) -> None:
    """Fill a site, measure, and print the tables."""
    site.manage(
        "shell",
        "--verbosity",
        "0",
        "--command",
        FILL.format(entries=entries, sections=SECTIONS, at_once=FILLED_AT_ONCE),
    )
    built = until(lambda: is_indexed(site), LONGEST_BUILD)
    print(f"{entries:,} made-up entries: an index of all of them after {built:.0f} s\n")
    print("| page | first | again | size | status |\n| --- | --- | --- | --- | --- |")
    print("\n".join(pages(site, entries)))
    until(lambda: is_indexed(site), LONGEST_BUILD)
    time.sleep(SETTLED)
    took = publish(site, "zwaluwstaart", PUBLISHED)
    indexed = []
    for number in range(SEARCHED_FOR):
        until(lambda: is_indexed(site), LONGEST_BUILD)
        word = f"zwabber{'abcdefgh'[number]}"
        publish(site, word, 1)
        indexed.append(until(partial(finds, site, word), LONGEST_BUILD))
    print(f"\npublishing an entry: p50 {statistics.median(took):.0f} ms, at most {max(took):.0f} ms")
    print(f"found by a search after: p50 {statistics.median(indexed):.1f} s, at most {max(indexed):.1f} s")
    took_to_import = import_document(site, folder)
    taken_in = until(lambda: is_indexed(site), LONGEST_BUILD)
    print(f"importing {IMPORTED} questions: {took_to_import:.1f} s, in the index {taken_in:.1f} s later")
    print(", ".join(f"{kind}: {size:.0f} MB" for kind, size in sorted(memory(site).items())))
    print(room_on_disk(site, folder))


def main() -> None:
    """Start a site on the database that is asked for, and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--on", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    settings = {"GATEWIJZER_API_PER_MINUTE": "100000", "GATEWIJZER_POSTS_PER_MINUTE": "100000"}
    with ExitStack() as held:
        if given.on == "postgres":
            url = held.enter_context(postgres(SERVER))
            settings |= {"DATABASE_URL": url, "GATEWIJZER_SEARCH_ENGINE": "postgres"}
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        measure(held.enter_context(served(folder, settings=settings)), folder, given.entries)


if __name__ == "__main__":
    main()
