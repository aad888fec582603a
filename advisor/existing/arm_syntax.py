"""The syntax of expressions in templates of Azure Resource Manager: `[concat(parameters('name'), '-vnet')]`.

Nothing here is run by Python: an expression becomes a tree, which `advisor.existing.arm_evaluation` walks through.
https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/template-expressions
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.core.parameters import Count
from advisor.core.refusals import Wrong

LONGEST_EXPRESSION = 24_576
"""Characters, which is Azure's own limit."""

DEEPEST_EXPRESSION = 32
"""Calls, indexes and properties inside or behind each other."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a whole number."""

    value: str | int


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its name in lower case, with what it is given. `called` is its name as it is written; one of a
    namespace of the template's own has that before its name.
    """

    name: str
    arguments: tuple[Node, ...]
    called: str


@dataclass(frozen=True, slots=True)
class Member:
    """A property of an object, or an element of a list, of which the place or name is an expression. `is_optional`
    tells that it may be absent: `.?name`.
    """

    of: Node
    key: Node
    is_optional: bool


Node = Literal | Call | Member

_TOKEN = re.compile(
    r"\s*+(?:(?P<text>'(?:[^']++|'')*+')|(?P<number>-?[0-9]{1,18}(?![0-9.]))|(?P<name>[A-Za-z_]\w*+)"
    r"|(?P<sign>[()\[\],.?]))",
    re.ASCII,
)
_END = re.compile(r"\s*+\Z")
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def is_expression(text: str) -> bool:
    """Whether a text of a template is an expression, and not a text in brackets, which is written `[[…]`."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[") and len(text) > 1


def parse(text: str) -> Node | None:
    """The tree of an expression with its brackets; None for one that is malformed.

    Raises `Wrong`: `too-large` or `too-deep`.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise Wrong("too-large", allowed=Count(LONGEST_EXPRESSION, "character"))
    tokens = _tokens(text[1:-1])
    if tokens is None:
        return None
    try:
        parser = _Parser(tokens)
        node = parser.node(1)
        return node if parser.is_at_end else None
    except _MalformedError:
        return None


def last_word(text: str) -> str:
    """The last word of an expression that cannot be read, for a name."""
    words = _WORD.findall(text[-LONGEST_EXPRESSION:])
    return words[-1] if words else ""


def _tokens(text: str) -> list[tuple[str, str]] | None:
    found: list[tuple[str, str]] = []
    position = 0
    while not _END.match(text, position):
        token = _TOKEN.match(text, position)
        if token is None or token.lastgroup is None:
            return None
        found.append((token.lastgroup, token[token.lastgroup]))
        position = token.end()
    return found


class _MalformedError(Exception):
    pass


class _Parser:
    """Reads tokens from left to right; `depth` counts what is inside or behind each other."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._next = 0

    @property
    def is_at_end(self) -> bool:
        return self._next == len(self._tokens)

    def node(self, depth: int) -> Node:
        """A literal, or a call with what is taken out of it."""
        kind, written = self._take()
        if kind == "text":
            return Literal(written[1:-1].replace("''", "'"))
        if kind == "number":
            return Literal(int(written))
        if kind != "name":
            raise _MalformedError
        node: Node = self._call(written, depth)
        while self._sees(".", "["):
            depth += 1
            _check(depth)
            node = self._member(node, depth)
        return node

    def _call(self, called: str, depth: int) -> Call:
        while self._sees("."):  # a function of the template's own, behind its namespace
            self._take()
            kind, written = self._take()
            if kind != "name":
                raise _MalformedError
            called = f"{called}.{written}"
        self._expect("(")
        _check(depth)
        arguments: list[Node] = []
        while not self._sees(")"):
            if arguments:
                self._expect(",")
            arguments.append(self.node(depth + 1))
        self._take()
        return Call(called.lower(), tuple(arguments), called)

    def _member(self, of: Node, depth: int) -> Member:
        is_property = self._take()[1] == "."
        is_optional = self._sees("?")
        if is_optional:
            self._take()
        if is_property:
            kind, written = self._take()
            if kind != "name":
                raise _MalformedError
            return Member(of, Literal(written), is_optional)
        key = self.node(depth + 1)
        self._expect("]")
        return Member(of, key, is_optional)

    def _sees(self, *signs: str) -> bool:
        return not self.is_at_end and self._tokens[self._next] in {("sign", sign) for sign in signs}

    def _take(self) -> tuple[str, str]:
        if self.is_at_end:
            raise _MalformedError
        self._next += 1
        return self._tokens[self._next - 1]

    def _expect(self, sign: str) -> None:
        if self._take() != ("sign", sign):
            raise _MalformedError


def _check(depth: int) -> None:
    if depth > DEEPEST_EXPRESSION:
        raise Wrong("too-deep", allowed=DEEPEST_EXPRESSION)
