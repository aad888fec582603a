"""YAML as nodes with their lines: what is refused before anything is built, and fields, lists, and texts of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from faq.documents.model import DocumentRefused, Fault, Line

DEEPEST = 50
_SCALARS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "value")}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlNodes:
    """The nodes of one document. It gathers what is wrong with them (`faults`) and what is not read (`warnings`)."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._written = text.split("\n")
        self.root = self._compose(text)

    def refuse(self) -> None:
        """Raise `DocumentRefused` where anything is wrong."""
        if self.faults:
            raise DocumentRefused(self.faults)

    def fault(self, node: Node, reason: str) -> None:
        """Something that is wrong at a node."""
        self.faults.append(Fault(self.file, line_of(node), reason))

    def warn(self, node: Node, reason: str) -> None:
        """Something that is left out, reported for each line that the node has."""
        last = max(line_of(node), node.end_mark.line if node.end_mark.column == 0 else node.end_mark.line + 1)
        for number in range(line_of(node), last + 1):
            if self._written[number - 1].strip():
                self.warnings.append(Fault(self.file, number, reason))

    def fields(self, node: Node, what: str, known: Collection[str]) -> dict[str, Node]:
        """The fields of a node by their names; those that are not known are reported."""
        if not isinstance(node, MappingNode):
            self.fault(node, f"{what} must have named fields here")
            return {}
        fields: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if not isinstance(name, str) or not name:
                self.fault(key, "a field needs a name")
            elif name in fields:
                self.fault(key, f"the field {name!r} stands twice")
            elif name not in known:
                self.warn(key, f"the field {name!r} of {what} is not read; it was left out")
                self.warn(value, f"the field {name!r} of {what} is not read; it was left out")
            fields[str(name)] = value
        return fields

    def items(self, node: Node | None, what: str) -> Iterator[Node]:
        """The nodes of a list; nothing where there is none."""
        if node is None or (isinstance(node, ScalarNode) and node.value in ("", "null", "~")):
            return
        if not isinstance(node, SequenceNode):
            self.fault(node, f"{what} must be a list")
            return
        yield from node.value

    def scalar(self, node: Node | None) -> str:
        """The text of a node; empty where there is none."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or node.tag not in _SCALARS:
            self.fault(node, "a text was expected here")
            return ""
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)

    def lines(self, node: Node | None) -> list[Line]:
        """The text of a node as lines; their numbers are those of the document where it is written line by line."""
        text = self.scalar(node)
        if node is None or not text:
            return []
        is_block = isinstance(node, ScalarNode) and node.style in ("|", ">")
        first, last = line_of(node) + is_block, node.end_mark.line + 1
        return [Line(line, min(first + n, last), self.file) for n, line in enumerate(text.split("\n"))]

    def _compose(self, text: str) -> Node:
        try:
            dangers = list(_dangers(text, self.file))
            root = None if dangers else yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = f"this is not YAML: {error.problem or error.context}"
            raise DocumentRefused([Fault(self.file, _line(mark), reason)]) from None
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise DocumentRefused([Fault(self.file, 1, f"this is not YAML: {str(error).splitlines()[0]}")]) from None
        if root is None:
            raise DocumentRefused(dangers or [Fault(self.file, 1, "the document is empty")])
        return root


def line_of(node: Node) -> int:
    """The line that a node begins on, from 1."""
    return _line(node.start_mark)


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _dangers(text: str, file: str) -> Iterator[Fault]:
    """What is refused before anything is built: references to other parts, tags of programs, and deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Fault(file, _line(event.start_mark), "anchors and aliases (& and *) are not supported")
            return
        tag = getattr(event, "tag", None)
        if (tag and not str(tag).startswith("tag:yaml.org,2002:")) or "python" in str(tag or ""):
            yield Fault(file, _line(event.start_mark), f"the tag {tag} is not taken")
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield Fault(file, _line(event.start_mark), f"nested more than {DEEPEST} deep")
            return
