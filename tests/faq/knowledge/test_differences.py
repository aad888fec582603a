"""What is different between two versions of an entry."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.knowledge.differences import ADDED, REMOVED, SAME, Piece, changed_parts, changes_between, pieces
from faq.knowledge.entry import SourceDocument, Text
from tests.faq.builders import content, text


def test_a_version_is_not_different_from_itself() -> None:
    assert changed_parts(content(), content()) == ()


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("nl_answer", content().with_text("nl", text(answer="**Een pijp.** Meer niet."))),
        ("en_question", content().with_text("en", Text("What is one?", "**A pipe.** No more.", ("buis",)))),
        ("nl_asked_as", content().with_text("nl", text(asked_as=("buis", "pijp")))),
        ("limits", content(limits=())),
        ("sources", content(sources=(SourceDocument("guide.md", "2017"),))),
        ("checked", content(checked=None)),
        ("order", content(order=2)),
        ("slug", content(slug="a-tunnel")),
        ("connection_types", content(connection_types=())),
    ],
)
def test_just_the_part_that_changed_is_named(part: str, changed: object) -> None:
    assert changed_parts(content(), changed) == (part,)  # type: ignore[arg-type]


def test_the_ends_of_lines_and_the_order_of_what_has_none_do_not_count() -> None:
    before = replace(
        content(connection_types=("site-to-site", "vnet-to-vnet")),
        texts={"nl": text(answer="**Kort.** Een zin\nover twee regels.\n\nSlot.")},
    )
    after = replace(
        before,
        connection_types=("vnet-to-vnet", "site-to-site"),
        texts={"nl": text(answer="**Kort.** Een zin over\r\ntwee regels. \r\n\r\nSlot.\r\n")},
    )
    assert changed_parts(before, after) == ()


def test_a_change_is_told_word_by_word() -> None:
    (change,) = changes_between(content(), content().with_text("nl", text(answer="**Een pijp.** Meer niet.")))
    assert (change.part, change.pieces) == (
        "nl_answer",
        (Piece(SAME, "**Een "), Piece(REMOVED, "buis"), Piece(ADDED, "pijp"), Piece(SAME, ".** Meer niet.")),
    )


@given(st.text("ab ,\n", max_size=60), st.text("ab ,\n", max_size=60))
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    found = list(pieces(before, after))
    assert "".join(piece.text for piece in found if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in found if piece.kind != REMOVED) == after
    assert all(first.kind != second.kind for first, second in pairwise(found))
