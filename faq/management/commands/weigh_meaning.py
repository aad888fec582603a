"""`manage.py weigh_meaning`: what each weight of the second opinion by meaning does on the tuning half."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from faq.search.asking import lesson
from faq.search.engine import Query
from faq.search.engines.meaning.engine import COMPARED, asked_for
from faq.search.engines.meaning.model import SentenceModel, unfit
from faq.search.engines.meaning.vectors import passage_of
from faq.search.engines.meaning.weighing import Trial, part_of, rank_with, trials
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.indexer import INSTALL_MODEL, engine_by_itself, ensure_index
from faq.search.judging import DEPTH, Judged, judged_editions, judged_queries
from faq.search.loading import PublishedDocuments
from faq.search.ways import Numbers
from faq.store import content_version

TRIED = (0, 10, 20, 30, 40, 50, 60, 80)


class Command(BaseCommand):
    """Prints what Success@1 and MRR@10 would be. Run it when the weights of the search were learned anew."""

    help = "Show what weights of the second opinion by meaning do, on the tuning half of the judged queries."

    def handle(self, *args: Any, **options: Any) -> None:
        """Try every weight, for all editions and languages together, and for each of them."""
        if reason := unfit():
            raise CommandError(f"{reason}. {INSTALL_MODEL}")
        engine = cast(WhooshEngine, engine_by_itself())
        ensure_index(of=engine)
        self.stderr.write("learning five times, and encoding the entries and the queries: some minutes")
        asked = [(edition, one) for edition in judged_editions() for one in judged_queries(edition)]
        ranks: dict[str, dict[int, list[int]]] = {}
        for query, trial, distances in _trials(engine, asked):
            for weight in TRIED:
                for name in ("all", f"{query.edition} {query.language}"):
                    found = ranks.setdefault(name, {}).setdefault(weight, [])
                    found.append(rank_with(trial, distances, weight))
        self._tell(ranks)

    def _tell(self, ranks: Mapping[str, Mapping[int, Sequence[int]]]) -> None:
        self.stdout.write(f"{'':<12} weight  S@1    MRR@10")
        for name, by_weight in ranks.items():
            for weight, found in by_weight.items():
                first = sum(rank == 1 for rank in found) / len(found)
                mrr = sum(1 / rank for rank in found if 0 < rank <= DEPTH) / len(found)
                self.stdout.write(f"{name:<12} {weight:6}  {first:.3f}  {mrr:.3f}")


def _trials(engine: WhooshEngine, asked: Sequence[tuple[str, Judged]]) -> Iterator[tuple[Query, Trial, Numbers]]:
    """Every query that has an answer, with what the engine finds and how far that is in meaning."""
    number = content_version.current()
    spaces = engine.spaces(number)
    queries = [Query(one.query, one.language, edition) for edition, one in asked]
    lessons = [lesson(query, spaces, one.slugs) for query, (_, one) in zip(queries, asked, strict=True)]
    parts = [part_of(one.slugs[0] if one.slugs else one.query) for _, one in asked]
    model, published = SentenceModel(), list(PublishedDocuments())
    rows = model.of_passages([passage_of(document) for document in published], lambda done: None)
    places = [(document.edition, document.language, document.slug) for document in published]
    vectors = dict(zip(places, rows, strict=True))
    for trial in trials(lessons, parts, COMPARED):
        query = queries[trial.question]
        facts = spaces[query.edition, query.language].facts
        slugs = [facts[place].slug for place in trial.entries.tolist()]
        question = model.of_question(asked_for(query, engine.search(query, number, 1)))
        distances = [1 - vectors[query.edition, query.language, slug] @ question for slug in slugs]
        yield query, trial, np.array(distances)
