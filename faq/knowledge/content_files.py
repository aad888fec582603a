"""An edition's files, read and written: `edition.toml`, `limits.toml`, `changes.toml` and `<section>/<slug>.toml`.

Pure: no Django. Every fault of every file is found in one reading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tomli_w

from faq.knowledge.edition_changes import change_faults
from faq.knowledge.entry import (
    EDITION,
    EditionContent,
    EntryContent,
    SectionContent,
    SourceDocument,
    Text,
    character_faults,
    content_faults,
    is_slug,
    source_faults,
    to_json,
)
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import LimitError, read_catalogue
from web.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class ContentFault:
    """Something in a content file that does not hold. `line` is None where the file parses but a value is wrong."""

    file: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.reason}"


class ContentRefused(ValueError):  # noqa: N818 -- a refusal, with all its reasons
    """Content that does not hold, with every fault found."""

    def __init__(self, faults: list[ContentFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def entry_to_toml(content: EntryContent) -> str:
    """An entry as the text of its content file."""
    table = to_json(content)
    texts = table.pop("texts")
    del table["slug"], table["section"]
    table["checked"] = content.checked
    kept = {name: value for name, value in table.items() if value not in (None, [])}
    sources = kept.pop("sources", [])
    for language, text in texts.items():
        texts[language] = {**text, "answer": f"{text['answer']}\n"}
    return tomli_w.dumps({**kept, "sources": sources, **texts}, multiline_strings=True)


def edition_to_toml(content: EditionContent) -> str:
    """An edition's names and sections as the text of its `edition.toml`."""
    return tomli_w.dumps(
        {
            **({"date": content.date} if content.date else {}),
            **{
                language: {"name": content.names[language], "description": content.descriptions[language]}
                for language in LANGUAGES
            },
            "sections": [
                {"slug": section.slug, **section.titles}
                | ({"introduction": dict(section.introductions)} if section.introductions else {})
                for section in content.sections
            ],
        },
        multiline_strings=True,
    )


def edition_folders(content: Path) -> list[Path]:
    """The folders of the editions, in order: those with an `edition.toml`. Without one an edition is in preparation."""
    return sorted(path for path in content.glob("*") if (path / "edition.toml").exists())


def read_edition(folder: Path) -> EditionContent:
    """Read an edition's folder. Raises `ContentRefused` with every fault of every file."""
    return _Reader(folder).read()


