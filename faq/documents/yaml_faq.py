"""FAQ documents in YAML (`### YamlMime:FAQ`): title, summary, and sections of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from faq.documents.answers import normal_answer
from faq.documents.inline import split_anchors
from faq.documents.model import DocEntry, DocSection, Document, DocumentRefused, Fault
from faq.documents.slugs import FreeSlugs, clean_anchor, slug_of
from faq.documents.words import marked_words, one_line, plain_words

MARK = "### YamlMime:FAQ"
DEEPEST = 50
_IS_YAML = re.compile(r"\s*#{1,3}\s*YamlMime:\s*FAQ\b", re.IGNORECASE)
_SCALARS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "value")}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_yaml(text: str) -> bool:
    """Whether a document says that it is a YAML FAQ."""
    return bool(_IS_YAML.match(text.removeprefix("\ufeff")))


def parse_yaml(text: str, file: str) -> Document:
    """Read a document. Raises `DocumentRefused` with every fault found."""
    return _Reader(file).read(text)


def write_yaml(document: Document) -> str:
    """A document as a YAML FAQ; reading it gives the same document again."""
    sections = []
    for section in document.sections:
        questions = [
            {"id": entry.slug}
            | ({"aliases": list(entry.aliases)} if entry.aliases else {})
            | {"question": marked_words(entry.question), "answer": entry.answer + "\n"}
            for entry in document.entries
            if entry.section == section.slug
        ]
        sections.append({"name": section.title, "id": section.slug, "questions": questions})
    whole = {"title": document.title, "summary": document.introduction, "sections": sections}
    dumped = yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"{MARK}\n{dumped}"


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_block)


class _Reader:
    """Reads one document and gathers its faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def read(self, text: str) -> Document:
        root = self._compose(text)
        fields = self._fields(root, "the document")
        title = self._scalar(fields.get("title"))
        introduction = normal_answer(self._scalar(fields.get("summary")))
        given: list[tuple[Node, str, list[dict[str, Any]]]] = []
        sections = fields.get("sections")
        if sections is None:
            self._fault(root, "there are no sections")
        for node in self._items(sections, "sections"):
            section = self._fields(node, "a section")
            name = one_line(self._scalar(section.get("name")))
            if not name:
                self._fault(node, "this section has no name")
            slug = self._slug(section, "")
            questions = [self._question(item) for item in self._items(section.get("questions"), "questions")]
            given.append((node, slug or "", [{"title": name}, *questions]))
        if self.faults:
            raise DocumentRefused(self.faults)
        return self._document(title, introduction, given)

    def _document(self, title: str, introduction: str, given: list[tuple[Node, str, list[dict[str, Any]]]]) -> Document:
        owners: dict[str, int] = {}
        for _, _, (_, *questions) in given:
            for question in questions:
                if question["slug"] and question["slug"] in owners:
                    reason = (
                        f"the slug {question['slug']!r} is also that of the question on line {owners[question['slug']]}"
                    )
                    self.faults.append(Fault(self.file, question["line"], reason))
                owners.setdefault(question["slug"], question["line"])
        if self.faults:
            raise DocumentRefused(self.faults)
        free = FreeSlugs({slug for slug in owners if slug})
        section_slugs = FreeSlugs({slug for _, slug, _ in given if slug})
        sections, entries = [], []
        for node, slug, (head, *questions) in given:
            section = slug or section_slugs.take(slug_of(head["title"]) or "questions")
            sections.append(DocSection(section, head["title"], _line(node.start_mark)))
            for question in questions:
                own = question["slug"] or free.take(slug_of(question["question"]) or "question")
                entries.append(
                    DocEntry(
                        own,
                        question["aliases"],
                        section,
                        question["question"],
                        question["answer"],
                        question["line"],
                        self.file,
                    )
                )
        if not entries:
            raise DocumentRefused([Fault(self.file, 1, "there is no question in this document")])
        held = {entry.section for entry in entries}
        kept = tuple(section for section in sections if section.slug in held)
        return Document(one_line(title), introduction, kept, tuple(entries))

    def _question(self, node: Node) -> dict[str, Any]:
        fields = self._fields(node, "a question")
        written = self._scalar(fields.get("question"))
        answer = self._scalar(fields.get("answer"))
        names, words = split_anchors(one_line(written))
        first = answer.lstrip().partition("\n")[0]
        more = split_anchors(first)[0] if not split_anchors(first)[1].strip() or first.startswith("<a") else ()
        question = plain_words(words)
        if not question:
            self._fault(node, "this question has no text")
        if not normal_answer(answer):
            self._fault(node, "this question has no answer")
        anchors = [slug for name in (*more, *names) if (slug := clean_anchor(name))]
        slug = self._slug(fields, anchors[-1] if anchors else "")
        aliases = [clean_anchor(self._scalar(item)) for item in self._items(fields.get("aliases"), "aliases")]
        return {
            "question": question,
            "answer": normal_answer(answer),
            "slug": slug,
            "aliases": tuple(dict.fromkeys(alias for alias in (*aliases, *anchors) if alias and alias != slug)),
            "line": _line(node.start_mark),
        }

    def _slug(self, fields: Mapping[str, Node], otherwise: str) -> str:
        for name in ("id", "uid"):
            if name in fields:
                slug = clean_anchor(self._scalar(fields[name]))
                if slug is None:
                    self._fault(fields[name], f"{self._scalar(fields[name])!r} cannot be a slug")
                return slug or ""
        return otherwise

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

    def _fault(self, node: Node, reason: str) -> None:
        self.faults.append(Fault(self.file, _line(node.start_mark), reason))

    def _fields(self, node: Node, what: str) -> dict[str, Node]:
        if not isinstance(node, MappingNode):
            self._fault(node, f"{what} must have named fields here")
            return {}
        fields: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if not isinstance(name, str) or not name:
                self._fault(key, "a field needs a name")
            elif name in fields:
                self._fault(key, f"the field {name!r} stands twice")
            fields[str(name)] = value
        return fields

    def _items(self, node: Node | None, what: str) -> Iterator[Node]:
        if node is None or (isinstance(node, ScalarNode) and node.value in ("", "null", "~")):
            return
        if not isinstance(node, SequenceNode):
            self._fault(node, f"{what} must be a list")
            return
        yield from node.value

    def _scalar(self, node: Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or node.tag not in _SCALARS:
            self._fault(node, "a text was expected here")
            return ""
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _dangers(text: str, file: str) -> Iterator[Fault]:
    """What is refused before anything is built: references to other parts, tags of programs, and deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Fault(file, _line(event.start_mark), "anchors and aliases (& and *) are not taken")
            return
        tag = getattr(event, "tag", None)
        if (tag and not str(tag).startswith("tag:yaml.org,2002:")) or "python" in str(tag or ""):
            yield Fault(file, _line(event.start_mark), f"the tag {tag} is not taken")
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield Fault(file, _line(event.start_mark), f"nested more than {DEEPEST} deep")
            return
