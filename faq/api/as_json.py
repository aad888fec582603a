"""Entries and what a search found, in the form of the API: for the API, for assistants, and for the command line."""

from __future__ import annotations

from typing import Any

from faq.api.limit_list import limit_as_json
from faq.formats.markdown_pages import answer_markdown
from faq.knowledge.markdown import with_entry_urls
from faq.knowledge.text_layout import laid_out_text
from faq.pages.entry_urls import edition_suffix, entry_address, short_address
from faq.search.service import InAnotherEdition, Result, SearchResults
from faq.store.editions import Edition
from faq.store.entries import Heading, ShownEntry


def search_as_json(
    query: str, language: str, edition: Edition, results: SearchResults, elsewhere: InAnotherEdition | None = None
) -> dict[str, Any]:
    """What a search found, in the form of the API: `other_language` has what the other languages found, in order.
    `only_near` says that no entry is the answer, `plain` that the index was not ready, `elsewhere` what another edition
    answers better.
    """
    in_edition = edition_suffix(edition.code)
    return {
        "query": query,
        "language": language,
        "edition": edition.code,
        "corrected": results.corrected,
        "total": results.total,
        "results": [_result(result, in_edition) for result in results.results],
        "other_language": [_result(result, in_edition) for result in results.elsewhere],
        "only_near": results.only_near,
        "plain": results.from_database,
        "other_edition": _elsewhere(elsewhere) if elsewhere else None,
    }


def _elsewhere(found: InAnotherEdition) -> dict[str, Any]:
    in_edition = edition_suffix(found.edition.code)
    return {"edition": found.edition.code, "total": found.total, "best": _result(found.best, in_edition)}


def _result(result: Result, in_edition: str) -> dict[str, Any]:
    return {
        "slug": result.slug,
        "question": result.plain_question,
        "url": entry_address(result.slug, result.language) + in_edition,
        "excerpt": result.excerpt,
        "score": round(result.score, 4),
        "section": result.section,
        "language": result.language,
        "answers": result.answers,
    }


def heading_as_json(heading: Heading, in_edition: str) -> dict[str, Any]:
    """An entry without its answer; `in_edition` is the query that keeps its addresses in an edition."""
    return {
        "slug": heading.slug,
        "section": heading.section,
        "question": heading.question,
        "summary": heading.summary,
        "language": heading.language,
        "connection_types": list(heading.connection_types),
        "url": entry_address(heading.slug, heading.language) + in_edition,
        "short_url": short_address(heading.slug) + in_edition,
    }


def entry_as_json(shown: ShownEntry) -> dict[str, Any]:
    """An entry with all that stands beside its answer, in the form of the API."""
    in_edition = edition_suffix(shown.edition)
    return heading_as_json(shown.heading, in_edition) | {
        "edition": shown.edition,
        "answer_html": with_entry_urls(
            shown.html, lambda slug: entry_address(slug, shown.heading.language) + in_edition
        ),
        "answer_text": laid_out_text(shown.html),
        "answer_markdown": answer_markdown(shown, in_edition),
        "deployment_models": list(shown.deployment_models),
        "limits": [limit_as_json(limit) for limit in shown.limits],
        "related": [heading_as_json(heading, in_edition) for heading in shown.related],
        "sources": [source.as_json() for source in shown.sources],
        "checked": shown.checked,
    }
