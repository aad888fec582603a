"""Content files and documents to the database; never over an editor's change.

Each part of an entry (`facts`, `nl`, `en`) remembers which loader wrote it and the digest of what it wrote. A loader
writes a part again only while that still holds; else the entry is in conflict and stays as it is, until overwritten.
So is an entry with a draft of its own, or one that was withdrawn. What was deleted on the site stays deleted, and a
limit that was changed on it stays as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from faq.documents import DocEntry, Document
from faq.knowledge.entry import EditionContent, EntryContent, Text, parts_of
from faq.models import Edition, Entry, Section
from faq.store import deletions
from faq.store.editions import catalogue_of
from faq.store.exporting import exported_answer
from faq.store.introductions import write_introductions
from faq.store.limit_changes import kept_limits, take_over_files
from faq.store.limit_rows import write_limits
from faq.store.publishing import hold_edition, publish, published_content, rendered_again, working_content
from web.languages import LANGUAGES

KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, or would do, with one entry: `status` is new, changed, unchanged, conflict or deleted. Of a limit
    that was changed on the site and stays so, `slug` is the key and the status is `KEPT`.
    """

    slug: str
    status: str
    languages: tuple[str, ...]

    @property
    def only_in(self) -> str | None:
        """The one language that the entry has, where it has one only."""
        return self.languages[0] if len(self.languages) == 1 else None


@dataclass(frozen=True, slots=True)
class _Run:
    """One edition's part of a run: who loads, whether over everything, and the slugs of deleted entries. `sections` has
    the fields of each deleted section, which is made again when an entry is written to it.
    """

    edition: Edition
    origin: str
    overwrite: bool
    deleted: frozenset[str]
    sections: dict[str, Mapping[str, Any]] = field(default_factory=dict)


class _DryRun(Exception):  # noqa: N818 -- no error, but the way out of a transaction
    """Undoes the transaction of a run that was only to say what it would do."""


def sync_edition(content: EditionContent, *, overwrite: bool = False, dry_run: bool = False) -> list[Outcome]:
    """Bring an edition in the database to what its content files say. It happens wholly or not at all."""

    def run() -> list[Outcome]:
        if not overwrite and deletions.is_deleted_edition(content.code):
            return [_deleted(wanted) for wanted in content.entries]
        loading = _run(_synced_edition(content), "content", overwrite)
        if overwrite:
            take_over_files(loading.edition)
        for order, section in enumerate(content.sections, start=1):
            fields: dict[str, Any] = {f"title_{language}": title for language, title in section.titles.items()}
            fields |= {f"introduction_{language}": text for language, text in section.introductions.items()}
            _write_section(loading, section.slug, fields | {"order": order})
        entries = [
            _load(loading, _existing(loading.edition, wanted.slug, wanted.former_slugs), wanted)
            for wanted in content.entries
        ]
        return entries + [Outcome(key, KEPT, ()) for key in kept_limits(loading.edition)]

    return _wholly(run, dry_run)


def import_document(
    document: Document, edition_code: str, language: str, *, overwrite: bool = False, dry_run: bool = False
) -> list[Outcome]:
    """Bring the texts of one language of an edition to what a document says. It happens wholly or not at all.

    An edition that does not exist is made. A section that has a title in this language keeps it; one that has another
    introduction keeps that too, unless it is overwritten (`kept_introductions` tells which).
    """

    def run() -> list[Outcome]:
        edition = _imported_edition(edition_code)
        loading = _run(edition, "document", overwrite)
        _import_sections(loading, document, language)
        write_introductions(edition, document, language, overwrite=overwrite)
        order: dict[str, int] = {}
        outcomes = []
        for found in document.entries:
            order[found.section] = order.get(found.section, 0) + 1
            entry = _existing(edition, found.slug, found.aliases)
            outcomes.append(_load(loading, entry, _merged(entry, edition, found, order[found.section], language)))
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


def _run(edition: Edition, origin: str, overwrite: bool) -> _Run:
    return _Run(edition, origin, overwrite, deletions.deleted(deletions.Kind.ENTRY, edition.code))


