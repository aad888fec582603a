"""The measured quality of the search, as `manage.py relevance --record` left it. Pure: no Django."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from faq.search.judging import TEST, Asked, measures, said_near

RECORDED = Path(__file__).with_name("quality.json")

TOLERANCE = 0.005
"""How far a measured share may be from the recorded one before that counts as out of date."""


@dataclass(frozen=True, slots=True)
class KindQuality:
    """The measures of the queries of one kind (of all, where that is empty); shares are from 0 to 1."""

    kind: str
    queries: int
    success_at_1: float
    low: float
    high: float
    success_at_3: float
    mrr: float


@dataclass(frozen=True, slots=True)
class SetQuality:
    """The quality of one half of an edition's queries in one language. `recognized` of the `without` queries without an
    answer are said to have none, and `wrongly` of the `first` whose first entry answers."""

    edition: str
    half: str
    language: str
    kinds: tuple[KindQuality, ...]
    recognized: int
    without: int
    wrongly: int
    first: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured, and when."""

    measured: date
    sets: tuple[SetQuality, ...]


def quality_of(edition: str, half: str, language: str, asked: Sequence[Asked]) -> SetQuality:
    """The quality of a set of queries: all of them first, then by kind."""
    answered = [one for one in asked if one.has_answer]
    kinds = sorted({one.judged.kind for one in answered})
    rows = [
        _of_kind("", answered),
        *(_of_kind(kind, [one for one in answered if one.judged.kind == kind]) for kind in kinds),
    ]
    return SetQuality(edition, half, language, tuple(rows), **asdict(said_near(asked)))


def recorded() -> Quality:
    """What was recorded last."""
    raw = json.loads(RECORDED.read_text(encoding="utf-8"))
    sets = (one | {"kinds": tuple(KindQuality(**kind) for kind in one["kinds"])} for one in raw["sets"])
    return Quality(date.fromisoformat(raw["measured"]), tuple(SetQuality(**one) for one in sets))


def record(quality: Quality) -> None:
    """Record what was measured."""
    told = {"measured": quality.measured.isoformat(), "sets": [asdict(one) for one in quality.sets]}
    RECORDED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def out_of_date(measured: Iterable[SetQuality], before: Quality) -> list[str]:
    """The sets whose recorded figures are not those that were measured now."""
    known = {(one.edition, one.half, one.language): one for one in before.sets}
    found = []
    for one in measured:
        old = known.get((one.edition, one.half, one.language))
        if old is None or _differ(one, old):
            found.append(f"{one.edition}/{one.half}/{one.language}")
    return found


def _differ(one: SetQuality, other: SetQuality) -> bool:
    if [kind.queries for kind in one.kinds] != [kind.queries for kind in other.kinds]:
        return True
    pairs = zip(one.kinds[:1], other.kinds[:1], strict=True)
    return any(
        abs(now.success_at_1 - then.success_at_1) > TOLERANCE or abs(now.mrr - then.mrr) > TOLERANCE
        for now, then in pairs
    )


def floor_sets(quality: Quality) -> list[SetQuality]:
    """The sets that the search was not tuned on."""
    return [one for one in quality.sets if one.half == TEST]


def _of_kind(kind: str, asked: Sequence[Asked]) -> KindQuality:
    found = measures(asked)
    low, high = (round(bound, 4) for bound in found.interval)
    shares = [round(share, 4) for share in (found.success_at_1, found.success_at_3, found.mrr)]
    return KindQuality(kind, found.queries, shares[0], low, high, shares[1], shares[2])
