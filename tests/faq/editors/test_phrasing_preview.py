"""What a phrasing would do to the search, as an editor sees it before it is added."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from faq.editors import phrasing_preview
from faq.editors.phrasing_preview import preview
from faq.models import Entry
from faq.search import indexer
from faq.search.judging import ask, judged_queries, read_judged
from faq.store import content_version
from faq.store.editions import Edition, default_edition
from faq.store.publishing import publish, published_content
from tests.cpu_time import takes_at_most

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Three judged queries."""
    judged = tmp_path / "en.tsv"
    lines = ["expressroute or vpn\twhat-is-the-difference", "bgp\twhat-is-bgp", f"zeppelin moorings\t{SLUG}"]
    judged.write_text("".join(f"en\tplain\t{line}\n" for line in lines), encoding="utf-8")
    few = read_judged(judged)
    monkeypatch.setattr(phrasing_preview, "judged_queries", lambda code: few if code == "2016-12" else [])


@pytest.mark.usefixtures("_few")
def test_it_tells_where_the_question_and_the_judged_queries_go() -> None:
    told = preview(default_edition(), SLUG, "en", "zeppelin moorings")
    assert told is not None
    assert (told.itself.before, told.itself.after, told.judged) == (0, 1, 3)
    assert [(move.judged.query, move.before, move.after) for move in told.moves] == [("zeppelin moorings", 0, 1)]


@pytest.mark.any_database
@pytest.mark.usefixtures("own_index")
@pytest.mark.parametrize("phrasing", ["the thing that hums in the cellar", "private fibre without internet"])
def test_it_tells_what_an_index_with_the_phrasing_finds(phrasing: str) -> None:
    edition = default_edition()
    before = preview(edition, SLUG, "en", phrasing)
    assert before is not None
    entry = Entry.objects.get(edition=edition, slug=SLUG)
    content = published_content(entry)
    text = content.texts["en"]
    publish(entry, content.with_text("en", replace(text, asked_as=(*text.asked_as, phrasing))))
    indexer.build_index()
    moved = {move.judged: move.after for move in before.moves}
    asked = judged_queries(edition.code)
    after = {one: ask(indexer.engine(), one, edition.code, content_version.current()).rank for one in asked}
    differ = [one.query for one, rank in moved.items() if after[one] != rank]
    assert len(differ) <= 0.2 * len(moved) + 1


def test_it_takes_less_than_a_third_of_a_second() -> None:
    edition: Edition = Edition.objects.get(code="2026")
    preview(edition, SLUG, "en", "leased line into microsoft")
    takes_at_most(
        0.3, lambda: preview(edition, SLUG, "en", "our dark fibre ends at the provider, how do we get it into Azure")
    )


def test_a_text_that_readers_do_not_see_has_no_preview() -> None:
    assert preview(default_edition(), "no-such-entry", "en", "x") is None
