"""What a million entries and ten thousand requests a second would take: `make growing`. Arithmetic, no measurement.

What is measured comes from docs/figures.md, and what is assumed is named as such. docs/growing.md has the tables that
this prints; a test holds that they are the same.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

LANGUAGES = 2
EMPTY_VIEWS = 1_000
"""Requests a second that one core answers with an empty view: what costs are told in. Measured."""

SECONDS_KEPT = 10
"""For which a shared cache keeps a page: GATEWIJZER_SHARED_CACHE_SECONDS, as shipped."""

RENDERED = 40.0
"""The cost of a kept page that must be rendered, in empty views. Measured as the first time of an entry, less what
another first request costs."""

BUSY = 0.6
"""How much of a core is used at most: what is left is for peaks, and for a machine that stops. Assumed."""

NGINX = 5_000
"""Answers a second that one core of nginx gives from its cache, with TLS. Assumed, on the safe side."""

REDIS = 50_000
"""Questions a second that one Redis answers. Assumed: half of what its own benchmark tells of one core."""

DATABASE_MS = {"suggest": 8.0, "render": 8.0, "version": 0.1}
"""Milliseconds of a core of PostgreSQL for suggestions, for what a page is rendered from, and for the content version
that every other request asks for. Estimated from the times at 10,000 entries."""

SEARCH_MS = ((1_000, 15.0), (10_000, 30.0), (100_000, 40.0), (1_000_000, 80.0))
"""Milliseconds of a core of PostgreSQL for a search of up to so many entries. Up to 100,000 it is estimated from `make
growth`: a search that nobody asked before, less some 22 ms for the worker. For a million it is assumed: the texts that
are looked through are bounded, but the lists of the index, of those that have a common word, are not.
"""

BYTES_PER_ENTRY = {"texts": 7_100, "index": 7_000}
"""Of the database, for an entry in two languages. Measured at 100,000 entries."""

CONNECTIONS_PER_WORKER = 13
"""Connections to each database that a worker may open."""

CORES_PER_MACHINE = 8
MONTHLY = {"core": 20.0, "GB of memory": 3.0, "GB of disk": 0.1}
"""Euros a month, as clouds ask for them without a contract. Assumed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: its share of all, what it costs a worker in empty views, whether a page is kept for it, and
    what of `DATABASE_MS` or `SEARCH_MS` it asks for.
    """

    name: str
    share: float
    cost: float
    is_kept: bool = False
    asks: str = "version"


KINDS = (
    Kind("pages of entries, sections, limits", 0.70, 1.3, is_kept=True),
    Kind("search pages", 0.10, 25.0, asks="search"),
    Kind("suggestions while somebody types", 0.08, 12.0, asks="suggest"),
    Kind("searches by the API", 0.03, 22.0, asks="search"),
    Kind("entries by the API", 0.03, 1.8),
    Kind("advice pages", 0.03, 15.6),
    Kind("advice by the API", 0.02, 4.9),
    Kind("addresses that do not exist", 0.01, 3.7),
)
"""The shares are assumed. The costs are measured; those of searches and suggestions are estimated for PostgreSQL, from
their milliseconds at 10,000 entries."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of a site: entries, requests a second at the busiest time, and publications an hour."""

    entries: int
    requests: float
    publications: float


@cache
def popularity(pages: int) -> np.ndarray:
    """The share of the requests for pages that each of so many gets, the most popular first: half as many for the
    second, a third for the third (Zipf).
    """
    shares = 1 / np.arange(1, pages + 1)
    found: np.ndarray = shares / shares.sum()
    return found


def past_the_cache(load: Load) -> float:
    """Requests a second for kept pages that a shared cache asks the site for: each at most once while it is kept."""
    kept = sum(kind.share for kind in KINDS if kind.is_kept)
    rates = popularity(load.entries * LANGUAGES) * load.requests * kept
    return float((rates / (1 + rates * SECONDS_KEPT)).sum())


def rendered(load: Load) -> float:
    """Pages a second that are rendered: each that is asked for, once in each content version, for all machines."""
    kept = sum(kind.share for kind in KINDS if kind.is_kept)
    between = 3_600 / load.publications
    rates = popularity(load.entries * LANGUAGES) * load.requests * kept
    return float(-np.expm1(-rates * between).sum() / between)


def worker_cores(load: Load) -> float:
    """Cores that answer what the shared cache does not."""
    kept = past_the_cache(load)
    work = kept * next(kind.cost for kind in KINDS if kind.is_kept) + rendered(load) * RENDERED
    work += sum(load.requests * kind.share * kind.cost for kind in KINDS if not kind.is_kept)
    return work / EMPTY_VIEWS / BUSY


