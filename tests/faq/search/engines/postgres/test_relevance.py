"""The judged queries that nothing was tuned on: PostgreSQL answers them as well as the embedded engine does."""

from __future__ import annotations

import pytest

from faq.search.engine import Engine
from faq.search.engines.postgres.engine import PostgresEngine
from faq.search.indexer import build_index
from faq.search.judging import TEST, Judged, ask, judged_editions, judged_files, measures, read_judged
from faq.store import content_version, search_tables
from tests.every import EVERY

MOST_BELOW = 0.05
"""How far Success@1 and MRR@10 may be below those of the embedded engine."""

ASKED = 1 if EVERY else 3
"""Of so many queries one is asked, which takes a third of the time."""


@pytest.mark.django_db
def test_success_at_1_is_at_most_so_far_below_the_embedded_engine(shared_engine: Engine) -> None:
    engine = PostgresEngine(search_tables.reading, search_tables.writing)
    build_index(of=engine)

    def measured(of: Engine, queries: list[Judged], edition: str) -> tuple[float, float]:
        asked = [ask(of, one, edition, content_version.current()) for one in queries]
        found = measures(one for one in asked if one.has_answer)
        return found.success_at_1, found.mrr

    for edition in judged_editions():
        for path in judged_files(edition, TEST):
            queries = list(read_judged(path))[::ASKED]
            ours, theirs = measured(engine, queries, edition), measured(shared_engine, queries, edition)
            for mine, other in zip(ours, theirs, strict=True):
                assert mine >= other - MOST_BELOW, (edition, path.stem, ours, theirs)
