"""Content files and documents to the database; never over an editor's change.

Each part of an entry (`facts`, `nl`, `en`) remembers which loader wrote it and the digest of what it wrote. A loader
writes a part again only while that still holds; else the entry is in conflict and stays as it is, until overwritten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from faq.documents import DocEntry, Document
from faq.knowledge.entry import EditionContent, EntryContent, Text, parts_of
from faq.models import Edition, Entry, Section
from faq.store.editions import catalogue_of
from faq.store.exporting import exported_answer
from faq.store.publishing import hold_edition, publish, rendered_again, working_content
from web.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, or would do, with one entry: `status` is new, changed, unchanged or conflict."""

    slug: str
    status: str
    languages: tuple[str, ...]

    @property
    def only_in(self) -> str | None:
        """The one language that the entry has, where it has one only."""
        return self.languages[0] if len(self.languages) == 1 else None


class _DryRun(Exception):  # noqa: N818 -- no error, but the way out of a transaction
    """Undoes the transaction of a run that was only to say what it would do."""


def sync_edition(content: EditionContent, *, overwrite: bool = False, dry_run: bool = False) -> list[Outcome]:
    """Bring an edition in the database to what its content files say. It happens wholly or not at all."""

    def run() -> list[Outcome]:
        edition = _synced_edition(content)
        for order, section in enumerate(content.sections, start=1):
            titles = {f"title_{language}": title for language, title in section.titles.items()}
            _update(
                edition.sections.filter(slug=section.slug).first(), titles | {"order": order}, edition, section.slug
            )
        return [_load(edition, wanted, "content", overwrite) for wanted in content.entries]

    return _wholly(run, dry_run)


def import_document(
    document: Document, edition_code: str, language: str, *, overwrite: bool = False, dry_run: bool = False
) -> list[Outcome]:
    """Bring the texts of one language of an edition to what a document says. It happens wholly or not at all.

    An edition that does not exist is made. A section that has a title in this language keeps it.
    """

    def run() -> list[Outcome]:
        edition = _imported_edition(edition_code)
        _imported_sections(edition, document, language)
        order: dict[str, int] = {}
        outcomes = []
        for found in document.entries:
            order[found.section] = order.get(found.section, 0) + 1
            wanted = _merged(edition, found, order[found.section], language)
            outcomes.append(_load(edition, wanted, "document", overwrite))
        return outcomes

    return _wholly(run, dry_run)


def _wholly(run: Callable[[], list[Outcome]], dry_run: bool) -> list[Outcome]:
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = run()
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcomes


def _existing(edition: Edition, slug: str, former: Iterable[str] = ()) -> Entry | None:
    """The entry with this slug, or the one that was renamed to it or from it."""
    entries = edition.entries.select_related("section", "edition").prefetch_related("translations")
    for wanted in (slug, *former):
        if entry := entries.filter(slug=wanted).first():
            return entry
    return entries.filter(slugs__slug=slug, slugs__is_former=True).first()


def _load(edition: Edition, wanted: EntryContent, origin: str, overwrite: bool) -> Outcome:
    entry = _existing(edition, wanted.slug, wanted.former_slugs)
    if entry is None:
        _write(Entry(edition=edition), wanted, origin, parts_of(wanted))
        return Outcome(wanted.slug, "new", tuple(wanted.texts))
    now, then = parts_of(working_content(entry)), parts_of(wanted)
    differing = {part for part in now.keys() | then.keys() if now.get(part) != then.get(part)}
    if not differing:
        status = "unchanged"
    elif overwrite or all(_untouched(entry, part, now, origin) for part in differing):
        _write(entry, wanted, origin, differing)
        status = "changed"
    else:
        status = "conflict"
    return Outcome(wanted.slug, status, tuple(sorted((now | then).keys() - {"facts"})))


def _untouched(entry: Entry, part: str, now: Mapping[str, str], origin: str) -> bool:
    """Whether a part is still what this kind of loader wrote, or is not there yet."""
    return part not in now or entry.loaded.get(part) == [origin, now[part]]


def _write(entry: Entry, wanted: EntryContent, origin: str, parts: Iterable[str]) -> None:
    digests = parts_of(wanted)
    kept = {part: mark for part, mark in entry.loaded.items() if part in digests}
    publish(entry, wanted, kept | {part: [origin, digests[part]] for part in parts if part in digests})


def _synced_edition(content: EditionContent) -> Edition:
    limits = _plain(content.limits)
    fields: dict[str, Any] = {"date": content.date, "limits": limits}
    for language, name in content.names.items():
        fields |= {f"name_{language}": name, f"description_{language}": content.descriptions[language]}
    edition, is_new = Edition.objects.get_or_create(code=content.code, defaults=fields)
    if is_new:
        return edition
    hold_edition(edition)
    limits_changed = json.dumps(edition.limits) != json.dumps(limits)  # or their order
    if limits_changed or any(getattr(edition, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(edition, name, value)
        edition.save()
    if limits_changed:
        rendered_again(edition)
    return edition


def _plain(value: Any) -> Any:
    """Parsed TOML as JSON values: a date becomes its ISO text."""
    if isinstance(value, Mapping):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value.isoformat() if isinstance(value, date) else value


def _update(section: Section | None, fields: Mapping[str, Any], edition: Edition, slug: str) -> None:
    section = section or Section(edition=edition, slug=slug)
    if section.pk is None or any(getattr(section, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(section, name, value)
        section.save()


def _imported_edition(code: str) -> Edition:
    said = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z", code)
    try:
        day = date(int(said[1]), int(said[2]), int(said[3] or 1)) if said else None
    except ValueError:
        day = None
    names = {f"name_{language}": code for language in LANGUAGES}
    edition, _ = Edition.objects.get_or_create(code=code, defaults={"date": day} | names)
    hold_edition(edition)
    return edition


def _imported_sections(edition: Edition, document: Document, language: str) -> None:
    title = f"title_{language}"
    after = edition.sections.count()
    for order, found in enumerate(document.sections, start=after + 1):
        section = edition.sections.filter(slug=found.slug).first()
        if section is None:
            _update(None, {title: found.title, "order": order}, edition, found.slug)
        elif not getattr(section, title):
            _update(section, {title: found.title}, edition, found.slug)


def _merged(edition: Edition, found: DocEntry, order: int, language: str) -> EntryContent:
    """The entry as it should be after the import: the document's words, and all else as it is."""
    entry = _existing(edition, found.slug, found.aliases)
    if entry is None:
        new = EntryContent(found.slug, found.section, order, former_slugs=found.aliases)
        return new.with_text(language, Text(found.question, found.answer))
    content = working_content(entry)
    text = content.texts.get(language, Text("", ""))
    same = exported_answer(text.answer, catalogue_of(edition), language) == found.answer
    answer = text.answer if same else found.answer
    question = text.question if " ".join(text.question.split()) == found.question else found.question
    return content.with_text(language, Text(question, answer, text.asked_as))
