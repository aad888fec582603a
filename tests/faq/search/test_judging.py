"""The measures of search, and the judged queries themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.models import Edition
from faq.search import loading
from faq.search.judging import Judged, judged_files, measures, read_judged

pytestmark = pytest.mark.django_db


def shipped() -> Edition:
    """The edition that comes with the project."""
    return Edition.objects.get(code="2016-12")


class TestJudging:
    """The measures, and the judged queries themselves."""

    def test_the_measures_are_what_they_are_called(self) -> None:
        one, two = Judged("nl", "plain", "q", ("a", "b")), Judged("nl", "plain", "r", ("c",))
        of = measures([(one, ["x", "a", "b"]), (two, ["c"])])
        assert (of.queries, of.success_at_1, of.success_at_3, of.mrr) == (2, 0.5, 1.0, 0.75)
        assert of.ndcg == pytest.approx((1 + (0.6309 + 0.5) / 1.6309) / 2, abs=1e-3)

    @pytest.mark.parametrize("path", judged_files("2016-12"), ids=lambda path: path.name)
    def test_the_shipped_queries_are_whole(self, path: Path) -> None:
        judged = read_judged(path)
        known = set(shipped().entries.values_list("slug", flat=True))
        answered = [one for one in judged if one.kind != "none"]
        assert len(answered) >= 150
        assert len(judged) - len(answered) >= 20
        assert {one.kind for one in answered} == {"plain", "synonym", "crosslang", "typo", "compound", "long"}
        assert all(one.slugs and set(one.slugs) <= known for one in answered)
        assert len({one.query for one in judged}) == len(judged)
        assert {one.language for one in judged} == {path.stem}

    def test_no_phrasing_of_the_content_is_a_judged_query(self) -> None:
        phrasings = {phrase for entry in loading.documents() for phrase in entry.asked_as}
        judged = {one.query for path in judged_files("2016-12") for one in read_judged(path)}
        assert len(phrasings & judged) < 0.05 * len(judged)
