"""Bicep as two parsers read it: pycep for what it says, and tree-sitter for whether all of it is Bicep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tree_sitter_bicep
from pycep import BicepParser
from tree_sitter import Language, Node, Parser

from tests.advisor.formats.deployables.published_schemas.schema import EXPRESSION

_PYCEP = BicepParser()
_TREE_SITTER = Parser(Language(tree_sitter_bicep.language()))
_NOT_IN_BODY = {"name", "parent", "dependsOn", "scope"}


@dataclass(frozen=True)
class Resource:
    """One resource: its symbol, type, and what is in it; expressions stand there as pycep has them."""

    symbol: str
    type: str
    api_version: str
    exists: bool
    condition: str | None
    config: Mapping[str, Any]


@dataclass(frozen=True)
class Bicep:
    """A file: its parameters, constants, resources in order, and outputs."""

    parameters: Mapping[str, Mapping[str, Any]]
    constants: Mapping[str, Any]
    resources: tuple[Resource, ...]
    outputs: Mapping[str, Any]

    def of_type(self, kind: str, *, made: bool = True) -> list[Resource]:
        """The resources of a type below Microsoft.Network, those that are made or those that exist."""
        return [one for one in self.resources if one.type == f"Microsoft.Network/{kind}" and one.exists is not made]

    def body(self, resource: Resource) -> dict[str, Any]:
        """What a resource has, with constants filled in; `EXPRESSION` for what is known only when it is run."""
        known = {*self.parameters, *(one.symbol for one in self.resources)}
        found = {key: _plain(value, known, self.constants) for key, value in resource.config.items()}
        return {key: value for key, value in found.items() if key not in _NOT_IN_BODY}


def _plain(value: Any, known: set[str], constants: Mapping[str, Any]) -> Any:
    if isinstance(value, str):
        if value in constants:
            return _plain(constants[value], known, {})
        return EXPRESSION if value in known or "${" in value else value
    if isinstance(value, Mapping):
        if value.keys() & {"operator", "function"}:
            return EXPRESSION
        return {key: _plain(one, known, constants) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, known, constants) for one in value]
    return value


def read(text: str) -> Bicep:
    """What a file says, by pycep."""
    raw: Mapping[str, Any] = _PYCEP.parse(text=text)
    return Bicep(
        parameters=raw.get("parameters", {}),
        constants={name: one["value"] for name, one in raw.get("variables", {}).items()},
        resources=tuple(_resource(symbol, one) for symbol, one in raw.get("resources", {}).items()),
        outputs=raw.get("outputs", {}),
    )


def _resource(symbol: str, raw: Mapping[str, Any]) -> Resource:
    config = raw["config"]
    conditional = config.keys() == {"condition", "config"}
    return Resource(
        symbol=symbol,
        type=raw["type"],
        api_version=raw["api_version"],
        exists=raw["existing"],
        condition=config["condition"] if conditional else None,
        config=config["config"] if conditional else config,
    )


def tree(text: str) -> Node:
    """The tree of a file, by tree-sitter."""
    return _TREE_SITTER.parse(text.encode()).root_node


def faults(text: str) -> list[str]:
    """What tree-sitter cannot read: the first line of each place."""
    return [_text(node).split("\n")[0] for node in _nodes(tree(text)) if node.is_error or node.is_missing]


def comments(text: str) -> list[str]:
    """The comments of a file."""
    return [_text(node) for node in _nodes(tree(text)) if node.type == "comment"]


def without_words(text: str) -> list[tuple[str, str]]:
    """Every word of a file but comments and descriptions: the kind of each leaf of the tree with its text."""
    return [(node.type, _text(node)) for node in _leaves(tree(text))]


def _leaves(node: Node) -> Iterator[Node]:
    if node.type == "comment" or (node.type == "decorator" and _text(node).startswith("@description")):
        return
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)
