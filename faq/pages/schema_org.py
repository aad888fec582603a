"""What a page says to search engines: its questions and answers as schema.org's FAQPage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from faq.knowledge.markdown import with_entry_urls
from faq.knowledge.source_dates import date_parts
from faq.pages.entry_urls import entry_address
from faq.store.entries import Heading, ShownEntry


def faq_page(entries: Iterable[ShownEntry], language: str, in_edition: str) -> dict[str, Any]:
    """The answers of a page, whole, with the documents that each rests on. Addresses end in `in_edition`.

    An answer is told in one place, its own page: pages that list answers say nothing of them.
    """
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": language,
        "mainEntity": [_answered(shown, in_edition) for shown in entries],
    }


def _answered(shown: ShownEntry, in_edition: str) -> dict[str, Any]:
    heading = shown.heading
    html = with_entry_urls(shown.html, lambda slug: entry_address(slug, heading.language) + in_edition)
    question = _question(heading, str(html), in_edition)
    if shown.changed_at:
        question["acceptedAnswer"]["dateModified"] = shown.changed_at.date().isoformat()
    if shown.sources:
        question["acceptedAnswer"]["citation"] = [
            {"@type": "CreativeWork", "name": source.name}
            | ({"datePublished": source.date} if date_parts(source.date) else {})
            | ({"url": source.url} if source.url else {})
            for source in shown.sources
        ]
    return question


def _question(heading: Heading, text: str, in_edition: str) -> dict[str, Any]:
    return {
        "@type": "Question",
        "name": heading.question,
        "url": entry_address(heading.slug, heading.language) + in_edition,
        "inLanguage": heading.language,
        "acceptedAnswer": {"@type": "Answer", "text": text, "inLanguage": heading.language},
    }
