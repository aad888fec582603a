"""Answers without the lines that files wrap them to, and back."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.knowledge.soft_lines import WIDTH, unwrapped, wrapped_like
from tests.builders import CONTENT

WRAPPED = (
    "**Kort.** Een zin die\nover drie regels\nloopt.\n\n"
    "- eerste punt\n  gaat verder\n- tweede\n\nSlot van\nhet antwoord."
)
PLAIN = "**Kort.** Een zin die over drie regels loopt.\n\n- eerste punt gaat verder\n- tweede\n\nSlot van het antwoord."
LONG = " ".join(["woord"] * 60)


def test_a_paragraph_and_an_item_of_a_list_are_one_line() -> None:
    assert unwrapped(WRAPPED) == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Een regel.",
        "Met een breuk  \nop de volgende regel.",
        "Met een breuk\\\nop de volgende regel.",
        "```\nregel een\nregel twee\n```",
        "    code\n    meer",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "> een citaat\n> van twee regels",
        "> [!NOTE]\n> Let hier op\n> en hier.",
        "Kop\n===\n\n## Nog een",
        "<div>\nhtml\n</div>",
        "1. een\n2. twee",
    ],
)
def test_what_has_lines_of_its_own_keeps_them(text: str) -> None:
    assert unwrapped(text) == text


def test_what_nobody_changed_is_stored_as_it_was() -> None:
    assert wrapped_like(WRAPPED, PLAIN) == WRAPPED
    assert wrapped_like(WRAPPED, WRAPPED) == WRAPPED


def test_a_change_of_one_paragraph_leaves_the_lines_of_the_others() -> None:
    changed = wrapped_like(WRAPPED, PLAIN.replace("Slot van het", "Het slot van dit"))
    assert changed == WRAPPED.replace("Slot van\nhet", "Het slot van dit")


def test_a_new_long_paragraph_is_wrapped_where_the_others_are() -> None:
    for marker in ("", "- ", "10. "):
        changed = wrapped_like(WRAPPED, f"{PLAIN}\n\n{marker}{LONG}")
        lines = changed.split("\n")
        assert max(map(len, lines)) <= WIDTH
        assert lines[-1].startswith(" " * len(marker) + "woord")
        assert unwrapped(changed) == f"{PLAIN}\n\n{marker}{LONG}"


def test_an_answer_that_is_not_wrapped_stays_so() -> None:
    assert wrapped_like("Een regel.", LONG) == LONG
    assert wrapped_like("", LONG) == LONG


@pytest.mark.parametrize("sign", ["-", "+", "*", "1.", "3)", "#", ">", "|", "===", "---", "```"])
def test_no_line_begins_with_what_markdown_takes_for_something_else(sign: str) -> None:
    typed = f"{PLAIN}\n\n" + f"{'x' * 60} {sign} " * 8 + "einde"
    changed = wrapped_like(WRAPPED, typed)
    assert unwrapped(changed) == unwrapped(typed)
    assert not any(line.startswith(f"{sign} x") for line in changed.split("\n"))


MARKDOWN = st.text(st.sampled_from("ab -*+1.>|#`\\\n[]()_&<"), max_size=120)


@given(MARKDOWN, MARKDOWN)
def test_nothing_is_shown_otherwise_for_its_lines(stored: str, typed: str) -> None:
    assert unwrapped(unwrapped(typed)) == unwrapped(typed)
    assert wrapped_like(typed, unwrapped(typed)) == typed
    assert unwrapped(wrapped_like(stored, typed)) in (unwrapped(typed), unwrapped(stored))


def test_every_shipped_answer_comes_back_as_its_file_has_it() -> None:
    for path in sorted(CONTENT.glob("2016-12/*/*.toml")):
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        for answer in (texts[code]["answer"].strip() for code in ("nl", "en") if code in texts):
            assert wrapped_like(answer, unwrapped(answer)) == answer, path
