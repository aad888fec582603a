"""The pages of the FAQ in other forms, each at the address of its page: as Markdown, as text, or as a piece of HTML."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from faq.formats import markdown_pages
from faq.formats.pdf import entry_pdf
from faq.pages.context import chosen_edition, edition_query, language_of, page_context
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.pages.forms import typed_search
from faq.pages.paging import ENTRIES_OF_A_SECTION, ENTRIES_ON_A_PAGE, Paging, page_url, paging_of, with_page
from faq.pages.public_page import public_page
from faq.pages.safe_html import answer_html
from faq.store.editions import Edition, catalogue_of, known_editions
from faq.store.entries import find_entry, headings, sections, shown_entries
from faq.store.introductions import introductions
from faq.store.reading_order import count_entries
from web.htmx import HtmxHttpRequest

KINDS = {"md": "text/markdown", "txt": "text/plain", "html": "text/html", "pdf": "application/pdf"}


@require_safe
@public_page
def entry_twin(request: HtmxHttpRequest, slug: str, form: str) -> HttpResponse:
    """An entry as Markdown, as text, as a piece of HTML to paste, or as PDF."""
    shown = find_entry(chosen_edition(request).edition, slug, language_of(request))
    part = request.GET.get("part", "")
    if shown is None or form not in KINDS or part not in markdown_pages.PARTS:
        raise Http404(slug)
    in_edition = edition_suffix(shown.edition)
    link = {"Link": f'<{entry_address(slug, language_of(request))}{in_edition}>; rel="canonical"'}
    if form == "html":
        language = shown.heading.language
        answer = markdown_pages.copied_answer(shown, part)
        context = {
            "entry": shown,
            "html": answer_html(answer, lambda other: entry_address(other, language) + in_edition),
            "limits": markdown_pages.copied_limits(shown, part),
            "limits_title": markdown_pages.limits_title(shown),
            "edition_line": markdown_pages.edition_line(shown),
            "link": markdown_pages.permanent_link(shown, in_edition),
        }
        return TemplateResponse(request, "faq/formats/fragment.html", context, headers=link)
    if form == "pdf":
        return HttpResponse(entry_pdf(shown), content_type=KINDS[form], headers=link | {"X-Robots-Tag": "noindex"})
    written = markdown_pages.entry_markdown(shown) if form == "md" else markdown_pages.entry_text(shown, part)
    return HttpResponse(written, content_type=f"{KINDS[form]}; charset=utf-8", headers=link)


@require_safe
@public_page
def section_twin(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A section with its answers, as Markdown."""
    chosen, language = chosen_edition(request), language_of(request)
    section = next((one for one in sections(chosen.edition, language) if one.slug == slug), None)
    if section is None:
        raise Http404(slug)
    paging = paging_of(request, section.count, ENTRIES_OF_A_SECTION)
    entries = shown_entries(chosen.edition, language, paging.first, paging.size, section=slug)
    introduction = _introductions(chosen.edition, language).get(slug, "") if paging.number == 1 else ""
    written = markdown_pages.section_markdown(section, introduction, entries, edition_query(chosen))
    return _markdown(request, written, paging)


@require_safe
@public_page
def page_twin(request: HtmxHttpRequest, name: str) -> HttpResponse:
    """One of the other pages as Markdown."""
    chosen, language = chosen_edition(request), language_of(request)
    edition = chosen.edition
    if name == "faq":
        return _whole(request, edition, language)
    if name == "index":
        return _markdown(request, _index(edition, language, edition_query(chosen)))
    if name == "limits":
        return _markdown(request, markdown_pages.limits_markdown(catalogue_of(edition), edition, language))
    if name == "editions":
        known = [(one, catalogue_of(one)) for one in known_editions()]
        return _markdown(request, markdown_pages.editions_markdown(known, language))
    return _markdown(request, render_to_string("faq/formats/about.md"))


def _whole(request: HtmxHttpRequest, edition: Edition, language: str) -> HttpResponse:
    """The whole FAQ, or a page of it."""
    paging, listed = paging_of(request, count_entries(edition)), sections(edition, language)
    entries, begins_on = shown_entries(edition, language, paging.first, paging.size), paging.begins_on(listed)
    said = _introductions(edition, language)
    parts = [
        (section, said.get(section.slug, "") if begins_on[section.slug] == paging.number else "", found)
        for section in listed
        if (found := [shown for shown in entries if shown.heading.section == section.slug])
    ]
    return _markdown(request, markdown_pages.whole_markdown(parts, edition), paging)


def _index(edition: Edition, language: str, in_edition: str) -> str:
    """Every question by section; the sections alone where there are many questions."""
    listed = sections(edition, language)
    if count_entries(edition) > ENTRIES_ON_A_PAGE:
        return markdown_pages.sections_markdown(listed, edition, language, in_edition)
    questions = headings(edition, language)
    by_section = [(one, [heading for heading in questions if heading.section == one.slug]) for one in listed]
    return markdown_pages.home_markdown(by_section, edition, language, in_edition)


@require_safe
@public_page
def search_twin(request: HtmxHttpRequest) -> HttpResponse:
    """What a search finds, as Markdown."""
    chosen, typed = chosen_edition(request), typed_search(request.GET)
    results = typed.results(language_of(request), chosen.edition)
    written = markdown_pages.search_markdown(typed.text, results, edition_query(chosen))
    response = HttpResponse(written, content_type="text/markdown; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
    if results.is_passing:
        response.headers["Cache-Control"] = "no-store"
    return response


def _introductions(edition: Edition, language: str) -> dict[str, str]:
    """The introductions of the sections in Markdown, by slug."""
    found, in_edition = introductions(edition, language), edition_suffix(edition.code)
    return {slug: markdown_pages.addressed(one.markdown, language, in_edition) for slug, one in found.items()}


def _markdown(request: HtmxHttpRequest, written: str, paging: Paging | None = None) -> HttpResponse:
    """A page as Markdown; where it is one of several, it ends with which one, and where the next is."""
    page = page_context(request)["canonical"].replace(".md", "/").replace("/index/", "/")
    links = [f'<{with_page(page, paging.number if paging else 1)}>; rel="canonical"']
    if paging and paging.pages > 1:
        beside = {name: settings.ORIGIN + page_url(request, number) for name, number in paging.neighbors.items()}
        links += [f'<{url}>; rel="{name}"' for name, url in beside.items()]
        written += markdown_pages.which_page(paging.number, paging.pages, beside.get("next"))
    link = {"Link": ", ".join(links)}
    return HttpResponse(written, content_type="text/markdown; charset=utf-8", headers=link)
