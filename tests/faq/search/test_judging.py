"""The measures of search, and the judged queries themselves."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from faq.models import Entry
from faq.search import indexer, loading
from faq.search.judging import (
    HALVES,
    TUNING,
    Asked,
    Judged,
    ask,
    fold,
    judged_editions,
    judged_files,
    measures,
    near_curve,
    read_judged,
)
from faq.search.words import words_of
from faq.store import content_version

pytestmark = pytest.mark.django_db

KINDS = {"plain", "vague", "long", "number", "negation", "title", "compound", "crosslang", "typo", "none"}
SETS = [(edition, language) for edition in judged_editions() for language in ("nl", "en")]


def asked(judged: Judged, *found: str, sureness: float = 1.0, answers: int = 1) -> Asked:
    """A query as it was answered."""
    return Asked(judged, found, sureness, sureness < 0.5, answers)


def queries(edition: str, language: str, *halves: str) -> list[Judged]:
    """The queries of an edition in one language."""
    files = chain.from_iterable(judged_files(edition, half) for half in halves)
    return [one for path in files if path.stem == language for one in read_judged(path)]


class TestMeasures:
    """What the figures are."""

    def test_the_measures_are_what_they_are_called(self) -> None:
        one, two = Judged("nl", "plain", "q", ("a", "b")), Judged("nl", "plain", "r", ("c",))
        of = measures([asked(one, "x", "a", "b"), asked(two, "c")])
        assert (of.queries, of.success_at_1, of.success_at_3, of.mrr) == (2, 0.5, 1.0, 0.75)
        assert of.ndcg == pytest.approx((1 + (0.6309 + 0.5) / 1.6309) / 2, abs=1e-3)

    @pytest.mark.parametrize(
        ("right", "all_", "interval"), [(5, 10, (0.237, 0.763)), (10, 10, (0.722, 1.0)), (0, 10, (0.0, 0.278))]
    )
    def test_the_interval_is_wilsons(self, right: int, all_: int, interval: tuple[float, float]) -> None:
        one = Judged("nl", "plain", "q", ("a",))
        of = measures(asked(one, "a" if number < right else "b") for number in range(all_))
        assert of.interval == pytest.approx(interval, abs=1e-3)

    def test_the_curve_tells_what_other_thresholds_say(self) -> None:
        answered = [asked(Judged("nl", "plain", "q", ("a",)), "a", sureness=n / 100) for n in range(100)]
        without = [asked(Judged("nl", "none", "q", ()), "a", sureness=s) for s in (0.015, 0.035, 0.5, 0.6)]
        assert {wrong: right for right, wrong in near_curve([*answered, *without])}[0.04] == 0.5
        assert near_curve(answered) == []


class TestTheFold:
    """What a page shows at once, and what stands behind its fold."""

    def test_an_answer_behind_what_answers_or_comes_closest_is_hidden(self) -> None:
        one = Judged("nl", "plain", "q", ("a",))
        rows = [asked(one, "a"), asked(one, "x", "a"), asked(one, "x", "a", answers=2)]
        rows += [asked(one, "x", "y", "a", answers=0), asked(one, "x", "y", "z", "a", answers=0), asked(one, "x")]
        of = fold(rows)
        assert (of.hidden, of.found, of.shown) == (2, 5, 2)

    @pytest.mark.parametrize("edition", judged_editions())
    def test_it_hides_next_to_no_answer_of_the_queries_that_it_was_tuned_on(self, edition: str) -> None:
        number = content_version.current()
        every = [one for language in ("nl", "en") for one in queries(edition, language, TUNING) if one.slugs]
        of = fold([ask(indexer.engine(), one, edition, number) for one in every[::4]])
        assert of.hidden <= 0.02 * of.found
        assert of.shown <= 5


class TestQueries:
    """The judged queries that come with the site."""

    @pytest.mark.parametrize(("edition", "language"), SETS)
    def test_they_are_whole(self, edition: str, language: str) -> None:
        every = queries(edition, language, *HALVES)
        known = set(Entry.objects.filter(edition__code=edition).values_list("slug", flat=True))
        answered = [one for one in every if one.kind != "none"]
        assert len(every) >= 300
        assert len(every) - len(answered) >= 30
        assert {one.kind for one in every} >= KINDS
        assert all(one.slugs and set(one.slugs) <= known for one in answered)
        assert {one.language for one in every} == {language}
        spelled = [re.sub(r"\W+", " ", one.query.casefold()).strip() for one in every]
        assert len(set(spelled)) == len(spelled)

    @pytest.mark.parametrize(("edition", "language"), SETS)
    def test_no_phrasing_is_one_of_them(self, edition: str, language: str) -> None:
        judged = {" ".join(words_of(one.query)) for one in queries(edition, language, *HALVES)}
        texts = [one for one in loading.PublishedDocuments() if (one.edition, one.language) == (edition, language)]
        phrasings = {" ".join(words_of(phrasing)) for text in texts for phrasing in text.asked_as}
        assert phrasings & judged == set()
