"""What a reader gets to see, from the database: sections, and entries in a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Length

from faq.knowledge.entry import EntryContent, is_slug
from faq.knowledge.limits import Catalogue, Limit, Source
from faq.knowledge.markdown import fill_limits, render_answer
from faq.models import Edition, Entry, Section, Slug, Translation
from faq.store.content_version import kept
from faq.store.editions import catalogue_of, known_editions
from faq.store.reading_order import ORDER, counted_sections, entries_in_order
from web.languages import in_order


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry as it stands in a list: its question and short answer, in the language it was found in."""

    slug: str
    section: str
    language: str
    question: str
    summary: str
    connection_types: tuple[str, ...]


HEADING = (
    "entry__slug",
    "entry__section__slug",
    "language",
    "question",
    "summary",
    "entry__connection_types",
)
"""What is asked of a text for its heading, in the order of `Heading`."""


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section as it stands in a list."""

    slug: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry with its answer, limits, sources, and related entries. `html` has entry links as `entry:slug`,
    `markdown` has numbers for limits, and slugs as the targets of such links.
    """

    heading: Heading
    edition: str
    section_title: str
    html: str
    markdown: str
    deployment_models: tuple[str, ...]
    limits: tuple[Limit, ...]
    related: tuple[Heading, ...]
    sources: tuple[Source, ...]
    checked: date | None
    changed_at: datetime | None = None
    former_slugs: tuple[str, ...] = ()


def sections(edition: Edition, language: str) -> tuple[SectionHeading, ...]:
    """The sections of an edition that have something to read, in order."""
    return tuple(
        SectionHeading(section.slug, section_title(section, language), count)
        for section, count in counted_sections(edition)
    )


def published_slugs(slugs: Iterable[str], edition: Edition) -> set[str]:
    """Of these slugs, those of published entries of an edition."""
    entries = Entry.objects.published().filter(edition=edition, slug__in=set(filter(is_slug, slugs)))
    return set(entries.values_list("slug", flat=True))


def section_slugs() -> list[str]:
    """The slugs of the sections, of all editions, that have something to read."""
    read = Section.objects.filter(Exists(Entry.objects.published().filter(section=OuterRef("pk"))))
    return sorted(set(read.values_list("slug", flat=True)))


def section_title(section: Section, language: str) -> str:
    """A section's title in a language, else in the next that has one, else its slug."""
    titles = (getattr(section, f"title_{code}", "") for code in in_order(language))
    return next(filter(None, titles), section.slug)


def headings(
    edition: Edition,
    language: str,
    first: int = 0,
    most: int | None = None,
    *,
    section: str | None = None,
    connection_type: str | None = None,
    beyond: Edition | None = None,
) -> list[Heading]:
    """The published entries of an edition in reading order, without the `first` ones, and `most` at most: those of one
    section or connection type, or whose slugs the edition `beyond` does not have.
    """
    part = {"section": section, "connection_type": connection_type}
    return _headings(entries_in_order(edition, first, most, **part, beyond=beyond), language)


def headings_of(slugs: Iterable[str], edition: Edition, language: str) -> list[Heading]:
    """The published entries of an edition that have one of these slugs, in reading order."""
    return _headings(Entry.objects.published().filter(edition=edition, slug__in=set(slugs)), language)


def _headings(entries: QuerySet[Entry], language: str) -> list[Heading]:
    """Entries in reading order, each in the language or the next that it has a text in."""
    texts = Translation.objects.filter(entry__in=entries.values("pk")).order_by(*(f"entry__{name}" for name in ORDER))
    found: dict[str, Heading] = {}
    languages = in_order(language)
    for row in texts.values_list(*HEADING):
        heading = _heading_of(row)
        before = found.get(heading.slug)
        if before is None or languages.index(heading.language) < languages.index(before.language):
            found[heading.slug] = heading
    return list(found.values())


@kept
def find_question(slug: str, edition: Edition, language: str) -> str | None:
    """The question of a published entry of an edition, in a language or the next that has one; None without entry."""
    texts = Translation.objects.published().filter(entry__edition=edition, entry__slug=slug)
    questions = dict(texts.values_list("language", "question"))
    return next((questions[code] for code in in_order(language) if code in questions), None)


def find_headings(slugs: Iterable[str], edition: Edition, language: str) -> dict[str, Heading]:
    """Entries by their slugs, each from this edition, else from the newest other one that has it. What none has is left
    out.
    """
    wanted = set(filter(is_slug, slugs))
    in_editions = Translation.objects.published().filter(entry__edition__in=known_editions())  # for the index of slugs
    texts = in_editions.filter(entry__slug__in=wanted)
    newest_first = texts.order_by(F("entry__edition__date").desc(nulls_last=True), "entry__edition__code")
    rows = [(code, _heading_of(row)) for code, *row in newest_first.values_list("entry__edition__code", *HEADING)]
    rows.sort(key=lambda row: row[0] != edition.code)
    chosen: dict[str, str] = {}
    found: dict[str, Heading] = {}
    languages = in_order(language)
    for code, heading in rows:
        if chosen.setdefault(heading.slug, code) != code:
            continue
        before = found.get(heading.slug)
        if before is None or languages.index(heading.language) < languages.index(before.language):
            found[heading.slug] = heading
    return found


def shown_entries(
    edition: Edition, language: str, first: int = 0, most: int | None = None, *, section: str | None = None
) -> list[ShownEntry]:
    """The published entries of an edition in reading order, or those of one section, whole but for what is related:
    without the `first` ones, and `most` at most.
    """
    return _all_shown(_whole(entries_in_order(edition, first, most, section=section)), edition, language)


