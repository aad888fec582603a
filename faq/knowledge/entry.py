"""An entry as one plain value: what sync, the admin, import and export all hand around. Pure: no Django."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from faq.knowledge.connection_types import CONNECTION_TYPES, DEPLOYMENT_MODELS
from faq.knowledge.entry_faults import EntryFault
from faq.knowledge.limits import Catalogue
from faq.knowledge.source_dates import ACCEPTED, date_meant, date_parts
from web.characters import named, unholdable

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 200
EDITION = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
LIMIT_REFERENCE = re.compile(r"\{limit:([^{}\s]*)\}")
LARGEST_ORDER = 2**31 - 1
"""The highest place of an entry or a section; no database has room for more in such a column."""
MAX_ANSWER = 30_000
"""Characters of Markdown in one answer; more is refused, so that rendering stays quick."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that an answer rests on, and the date it carries."""

    document: str
    date: str


@dataclass(frozen=True, slots=True)
class Text:
    """An entry in one language: the question, the answer in Markdown, and phrasings in which people ask it."""

    question: str
    answer: str
    asked_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryContent:
    """One entry of one edition, all of it. `texts` has a `Text` for each language that it exists in."""

    slug: str
    section: str
    order: int
    connection_types: tuple[str, ...] = ()
    deployment_models: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()
    sources: tuple[SourceDocument, ...] = ()
    checked: date | None = None
    texts: Mapping[str, Text] = field(default_factory=dict)

    def with_text(self, language: str, text: Text) -> EntryContent:
        """The same entry with the text of one language put in or replaced."""
        return replace(self, texts={**self.texts, language: text})


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section of an edition: its slug, its title in each language, and its introduction in those that have one."""

    slug: str
    titles: Mapping[str, str]
    introductions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionContent:
    """An edition as its files have it: names, sections in order, limits and changes as parsed TOML, and entries."""

    code: str
    date: date | None
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    sections: tuple[SectionContent, ...]
    limits: Mapping[str, Any]
    entries: tuple[EntryContent, ...]
    changes: Mapping[str, Any] = field(default_factory=dict)


def is_slug(text: str) -> bool:
    """Whether a text can be the slug of an entry or a section."""
    return len(text) <= MAX_SLUG and SLUG.fullmatch(text) is not None


def limit_references(text: str) -> tuple[str, ...]:
    """The limit keys that a text refers to, each once, in order."""
    return tuple(dict.fromkeys(LIMIT_REFERENCE.findall(text)))


def parts_of(content: EntryContent) -> dict[str, str]:
    """A digest for each part that is edited on its own: `facts`, and one for each language that has a text."""
    whole = to_json(content)
    texts = whole.pop("texts")
    parts = {"facts": whole, **texts}
    return {name: _digest(part) for name, part in parts.items()}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def to_json(content: EntryContent) -> dict[str, Any]:
    """An entry as plain JSON values; `from_json` reads it back exactly."""
    return {
        "slug": content.slug,
        "section": content.section,
        "order": content.order,
        "connection_types": list(content.connection_types),
        "deployment_models": list(content.deployment_models),
        "limits": list(content.limits),
        "related": list(content.related),
        "former_slugs": list(content.former_slugs),
        "sources": [{"document": source.document, "date": source.date} for source in content.sources],
        "checked": content.checked.isoformat() if content.checked else None,
        "texts": {
            language: {"question": text.question, "answer": text.answer, "asked_as": list(text.asked_as)}
            for language, text in sorted(content.texts.items())
        },
    }


def from_json(raw: Mapping[str, Any]) -> EntryContent:
    """The entry that `to_json` wrote."""
    return EntryContent(
        slug=raw["slug"],
        section=raw["section"],
        order=raw["order"],
        connection_types=tuple(raw["connection_types"]),
        deployment_models=tuple(raw["deployment_models"]),
        limits=tuple(raw["limits"]),
        related=tuple(raw["related"]),
        former_slugs=tuple(raw["former_slugs"]),
        sources=tuple(SourceDocument(**source) for source in raw["sources"]),
        checked=date.fromisoformat(raw["checked"]) if raw["checked"] else None,
        texts={
            language: Text(text["question"], text["answer"], tuple(text["asked_as"]))
            for language, text in raw["texts"].items()
        },
    )


def content_faults(content: EntryContent, catalogue: Catalogue | None, known_slugs: set[str]) -> Iterator[str]:
    """What does not hold in an entry, a sentence each: unknown types, what a page or a database cannot hold, and the
    `reference_faults`.
    """
    for name, allowed in (("connection_types", CONNECTION_TYPES), ("deployment_models", DEPLOYMENT_MODELS)):
        for value in getattr(content, name):
            if value not in allowed:
                yield f"{name}: {value!r} is not one of {', '.join(allowed)}"
    yield from _value_faults(content)
    yield from map(str, reference_faults(content, catalogue, known_slugs))


def reference_faults(content: EntryContent, catalogue: Catalogue | None, known_slugs: set[str]) -> Iterator[EntryFault]:
    """The limits, entries and links that an entry refers to and that are not there, and texts empty or too long.

    Without a catalogue (its own file does not hold) references to limits go unjudged.
    """
    for key in content.limits:
        if catalogue is not None and key not in catalogue:
            yield EntryFault("limits", "unknown-limit", {"key": key})
    for slug in content.related:
        if slug not in known_slugs:
            yield EntryFault("related", "unknown-related", {"slug": slug})
        elif slug == content.slug:
            yield EntryFault("related", "related-to-itself")
    for language, text in content.texts.items():
        yield from _text_faults(language, text, catalogue, known_slugs)


def _value_faults(content: EntryContent) -> Iterator[str]:
    """What no page or database can hold of an entry."""
    if not 0 <= content.order <= LARGEST_ORDER:
        yield f"order: must be from 0 to {LARGEST_ORDER}, not {content.order}"
    for number, source in enumerate(content.sources, start=1):
        yield from source_faults(f"sources[{number}]", source.document, source.date)
    for language, text in content.texts.items():
        said = {"question": text.question, "answer": text.answer, "asked_as": "\n".join(text.asked_as)}
        for name, written in said.items():
            yield from character_faults(f"{language}.{name}", written)


def source_faults(name: str, document: str, when: str) -> Iterator[str]:
    """What does not hold in a source: a name that cannot be shown, a date that is none."""
    yield from character_faults(f"{name}.document", document)
    if date_parts(when) is None:
        meant = date_meant(when)
        near = f"; do you mean {meant!r}?" if meant else ""
        yield f"{name}.date: {when!r} is not a date like {', '.join(ACCEPTED[:-1])} or {ACCEPTED[-1]}{near}"


def character_faults(name: str, text: str) -> Iterator[str]:
    """A sentence where a text has characters that not every form of a page can hold."""
    if found := unholdable(text):
        yield f"{name}: has {', '.join(map(named, found))}, which not every page can hold"


LINK = re.compile(r"\]\(([^()\s]*)\)")
ELSEWHERE = re.compile(r"(?:https?|mailto):")


def _text_faults(language: str, text: Text, catalogue: Catalogue | None, known_slugs: set[str]) -> Iterator[EntryFault]:
    place = f"{language}.answer"
    if not text.question.strip():
        yield EntryFault(f"{language}.question", "empty")
    if not text.answer.strip():
        yield EntryFault(place, "empty")
    if len(text.answer) > MAX_ANSWER:
        yield EntryFault(place, "too-long", {"given": len(text.answer), "most": MAX_ANSWER})
    for key in limit_references(text.answer):
        if catalogue is not None and key not in catalogue:
            yield EntryFault(place, "unknown-limit-in-text", {"key": key})
    for target in dict.fromkeys(LINK.findall(text.answer)):
        slug = target.rpartition("#")[2]
        if ELSEWHERE.match(target):
            continue
        if not SLUG.fullmatch(slug):
            yield EntryFault(place, "broken-link", {"target": target})
        elif slug not in known_slugs:
            yield EntryFault(place, "link-to-no-entry", {"target": target})
