"""An edition out of the database: as a document in one language, and as content files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from faq.documents import DocEntry, DocSection, Document, normal_answer
from faq.knowledge.entry import EditionContent, SectionContent
from faq.knowledge.limits import Catalogue
from faq.knowledge.markdown import portable_answer
from faq.models import Edition, Entry, Section
from faq.store.editions import catalogue_of
from faq.store.entries import section_title
from faq.store.limit_rows import read_limits
from faq.store.publishing import published_content
from web.languages import LANGUAGES


def exported_answer(answer: str, catalogue: Catalogue, language: str) -> str:
    """An answer as a document has it: portable, and in the normal form that reading the document gives back."""
    return normal_answer(portable_answer(answer, catalogue, language))


def as_document(edition: Edition, language: str) -> Document:
    """What readers see of an edition in one language, as a document. Entries without a text in it are left out."""
    catalogue = catalogue_of(edition)
    entries = []
    for entry in _published(edition):
        content = published_content(entry)
        if text := content.texts.get(language):
            answer = exported_answer(text.answer, catalogue, language)
            entries.append(DocEntry(content.slug, content.former_slugs, content.section, text.question, answer))
    held = {entry.section for entry in entries}
    own = {entry.slug: entry.question for entry in entries if entry.slug == entry.section}
    return Document(
        title=edition.name(language),
        introduction=edition.description(language),
        sections=tuple(
            DocSection(
                section.slug,
                own.get(section.slug) or section_title(section, language),
                introduction=exported_answer(section.introduction(language), catalogue, language),
            )
            for section in edition.sections.all()
            if section.slug in held
        ),
        entries=tuple(entries),
    )


def as_content(edition: Edition) -> EditionContent:
    """What readers see of an edition, as its content files have it."""
    return EditionContent(
        code=edition.code,
        date=edition.date,
        names={language: edition.name(language) for language in LANGUAGES},
        descriptions={language: edition.description(language) for language in LANGUAGES},
        sections=tuple(
            SectionContent(section.slug, _titles(section), _introductions(section))
            for section in edition.sections.order_by("order")
        ),
        limits=read_limits(edition),
        entries=tuple(published_content(entry) for entry in _published(edition)),
        changes=edition.changes,
    )


def _titles(section: Any) -> Mapping[str, str]:
    return {language: section_title(section, language) for language in LANGUAGES}


def _introductions(section: Section) -> Mapping[str, str]:
    return {language: text for language in LANGUAGES if (text := section.introduction(language))}


def _published(edition: Edition) -> list[Entry]:
    entries = edition.entries.published()
    return list(entries.select_related("section", "edition").prefetch_related("translations"))