def _all_shown(entries: Iterable[Entry], edition: Edition, language: str) -> list[ShownEntry]:
    catalogue = catalogue_of(edition)
    return [_shown(entry, text, language, catalogue, {}) for entry in entries if (text := _text(entry, language))]


def answers_size(edition: Edition) -> int:
    """How many characters of HTML the published answers of an edition have, in the language in which they have most."""
    texts = Translation.objects.published().filter(entry__edition=edition).order_by()
    sizes = texts.values("language").annotate(size=Sum(Length("html"))).values_list("size", flat=True)
    return max(sizes, default=0)


def newest_changes(edition: Edition, language: str, most: int, *, section: str | None = None) -> list[ShownEntry]:
    """The entries that have a text in this language, or those of one section, of which its readers got news last."""
    news = f"news_at_{language}"
    entries = Entry.objects.published().filter(Q((f"{news}__isnull", False)))
    if section is None:
        entries = entries.filter(edition=edition)
    else:
        entries = entries.filter(section=edition.sections.get(slug=section))
    shown = _all_shown(_whole(entries.order_by(f"-{news}")[:most]), edition, language)
    return [one for one in shown if one.heading.language == language]


def slugs_with_days(
    edition: Edition, first: int, most: int, *, beyond: Edition | None = None
) -> list[tuple[str, datetime | None]]:
    """The slugs of published entries of an edition in reading order, each with when a text of it last changed: without
    the `first` ones, and `most` at most; only those that the edition `beyond` does not have, where one is named.
    """
    entries = entries_in_order(edition, first, most, beyond=beyond)
    texts = Translation.objects.filter(entry=OuterRef("pk")).order_by("-changed_at")
    return list(entries.values_list("slug", Subquery(texts.values("changed_at")[:1])))


def find_entry(edition: Edition, slug: str, language: str) -> ShownEntry | None:
    """An entry by its slug: in this edition, else in the newest other one that has it. None where none has, or where an
    entry of this edition had it and has another one now.
    """
    if not is_slug(slug) or not Slug.objects.published().filter(slug=slug).exists():
        return None
    for candidate in (edition, *(other for other in known_editions() if other != edition)):
        entry = _published(candidate).filter(slug=slug).first()
        if entry and (text := _text(entry, language)):
            related = {other.slug: other for other in _published(candidate).filter(slug__in=entry.related)}
            return _shown(entry, text, language, catalogue_of(candidate), related)
        if candidate == edition and _renamed(edition, slug):
            return None
    return None


def entry_key(shown: ShownEntry) -> int | None:
    """The key under which the editors change an entry."""
    keys = Entry.objects.filter(edition__code=shown.edition, slug=shown.heading.slug)
    return keys.values_list("pk", flat=True).first()


def as_reader_sees(content: EntryContent, edition: Edition, language: str) -> ShownEntry | None:
    """An entry that is not published yet, as a reader would see it. None where the language has no text."""
    text = content.texts.get(language)
    section = edition.sections.filter(slug=content.section).first()
    if text is None or section is None:
        return None
    catalogue = catalogue_of(edition)
    rendered = render_answer(text.answer, catalogue, language, strict=False)
    known = {entry.slug: entry for entry in _published(edition).filter(slug__in=content.related)}
    return ShownEntry(
        heading=Heading(
            content.slug, content.section, language, text.question, rendered.summary, content.connection_types
        ),
        edition=edition.code,
        section_title=section_title(section, language),
        html=rendered.html,
        markdown=fill_limits(text.answer, catalogue, language, strict=False),
        deployment_models=content.deployment_models,
        limits=tuple(catalogue[key] for key in content.limits if key in catalogue),
        related=tuple(_related(content.related, known, language)),
        sources=tuple(catalogue.document(source.document, source.date) for source in content.sources),
        checked=content.checked,
    )


def _renamed(edition: Edition, slug: str) -> bool:
    return Slug.objects.published().filter(entry__edition=edition, slug=slug, is_former=True).exists()


def _published(edition: Edition) -> QuerySet[Entry]:
    return _whole(Entry.objects.published().filter(edition=edition))


def _whole(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with all that is shown of them."""
    whole = entries.select_related("section", "edition").prefetch_related("translations")
    return whole.defer("draft", "loaded", "texts_behind")


def _text(entry: Entry, language: str) -> Translation | None:
    texts = {text.language: text for text in entry.translations.all()}
    return next((texts[code] for code in in_order(language) if code in texts), None)


def _heading_of(row: Sequence[Any]) -> Heading:
    slug, section, language, question, summary, types = row
    return Heading(slug, section, language, question, summary, tuple(types))


def _heading(entry: Entry, text: Translation) -> Heading:
    return Heading(
        entry.slug, entry.section.slug, text.language, text.question, text.summary, tuple(entry.connection_types)
    )


def _shown(
    entry: Entry, text: Translation, language: str, catalogue: Catalogue, known: Mapping[str, Entry]
) -> ShownEntry:
    return ShownEntry(
        heading=_heading(entry, text),
        edition=entry.edition.code,
        section_title=section_title(entry.section, language),
        html=text.html,
        markdown=fill_limits(text.answer, catalogue, text.language, strict=False),
        deployment_models=tuple(entry.deployment_models),
        limits=tuple(catalogue[key] for key in entry.limits if key in catalogue),
        related=tuple(_related(entry.related, known, language)),
        sources=tuple(catalogue.document(source["document"], source["date"]) for source in entry.sources),
        checked=entry.checked,
        changed_at=text.changed_at,
        former_slugs=tuple(entry.former_slugs),
    )


def _related(slugs: Iterable[str], known: Mapping[str, Entry], language: str) -> Iterable[Heading]:
    for slug in slugs:
        if slug in known and (text := _text(known[slug], language)):
            yield _heading(known[slug], text)
