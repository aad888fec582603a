"""The entries whose slugs are most like one that nobody has, found among few: those next to it in the alphabet, by its
beginning, by each of its words, and by its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.db import connections, router
from rapidfuzz import fuzz, process

from faq.models import Edition, Slug, SlugEnd
from faq.store.entries import Heading, find_headings

LONGEST_ASKED = 200
"""Characters of a path that are compared with slugs."""

LIKENESS = 60
"""How alike a slug must be to what was asked for, in percent of the signs of both."""

WORDS_SHARED, LONG_WORD = 2, 4
"""Or how many words it must share, and of how many letters at least."""

MOST_ALIKE, MOST_NEAR = 3, 5
"""Slugs that are offered for being alike, and in all."""

NEXT_TO_IT, MOST_WORDS = 15, 8
"""Slugs on either side in the alphabet that are compared, and words of what was asked for that are looked up."""

_NEXT = (
    "SELECT slug_id FROM (SELECT slug_id FROM {table} WHERE edition_id = %s AND is_backwards = %s AND text {sign} %s "
    "ORDER BY text {order} LIMIT {most}) AS found"
)
_TABLE = SlugEnd._meta.db_table
_BOTH_SIDES = " UNION ".join(
    _NEXT.format(table=_TABLE, sign=sign, order=order, most=NEXT_TO_IT)
    for sign, order in ((">=", "ASC"), ("<", "DESC"))
)


def nearest(slug: str, edition: Edition, language: str) -> list[Heading]:
    """The few entries whose slugs are most like what was asked for, best first."""
    asked = slug[:LONGEST_ASKED].lower()
    known = _candidates(asked, edition)
    close = process.extract(asked, known, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=MOST_ALIKE)
    words = {word for word in asked.split("-") if len(word) >= LONG_WORD}
    shared = {other: len(words.intersection(other.split("-"))) for other in known} if len(words) >= WORDS_SHARED else {}
    alike = sorted((other for other in shared if shared[other] >= WORDS_SHARED), key=lambda other: -shared[other])
    best = list(dict.fromkeys([*(other for other, _, _ in close), *alike]))[:MOST_NEAR]
    found = find_headings(best, edition, language)
    return [found[other] for other in best if other in found]


def ends_of(slugs: Iterable[Slug], edition: Edition) -> Iterator[SlugEnd]:
    """The rows by which the present ones of these slugs of an edition are found."""
    for slug in slugs:
        if not slug.is_former:
            for text, is_backwards in _ends(slug.slug):
                yield SlugEnd(slug=slug, edition=edition, text=text, is_backwards=is_backwards)


def _ends(slug: str) -> list[tuple[str, bool]]:
    """A slug, what is left of it from each of its other long words on, and the slug backwards, which is marked."""
    words = slug.split("-")
    from_words = ("-".join(words[place:]) for place in range(1, len(words)) if len(words[place]) >= LONG_WORD)
    return [(slug, False), (slug[::-1], True), *((text, False) for text in from_words)]


def _candidates(asked: str, edition: Edition) -> list[str]:
    """The slugs of published entries next to what was asked for, in the alphabet."""
    named = re.sub(r"[^a-z0-9]+", "-", asked).strip("-")
    if not named:
        return []
    parameters: list[str | int] = []
    places = _ends(named)[: MOST_WORDS + 2]
    for text, is_backwards in places:
        parameters += [edition.pk, is_backwards, text] * 2
    with connections[router.db_for_read(SlugEnd)].cursor() as cursor:
        cursor.execute(" UNION ".join([_BOTH_SIDES] * len(places)), parameters)
        keys = [key for (key,) in cursor.fetchall()]
    return sorted(Slug.objects.published().filter(pk__in=keys).values_list("slug", flat=True))
