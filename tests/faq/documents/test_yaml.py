"""FAQ documents in YAML, and what is refused of them."""

from __future__ import annotations

import pytest

from faq.documents import Document, DocumentRefused, parse_yaml

HEAD = "### YamlMime:FAQ\n"
WHOLE = """metadata:
  title: Left alone
  ms.date: 2024-01-01
title: Questions
summary: |
  About tunnels.
sections:
  - name: Basics
    questions:
      - question: |
          What is a tunnel?
        answer: |
          An encrypted connection.

          - one
          - two
      - question: <a name="gw"></a>What is a gateway?
        answer: Where a tunnel ends.
"""


def read(text: str) -> Document:
    """A document of this text."""
    return parse_yaml(HEAD + text, "faq.yml")


def test_a_document_is_read() -> None:
    document = read(WHOLE)
    assert (document.title, document.introduction) == ("Questions", "About tunnels.")
    assert [(section.slug, section.title) for section in document.sections] == [("basics", "Basics")]
    assert [(entry.slug, entry.question, entry.answer, entry.line) for entry in document.entries] == [
        ("what-is-a-tunnel", "What is a tunnel?", "An encrypted connection.\n\n- one\n- two", 11),
        ("gw", "What is a gateway?", "Where a tunnel ends.", 18),
    ]


@pytest.mark.parametrize("field", ["id", "uid"])
def test_a_question_may_bring_its_own_name(field: str) -> None:
    assert (
        read(WHOLE.replace("- question: |", f"- {field}: my-tunnel\n        question: |")).entries[0].slug
        == "my-tunnel"
    )


def test_questions_alike_get_slugs_of_their_own() -> None:
    assert [
        entry.slug for entry in read(WHOLE.replace('<a name="gw"></a>What is a gateway?', "What is a tunnel?")).entries
    ] == [
        "what-is-a-tunnel",
        "what-is-a-tunnel-1",
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("title: [\n", 3, "this is not YAML"),
        ("title: a\n\tb: c\n", 3, "this is not YAML"),
        ("- a\n", 2, "the document must have named fields here"),
        ("title: x\n", 2, "there are no sections"),
        ("title: x\nsections: 5\n", 3, "sections must be a list"),
        ("title: x\ntitle: y\nsections: []\n", 3, "the field 'title' stands twice"),
        ("sections:\n  - name: S\n    questions:\n      - question: Q\n", 1, "there is no question in this document"),
        ("sections:\n  - name: S\n    questions:\n      - answer: A\n", 5, "this question has no text"),
        ("sections:\n  - questions: []\n", 3, "this section has no name"),
        (
            "sections:\n  - name: S\n    questions:\n      - question: [a]\n        answer: A\n",
            5,
            "a text was expected here",
        ),
        ("sections: []\n", 1, "there is no question in this document"),
        ("a: &x [1]\nb: *x\n", 2, "anchors and aliases"),
        ("a: !!python/object:os.system x\n", 2, "is not taken"),
        ("a: !custom x\n", 2, "is not taken"),
        ("a: " + "[" * 60 + "]" * 60 + "\n", 2, "nested more than 50 deep"),
        ("", 1, "the document is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read(text)
    assert any(fault.line == line and reason in fault.reason for fault in refused.value.faults), refused.value


def test_a_slug_that_stands_twice_is_numbered_and_reported() -> None:
    document = read(WHOLE.replace("What is a tunnel?", '<a name="gw"></a>What is a tunnel?'))
    assert [entry.slug for entry in document.entries] == ["gw", "gw-2"]
    assert [fault.line for fault in document.warnings] == [18]
    assert "'gw' is also that of the question on line 11; this one gets 'gw-2'" in document.warnings[0].reason


def test_a_bomb_of_references_is_refused_at_once() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    with pytest.raises(DocumentRefused):
        read(bomb)


def test_a_question_without_an_answer_is_left_out_and_named() -> None:
    document = parse_yaml(
        "### YamlMime:FAQ\nsections:\n  - name: S\n    questions:\n      - question: Q?\n"
        "      - question: R?\n        answer: A.\n",
        "faq.yml",
    )
    assert [entry.question for entry in document.entries] == ["R?"]
    assert [(warning.line, warning.reason) for warning in document.warnings] == [
        (5, "'Q?' has no answer that can be shown; it was left out")
    ]


INCLUDING = """title: T
sections:
  - name: S
    questions:
      - question: A?
        answer: |
          See [!INCLUDE [x](gone.md)] this.

          [!INCLUDE [x](part.md)]
      - question: B?
        answer: "[!INCLUDE [x](gone.md)]"
      - question: C?
        answer: |
          ```
          [!INCLUDE [x](gone.md)]
          ```
"""


def test_includes_are_read_or_named_once_as_in_markdown() -> None:
    files = {"part.md": "A part with [a link](https://example.org)."}
    document = parse_yaml(HEAD + INCLUDING, "faq.yml", lambda path: (path, files[path]) if path in files else None)
    assert [(entry.question, entry.answer) for entry in document.entries] == [
        ("A?", "See\n\nthis.\n\n\nA part with [a link](https://example.org)."),
        ("C?", "```\n[!INCLUDE [x](gone.md)]\n```"),
    ]
    assert [(warning.line, warning.reason) for warning in document.warnings] == [
        (8, "the included file gone.md was not found; it was left out"),
        (11, "'B?' was left out: its answer is in gone.md, which was not found"),
        (12, "the included file gone.md was not found; it was left out"),
    ]
