"""The rows of a list of results, which are written without a template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from faq.pages.result_rows import light_rows, result_rows
from faq.search.service import Result

NASTY = "<script>\"&'"

RESULT = Result(
    slug="what-is-a-tunnel",
    language="nl",
    score=1.0,
    section="connections",
    section_title="Verbindingen",
    connection_types=("site-to-site",),
    plain_question="Wat is een tunnel?",
    plain_summary="Een buis.",
    answer="Een buis. Meer over een lange tunnel.",
    matched=frozenset({"tunnel"}),
    answers=True,
)


def written(result: Result, language: str = "nl", edition_query: str = "") -> ElementTree.Element:
    """The row of a result, as a tree: so it is well formed."""
    (row,) = result_rows([result], 2, language, edition_query)
    return ElementTree.fromstring(row)  # noqa: S314 -- our own page


def test_a_row_shows_question_answer_passage_section_and_types() -> None:
    row = written(RESULT)
    assert row.findtext("h2/a/mark") == "tunnel"
    assert [mark.text for mark in row.iter("mark")] == ["tunnel", "tunnel"]
    links = {link.get("href"): "".join(link.itertext()) for link in row.iter("a")}
    assert links == {
        "/nl/faq/what-is-a-tunnel/": "Wat is een tunnel?",
        "/nl/sections/connections/": "Verbindingen",
    }
    assert [one.text for one in row.iter("span")] == ["Site-to-site"]
    assert row.get("lang") is None


def test_a_passage_that_says_no_more_than_the_short_answer_is_left_out() -> None:
    assert written(replace(RESULT, answer="Een buis.")).find("p[@class='passage']") is None


def test_a_text_in_another_language_says_so_and_links_stay_in_the_edition() -> None:
    row = written(RESULT, "en", "?edition=2016-12")
    assert row.get("lang") == "nl"
    assert [link.get("href") for link in row.iter("a")] == [
        "/en/faq/what-is-a-tunnel/?edition=2016-12",
        "/en/sections/connections/?edition=2016-12",
    ]


def test_a_light_row_shows_question_and_section_only() -> None:
    (row,) = light_rows([replace(RESULT, plain_question=NASTY, section_title=NASTY)], "en", "?edition=2016-12")
    tree = ElementTree.fromstring(row)  # noqa: S314 -- our own page
    link = tree.find("a")
    assert link is not None
    assert (link.get("href"), link.get("data-slug")) == ("/en/faq/what-is-a-tunnel/?edition=2016-12", RESULT.slug)
    assert (link.text, tree.findtext("small"), tree.get("lang")) == (NASTY, NASTY, "nl")
    assert RESULT.plain_summary not in row


@pytest.mark.parametrize("field", ["plain_question", "plain_summary", "answer", "section_title", "connection_types"])
def test_everything_in_a_row_is_escaped(field: str) -> None:
    nasty: Any = (NASTY,) if field == "connection_types" else f"Nog een heel lange tunnel {NASTY}"
    row = written(replace(RESULT, **{field: nasty}))
    assert NASTY in "".join(row.itertext())
