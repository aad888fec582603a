"""How good search is, as numbers: judged queries, and where the first acceptable answer stands. Pure: no Django."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from faq.search.engine import Engine, Query
from web.languages import LANGUAGES

DEPTH = 10
"""Results that are looked at; an acceptable entry below them counts as not found."""

JUDGED = Path(__file__).with_name("judged")
"""The project's own judged queries: a folder for each edition that has any, with a file per language of the reader."""

DEVELOPMENT = "dev.tsv"
"""In such a folder a smaller set in all languages, from a support desk, which no floor is set for."""

NO_ANSWER = "none"
"""The kind of the queries that no entry answers."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, its kind, and the slugs of the entries that answer it, best first."""

    language: str
    kind: str
    query: str
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over judged queries: Success@1, Success@3, MRR@10 and nDCG@10, each from 0 to 1."""

    queries: int
    success_at_1: float
    success_at_3: float
    mrr: float
    ndcg: float


def judged_editions() -> list[str]:
    """The codes of the editions that have judged queries."""
    return sorted(folder.name for folder in JUDGED.iterdir() if folder.is_dir())


def judged_files(edition: str) -> tuple[Path, ...]:
    """The judged queries of an edition, per language of the reader; none for an edition that has no folder."""
    files = (JUDGED / edition / f"{language}.tsv" for language in LANGUAGES)
    return tuple(path for path in files if path.is_file())


def read_judged(path: Path) -> list[Judged]:
    """The judged queries of a file: per line language, kind, query and slugs, separated by tabs; # begins a comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [Judged(row[0], row[1], row[2], tuple(filter(None, row[3:]))) for row in rows]


def found_for(engine: Engine, judged: Judged, edition: str, content_version: int) -> list[str]:
    """The slugs of the first ten entries found, those of other languages after the reader's own."""
    matches = engine.search(Query(judged.query, judged.language, edition), content_version, DEPTH)
    return [hit.slug for hit in (*matches.own, *matches.elsewhere)][:DEPTH]


def rank_of(engine: Engine, judged: Judged, edition: str, content_version: int) -> int:
    """Where the first acceptable entry stands, from 1; 0 when it is not among the first ten."""
    found = found_for(engine, judged, edition, content_version)
    return next((place for place, slug in enumerate(found, 1) if slug in judged.slugs), 0)


def measures(results: Iterable[tuple[Judged, Sequence[str]]]) -> Measures:
    """The means over queries with the slugs found for each."""
    rows = list(results)
    ranks = [next((place for place, slug in enumerate(found, 1) if slug in one.slugs), 0) for one, found in rows]
    gains = [_ndcg(one, found) for one, found in rows]
    count = len(rows) or 1
    return Measures(
        queries=len(rows),
        success_at_1=sum(rank == 1 for rank in ranks) / count,
        success_at_3=sum(1 <= rank <= 3 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        ndcg=sum(gains) / count,
    )


def _ndcg(judged: Judged, found: Sequence[str]) -> float:
    """Every acceptable entry gains the same; the sum is divided by that of the ideal order."""
    gain = sum(1 / math.log2(place + 1) for place, slug in enumerate(found, 1) if slug in judged.slugs)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(judged.slugs), DEPTH) + 1))
    return gain / ideal if ideal else 0.0