def _load(run: _Run, entry: Entry | None, wanted: EntryContent) -> Outcome:
    """Bring an entry to what is wanted; None stands for one that is not there."""
    if entry is None:
        if not run.overwrite and not run.deleted.isdisjoint((wanted.slug, *wanted.former_slugs)):
            return _deleted(wanted)
        _write(run, Entry(edition=run.edition), wanted, parts_of(wanted))
        return Outcome(wanted.slug, "new", tuple(wanted.texts))
    now, then = parts_of(working_content(entry)), parts_of(wanted)
    differing = {part for part in now.keys() | then.keys() if now.get(part) != then.get(part)}
    if not differing and not (run.overwrite and entry.published_at is None):
        status = "unchanged"
    elif run.overwrite or _is_as_loaded(entry, now, differing, run.origin):
        _write(run, entry, wanted, differing)
        status = "changed"
    else:
        status = "conflict"
    return Outcome(wanted.slug, status, tuple(sorted((now | then).keys() - {"facts"})))


def _deleted(wanted: EntryContent) -> Outcome:
    return Outcome(wanted.slug, "deleted", tuple(wanted.texts))


def _is_as_loaded(entry: Entry, now: Mapping[str, str], parts: Iterable[str], origin: str) -> bool:
    """Whether readers see an entry, no draft of it waits, and these parts are what this kind of loader wrote."""
    if entry.published_at is None or (entry.draft and now != parts_of(published_content(entry))):
        return False
    return all(_untouched(entry, part, now, origin) for part in parts)


def _untouched(entry: Entry, part: str, now: Mapping[str, str], origin: str) -> bool:
    """Whether a part is still what this kind of loader wrote, or was never there."""
    return entry.loaded.get(part) == [origin, now[part]] if part in now else part not in entry.loaded


def _write(run: _Run, entry: Entry, wanted: EntryContent, parts: Collection[str]) -> None:
    """Publish an entry. A mark stays with its part, and with one that an editor removed; those of `parts` are new."""
    if fields := run.sections.pop(wanted.section, None):
        _update(None, fields, run.edition, wanted.section)
    digests = parts_of(wanted)
    kept = {part: mark for part, mark in entry.loaded.items() if part in digests or part not in parts}
    publish(entry, wanted, kept | {part: [run.origin, digests[part]] for part in parts if part in digests})


def _synced_edition(content: EditionContent) -> Edition:
    fields: dict[str, Any] = {"date": content.date, "changes": dict(content.changes)}
    for language, name in content.names.items():
        fields |= {f"name_{language}": name, f"description_{language}": content.descriptions[language]}
    edition, is_new = Edition.objects.get_or_create(code=content.code, defaults=fields)
    if is_new:
        write_limits(edition, content.limits)
        return edition
    hold_edition(edition)
    if any(getattr(edition, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(edition, name, value)
        edition.save()
    if write_limits(edition, content.limits):
        rendered_again(edition)
    return edition


def _write_section(run: _Run, slug: str, fields: Mapping[str, Any]) -> None:
    """Write a section, but one that was deleted only when an entry is written to it."""
    section = run.edition.sections.filter(slug=slug).first()
    gone = deletions.deleted(deletions.Kind.SECTION, run.edition.code) if section is None and not run.overwrite else ()
    if slug in gone:
        run.sections[slug] = fields
    else:
        _update(section, fields, run.edition, slug)


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


def _import_sections(run: _Run, document: Document, language: str) -> None:
    title = f"title_{language}"
    after = run.edition.sections.count()
    for order, found in enumerate(document.sections, start=after + 1):
        section = run.edition.sections.filter(slug=found.slug).first()
        if section is None:
            _write_section(run, found.slug, {title: found.title, "order": order})
        elif not getattr(section, title):
            _update(section, {title: found.title}, run.edition, found.slug)


def _merged(entry: Entry | None, edition: Edition, found: DocEntry, order: int, language: str) -> EntryContent:
    """The entry as it should be after the import: the document's words, and all else as it is."""
    if entry is None:
        new = EntryContent(found.slug, found.section, order, former_slugs=found.aliases)
        return new.with_text(language, Text(found.question, found.answer))
    content = working_content(entry)
    text = content.texts.get(language, Text("", ""))
    same = exported_answer(text.answer, catalogue_of(edition), language) == found.answer
    answer = text.answer if same else found.answer
    question = text.question if " ".join(text.question.split()) == found.question else found.question
    return content.with_text(language, Text(question, answer, text.asked_as))
