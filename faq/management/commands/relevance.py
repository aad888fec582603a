"""`manage.py relevance`: how good search is, on judged queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq.search.engine import Query
from faq.search.indexer import build_index, engine, is_ready
from faq.search.judging import DEVELOPMENT, NO_ANSWER, SHIPPED, Judged, found_for, measures, read_judged
from faq.store import content_version
from faq.store.editions import default_edition

FLOORS = {"nl": (0.88, 0.92), "en": (0.88, 0.92)}
"""Success@1 and MRR@10 below which the shipped queries of a language count as a drop."""


def _only_near(judged: Judged, edition: str, number: int) -> bool:
    return engine().search(Query(judged.query, judged.language, edition), number, 1).only_near


class Command(BaseCommand):
    """Prints the measures per language and kind, and fails when the shipped sets fall below their floors."""

    help = "Measure search on judged queries: Success@1, Success@3, MRR@10 and nDCG@10."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which queries."""
        parser.add_argument("files", nargs="*", type=Path, help="more judged queries, beside the shipped ones")
        parser.add_argument("--misses", action="store_true", help="also name the queries that are not answered first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each file by itself."""
        if not is_ready():
            build_index()
        fallen = []
        for path in (*SHIPPED, DEVELOPMENT, *options["files"]):
            fallen += self._measure(path, options["misses"])
        if fallen:
            raise CommandError("relevance dropped: " + "; ".join(fallen))

    def _measure(self, path: Path, misses: bool) -> list[str]:
        edition, number = default_edition().code, content_version.current()
        results = [(judged, found_for(engine(), judged, edition, number)) for judged in read_judged(path)]
        answered = [(judged, found) for judged, found in results if judged.kind != NO_ANSWER]
        self.stdout.write(f"{path.parent.name}/{path.name:<10} queries  S@1    S@3    MRR@10 nDCG@10")
        fallen = []
        for language in dict.fromkeys(judged.language for judged, _ in answered):
            rows = [row for row in answered if row[0].language == language]
            for kind in dict.fromkeys(judged.kind for judged, _ in rows):
                self._tell(f"{language} {kind}", [row for row in rows if row[0].kind == kind])
            self._tell(f"{language} all", rows)
            whole = measures(rows)
            if path in SHIPPED and (whole.success_at_1 < FLOORS[language][0] or whole.mrr < FLOORS[language][1]):
                fallen.append(
                    f"{language} S@1 {whole.success_at_1:.3f}, MRR@10 {whole.mrr:.3f}, floor {FLOORS[language]}"
                )
        near = [judged for judged, _ in results if _only_near(judged, edition, number)]
        told = sum(judged.kind == NO_ANSWER for judged in near)
        self.stdout.write(
            f"  said to be near only: {told} of {len(results) - len(answered)} without an answer, "
            f"{len(near) - told} of {len(answered)} with one"
        )
        if misses:
            self._misses(answered)
        return fallen

    def _tell(self, name: str, rows: list[tuple[Judged, list[str]]]) -> None:
        of = measures(rows)
        self.stdout.write(
            f"  {name:<15} {of.queries:7}  {of.success_at_1:.3f}  {of.success_at_3:.3f}  {of.mrr:.3f}  {of.ndcg:.3f}"
        )

    def _misses(self, rows: list[tuple[Judged, list[str]]]) -> None:
        for judged, found in rows:
            if not found or found[0] not in judged.slugs:
                self.stdout.write(
                    f"    {judged.language} {judged.kind}: {judged.query}: {found[:1]} for {judged.slugs[0]}"
                )
