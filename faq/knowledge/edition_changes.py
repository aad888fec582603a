"""What changed between two editions: said of entries in a file of the later one, and worked out for limits.

Pure: no Django. A later edition's `content/<edition>/changes.toml` says of each entry that an earlier one has too what
is different. `{limit:KEY}` there is a limit of the later edition, `{was:KEY}` one of the earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from faq.knowledge.entry import LIMIT_REFERENCE, limit_references
from faq.knowledge.limits import Catalogue, Limit
from web.languages import LANGUAGES

EFFECTS = ("reversed", "changed", "same")
"""What became of an answer: who follows the earlier one goes wrong; something was added or is different; still true."""

STATUSES = (*EFFECTS, "new", "gone")
"""What became of an entry, also of one that only one of the editions has."""

WAS = re.compile(r"\{was:([^{}\s]*)\}")
NAMED = re.compile(r"[\w/.,:-]*\w")
"""A word, number, prefix, or name, without the signs behind it."""
TELLING = re.compile(r"\d|^[A-Z]{2,}$|^[A-Z][a-z]+[A-Z]")
"""What tells two answers apart: what has a digit in it, and names of more than one capital."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What a file says of one entry: its effect, and a sentence per language."""

    effect: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrittenChanges:
    """A file of changes since the edition `since`: entries by slug, and the limits of that edition by their key that
    have another key now. Without a file `since` is empty.
    """

    since: str = ""
    entries: Mapping[str, EntryChange] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A limit of two editions: None for the one that does not have it."""

    before: Limit | None
    after: Limit | None

    @property
    def status(self) -> str:
        """What became of it: new, gone, changed, or same."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "same" if _said(self.before) == _said(self.after) else "changed"

    @property
    def limit(self) -> Limit:
        """The later of the two. Raises ValueError where there is none."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of no limit")
        return found


def read_changes(raw: Mapping[str, Any]) -> WrittenChanges:
    """The changes that a parsed file says; it must hold (see `change_faults`)."""
    entries = {
        slug: EntryChange(said["effect"], {language: said[language] for language in LANGUAGES})
        for slug, said in raw.get("entries", {}).items()
    }
    return WrittenChanges(raw.get("since", ""), entries, dict(raw.get("limits", {})))


def change_faults(raw: Mapping[str, Any], catalogue: Catalogue, slugs: frozenset[str]) -> Iterator[str]:
    """What is wrong in a parsed file of an edition with these limits and entries."""
    if raw and not isinstance(raw.get("since"), str):
        yield "since: names the earlier edition, such as 2016-12"
    if not isinstance(raw.get("entries", {}), Mapping) or not isinstance(raw.get("limits", {}), Mapping):
        yield "entries and limits are tables"
        return
    for name in raw.keys() - {"since", "entries", "limits"}:
        yield f"{name}: unknown key"
    for slug, said in raw.get("entries", {}).items():
        yield from (f"entries.{slug}{fault}" for fault in _entry_faults(slug, said, catalogue, slugs))
    for key, now in raw.get("limits", {}).items():
        if not isinstance(now, str) or now not in catalogue:
            yield f"limits.{key}: unknown limit {now!r}"


def _entry_faults(slug: str, said: object, catalogue: Catalogue, slugs: frozenset[str]) -> Iterator[str]:
    if not isinstance(said, Mapping):
        yield ": is a table"
        return
    if slug not in slugs:
        yield ": no entry of this edition"
    if said.get("effect") not in EFFECTS:
        yield f".effect: one of {', '.join(EFFECTS)}"
    for language in LANGUAGES:
        yield from (f".{language}: {fault}" for fault in _text_faults(said.get(language), catalogue))


def _text_faults(text: object, catalogue: Catalogue) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield "missing"
        return
    for key in limit_references(text):
        if key not in catalogue:
            yield f"unknown limit {key!r}"


def fill_change(text: str, before: Catalogue, after: Catalogue, language: str) -> str:
    """A sentence of a file with the numbers of both editions in their place; of an unknown limit its key stands there,
    since editions change apart from each other.
    """
    filled = WAS.sub(lambda reference: _shown(reference[1], before, language), text)
    return LIMIT_REFERENCE.sub(lambda reference: _shown(reference[1], after, language), filled)


def _shown(key: str, catalogue: Catalogue, language: str) -> str:
    return catalogue[key].shown(language) if key in catalogue else f"[{key}]"


def limit_changes(before: Catalogue, after: Catalogue, renamed: Mapping[str, str]) -> list[LimitChange]:
    """Every limit of two editions, those of the later one in its order, then those that only the earlier one has.

    `renamed` has the later key of a limit that had another one.
    """
    earlier = {renamed.get(limit.key, limit.key): limit for limit in before}
    found = [LimitChange(earlier.get(limit.key), limit) for limit in after]
    return found + [LimitChange(limit, None) for key, limit in earlier.items() if key not in after]


def entry_status(slug: str, before: Mapping[str, str], after: Mapping[str, str], written: WrittenChanges) -> str:
    """What became of an entry, by the answers that each edition has by slug, and by what was written of it."""
    if slug not in after:
        return "gone"
    if slug not in before:
        return "new"
    if slug in written.entries:
        return written.entries[slug].effect
    return "same" if before[slug] == after[slug] else "changed"


def _said(limit: Limit) -> tuple[object, ...]:
    return limit.value, limit.unit, limit.is_range


def marked_difference(html: str, other: str) -> str:
    """An answer as HTML in which each number and name that the other answer does not have stands in a `mark`."""
    marking = _Marking(set(NAMED.findall(_text_of(other))))
    marking.feed(html)
    marking.close()
    return "".join(marking.parts)


def _text_of(html: str) -> str:
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return " ".join(reading.texts)


class _Reading(HTMLParser):
    """Gathers the texts of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


class _Marking(HTMLParser):
    """Writes a piece of HTML again as it was, with a mark around what is not known."""

    def __init__(self, known: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._known = known

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(NAMED.sub(self._marked, data))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def _marked(self, found: re.Match[str]) -> str:
        tells = TELLING.search(found[0]) and found[0] not in self._known
        return f"<mark>{found[0]}</mark>" if tells else found[0]
