"""The limits beside an answer: those of one kind together, and as many in sight as a reader takes in at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from faq.knowledge.limits import Limit
from faq.pages.limit_names import begin_alike, common_name, names_apart

IN_SIGHT = 8
"""Limits after which the rest is folded; those of one kind stay together."""

LONGEST_VALUE = 16
"""Characters of a value that stands at the end of its line; a longer one is set as text below its name."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A limit with what it is called in its group, and how its value is set."""

    name: str
    limit: Limit
    value: str

    @property
    def is_long(self) -> bool:
        """Whether the value reads as text."""
        return len(self.value) > LONGEST_VALUE


@dataclass(frozen=True, slots=True)
class Facts:
    """Limits of one kind under a title, with the note that all of them have; or one limit without a title."""

    facts: tuple[Fact, ...]
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an answer, what is folded there, and how many limits that is."""

    shown: tuple[Facts, ...]
    folded: tuple[Facts, ...]

    @property
    def folded_count(self) -> int:
        """How many limits are folded."""
        return sum(len(group.facts) for group in self.folded)


def beside(limits: Iterable[Limit], language: str) -> Beside:
    """The limits of an answer in the order given, those of one kind in a row together."""
    groups = [_facts(run, language) for run in _runs(limits, language)]
    seen, place = 0, 0
    while place < len(groups) and seen < IN_SIGHT:
        seen += len(groups[place].facts)
        place += 1
    return Beside(tuple(groups[:place]), tuple(groups[place:]))


def _runs(limits: Iterable[Limit], language: str) -> Iterator[list[Limit]]:
    """Limits that follow each other and are of one kind."""
    run: list[Limit] = []
    for limit in limits:
        if run and not _is_of_kind([*run, limit], language):
            yield run
            run = []
        run.append(limit)
    if run:
        yield run


def _is_of_kind(run: Sequence[Limit], language: str) -> bool:
    """Whether limits differ in one and the same part of their keys, and their names begin alike and go on apart."""
    keys = [limit.key.split(".") for limit in run]
    if len({len(key) for key in keys}) > 1 or len({limit.unit for limit in run}) > 1:
        return False
    differing = [parts for parts in zip(*keys, strict=True) if len(set(parts)) > 1]
    return len(differing) == 1 and begin_alike(run, language) and all(names_apart(run, language).values())


def _facts(run: Sequence[Limit], language: str) -> Facts:
    if len(run) == 1:
        (limit,) = run
        return Facts((Fact(limit.name[language], limit, limit.shown(language)),))
    names = names_apart(run, language)
    notes = {limit.note[language] if limit.note else "" for limit in run}
    return Facts(
        tuple(Fact(names[limit.key], limit, limit.shown(language)) for limit in run),
        common_name(run, language),
        notes.pop() if len(notes) == 1 else "",
    )
