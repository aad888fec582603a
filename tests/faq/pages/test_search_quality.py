"""The page with the quality of the search."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.pages.labels import kind_of_question
from faq.search.judging import HALVES, judged_editions, judged_files, read_judged
from faq.search.quality import Quality, SetQuality, floor_sets, out_of_date, recorded

pytestmark = pytest.mark.django_db


def test_it_shows_every_set_that_the_search_was_not_tuned_on(client: Client) -> None:
    page = client.get("/en/search-quality/").content.decode()
    shown = floor_sets(recorded())
    assert {(one.edition, one.language) for one in shown} == {
        (code, path.stem) for code in judged_editions() for path in judged_files(code, "test")
    }
    for one in shown:
        assert f'id="{one.edition}-{one.language}"' in page
        assert f"Of {one.without} questions that no entry answers, {one.recognized} are said" in " ".join(page.split())
    assert "Everyday words, without the term" in page
    assert "Kwaliteit van de zoekfunctie" in client.get("/nl/search-quality/").content.decode()


def test_an_address_without_a_language_leads_there(client: Client) -> None:
    assert client.get("/search-quality/").headers["Location"].endswith("/search-quality/")


def test_the_record_has_as_many_queries_as_there_are(client: Client) -> None:
    for one in recorded().sets:
        (path,) = (path for path in judged_files(one.edition, one.half) if path.stem == one.language)
        judged = read_judged(path)
        assert one.kinds[0].queries + one.without == len(judged)
        assert {kind.kind for kind in one.kinds[1:]} | {"none"} == {query.kind for query in judged}
    assert {one.half for one in recorded().sets} == set(HALVES)


def test_every_kind_has_a_name() -> None:
    assert all(kind_of_question(kind.kind) for one in recorded().sets for kind in one.kinds)


def test_figures_that_are_not_those_recorded_are_named() -> None:
    quality = recorded()
    first, *rest = quality.sets
    better = SetQuality(
        **{name: getattr(first, name) for name in ("edition", "half", "language", "recognized", "without")},
        kinds=(),
        wrongly=0,
        first=0,
    )
    assert out_of_date(quality.sets, quality) == []
    assert out_of_date([better, *rest], quality) == [f"{first.edition}/{first.half}/{first.language}"]
    assert out_of_date(quality.sets, Quality(quality.measured, tuple(rest))) != []