def database_cores(load: Load) -> float:
    """Cores of PostgreSQL, over all replicas."""
    milliseconds = past_the_cache(load) * DATABASE_MS["version"] + rendered(load) * DATABASE_MS["render"]
    times = {**DATABASE_MS, "search": search_ms(load.entries)}
    milliseconds += sum(load.requests * kind.share * times[kind.asks] for kind in KINDS if not kind.is_kept)
    return milliseconds / 1_000 / BUSY


def search_ms(entries: int) -> float:
    """Milliseconds of a core of PostgreSQL for a search."""
    return next((took for most, took in SEARCH_MS if entries <= most), SEARCH_MS[-1][1])


def questions_to_redis(load: Load) -> float:
    """Questions a second: one for each page that a process has not kept, and one for each request that is counted."""
    counted = sum(kind.share for kind in KINDS if kind.name.endswith("API"))
    return past_the_cache(load) + load.requests * counted


def gigabytes(load: Load, *parts: str) -> float:
    """What the entries take in the database."""
    return load.entries * sum(BYTES_PER_ENTRY[part] for part in parts or BYTES_PER_ENTRY) / 1e9


def machines(cores: float) -> int:
    """Machines for so many cores, one more than is needed, so that one may stop."""
    return math.ceil(cores / CORES_PER_MACHINE) + 1


def monthly(load: Load) -> dict[str, float]:
    """Euros a month for each part."""
    replicas = machines(database_cores(load))
    of_database = (replicas + 1) * (
        CORES_PER_MACHINE * MONTHLY["core"]
        + 4 * gigabytes(load, "index") * MONTHLY["GB of memory"]
        + 3 * gigabytes(load) * MONTHLY["GB of disk"]
    )
    of_workers = machines(worker_cores(load)) * CORES_PER_MACHINE * (MONTHLY["core"] + MONTHLY["GB of memory"])
    of_nginx = machines(load.requests / NGINX / BUSY) * CORES_PER_MACHINE * MONTHLY["core"]
    return {"nginx": of_nginx, "web machines": of_workers, "PostgreSQL": of_database, "Redis": 2 * MONTHLY["core"]}


PARTS: tuple[tuple[str, Callable[[Load], str]], ...] = (
    ("requests a second that nginx or a CDN answers itself", lambda load: f"{_own(load):,.0f}"),
    ("requests a second that reach the web machines", lambda load: f"{load.requests - _own(load):,.0f}"),
    ("pages a second that are rendered", lambda load: f"{rendered(load):,.0f}"),
    ("cores of nginx", lambda load: f"{load.requests / NGINX / BUSY:,.1f}"),
    ("cores of web machines", lambda load: f"{worker_cores(load):,.0f}"),
    ("machines with 8 cores for them, one of which may stop", lambda load: f"{machines(worker_cores(load)):,}"),
    ("cores of PostgreSQL, over all replicas", lambda load: f"{database_cores(load):,.0f}"),
    ("replicas with 8 cores, one of which may stop", lambda load: f"{machines(database_cores(load)):,}"),
    (
        "connections that each of them must take",
        lambda load: f"{machines(worker_cores(load)) * CORES_PER_MACHINE * CONNECTIONS_PER_WORKER:,}",
    ),
    ("share of one Redis", lambda load: f"{questions_to_redis(load) / REDIS:.0%}"),
    ("GB of the database, of which the index", lambda load: f"{gigabytes(load):,.1f}, {gigabytes(load, 'index'):,.1f}"),
    ("euros a month, about", lambda load: f"{round(sum(monthly(load).values()), -2):,.0f}"),
)
"""The rows that are printed for a load, and how each is calculated."""

LOADS = (
    Load(1_000, 100, 5),
    Load(10_000, 1_000, 10),
    Load(100_000, 1_000, 20),
    Load(1_000_000, 10_000, 20),
    Load(1_000_000, 10_000, 120),
)


def _own(load: Load) -> float:
    return load.requests * sum(kind.share for kind in KINDS if kind.is_kept) - past_the_cache(load)


def tables() -> Iterator[str]:
    """The lines of the tables."""
    yield "| kind of request | share | cost in empty views |"
    yield "| --- | --- | --- |"
    for kind in KINDS:
        yield f"| {kind.name} | {kind.share:.0%} | {kind.cost:g}{' once it is kept' if kind.is_kept else ''} |"
    yield ""
    yield "| | " + " | ".join(f"{load.entries:,} entries" for load in LOADS) + " |"
    yield "| --- |" + " --- |" * len(LOADS)
    yield "| requests a second | " + " | ".join(f"{load.requests:,.0f}" for load in LOADS) + " |"
    yield "| publications an hour | " + " | ".join(f"{load.publications:,.0f}" for load in LOADS) + " |"
    for name, told in PARTS:
        yield f"| {name} | " + " | ".join(told(load) for load in LOADS) + " |"


def main() -> None:
    """Print the tables."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("\n".join(tables()))


if __name__ == "__main__":
    main()
