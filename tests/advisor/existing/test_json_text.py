"""JSON of others: bounds before it is parsed, comments, several documents, and the place of what is wrong."""

from __future__ import annotations

import json
import math

import pytest

from advisor.core.parameters import Count
from advisor.core.refusals import Wrong
from advisor.existing.json_text import MOST_COMMENTS, MOST_LISTS, MOST_OBJECTS, begins_json, read_json


def refusal(text: str, left: int = MOST_OBJECTS) -> tuple[str, dict[str, object]]:
    """Why a text is refused."""
    with pytest.raises(Wrong) as raised:
        read_json(text, left)
    return raised.value.reason, dict(raised.value.parameters)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("{}", ({},)),
        ('\ufeff {"a": 1}\n\n[2]\n', ({"a": 1}, [2])),
        ('{"a":1}{"a":2}', ({"a": 1}, {"a": 2})),
        ('{"a": 1, "a": 2}', ({"a": 2},)),
        ('{"a": "x\ny"}', ({"a": "x\ny"},)),
        ('{"a": 1e400}', ({"a": math.inf},)),
        (f'{{"a": {"1" * 5000}, "b": -{"1" * 5000}}}', ({"a": math.inf, "b": -math.inf},)),
        (r'{"a": "\ud800b\udc00"}', ({"a": "\ufffdb\ufffd"},)),
        (r'{"a": "\ud83d\ude00"}', ({"a": "\U0001f600"},)),
        (r'{"a": "\\ud800", "b": "\ud800"}', ({"a": r"\ud800", "b": "\ufffd"},)),
    ],
)
def test_documents_are_read_in_their_order(text: str, documents: tuple[object, ...]) -> None:
    assert read_json(text).documents == documents


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "https://example.org", // a "quoted" remark\n "b": 2}',
        '{"a": "https://example.org", /* { [ " \n */ "b": 2}',
        '// first\n/* second */ {"a": "https://example.org", "b": 2} // last',
        '{"a": "https://example.org"/**/,"b": 2}/*',
    ],
)
def test_comments_are_left_out(text: str) -> None:
    assert read_json(text).documents == ({"a": "https://example.org", "b": 2},)


def test_what_looks_like_a_comment_in_a_text_is_text() -> None:
    assert read_json('{"a": "/* x */ // y", "b": "\\"//"} // z').documents == ({"a": "/* x */ // y", "b": '"//'},)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1,\n "b" 2}', 2, 6),
        ('{"a": 1} x', 1, 10),
        ('{"a": 1}\n12', 2, 1),
        ('// one\n/* two\n three */ {"a" 1}', 3, 16),
        ('{"a": "x', 1, 7),
        ('{"a":\n NaN}', 2, 2),
        ('{"NaN": "Infinity",\n "a": -Infinity}', 2, 8),
        (f'{{"a": {"1" * 5000}, "b" 1}}', 1, 5013),
        ("[}", 1, 2),
        ("]" * 70, 1, 1),
        ("[1, 2", 1, 6),
    ],
)
def test_what_is_no_json_is_told_with_its_place(text: str, line: int, column: int) -> None:
    assert refusal(text) == ("not-json", {"line": line, "column": column})


@pytest.mark.parametrize(
    "text",
    [
        "[" * 65 + "]" * 65,
        '{"a":' * 65 + "1" + "}" * 65,
        "[" * 20_000,
        '{"a":[' * 10_000 + "]}" * 10_000,
        "[{}," * 65 + "{}" + "]" * 65,
        "[1]" + "[" * 65 + "]" * 65,
        "]" * 9 + "[" * 65,
    ],
)
def test_too_deep_is_refused_without_reading_on(text: str) -> None:
    assert refusal(text) == ("too-deep", {"allowed": 64})


@pytest.mark.parametrize(
    "text", ["[" * 64 + "]" * 64, '["' + "[" * 500 + '"]', "[[]" + ", []" * 500 + "]", '["\\"[[", 1]' + "[]" * 100]
)
def test_what_is_not_deeper_is_read(text: str) -> None:
    assert read_json(text).documents


def test_more_objects_than_are_left_are_refused() -> None:
    allowed = ("too-large", {"allowed": Count(MOST_OBJECTS, "object")})
    assert refusal("[{}, {}, {}]", 2) == allowed
    assert refusal("[] [] []", 2) == allowed
    assert read_json("[{}, {}]", 2).objects == 2
    assert read_json("[] []", 2).objects == 2


def test_so_are_more_lists_and_comments_than_anybody_writes() -> None:
    assert refusal(f"[{'[],' * MOST_LISTS}[]]") == ("too-large", {"allowed": Count(MOST_LISTS, "list")})
    assert refusal("[" + "/**/" * (MOST_COMMENTS + 1) + "]") == (
        "too-large",
        {"allowed": Count(MOST_COMMENTS, "comment")},
    )


def test_documents_that_are_read_can_be_written_again() -> None:
    (document,) = read_json(r'{"a\ud800": ["\udfff", "\ud83d\ude00"]}').documents
    assert json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "begins"),
    [("{", True), (" \n[", True), ("// x\n{", True), ("/* x */[", True), ("// x", False), ("a{", False), ("", False)],
)
def test_json_is_told_by_how_it_begins(text: str, begins: bool) -> None:
    assert begins_json(text) is begins
