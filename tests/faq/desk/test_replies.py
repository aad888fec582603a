"""A reply that is made of answers."""

from __future__ import annotations

import pytest

from faq.desk.replies import Replied, Said, reply_to

LIST = "<p>Two <strong>systems</strong>:</p><ul><li>32-bit</li><li>64-bit</li></ul>"


def said(**changes: str) -> Said:
    """An entry in English."""
    fields = {
        "question": "Which systems?",
        "short_answer": LIST,
        "link": "https://example.org/en/faq/systems/",
        "language": "en",
    }
    return Said(**fields | changes)


def test_a_reply_greets_quotes_answers_and_closes() -> None:
    reply = reply_to([Replied(("What may I use?",), (said(),))], "en")
    assert reply.text == (
        "Hello,\n\nHere is the answer to your question.\n\n> What may I use?\n\nTwo systems:\n\n- 32-bit\n- 64-bit\n\n"
        "More: https://example.org/en/faq/systems/\n\nKind regards,\n"
    )


def test_a_reply_is_in_the_language_that_is_asked_for() -> None:
    text = reply_to([Replied(("Wat kan ik gebruiken?", "En thuis?"), (said(),))], "nl").text
    assert text.startswith(
        "Goedendag,\n\nHieronder leest u de antwoorden op uw vragen.\n\n> Wat kan ik gebruiken?\n> En"
    )
    assert text.endswith("Met vriendelijke groet,\n")


def test_an_answer_to_no_sentence_has_the_question_of_its_entry() -> None:
    assert "\n\nWhich systems?\n\nTwo systems:" in reply_to([Replied((), (said(),))], "en").text


def test_formatted_text_keeps_lists_and_links() -> None:
    html = reply_to([Replied(("What may I use?",), (said(),))], "en").html
    assert "<blockquote>What may I use?</blockquote>" in html
    assert LIST in html
    assert '<a href="https://example.org/en/faq/systems/">Which systems?</a>' in html


def test_an_answer_in_another_language_says_so() -> None:
    assert '<div lang="nl">' in reply_to([Replied(("What?",), (said(language="nl"),))], "en").html


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "a & b <img src=x onerror=y>"])
def test_what_was_asked_is_never_html(asked: str) -> None:
    reply = reply_to([Replied((asked,), (said(question=asked),))], "en")
    assert asked not in reply.html
    assert f"> {asked}" in reply.text