class _Reader:
    """Reads one edition's folder and gathers the faults of all its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[ContentFault] = []

    def read(self) -> EditionContent:
        edition = self._toml(self.folder / "edition.toml")
        limits, changes = self._toml_if_any("limits.toml"), self._toml_if_any("changes.toml")
        catalogue = self._catalogue(limits)
        sections = self._sections(edition)
        entries = [
            entry
            for path in sorted(self.folder.glob("*/*.toml"))
            if (entry := self._entry(path, {section.slug for section in sections})) is not None
        ]
        known = {path.stem for path in self.folder.glob("*/*.toml")} | {section.slug for section in sections}
        for entry in entries:
            self._fault_all(self._path(entry), content_faults(entry, catalogue, known))
        if catalogue is not None:  # else the faults of the limits come first
            slugs = frozenset(entry.slug for entry in entries)
            self._fault_all(self.folder / "changes.toml", change_faults(changes, catalogue, slugs))
        self._unique_slugs(entries)
        if not EDITION.fullmatch(self.folder.name):
            self.faults.append(ContentFault(self.folder.name, "an edition is named like 2016-12"))
        if not _is_day(edition.get("date")):
            self.faults.append(ContentFault(self._name(self.folder / "edition.toml"), "date: needs a date"))
        if self.faults:
            raise ContentRefused(self.faults)
        return EditionContent(
            code=self.folder.name,
            date=edition["date"],
            names={language: edition[language]["name"] for language in LANGUAGES},
            descriptions={language: edition[language]["description"] for language in LANGUAGES},
            sections=tuple(sections),
            limits=limits,
            entries=tuple(sorted(entries, key=lambda entry: (entry.section, entry.order, entry.slug))),
            changes=changes,
        )

    def _toml_if_any(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        return self._toml(path) if path.exists() else {}

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.folder.parent))

    def _path(self, entry: EntryContent) -> Path:
        return self.folder / entry.section / f"{entry.slug}.toml"

    def _fault_all(self, path: Path, reasons: Iterator[str]) -> None:
        self.faults += [ContentFault(self._name(path), reason) for reason in reasons]

    def _toml(self, path: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            line = re.search(r"at line (\d+)", str(fault))
            self.faults.append(ContentFault(self._name(path), str(fault), int(line[1]) if line else None))
            return {}

    def _catalogue(self, limits: Mapping[str, Any]) -> Catalogue | None:
        sources = self.folder / "limits.toml"
        for key, source in limits.get("sources", {}).items():
            if isinstance(source, dict) and {"document", "date"} <= source.keys():
                found = source_faults(f"sources.{key}", str(source["document"]), str(source["date"]))
                self._fault_all(sources, found)
        try:
            return read_catalogue(self.folder.name, limits)
        except LimitError as error:
            path = self.folder / "limits.toml"
            self._fault_all(path, (f"{key}: {reason}" for key, reason in error.problems))
            return None

    def _sections(self, edition: Mapping[str, Any]) -> list[SectionContent]:
        path = self.folder / "edition.toml"
        found = []
        for language in LANGUAGES:
            if not {"name", "description"} <= set(edition.get(language, ())):
                self.faults.append(ContentFault(self._name(path), f"{language}: needs a name and a description"))
            else:
                for name in ("name", "description"):
                    self._fault_all(path, character_faults(f"{language}.{name}", str(edition[language][name])))
        for number, raw in enumerate(edition.get("sections", []), start=1):
            said = raw.get("introduction", {})
            if not is_slug(str(raw.get("slug", ""))) or not set(LANGUAGES) <= raw.keys():
                self.faults.append(ContentFault(self._name(path), f"sections[{number}]: needs slug, nl and en"))
            elif not isinstance(said, dict) or not said.keys() <= set(LANGUAGES):
                reason = f"sections[{number}]: introduction needs a text by language (nl, en)"
                self.faults.append(ContentFault(self._name(path), reason))
            else:
                introductions = {language: str(text) for language, text in said.items()}
                titles = {language: raw[language] for language in LANGUAGES}
                found.append(SectionContent(raw["slug"], titles, introductions))
                for language, title in titles.items():
                    self._fault_all(path, character_faults(f"sections[{number}].{language}", str(title)))
                for language, text in introductions.items():
                    self._fault_all(path, character_faults(f"sections[{number}].introduction.{language}", text))
        return found

    def _entry(self, path: Path, sections: set[str]) -> EntryContent | None:
        raw = self._toml(path)
        if not raw:
            return None
        reasons = list(_shape_faults(raw))
        if not is_slug(path.stem):
            reasons.append(f"{path.stem!r} is not a slug: lower-case letters, digits and hyphens")
        if path.parent.name not in sections:
            reasons.append(f"section {path.parent.name!r} is not in edition.toml")
        self._fault_all(path, iter(reasons))
        return None if reasons else _entry_from_toml(raw, path.parent.name, path.stem)

    def _unique_slugs(self, entries: list[EntryContent]) -> None:
        owner: dict[str, EntryContent] = {}
        for entry in entries:
            for slug in (entry.slug, *entry.former_slugs):
                if slug in owner:
                    reason = f"slug {slug!r} is also that of {self._name(self._path(owner[slug]))}"
                    self.faults.append(ContentFault(self._name(self._path(entry)), reason))
                owner[slug] = entry


_ENTRY_FIELDS: Mapping[str, type[Any]] = {
    "order": int,
    "connection_types": list,
    "deployment_models": list,
    "limits": list,
    "related": list,
    "former_slugs": list,
    "sources": list,
    "checked": date,
    "nl": dict,
    "en": dict,
}


def _shape_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    for name, value in raw.items():
        yield from _field_faults(name, value)
    if "order" not in raw:
        yield "order: missing"
    if not raw.keys() & set(LANGUAGES):
        yield "needs a text: [nl], [en] or both"
    for language in LANGUAGES:
        if isinstance(raw.get(language), dict):
            yield from _language_faults(language, raw[language])


def _field_faults(name: str, value: Any) -> Iterator[str]:
    if name not in _ENTRY_FIELDS:
        yield f"{name}: unknown key"
    elif not isinstance(value, _ENTRY_FIELDS[name]) or isinstance(value, bool | datetime):
        yield f"{name}: must be {_ENTRY_FIELDS[name].__name__}, not {value!r}"
    elif name == "sources":
        if any(not isinstance(source, dict) or set(source) != {"document", "date"} for source in value):
            yield "sources: each needs a document and a date"
    elif isinstance(value, list) and not all(isinstance(item, str) for item in value):
        yield f"{name}: must hold strings"


def _is_day(value: object) -> bool:
    """Whether TOML wrote a day: a day with a time is one for Python, but not for a column of days."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _language_faults(language: str, text: Mapping[str, Any]) -> Iterator[str]:
    for name in ("question", "answer"):
        if not isinstance(text.get(name), str):
            yield f"{language}.{name}: missing or not a string"
    asked_as = text.get("asked_as", [])
    if not isinstance(asked_as, list) or not all(isinstance(phrasing, str) for phrasing in asked_as):
        yield f"{language}.asked_as: must hold strings"
    for name in text.keys() - {"question", "answer", "asked_as"}:
        yield f"{language}.{name}: unknown key"


def _entry_from_toml(raw: Mapping[str, Any], section: str, slug: str) -> EntryContent:
    lists = {
        name: tuple(raw.get(name, ()))
        for name in ("connection_types", "deployment_models", "limits", "related", "former_slugs")
    }
    return EntryContent(
        slug=slug,
        section=section,
        order=raw["order"],
        sources=tuple(
            SourceDocument(str(source["document"]), str(source["date"])) for source in raw.get("sources", ())
        ),
        checked=raw.get("checked"),
        texts={
            language: Text(
                raw[language]["question"].strip(),
                raw[language]["answer"].strip(),
                tuple(raw[language].get("asked_as", ())),
            )
            for language in LANGUAGES
            if language in raw
        },
        **lists,
    )
