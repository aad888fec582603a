"""What a section says before its questions: as a page shows it, and from an imported document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from faq.documents import Document, Fault, normal_answer
from faq.knowledge.markdown import fill_limits, render_answer
from faq.models import Edition, Section
from faq.store.editions import catalogue_of
from faq.store.exporting import exported_answer


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a section says first: as clean HTML with links to entries as `entry:slug`, and as Markdown with links as
    bare slugs.
    """

    html: str
    markdown: str


NO_INTRODUCTION = Introduction("", "")


def introductions(edition: Edition, language: str, *, slug: str | None = None) -> dict[str, Introduction]:
    """The introductions of an edition, or of one section, by the slug of the section; those that have none are left
    out.
    """
    catalogue = catalogue_of(edition)
    sections = edition.sections.all() if slug is None else edition.sections.filter(slug=slug)
    return {
        section.slug: Introduction(
            render_answer(text, catalogue, language, strict=False).html,
            fill_limits(text, catalogue, language, strict=False),
        )
        for section in sections
        if (text := section.introduction(language))
    }


def write_introductions(edition: Edition, document: Document, language: str, *, overwrite: bool) -> None:
    """Give the sections of a document their introductions; one that has another keeps it, unless it is overwritten."""
    for section, text in _changed(edition, document, language):
        if overwrite or not section.introduction(language):
            setattr(section, f"introduction_{language}", text)
            section.save()


def kept_introductions(edition: Edition | None, document: Document, language: str) -> list[Fault]:
    """The introductions of a document that its sections will not get, since they have another."""
    if edition is None:
        return []
    lines = {section.slug: section.line for section in document.sections}
    file = document.entries[0].file
    reason = "the introduction of the section {!r} was not loaded: the section has another, which --overwrite replaces"
    return [
        Fault(file, lines[section.slug], reason.format(section.slug))
        for section, _ in _changed(edition, document, language)
        if section.introduction(language)
    ]


def _changed(edition: Edition, document: Document, language: str) -> Iterator[tuple[Section, str]]:
    """The sections of an edition whose introduction is not the one that a document has for them, with that one.

    The introduction of the whole document belongs to its first section, unless it describes the edition already.
    """
    whole = document.introduction
    if whole == normal_answer(edition.description(language)):
        whole = ""
    for number, found in enumerate(document.sections):
        wanted = "\n\n".join(text for text in (whole if number == 0 else "", found.introduction) if text)
        section = edition.sections.filter(slug=found.slug).first()
        if not wanted or section is None:
            continue
        if exported_answer(section.introduction(language), catalogue_of(edition), language) != wanted:
            yield section, wanted
