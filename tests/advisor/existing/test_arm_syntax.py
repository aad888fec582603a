"""Expressions of templates as trees."""

from __future__ import annotations

import pytest

from advisor.core.parameters import Count
from advisor.core.refusals import Wrong
from advisor.existing.arm_syntax import Call, Literal, Member, Node, is_expression, last_word, parse


def call(name: str, *arguments: Node) -> Call:
    return Call(name.lower(), arguments, name)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("[concat('a', 'b''c')]", call("concat", Literal("a"), Literal("b'c"))),
        ("[ add( 1 , -2 ) ]", call("add", Literal(1), Literal(-2))),
        ("[resourceGroup().location]", Member(call("resourceGroup"), Literal("location"), False)),
        ("[parameters('a')[0]]", Member(call("parameters", Literal("a")), Literal(0), False)),
        ("[parameters('a').?b]", Member(call("parameters", Literal("a")), Literal("b"), True)),
        ("[contoso.name('x')]", call("contoso.name", Literal("x"))),
        (
            "[f().a[g()].b]",
            Member(Member(Member(call("f"), Literal("a"), False), call("g"), False), Literal("b"), False),
        ),
        ("['text']", Literal("text")),
    ],
)
def test_an_expression_becomes_a_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        *("[]", "[concat('a']", "[concat('a',)]", "[concat(,'a')]", "[concat 'a']", "[f()", "[f())]", "[f().]"),
        *("[f()[]]", "[f()[1]", "['a]", "[a]", "[1 2]", "[f() g()]", "[@x()]", "[f().1]", "[f('a' 'b')]", "[.f()]"),
        *("[99999999999999999999]", "[1.5]", "[f(1.)]", "[(f())]"),
    ],
)
def test_what_is_malformed_has_no_tree(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: "[" + "f(" * depth + ")" * depth + "]",
        lambda depth: "[f()" + ".a" * (depth - 1) + "]",
        lambda depth: "[f()" + "[0]" * (depth - 1) + "]",
        lambda depth: "[" + "f()[" * (depth // 2) + "1" + "]" * (depth // 2) + "]",
    ],
)
def test_32_levels_are_read_and_more_are_refused(nested: object) -> None:
    assert callable(nested)
    assert parse(nested(32))
    for depth in (34, 9_000):
        with pytest.raises(Wrong) as raised:
            parse(nested(depth)[:24_575] + "]")
        assert (raised.value.reason, raised.value.parameters) == ("too-deep", (("allowed", 32),))


def test_no_longer_expression_is_read_than_azure_reads() -> None:
    longest = f"['{'a' * (24_576 - 4)}']"
    assert parse(longest)
    with pytest.raises(Wrong) as raised:
        parse(longest.replace("['", "['a"))
    assert dict(raised.value.parameters) == {"allowed": Count(24_576, "character")}


@pytest.mark.parametrize(
    ("text", "told"),
    [("[f()]", True), ("[]", True), ("[[f()]", False), ("[f()", False), ("f()]", False), ("[", False), ("", False)],
)
def test_an_expression_is_told_by_its_brackets(text: str, told: bool) -> None:
    assert is_expression(text) is told


@pytest.mark.parametrize(("text", "word"), [("[concat('vnetName'", "vnetName"), ("[ + ]", ""), ("[a.b", "b")])
def test_the_last_word_stands_for_what_cannot_be_read(text: str, word: str) -> None:
    assert last_word(text) == word
