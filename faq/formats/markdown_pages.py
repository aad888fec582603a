"""The pages of the FAQ as Markdown and as text, for programs and for who copies an answer into a mail or a ticket.

Each ends with the edition, the day it was checked, and its permanent link; Markdown also names the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from faq.knowledge.entry import LINK
from faq.knowledge.limit_order import grouped
from faq.knowledge.limits import Catalogue, Limit, Source
from faq.knowledge.markdown import link_target, short_answer
from faq.knowledge.text_layout import laid_out_text
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.pages.labels import conflict_label, day, group_name, only_in_language
from faq.search.passages import unmarked
from faq.search.service import SearchResults
from faq.store.editions import Edition
from faq.store.entries import Heading, SectionHeading, ShownEntry
from web.own_look import site_name

PARTS = ("", "short", "limits")
"""What of an entry is copied: the answer, its first paragraph, or the answer with its limits."""

_MARKED = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_[]<>|"})


def answer_markdown(shown: ShownEntry, in_edition: str) -> str:
    """An answer as Markdown that stands on its own: numbers for limits, whole addresses for links to entries, which end
    in `in_edition` (see `edition_suffix`).
    """
    return addressed(shown.markdown, shown.heading.language, in_edition)


def addressed(markdown: str, language: str, in_edition: str) -> str:
    """Markdown with whole addresses for its links to entries, in whatever form they are written."""

    def whole(link: re.Match[str]) -> str:
        target = link_target(link[1]) or ""
        is_entry = target.startswith("entry:")
        return f"]({entry_address(target.removeprefix('entry:'), language)}{in_edition})" if is_entry else link[0]

    return LINK.sub(whole, markdown)


def permanent_link(shown: ShownEntry, in_edition: str) -> str:
    """Where an entry is, in the language that who opens it asks for, also after a rename."""
    return f"{settings.ORIGIN}/faq/{shown.heading.slug}{in_edition}"


def entry_markdown(shown: ShownEntry) -> str:
    """An entry as a Markdown document."""
    in_edition = edition_suffix(shown.edition)
    about = "\n".join(f"- {line}" for line in _about(shown, in_edition))
    answer = answer_markdown(shown, in_edition).strip()
    return f"# {_escaped(shown.heading.question)}\n\n{answer}\n\n---\n\n{about}\n"


def entry_text(shown: ShownEntry, part: str = "") -> str:
    """An entry as plain text, laid out to paste into a mail or a ticket: all of it, or a part of `PARTS`."""
    limits = "\n".join(f"- {name}: {value}" for name, value in copied_limits(shown, part))
    blocks = [shown.heading.question, laid_out_text(copied_answer(shown, part))]
    blocks += [f"{limits_title(shown)}\n{limits}"] if limits else []
    blocks += [f"{edition_line(shown)}\n{permanent_link(shown, edition_suffix(shown.edition))}"]
    return "\n\n".join(blocks) + "\n"


def copied_answer(shown: ShownEntry, part: str) -> str:
    """The HTML of an answer, or of its first paragraph where only the short answer is asked for."""
    return short_answer(shown.html) if part == "short" else shown.html


def copied_limits(shown: ShownEntry, part: str) -> list[tuple[str, str]]:
    """The limits that go along, each with its name and its value; none where they are not asked for."""
    language = shown.heading.language
    return [(limit.name[language], limit.shown(language)) for limit in shown.limits] if part == "limits" else []


def limits_title(shown: ShownEntry) -> str:
    """What stands above the limits, in the language of the answer."""
    with override(shown.heading.language):
        return _("Limits:")


def edition_line(shown: ShownEntry) -> str:
    """Of which edition an answer is, and when it was checked, in its language."""
    with override(shown.heading.language):
        if not shown.checked:
            return _("Edition %(code)s") % {"code": shown.edition}
        return _("Edition %(name)s, checked on %(date)s") % {"name": shown.edition, "date": day(shown.checked)}


def section_markdown(section: SectionHeading, introduction: str, entries: Iterable[ShownEntry], in_edition: str) -> str:
    """A section: its introduction in Markdown, if any, and its entries, whole."""
    parts = (_part(shown, "##", in_edition) for shown in entries)
    return "\n".join((_section_head(section, introduction, "#"), *parts))


def _section_head(section: SectionHeading, introduction: str, mark: str) -> str:
    head = f"{mark} {_escaped(section.title)}\n"
    return f"{head}\n{introduction.strip()}\n" if introduction else head


def whole_markdown(parts: Iterable[tuple[SectionHeading, str, list[ShownEntry]]], edition: Edition) -> str:
    """The whole FAQ of an edition; each part is a section, its introduction in Markdown, and its entries."""
    written = [
        "# " + _("Azure VPN gateways: the whole FAQ") + "\n\n" + _("Edition %(code)s") % {"code": edition.code} + "\n"
    ]
    in_edition = edition_suffix(edition.code)
    for section, introduction, entries in parts:
        head = _section_head(section, introduction, "##")
        written += [f"\n{head}\n", *(_part(shown, "###", in_edition) + "\n" for shown in entries)]
    return "".join(written)


def home_markdown(
    sections: Iterable[tuple[SectionHeading, list[Heading]]], edition: Edition, language: str, edition_query: str
) -> str:
    """Every question with its short answer, by section; `edition_query` keeps the links in the edition."""
    lines = [f"# {_escaped(site_name())}: " + _("Azure VPN gateways: answers and advice"), ""]
    lines += [_("Edition %(code)s") % {"code": edition.code}]
    for section, headings in sections:
        lines += ["", f"## {_escaped(section.title)}", ""]
        for heading in headings:
            address = entry_address(heading.slug, language) + edition_query
            lines.append(f"- [{_escaped(heading.question)}]({address}): {_escaped(heading.summary)}")
    return "\n".join(lines) + "\n"


def sections_markdown(sections: Iterable[SectionHeading], edition: Edition, language: str, edition_query: str) -> str:
    """The sections with how many questions each has, and the Markdown of each and of all; `edition_query` keeps the
    links in the edition.
    """
    lines = [f"# {_escaped(site_name())}: " + _("Azure VPN gateways: answers and advice"), ""]
    lines += [_("Edition %(code)s") % {"code": edition.code}, ""]
    at, whole = f"{settings.ORIGIN}/{language}", _("Azure VPN gateways: the whole FAQ")
    lines += [f"- [{whole}]({at}/faq.md{edition_query})"]
    for section in sections:
        count = ngettext("%(counter)s entry", "%(counter)s entries", section.count) % {"counter": section.count}
        lines.append(f"- [{_escaped(section.title)}]({at}/sections/{section.slug}.md{edition_query}): {count}")
    return "\n".join(lines) + "\n"


def which_page(number: int, pages: int, next_page: str | None) -> str:
    """What a Markdown document that goes on in another one ends with."""
    told = _("Page %(number)s of %(pages)s") % {"number": number, "pages": pages}
    following = _("Next page")
    return f"\n---\n\n{told}" + (f": [{following}]({next_page})" if next_page else "") + "\n"


def search_markdown(query: str, results: SearchResults, edition_query: str) -> str:
    """What was found, in the language asked for and then in others, each entry with its short answer;
    `edition_query` keeps the links in the edition.
    """
    lines = ["# " + _("Search the FAQ") + f": {_escaped(query)}"]
    if results.corrected:
        shown_for_that = " " + _("Showing results for that.") if results.total else ""
        lines += ["", _("Did you mean") + f" {_escaped(results.corrected)}?" + shown_for_that]
    if results.from_database:
        lines += [
            "",
            _("The search index is being built. Until it is ready, search is simple: every word must be in the entry."),
        ]
    if results.own_total > len(results.results):
        shown = {"count": len(results.results)}
        lines += ["", _("The %(count)s best results are shown. Add words to narrow the search.") % shown]
    if results.only_near and results.total:
        lines += ["", _("No entry answers this question well. The closest entries are shown.")]
    if not results.total:
        lines += ["", _("Nothing was found. Try fewer or other words, or the term that the Azure portal uses.")]
    by_language = groupby(results.elsewhere, key=lambda one: one.language)
    elsewhere = [(f"## {only_in_language(language)}", tuple(part)) for language, part in by_language]
    for title, listed in (("", results.results), *elsewhere):
        lines += ["", title, ""] if title and listed else [""] if listed else []
        lines += [
            f"- [{_escaped(one.plain_question)}]({entry_address(one.slug, one.language)}{edition_query}): "
            f"{_escaped(unmarked(one.summary))}"
            for one in listed
        ]
    return "\n".join(lines) + "\n"


def limits_markdown(catalogue: Catalogue, edition: Edition, language: str) -> str:
    """Every limit of an edition with its source."""
    lines = ["# " + _("Limits, edition %(code)s") % {"code": edition.code}]
    head = " | ".join((_("Limit"), _("Value"), _("Source")))
    for group, limits in grouped(catalogue).items():
        lines += ["", f"## {group_name(group)}", "", f"| {head} |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(_row(limit, language))} |" for limit in limits]
    return "\n".join(lines) + "\n"


def editions_markdown(editions: Iterable[tuple[Edition, Catalogue]], language: str) -> str:
    """The editions and the documents that each rests on."""
    lines = ["# " + _("Editions and sources")]
    for edition, catalogue in editions:
        name, description = edition.name(language), edition.description(language)
        lines += ["", f"## {_escaped(name)} ({edition.code})", "", _escaped(description), ""]
        lines += [f"- {_cited(source)}" for source in catalogue.sources]
    return "\n".join(lines) + "\n"


def _part(shown: ShownEntry, mark: str, in_edition: str) -> str:
    answer = answer_markdown(shown, in_edition).strip()
    return f"{mark} {_escaped(shown.heading.question)}\n\n{answer}\n\n<{permanent_link(shown, in_edition)}>\n"


def _about(shown: ShownEntry, in_edition: str) -> Iterator[str]:
    """What stands below an answer, in the language of the answer."""
    with override(shown.heading.language):
        yield _("Edition %(code)s") % {"code": shown.edition}
        if shown.checked:
            yield _("Checked on") + f": {day(shown.checked)}"
        if shown.sources:
            yield _("Sources") + f": {'; '.join(map(_cited, shown.sources))}"
        yield _("Permanent link") + f": {permanent_link(shown, in_edition)}"


def _row(limit: Limit, language: str) -> tuple[str, str, str]:
    note = f"({limit.note[language]})" if limit.note else ""
    conflicts = (f"{conflict_label(conflict)} {conflict.text[language]}" for conflict in limit.conflicts)
    value = " ".join(filter(None, (limit.shown(language), note, *conflicts)))
    return _escaped(limit.name[language]), _escaped(value), _cited(limit.source)


def _cited(source: Source) -> str:
    """A document as Markdown, with a link where it can be read."""
    name = _escaped(source.name)
    return f"{f'[{name}]({source.url})' if source.url else name}, {day(source.date)}"


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_MARKED)
