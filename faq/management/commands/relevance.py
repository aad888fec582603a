"""`manage.py relevance`: how good search is, on judged queries."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from faq.search.engine import Engine
from faq.search.engines.meaning.model import unfit
from faq.search.indexer import engine_by_itself, ensure_index, with_meaning
from faq.search.judging import (
    HALVES,
    TEST,
    Asked,
    Judged,
    Measures,
    ask,
    fold,
    judged_editions,
    judged_files,
    measures,
    near_curve,
    read_judged,
    said_near,
)
from faq.search.quality import Quality, SetQuality, out_of_date, quality_of, record, recorded
from faq.store import content_version
from faq.store.editions import default_edition, known_editions

FLOORS = {
    "2016-12": {"nl": (0.86, 0.90), "en": (0.86, 0.90)},
    "2026": {"nl": (0.86, 0.90), "en": (0.86, 0.90)},
}
"""For each edition with judged queries and each language: Success@1 and MRR@10 of the test half, below which these
count as a drop."""


class Command(BaseCommand):
    """Prints the measures per edition, half, language, and kind, and fails when a test half falls below its floors.

    The measures are those of the engine by itself. With `--meaning` those with the second opinion stand below them.
    """

    help = "Measure search on judged queries: Success@1 with its interval, Success@3, MRR@10, and nDCG@10."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which queries."""
        parser.add_argument("files", nargs="*", type=Path, help="more judged queries, in addition to the shipped ones")
        parser.add_argument("--edition", help="only this edition; by default, every edition with judged queries")
        parser.add_argument("--record", action="store_true", help="record the figures that /search-quality/ shows")
        parser.add_argument("--meaning", action="store_true", help="also measure with the second opinion by meaning")
        parser.add_argument(
            "--misses", action="store_true", help="also print the tuning queries whose answer is not first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each edition by itself; further files on the one that is named, else on the default one."""
        self.names_misses = options["misses"]
        self.engine = engine_by_itself()
        ensure_index(of=self.engine)
        self.with_meaning = self._with_meaning(self.engine) if options["meaning"] else None
        known = {edition.code for edition in known_editions()}
        fallen: list[str] = []
        self.sets: list[SetQuality] = []
        for code in [options["edition"]] if options["edition"] else judged_editions():
            if code not in known:
                raise CommandError(f"unknown edition {code!r}; available: {', '.join(sorted(known)) or 'none'}")
            fallen += self._measure_edition(code)
        if options["record"]:
            record(Quality(timezone.localdate(), tuple(self.sets)))
        elif old := out_of_date(self.sets, recorded()):
            fallen.append(f"the figures of {', '.join(old)} are not the recorded ones; see --record")
        for path in options["files"]:
            self._measure_file(path, path.name, options["edition"] or default_edition().code, self.names_misses)
        if fallen:
            raise CommandError("relevance dropped: " + "; ".join(fallen))

    def _with_meaning(self, engine: Engine) -> Engine | None:
        """The engine with the second opinion; None where the model for it cannot be used: it says why."""
        if reason := unfit():
            self.stdout.write(f"The second opinion by meaning is not measured: {reason}. `make meaning` installs it.")
            return None
        both = with_meaning(engine)
        ensure_index(of=both)
        return both

    def _measure_edition(self, edition: str) -> Iterator[str]:
        """Measure the shipped queries of an edition. Yields what fell below its floors."""
        for half in HALVES:
            for path in judged_files(edition, half):
                name = f"{edition}/{half}/{path.name}"
                asked = self._measure_file(path, name, edition, self.names_misses and half != TEST)
                self.sets.append(found := quality_of(edition, half, path.stem, asked))
                if half == TEST:
                    yield from _below_floor(found)

    def _measure_file(self, path: Path, name: str, edition: str, names_misses: bool) -> list[Asked]:
        """Print the measures of a file, and return what its queries found."""
        number = content_version.current()
        queries = read_judged(path)
        asked = [ask(self.engine, judged, edition, number) for judged in queries]
        answered = [one for one in asked if one.has_answer]
        self.stdout.write(f"{name:<23} queries  S@1    95 % interval   S@3    MRR@10 nDCG@10")
        languages = dict.fromkeys(one.judged.language for one in answered)
        for code in languages:
            self._tell_language(code, answered)
        if self.with_meaning:
            self._tell_meaning(answered, _asked_at_once(self.with_meaning, queries, edition, number))
        self._tell_near(asked)
        self._tell_fold(asked)
        if names_misses:
            self._tell_misses(answered)
        return asked

    def _tell_language(self, language: str, answered: Sequence[Asked]) -> None:
        rows = [one for one in answered if one.judged.language == language]
        for kind in dict.fromkeys(one.judged.kind for one in rows):
            self._tell(f"{language} {kind}", measures(one for one in rows if one.judged.kind == kind))
        self._tell(f"{language} all", measures(rows))

    def _tell(self, name: str, of: Measures) -> None:
        low, high = of.interval
        self.stdout.write(
            f"  {name:<21} {of.queries:7}  {of.success_at_1:.3f}  {low:.3f} to {high:.3f}  "
            f"{of.success_at_3:.3f}  {of.mrr:.3f}  {of.ndcg:.3f}"
        )

    def _tell_meaning(self, by_itself: Sequence[Asked], with_meaning: Sequence[Asked]) -> None:
        """The same queries with the second opinion: the measures of all, and what it changes in Success@1."""
        after = {one.judged: one for one in with_meaning}
        pairs = [(one, after[one.judged]) for one in by_itself]
        for language in dict.fromkeys(one.judged.language for one in by_itself):
            rows = [pair for pair in pairs if pair[0].judged.language == language]
            self._tell(f"{language} with meaning", measures(new for _, new in rows))
            won = sum(old.rank != 1 and new.rank == 1 for old, new in rows)
            lost = sum(old.rank == 1 and new.rank != 1 for old, new in rows)
            self.stdout.write(f"    first: {won} won, {lost} lost{_by_kind(rows)}")

    def _tell_near(self, asked: Sequence[Asked]) -> None:
        """How many queries are told that no entry answers them: those without an answer should be. Then the same for
        other thresholds."""
        said = said_near(asked)
        self.stdout.write(
            f"  said to be near only: {said.recognized} of {said.without} without an answer, "
            f"{said.wrongly} of {said.first} whose first entry answers"
        )
        curve = ", ".join(f"{right:.2f} at {wrong:.2f}" for right, wrong in near_curve(asked))
        self.stdout.write(f"  recognized at wrongly said, by threshold: {curve}")

    def _tell_fold(self, asked: Sequence[Asked]) -> None:
        """How often the entries that answer stand behind the fold of a page, and how many stand before it."""
        folded = fold(asked)
        self.stdout.write(
            f"  behind the fold: {folded.hidden} of {folded.found} whose answer is found; "
            f"before it: {folded.shown:g} entries (median)"
        )

    def _tell_misses(self, answered: Sequence[Asked]) -> None:
        for one in answered:
            if one.rank != 1:
                judged = one.judged
                self.stdout.write(
                    f"    {judged.language} {judged.kind}: {judged.query}: {one.found[:1]} for {judged.slugs[0]}"
                )


def _asked_at_once(engine: Engine, queries: Sequence[Judged], edition: str, number: int) -> list[Asked]:
    """Queries as an engine answers them, on every core: the model takes longer than the search."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda judged: ask(engine, judged, edition, number), queries))


def _by_kind(rows: Sequence[tuple[Asked, Asked]]) -> str:
    """The kinds of queries of which more or fewer find an answer first, and how many."""
    changes: dict[str, int] = {}
    for old, new in rows:
        changes[old.judged.kind] = changes.get(old.judged.kind, 0) + (new.rank == 1) - (old.rank == 1)
    told = ", ".join(f"{kind} {change:+}" for kind, change in sorted(changes.items()) if change)
    return f"; {told}" if told else ""


def _below_floor(found: SetQuality) -> Iterator[str]:
    of, floor = found.kinds[0], FLOORS.get(found.edition, {}).get(found.language, (0.0, 0.0))
    if of.success_at_1 < floor[0] or of.mrr < floor[1]:
        name = f"{found.edition} {found.language}"
        yield f"{name} S@1 {of.success_at_1:.3f}, MRR@10 {of.mrr:.3f}, floor {floor}"
