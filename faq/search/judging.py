"""How good search is, as numbers: judged queries, and where the first acceptable answer stands. Pure: no Django."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from faq.search.engine import CLOSEST, Engine, Phrasing, Query
from web.languages import LANGUAGES

DEPTH = 10
"""Results that are looked at; an acceptable entry below them counts as not found."""

JUDGED = Path(__file__).with_name("judged")
"""The project's own judged queries: a folder for each edition that has any, in it one for each half, and in that a file
per language of the reader."""

TUNING, TEST = HALVES = ("tuning", "test")
"""What the search is tuned on, and what only `manage.py relevance` reads and the floors are set for. The queries about
one entry stand in one half, so that neither half holds the translation of a query of the other."""

NO_ANSWER = "none"
"""The kind of the queries that no entry answers."""

NORMAL_95 = 1.96
"""Standard deviations within which 95 % of a normal distribution lies."""

WRONGLY_SAID = (0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.10)
"""Shares of right first entries that are called near only, for which `near_curve` tells what is recognized."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, its kind, and the slugs of the entries that answer it, best first."""

    language: str
    kind: str
    query: str
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged query as an engine answered it: the slugs of the first ten entries, how sure the engine is that the
    first of them answers (0 to 1), whether it says that all are near only, and how many it says answer."""

    judged: Judged
    found: tuple[str, ...]
    sureness: float
    only_near: bool
    answers: int

    @property
    def has_answer(self) -> bool:
        """Whether any entry answers the query."""
        return self.judged.kind != NO_ANSWER

    @property
    def rank(self) -> int:
        """Where the first acceptable entry stands, from 1; 0 when it is not among the first ten."""
        return next((place for place, slug in enumerate(self.found, 1) if slug in self.judged.slugs), 0)

    @property
    def unfolded(self) -> int:
        """How many entries a page shows before the fold: those that answer, else the closest."""
        return self.answers or CLOSEST


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over judged queries: Success@1, Success@3, MRR@10 and nDCG@10, each from 0 to 1."""

    queries: int
    success_at_1: float
    success_at_3: float
    mrr: float
    ndcg: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Success@1 (Wilson's, which holds for few queries too)."""
        if not self.queries:
            return 0.0, 1.0
        share, count, square = self.success_at_1, self.queries, NORMAL_95**2
        middle = share + square / (2 * count)
        reach = NORMAL_95 * math.sqrt(share * (1 - share) / count + square / (4 * count * count))
        return (middle - reach) / (1 + square / count), (middle + reach) / (1 + square / count)


def judged_editions() -> list[str]:
    """The codes of the editions that have judged queries."""
    return sorted(folder.name for folder in JUDGED.iterdir() if folder.is_dir())


def judged_files(edition: str, half: str = TUNING) -> tuple[Path, ...]:
    """The judged queries of a half of an edition, per language of the reader; none for an edition without a folder."""
    files = (JUDGED / edition / half / f"{language}.tsv" for language in LANGUAGES)
    return tuple(path for path in files if path.is_file())


def read_judged(path: Path) -> list[Judged]:
    """The judged queries of a file: per line language, kind, query and slugs, separated by tabs; # begins a comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [Judged(row[0], row[1], row[2], tuple(filter(None, row[3:]))) for row in rows]


def judged_queries(edition: str) -> list[Judged]:
    """The judged queries of an edition that the search may be tuned on."""
    return [judged for path in judged_files(edition) for judged in read_judged(path)]


def ask(engine: Engine, judged: Judged, edition: str, content_version: int, also: Phrasing | None = None) -> Asked:
    """A judged query put to an engine, where that is given with one more phrasing. Entries of other languages come
    after the reader's own."""
    matches = engine.search(Query(judged.query, judged.language, edition), content_version, DEPTH, also)
    hits = (*matches.own, *matches.elsewhere)[:DEPTH]
    found, answers = tuple(hit.slug for hit in hits), sum(hit.answers for hit in hits)
    return Asked(judged, found, matches.sureness, matches.only_near, answers)


def measures(asked: Iterable[Asked]) -> Measures:
    """The means over queries that have an answer."""
    rows = list(asked)
    ranks = [one.rank for one in rows]
    count = len(rows) or 1
    return Measures(
        queries=len(rows),
        success_at_1=sum(rank == 1 for rank in ranks) / count,
        success_at_3=sum(1 <= rank <= 3 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        ndcg=sum(map(_ndcg, rows)) / count,
    )


@dataclass(frozen=True, slots=True)
class SaidNear:
    """Of the `without` queries without an answer `recognized` are said to have none, and `wrongly` of the `first` whose
    first entry answers."""

    recognized: int
    without: int
    wrongly: int
    first: int


def said_near(asked: Sequence[Asked]) -> SaidNear:
    """How many queries are said to be answered by nothing, rightly and wrongly."""
    without = [one.only_near for one in asked if not one.has_answer]
    first = [one.only_near for one in asked if one.rank == 1]
    return SaidNear(sum(without), len(without), sum(first), len(first))


@dataclass(frozen=True, slots=True)
class Fold:
    """Of the `found` queries of which the first ten entries hold an answer, `hidden` have none before the fold, where
    the median of what is shown is `shown`."""

    hidden: int
    found: int
    shown: float


def fold(asked: Sequence[Asked]) -> Fold:
    """How often the fold hides every entry that answers, and how much stands before it."""
    found = [one for one in asked if one.rank]
    hidden = sum(one.rank > one.unfolded for one in found)
    return Fold(hidden, len(found), statistics.median(one.unfolded for one in found) if found else 0.0)


def near_curve(asked: Sequence[Asked]) -> list[tuple[float, float]]:
    """What other thresholds would say: for shares of right first entries that are wrongly called near (each of
    `WRONGLY_SAID`), the share of queries without an answer that are recognized, before it."""
    right = sorted(one.sureness for one in asked if one.rank == 1)
    without = [one.sureness for one in asked if not one.has_answer]
    if not right or not without:
        return []
    thresholds = ((share, right[min(int(share * len(right)), len(right) - 1)]) for share in WRONGLY_SAID)
    return [(sum(one < threshold for one in without) / len(without), share) for share, threshold in thresholds]


def _ndcg(asked: Asked) -> float:
    """Every acceptable entry gains the same; the sum is divided by that of the ideal order."""
    slugs = asked.judged.slugs
    gain = sum(1 / math.log2(place + 1) for place, slug in enumerate(asked.found, 1) if slug in slugs)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(slugs), DEPTH) + 1))
    return gain / ideal if ideal else 0.0
