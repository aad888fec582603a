"""Which limits of an edition are asked for, and in which languages: for the API and for assistants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from django.utils.translation import gettext as _

from faq.knowledge.limits import Catalogue, Limit
from faq.search.words import atoms, is_function_word, words_of
from faq.store.editions import Edition, catalogue_of
from faq.store.entries import find_entry
from faq.store.near_slugs import nearest
from faq.store.slugs import renamed_to
from web.languages import DEFAULT_LANGUAGE, LANGUAGES
from web.problems import fault


class UnknownLimits(ValueError):  # noqa: N818 -- reads as what it is
    """A key or an entry that the edition does not have; `faults` has one for each (see `web.problems.fault`)."""

    def __init__(self, faults: Sequence[dict[str, Any]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(one["reason"] for one in faults))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which limits: those that words of `query` name, best first; those of a `key`, or below it (`sku.Basic`); those
    that an `entry` states or explains. An empty one asks for all.
    """

    query: str = ""
    key: str = ""
    entry: str = ""


def chosen_limits(edition: Edition, asked: Asked, language: str = DEFAULT_LANGUAGE) -> list[Limit]:
    """The limits that are asked for, in the order of the catalogue unless words rank them. Raises `UnknownLimits`."""
    catalogue = catalogue_of(edition)
    faults: list[dict[str, Any]] = []
    found = list(catalogue)
    if asked.key:
        found = [limit for limit in found if f"{limit.key}.".startswith(f"{asked.key}.")]
        if not found:
            keys = [limit.key for limit in catalogue]
            faults.append(fault("key", asked.key, _("No limit of this edition has this key."), keys))
    if asked.entry:
        keys_of_entry = _keys_of_entry(catalogue, edition, asked.entry, language)
        if keys_of_entry is None:
            near = [heading.slug for heading in nearest(asked.entry, edition, language)]
            faults.append(fault("entry", asked.entry, _("No entry has this slug."), near))
        else:
            found = [limit for limit in found if limit.key in keys_of_entry]
    if faults:
        raise UnknownLimits(faults)
    return _ranked(found, asked.query) if asked.query else found


def limit_as_json(limit: Limit, language: str | None = None) -> dict[str, Any]:
    """A limit with its source, in the form of the API; its texts in one language where one is asked for."""
    value = limit.value
    return {
        "key": limit.key,
        "name": _spoken(limit.name, language),
        "value": _spoken(value, language) if isinstance(value, Mapping) else value,
        "unit": limit.unit,
        "in_words": _spoken(limit.in_words, language) if limit.in_words else None,
        "source": limit.source.as_json(),
        "checked": limit.checked,
        "valid_from": limit.valid_from,
        "valid_to": limit.valid_to,
        "note": _spoken(limit.note, language) if limit.note else None,
        "conflicts": [
            conflict.source.as_json() | {"text": _spoken(conflict.text, language), "changed_in": conflict.changed_in}
            for conflict in limit.conflicts
        ],
        "entry": limit.entry,
    }


def _keys_of_entry(catalogue: Catalogue, edition: Edition, slug: str, language: str) -> set[str] | None:
    """The keys of the limits that an entry states or explains; None where there is no such entry."""
    present = renamed_to(slug, edition) or slug
    shown = find_entry(edition, present, language)
    if shown is None:
        return None
    return {limit.key for limit in shown.limits} | {limit.key for limit in catalogue if limit.entry == present}


def _ranked(limits: Sequence[Limit], query: str) -> list[Limit]:
    """The limits that have the words of a query, best first. A word counts by how few limits have it, and double in the
    name or key; what scores below a third of the best is left out.
    """
    scores = [0.0] * len(limits)
    for language in LANGUAGES:
        titles = [_atoms(f"{limit.name.get(language, '')} {limit.key}", language) for limit in limits]
        texts = [title | _atoms(_said(limit, language), language) for title, limit in zip(titles, limits, strict=True)]
        common = Counter(atom for text in texts for atom in text)
        asked = _atoms(query, language, without_function_words=True) & common.keys()
        weight = {atom: log(1 + len(limits) / common[atom]) for atom in asked}
        for place, (title, text) in enumerate(zip(titles, texts, strict=True)):
            score = sum(weight[atom] * (2 if atom in title else 1) for atom in asked & text)
            scores[place] = max(scores[place], score)
    best = max(scores, default=0)
    ranked = sorted(range(len(limits)), key=lambda place: -scores[place])
    return [limits[place] for place in ranked if 0 < scores[place] >= best / 3]


def _said(limit: Limit, language: str) -> str:
    """What a limit says beside its name: its value where that is a text, and its note."""
    value = limit.value.get(language, "") if isinstance(limit.value, Mapping) else limit.shown(language)
    return f"{value} {limit.note.get(language, '') if limit.note else ''}"


def _atoms(text: str, language: str, *, without_function_words: bool = False) -> set[str]:
    words = [word for word in words_of(text) if not (without_function_words and is_function_word(word, language))]
    return {atom for word in words for atom in atoms(word, language)}


def _spoken(texts: Mapping[str, str], language: str | None) -> dict[str, str]:
    """The text in the language that is asked for; in all where none is, or where it has no text."""
    return {language: texts[language]} if language is not None and language in texts else dict(texts)
