"""What readers notice while many entries are loaded: `python -m tests.bench.loading [--entries 1000]`.

A site serves the shipped content from a folder of its own. A document with so many made-up questions is imported while
two readers ask for a page that is kept, one that is not, and the site's health, a request after the other.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.served import Site, served

KEPT = "/nl/faq/what-is-expressroute/"
IN_A_FILE = 1_000
"""Questions in one file: an import refuses larger ones than 4 MiB."""

TIMEOUT = 60
"""Seconds after which a request counts as unanswered."""


@dataclass(slots=True)
class Noticed:
    """What a reader saw: how often each status came, the longest wait in seconds, and the requests in all."""

    statuses: Counter[int] = field(default_factory=Counter)
    longest: float = 0.0

    def ask(self, url: str) -> int:
        """Ask once; 0 stands for no answer."""
        began = time.monotonic()
        try:
            with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310 -- our own server
                status = int(answer.status)
        except urllib.error.HTTPError as refusal:
            status = refusal.code
        except OSError:
            status = 0
        self.statuses[status] += 1
        self.longest = max(self.longest, time.monotonic() - began)
        return status


def document(entries: int, first: int = 0) -> str:
    """A document with so many questions, numbered from `first`, each with an answer of four paragraphs."""
    numbers = range(first, first + entries)
    return "# Made up\n\n## Questions\n\n" + "".join(_question(number) for number in numbers)


def _question(number: int) -> str:
    paragraphs = "\n\n".join(
        f"Paragraph {part} of answer {number} says what tunnel {number} does. " * 6 for part in "abcd"
    )
    return f"### What does tunnel {number} do?\n\n{paragraphs}\n\n"


def readers_during(site: Site, load: list[str]) -> tuple[dict[str, Noticed], float]:
    """What three readers notice while a `manage.py` command runs, and the seconds that it took."""
    noticed = {"a kept page": Noticed(), "a page not kept": Noticed(), "health": Noticed()}
    urls = {"a kept page": _same(f"{site.origin}{KEPT}"), "health": _same(f"{site.origin}/healthz")}
    urls["a page not kept"] = (f"{site.origin}{KEPT}?edition={number}" for number in range(10**9))
    for name, reader in noticed.items():  # kept before the load begins, in every worker
        for _ in range(20 if name == "a kept page" else 1):
            reader.ask(next(urls[name]))
    done = threading.Event()

    def read(name: str) -> None:
        while not done.is_set():
            noticed[name].ask(next(urls[name]))
            time.sleep(0.05)

    threads = [threading.Thread(target=read, args=(name,)) for name in noticed]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    try:
        site.manage(*load)
    finally:
        took = time.monotonic() - began
        done.set()
        for thread in threads:
            thread.join()
    return noticed, took


def _same(url: str) -> Iterator[str]:
    while True:
        yield url


def main() -> None:
    """Load, and print what was noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        written = [Path(folder) / f"made-up-{first}.md" for first in range(0, entries, IN_A_FILE)]
        for number, path in enumerate(written):
            first = number * IN_A_FILE
            path.write_text(document(min(IN_A_FILE, entries - first), first), encoding="utf-8")
        load = ["import_faq", *map(str, written), "--lang", "en", "--edition", "2000-01", "--verbosity", "0"]
        noticed, took = readers_during(site, load)
    print(f"loading {entries:,} entries took {took:.0f} s")
    for name, reader in noticed.items():
        told = ", ".join(f"{count} × {status or 'no answer'}" for status, count in sorted(reader.statuses.items()))
        print(f"{name}: longest wait {reader.longest:.2f} s; {told}")


if __name__ == "__main__":
    main()
