"""`manage.py learn_weights`: what each feature counts in the search, learned from the tuning half of the queries."""

from __future__ import annotations

from typing import Any, cast

import tomli_w
from django.core.management.base import BaseCommand

from faq.search.asking import lesson
from faq.search.engine import Query
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.indexer import engine_by_itself, ensure_index
from faq.search.judging import judged_editions, judged_queries
from faq.search.learning import learned
from faq.search.weighing import WEIGHTS
from faq.store import content_version

NOTE = "# What `manage.py learn_weights` learned from the tuning half of the judged queries. Do not edit by hand.\n\n"


class Command(BaseCommand):
    """Writes the file of the weights anew. Run it when phrasings, terms, judged queries, or features have changed."""

    help = "Learn the weights of the search from the tuning half of the judged queries, and write them to its file."

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn from every edition and language together."""
        engine = cast(WhooshEngine, engine_by_itself())
        ensure_index(of=engine)
        spaces = engine.spaces(content_version.current())
        lessons = [
            lesson(Query(one.query, one.language, edition), spaces, one.slugs)
            for edition in judged_editions()
            for one in judged_queries(edition)
        ]
        weights = learned(lessons)
        WEIGHTS.write_text(NOTE + tomli_w.dumps(weights), encoding="utf-8")
        self.stdout.write(f"learned from {len(lessons)} queries: {WEIGHTS}")
