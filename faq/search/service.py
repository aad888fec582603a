"""From a visitor's question to the entries that answer it: by the engine, or plainly from the database."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import Q

from faq import generation
from faq.models import Edition, Translation
from faq.reading import OTHER_LANGUAGE, Heading
from faq.search.engine import Engine, Hit, IndexUnusable, SearchDocument
from faq.search.whoosh_engine import WhooshEngine
from faq.search.words import folded

log = logging.getLogger(__name__)

LIMIT = 20
"""Entries shown for one search, in each language."""

_rebuilding = threading.Lock()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `plainly` says that the database answered because the index is not ready."""

    headings: tuple[Heading, ...]
    other_language: tuple[Heading, ...]
    plainly: bool = False

    @property
    def total(self) -> int:
        """How many entries were found in both languages."""
        return len(self.headings) + len(self.other_language)


@cache
def engine() -> Engine:
    """The engine of this process."""
    return WhooshEngine(settings.INDEX_DIR)


def find(query: str, language: str, edition: Edition) -> Found:
    """The published entries that answer a query: in the reader's language, then those that only the other found."""
    if not query:
        return Found((), ())
    number = generation.current()
    try:
        own = engine().search(query, language, edition.code, number, LIMIT)
        other = engine().search(query, OTHER_LANGUAGE[language], edition.code, number, LIMIT)
        plainly = False
    except IndexUnusable as fault:
        log.warning("searching the database: %s", fault)
        _rebuild_apart()
        own, other = (_plain_hits(query, code, edition) for code in (language, OTHER_LANGUAGE[language]))
        plainly = True
    seen = {hit.slug for hit in own}
    texts = _texts(edition, [*own, *other])
    return Found(
        tuple(texts[hit.slug, hit.language] for hit in own if (hit.slug, hit.language) in texts),
        tuple(
            texts[hit.slug, hit.language] for hit in other if hit.slug not in seen and (hit.slug, hit.language) in texts
        ),
        plainly,
    )


def build_index() -> int:
    """Index every published text of this moment. Returns how many there are."""
    number = generation.current()
    texts = Translation.objects.filter(entry__published_at__isnull=False).select_related("entry__edition")
    documents = [
        SearchDocument(
            text.entry.edition.code, text.entry.slug, text.language, text.question, tuple(text.asked_as), text.plain
        )
        for text in texts
    ]
    engine().index(documents, number)
    return len(documents)


def _rebuild_apart() -> None:
    """Rebuild the index in a thread of its own, unless one is at it."""
    if _rebuilding.acquire(blocking=False):
        threading.Thread(target=_rebuild, name="rebuild-index", daemon=True).start()


def _rebuild() -> None:
    try:
        build_index()
    except Exception:
        log.exception("the index could not be rebuilt")
    finally:
        _rebuilding.release()
        connection.close()


def _texts(edition: Edition, hits: list[Hit]) -> dict[tuple[str, str], Heading]:
    texts = Translation.objects.filter(
        entry__edition=edition, entry__published_at__isnull=False, entry__slug__in={hit.slug for hit in hits}
    ).select_related("entry__section")
    return {
        (text.entry.slug, text.language): Heading(
            text.entry.slug,
            text.entry.section.slug,
            text.language,
            text.question,
            text.summary,
            tuple(text.entry.connection_types),
        )
        for text in texts
    }


def _plain_hits(query: str, language: str, edition: Edition) -> list[Hit]:
    """Entries in which every word of the query stands somewhere, without any ranking but that of the FAQ."""
    wanted = Q(entry__edition=edition, entry__published_at__isnull=False, language=language)
    for word in folded(query).split()[:20]:
        wanted &= Q(question__icontains=word) | Q(plain__icontains=word)
    texts = Translation.objects.filter(wanted).order_by("entry__section__order", "entry__order")
    return [Hit(slug, language, 0.0) for slug in texts.values_list("entry__slug", flat=True)[:LIMIT]]
