"""What an editor picks from in the lists of an entry: limits, related entries, and sources of its edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from django.utils.translation import get_language
from rapidfuzz import fuzz, process

from faq.editors.entry_search import with_words
from faq.models import Edition, Entry
from faq.search.words import folded
from faq.store.editions import catalogue_of
from faq.store.publishing import working_content
from web.languages import DEFAULT_LANGUAGE, in_order

LIKENESS = 60
"""How alike what was meant is to what was typed, in percent of the signs of both."""

MOST_CHOICES = 20

Choice = tuple[str, str]
"""What is stored, and what it is called."""


def known_limits(edition: Edition) -> list[str]:
    """The keys of the limits of an edition."""
    return [limit.key for limit in catalogue_of(edition)]


def known_related(edition: Edition) -> list[str]:
    """The slugs that an entry of an edition may be related to."""
    return [*edition.entries.values_list("slug", flat=True), *edition.sections.values_list("slug", flat=True)]


def known_sources(edition: Edition) -> list[str]:
    """The sources that limits and entries of an edition rest on, as the form writes them."""
    ours = edition.limit_sources.values_list("document", "date")
    entries = Entry.objects.filter(edition=edition).values_list("sources", flat=True)
    theirs = ((source["document"], source["date"]) for sources in entries for source in sources)
    return sorted({f"{document} | {when}" for document, when in (*ours, *theirs)})


def nearest(given: str, known: Sequence[str]) -> str | None:
    """What was most likely meant by something that is not there."""
    found = process.extractOne(given, known, scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return found[0] if found else None


def choices(kind: str, edition: Edition, query: str) -> list[Choice]:
    """The first choices of a list that have each word of a query in what is stored or what it is called; of entries
    also in what they say.
    """
    if kind == "related":
        return [(entry.slug, _question(entry)) for entry in _entries(edition, query)]
    words = folded(query).split()
    named = _limits(edition) if kind == "limits" else _sources(edition)
    found = (choice for choice in named if all(word in folded(" ".join(choice)) for word in words))
    return list(islice(found, MOST_CHOICES))


def _limits(edition: Edition) -> Iterable[Choice]:
    language = _language()
    return ((limit.key, f"{limit.name[language]}: {limit.shown(language)}") for limit in catalogue_of(edition))


def _entries(edition: Edition, query: str) -> Iterable[Entry]:
    entries = with_words(Entry.objects.filter(edition=edition), query)
    return entries.select_related("section", "edition").prefetch_related("translations")[:MOST_CHOICES]


def _question(entry: Entry) -> str:
    texts = working_content(entry).texts
    return next((texts[code].question for code in in_order(_language()) if code in texts), entry.slug)


def _language() -> str:
    return get_language() or DEFAULT_LANGUAGE


def _sources(edition: Edition) -> Iterable[Choice]:
    titles = dict(edition.limit_sources.exclude(title="").values_list("document", "title"))
    return ((source, titles.get(source.rpartition(" | ")[0], "")) for source in known_sources(edition))
