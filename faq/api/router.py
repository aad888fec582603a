"""The FAQ's part of the JSON API. What is asked wrongly gets every error at once (see `web/problems.py`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from faq.api import parameters, schemas
from faq.api.as_json import entry_as_json, heading_as_json, search_as_json
from faq.api.change_list import listed_changes
from faq.api.limit_list import Asked, UnknownLimits, chosen_limits, limit_as_json
from faq.formats.markdown_pages import addressed, entry_markdown, entry_text
from faq.knowledge.markdown import with_entry_urls
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.pages.public_page import public_page
from faq.search.query_text import query_text
from faq.search.service import SearchResults, Suggested, find, in_another_edition, suggest
from faq.store.edition_changes import two_editions
from faq.store.editions import (
    Edition,
    catalogue_of,
    default_edition,
    edition_codes,
    find_edition,
    known_editions,
)
from faq.store.entries import find_entry, headings, sections
from faq.store.introductions import NO_INTRODUCTION, Introduction, introductions
from faq.store.near_slugs import nearest
from faq.store.reading_order import count_entries
from faq.store.slugs import renamed_to
from web.languages import DEFAULT_LANGUAGE, LANGUAGES
from web.problems import fault, language_asked, problem

V = TypeVar("V", bound=Callable[..., Any])

router = Router()


def reads(path: str, response: Any, **told: Any) -> Callable[[V], V]:
    """Answer GET, and HEAD with the same headers; kept and validated as pages are (ETag, 304, compression)."""

    def register(view: V) -> V:
        decorate_view(public_page)(view)
        router.api_operation(["HEAD"], path, include_in_schema=False, response=response)(view)
        described = {code: schema for code, schema in response.items() if code != 400}
        router.get(path, response=described | {400: schemas.ProblemOut}, **told)(view)
        return view

    return register


@reads("/search", {200: schemas.SearchOut}, operation_id="search", summary="Search")
def search(request: HttpRequest, given: Query[parameters.SearchQuery]) -> HttpResponse:
    """The entries that answer a question, best first: those of the language asked for, then those that only the other
    language has.
    """
    return _found(given)


@router.post(
    "/search",
    response={200: schemas.SearchOut, 400: schemas.ProblemOut},
    operation_id="search_text",
    summary="Search with the text of a ticket",
)
def search_text(request: HttpRequest, given: parameters.SearchText) -> HttpResponse:
    """The same for a question that is too long for an address: up to 2,000 characters. The text is not stored."""
    response = _found(given)
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(given: parameters.SearchQuery | parameters.SearchText) -> HttpResponse:
    query = query_text(given.q)
    edition = find_edition(given.edition or "").edition
    narrowed = {"section": given.section or "", "connection_type": given.type or ""}
    results = find(query, given.lang, edition, **narrowed, limit=given.limit) if query else SearchResults()
    elsewhere = (
        in_another_edition(query, given.lang, edition, results) if query and not any(narrowed.values()) else None
    )
    response = _written(search_as_json(query, given.lang, edition, results, elsewhere))
    if results.is_passing:
        response.headers["Cache-Control"] = "no-store"
    return response


def _written(told: dict[str, Any]) -> HttpResponse:
    """An answer that is not validated once more: that takes as long as a search. Tests hold it to its schema."""
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8")


@reads("/suggest", {200: schemas.SuggestOut}, operation_id="suggest", url_name="suggest", summary="Suggest")
def suggestions(request: HttpRequest, given: Query[parameters.SuggestQuery]) -> HttpResponse:
    """The questions that come nearest to what was typed so far."""
    query, edition = query_text(given.q), find_edition(given.edition or "").edition
    found = suggest(query, given.lang, edition, given.limit) if query else Suggested()
    in_edition = edition_suffix(edition.code)
    listed = [
        {
            "text": one.text,
            "slug": one.slug,
            "url": entry_address(one.slug, given.lang) + in_edition,
            "section": one.section,
        }
        for one in found.questions
    ]
    response = _written({"query": query, "language": given.lang, "suggestions": listed})
    if found.is_passing:
        response.headers["Cache-Control"] = "no-store"
    return response


@reads("/entries", {200: schemas.EntriesOut}, operation_id="entries", summary="List entries")
def entries(request: HttpRequest, given: Query[parameters.EntriesQuery]) -> dict[str, Any]:
    """The entries of an edition in reading order, a page at a time; of one section or connection type where given."""
    edition = find_edition(given.edition or "").edition
    total = count_entries(edition, given.section, given.type)
    found = headings(edition, given.lang, given.offset, given.limit, section=given.section, connection_type=given.type)
    end, in_edition = given.offset + given.limit, edition_suffix(edition.code)
    return {
        "edition": edition.code,
        "language": given.lang,
        "total": total,
        "offset": given.offset,
        "limit": given.limit,
        "next": _page(request, end) if end < total else None,
        "previous": _page(request, max(0, given.offset - given.limit)) if given.offset else None,
        "entries": [heading_as_json(heading, in_edition) for heading in found],
    }


@reads(
    "/entries/{slug}",
    {200: schemas.EntryOut, 301: None, 404: schemas.ProblemOut},
    operation_id="entry",
    summary="Read an entry",
    openapi_extra={
        "responses": {
            200: {"content": {kind: {"schema": {"type": "string"}} for kind in ("text/markdown", "text/plain")}}
        }
    },
)
def entry(request: HttpRequest, slug: parameters.Slug, given: Query[parameters.EntryQuery]) -> Any:
    """One entry with its answer, limits, related entries, and sources; as Markdown or plain text where given. A former
    slug leads on to the present one. Where the edition lacks the entry it comes from another, which `edition` names.
    """
    edition = find_edition(given.edition or "").edition
    shown = find_entry(edition, slug, given.lang)
    if shown is None:
        return _not_there(request, slug, edition, given.lang)
    if given.format == "json":
        return entry_as_json(shown)
    if given.format == "markdown":
        return HttpResponse(entry_markdown(shown), content_type="text/markdown; charset=utf-8")
    return HttpResponse(entry_text(shown), content_type="text/plain; charset=utf-8")


@reads("/sections", {200: schemas.SectionsOut}, operation_id="sections", url_name="sections", summary="List sections")
def list_sections(request: HttpRequest, given: Query[parameters.LanguageAndEdition]) -> dict[str, Any]:
    """The sections of an edition that have something to read, in order."""
    edition = find_edition(given.edition or "").edition
    said, in_edition = introductions(edition, given.lang), edition_suffix(edition.code)
    listed = [
        {
            "slug": section.slug,
            "title": section.title,
            "entries": section.count,
            "url": f"{settings.ORIGIN}/{given.lang}/sections/{section.slug}/{in_edition}",
            **_introduction_as_json(said.get(section.slug, NO_INTRODUCTION), given.lang, in_edition),
        }
        for section in sections(edition, given.lang)
    ]
    return {"edition": edition.code, "language": given.lang, "sections": listed}


def _introduction_as_json(introduction: Introduction, language: str, in_edition: str) -> dict[str, str]:
    return {
        "introduction_html": with_entry_urls(
            introduction.html, lambda slug: entry_address(slug, language) + in_edition
        ),
        "introduction_markdown": addressed(introduction.markdown, language, in_edition),
    }


@reads("/editions", {200: schemas.EditionsOut}, operation_id="editions", summary="List editions")
def editions(request: HttpRequest) -> dict[str, Any]:
    """The editions of the knowledge, newest first."""
    parameters.refuse_parameters(request.GET)
    default = default_edition()
    return {
        "editions": [
            {
                "code": edition.code,
                "date": edition.date,
                "name": {language: edition.name(language) for language in LANGUAGES},
                "description": {language: edition.description(language) for language in LANGUAGES},
                "is_default": edition == default,
                "entries": count_entries(edition),
                "limits": len(catalogue_of(edition)),
            }
            for edition in known_editions()
        ]
    }


@reads("/limits", {200: schemas.LimitsOut, 404: schemas.ProblemOut}, operation_id="limits", summary="List limits")
def limits(request: HttpRequest, given: Query[parameters.LimitsQuery]) -> Any:
    """The limits of an edition, each with its source, when it was checked, and what other sources say instead: all of
    them, or those that are asked for, a page at a time where `limit` is given.
    """
    edition = find_edition(given.edition or "").edition
    asked = Asked(given.query, given.key, given.entry)
    try:
        with language_asked(request):
            chosen = chosen_limits(edition, asked, given.lang or DEFAULT_LANGUAGE)
    except UnknownLimits as refused:
        return problem(404, "Unknown key or entry", refused.faults)
    end = given.offset + (given.limit or len(chosen))
    return {
        "edition": edition.code,
        "limits": [limit_as_json(limit, given.lang) for limit in chosen[given.offset : end]],
        "total": len(chosen),
        "next": _page(request, end) if end < len(chosen) else None,
    }


@reads(
    "/changes",
    {200: schemas.ChangesOut, 404: schemas.ProblemOut},
    operation_id="changes",
    summary="List changes between editions",
)
def changes(request: HttpRequest, given: Query[parameters.ChangesQuery]) -> Any:
    """What became of every entry of an earlier edition in a later one, and every limit that is new, gone, or has
    another value, a page at a time.
    """
    before, after = two_editions(given.from_ or "", given.to or "")
    if before is None:
        with language_asked(request):
            told = fault("from", given.from_ or "", _("There is no other edition to compare with."), edition_codes())
        return problem(404, "No other edition", [told])
    found, total = listed_changes(before, after, given.lang, given.kind, given.offset, given.limit)
    end = given.offset + given.limit
    return {
        "before": before.code,
        "after": after.code,
        "language": given.lang,
        "changes": found,
        "total": total,
        "next": _page(request, end) if end < total else None,
    }


def _page(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return f"{settings.ORIGIN}{request.path}?{query.urlencode()}"


def _not_there(request: HttpRequest, slug: str, edition: Edition, language: str) -> HttpResponse:
    if new_slug := renamed_to(slug, edition):
        query = f"?{urlencode(list(request.GET.items()))}" if request.GET else ""
        return redirect(reverse("api:entry", args=[new_slug]) + query, permanent=True)
    near = [heading.slug for heading in nearest(slug, edition, language)]
    with language_asked(request):
        return problem(404, "Unknown entry", [fault("slug", slug, _("No entry has this slug."), near)])
