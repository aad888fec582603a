"""Blocks and values as Terraform has them, laid out as `terraform fmt` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.formats.deployables import quoting

INDENT = "  "


@dataclass(frozen=True, slots=True)
class Code:
    """An expression, as it stands in the file. It holds nothing that somebody typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A value of a map, with comments above it."""

    value: Value
    comments: tuple[str, ...]


Value = str | int | bool | None | Code | Noted | Sequence["Value"] | Mapping[str, "Value"]
"""What an argument can be: a text becomes a string in quotes, a key of a mapping stands as it is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block: what stands before its brace, its arguments and the blocks in it, and comments above it."""

    head: str
    body: tuple[Item, ...]
    comments: tuple[str, ...] = ()


Item = tuple[str, Value] | Block


def block(head: str, *body: Item, comments: Iterable[str] = ()) -> Block:
    """A block with these arguments and blocks."""
    return Block(head, body, tuple(comments))


def lines_of(one: Block, indent: str = "") -> Iterator[str]:
    """A block as lines; an empty one is one line."""
    yield from _comments(one.comments, indent)
    if not one.body:
        yield f"{indent}{one.head} {{}}"
        return
    yield f"{indent}{one.head} {{"
    yield from _body(one.body, indent + INDENT)
    yield f"{indent}}}"


def _comments(comments: Iterable[str], indent: str) -> Iterator[str]:
    for text in comments:
        yield from quoting.comment(text, "#", indent)


def _body(body: Sequence[Item], indent: str) -> Iterator[str]:
    """Arguments, and each block behind an empty line."""
    arguments: list[tuple[str, Value]] = []
    first = True
    for item in body:
        if isinstance(item, Block):
            yield from _arguments(arguments, indent)
            if arguments or not first:
                yield ""
            arguments, first = [], False
            yield from lines_of(item, indent)
        else:
            arguments.append(item)
    if arguments and not first:
        yield ""
    yield from _arguments(arguments, indent)


def _arguments(arguments: Sequence[tuple[str, Value]], indent: str) -> Iterator[str]:
    """Arguments with their equals signs below each other; one that takes more lines, or has a comment, stands apart."""
    run: list[tuple[str, str]] = []
    for name, value in arguments:
        comments = value.comments if isinstance(value, Noted) else ()
        written = list(_written(value.value if isinstance(value, Noted) else value, indent))
        if len(written) == 1 and not comments:
            run.append((name, written[0]))
            continue
        yield from _aligned(run, indent)
        run = []
        yield from _comments(comments, indent)
        yield f"{indent}{name} = {written[0]}"
        yield from written[1:]
    yield from _aligned(run, indent)


def _aligned(run: Sequence[tuple[str, str]], indent: str) -> Iterator[str]:
    width = max((len(name) for name, _ in run), default=0)
    yield from (f"{indent}{name:<{width}} = {value}" for name, value in run)


def _written(value: Value, indent: str) -> Iterator[str]:
    """A value as lines, of which those after the first stand behind the indent."""
    match value:
        case Code(text):
            yield text
        case None:
            yield "null"
        case bool():
            yield "true" if value else "false"
        case int():
            yield str(value)
        case str():
            yield quoting.hcl(value)
        case Mapping():
            if not value:
                yield "{}"
                return
            yield "{"
            yield from _arguments([*value.items()], indent + INDENT)
            yield f"{indent}}}"
        case Noted():
            yield from _written(value.value, indent)
        case _:
            yield from _list([line for one in value for line in _written(one, "")], indent)


def _list(parts: Sequence[str], indent: str) -> Iterator[str]:
    """A list on one line, or where that gets long an item a line."""
    together = f"[{', '.join(parts)}]"
    if len(together) <= quoting.LONGEST_COMMENT - 40:
        yield together
        return
    yield "["
    yield from (f"{indent}{INDENT}{part}," for part in parts)
    yield f"{indent}]"
