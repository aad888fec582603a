"""`manage.py relevance`: how good search is, on judged queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq.search.engine import Query
from faq.search.indexer import build_index, engine, is_ready
from faq.search.judging import (
    DEVELOPMENT,
    JUDGED,
    NO_ANSWER,
    Judged,
    Measures,
    found_for,
    judged_editions,
    judged_files,
    measures,
    read_judged,
)
from faq.store import content_version
from faq.store.editions import default_edition, known_editions

FLOORS = {
    "2016-12": {"nl": (0.88, 0.92), "en": (0.88, 0.92)},
    "2026": {"nl": (0.79, 0.84), "en": (0.82, 0.87)},
}
"""For each edition with judged queries and each language: Success@1 and MRR@10 below which these count as a drop."""

Answered = tuple[Judged, list[str]]
"""A judged query with the slugs that were found for it."""


class Command(BaseCommand):
    """Prints the measures per edition, language and kind, and fails when an edition's sets fall below its floors."""

    help = "Measure search on judged queries: Success@1, Success@3, MRR@10, and nDCG@10."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which queries."""
        parser.add_argument("files", nargs="*", type=Path, help="more judged queries, in addition to the shipped ones")
        parser.add_argument("--edition", help="only this edition; by default, every edition with judged queries")
        parser.add_argument("--misses", action="store_true", help="also print the queries whose answer is not first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each edition by itself; further files on the one that is named, else on the default one."""
        self.names_misses = options["misses"]
        if not is_ready():
            build_index()
        known = {edition.code for edition in known_editions()}
        fallen: list[str] = []
        for code in [options["edition"]] if options["edition"] else judged_editions():
            if code not in known:
                raise CommandError(f"unknown edition {code!r}; available: {', '.join(sorted(known)) or 'none'}")
            fallen += self._measure_edition(code)
        for path in options["files"]:
            self._measure_file(path, options["edition"] or default_edition().code)
        if fallen:
            raise CommandError("relevance dropped: " + "; ".join(fallen))

    def _measure_edition(self, edition: str) -> Iterator[str]:
        """Measure the shipped queries of an edition. Yields what fell below its floors."""
        for path in judged_files(edition):
            for language, found in self._measure_file(path, edition).items():
                floor = FLOORS.get(edition, {}).get(language, (0.0, 0.0))
                if found.success_at_1 < floor[0] or found.mrr < floor[1]:
                    yield f"{edition} {language} S@1 {found.success_at_1:.3f}, MRR@10 {found.mrr:.3f}, floor {floor}"
        if (path := JUDGED / edition / DEVELOPMENT).is_file():
            self._measure_file(path, edition)

    def _measure_file(self, path: Path, edition: str) -> dict[str, Measures]:
        """Print the measures of a file. Returns those of each language as a whole."""
        number = content_version.current()
        results = [(judged, found_for(engine(), judged, edition, number)) for judged in read_judged(path)]
        answered = [(judged, found) for judged, found in results if judged.kind != NO_ANSWER]
        self.stdout.write(f"{path.parent.name}/{path.name:<10} queries  S@1    S@3    MRR@10 nDCG@10")
        languages = dict.fromkeys(judged.language for judged, _ in answered)
        of_language = {code: self._tell_language(code, answered) for code in languages}
        self._tell_near([judged for judged, _ in results], edition, number)
        if self.names_misses:
            self._tell_misses(answered)
        return of_language

    def _tell_language(self, language: str, answered: Sequence[Answered]) -> Measures:
        rows = [row for row in answered if row[0].language == language]
        for kind in dict.fromkeys(judged.kind for judged, _ in rows):
            self._tell(f"{language} {kind}", measures(row for row in rows if row[0].kind == kind))
        return self._tell(f"{language} all", measures(rows))

    def _tell(self, name: str, of: Measures) -> Measures:
        self.stdout.write(
            f"  {name:<15} {of.queries:7}  {of.success_at_1:.3f}  {of.success_at_3:.3f}  {of.mrr:.3f}  {of.ndcg:.3f}"
        )
        return of

    def _tell_near(self, judged: Sequence[Judged], edition: str, number: int) -> None:
        """How many queries are told that no entry covers them: those without an answer should be."""
        near = [one for one in judged if _only_near(one, edition, number)]
        without, rightly = (sum(one.kind == NO_ANSWER for one in rows) for rows in (judged, near))
        self.stdout.write(
            f"  said to be near only: {rightly} of {without} without an answer, "
            f"{len(near) - rightly} of {len(judged) - without} with one"
        )

    def _tell_misses(self, answered: Sequence[Answered]) -> None:
        for judged, found in answered:
            if not found or found[0] not in judged.slugs:
                self.stdout.write(
                    f"    {judged.language} {judged.kind}: {judged.query}: {found[:1]} for {judged.slugs[0]}"
                )


def _only_near(judged: Judged, edition: str, number: int) -> bool:
    return engine().search(Query(judged.query, judged.language, edition), number, 1).only_near
