"""What changed between two editions of this site: entries with what became of them, and limits side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faq.knowledge.edition_changes import (
    STATUSES,
    LimitChange,
    WrittenChanges,
    entry_status,
    fill_change,
    limit_changes,
    marked_difference,
    read_changes,
)
from faq.models import Translation
from faq.store.editions import Edition, catalogue_of, known_editions
from faq.store.entries import (
    Heading,
    ShownEntry,
    find_entry,
    headings,
    headings_of,
)
from faq.store.reading_order import count_entries
from web.languages import in_order


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An entry of two editions: its heading in each (None where one does not have it), what became of it, and a
    sentence about that, which may be empty.
    """

    slug: str
    before: Heading | None
    after: Heading | None
    status: str
    text: str

    @property
    def heading(self) -> Heading:
        """The later heading. Raises ValueError where there is none."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of no entry")
        return found


@dataclass(frozen=True, slots=True)
class EntryComparison:
    """The answers of two editions to one question, as HTML with marks where they name different things, and the limits
    that either rests on.
    """

    change: ChangedEntry
    before: ShownEntry
    after: ShownEntry
    before_html: str
    after_html: str
    limits: tuple[LimitChange, ...]


def edition_before(edition: Edition) -> Edition | None:
    """The edition that another one is compared with: that which its changes name, else the next older one."""
    older_first = list(known_editions())[::-1]
    since = next((one for one in older_first if one.code == edition.changes.get("since")), None)
    place = older_first.index(edition)
    return since or (older_first[place - 1] if place else None)


def edition_after(edition: Edition) -> Edition | None:
    """The newest edition, if that is another one."""
    newest = next(iter(known_editions()), None)
    return newest if newest != edition else None


def two_editions(before: str, after: str) -> tuple[Edition | None, Edition]:
    """The editions to compare, the earlier one first: those with these codes; without a second one the newest, and
    without a first one that before it. Where nothing is before it, it is the earlier one, and the newest the later.

    Raises Edition.DoesNotExist on an empty site. The first is None where there is one edition only.
    """
    newest_first = list(known_editions())
    if not newest_first:
        raise Edition.DoesNotExist
    known = {edition.code: edition for edition in newest_first}
    to = known.get(after, newest_first[0])
    start = known.get(before) or edition_before(to)
    if start is None or start == to:
        start = edition_before(to) or next((one for one in newest_first if one != to), None)
    if start is not None and newest_first.index(start) < newest_first.index(to):
        start, to = to, start
    return start, to


def count_changed(before: Edition, after: Edition) -> int:
    """How many entries two editions have together."""
    return count_entries(after) + count_entries(before, beyond=after)


def changed_entries(
    before: Edition, after: Edition, language: str, first: int = 0, most: int | None = None
) -> list[ChangedEntry]:
    """The entries of two editions in reading order of the later one, then those that only the earlier one has: without
    the `first` ones, and `most` at most.
    """
    end = first + most if most is not None else count_changed(before, after)
    own = count_entries(after)
    listed = headings(after, language, first, max(0, min(end, own) - first)) if first < own else []
    changed = list(changes_of(listed, before, after, language).values())
    if end > own:
        gone = headings(before, language, max(0, first - own), end - max(first, own), beyond=after)
        changed += [
            ChangedEntry(one.slug, one, None, "gone", _sentence(one.slug, before, after, language)) for one in gone
        ]
    return changed


def changes_of(listed: Sequence[Heading], before: Edition, after: Edition, language: str) -> dict[str, ChangedEntry]:
    """What became of these entries of the later of two editions, by slug, in this order."""
    slugs = [heading.slug for heading in listed]
    was = {heading.slug: heading for heading in headings_of(slugs, before, language)}
    written = _written(before, after)
    answers_before, answers_after = _answers(before, slugs, language), _answers(after, slugs, language)
    return {
        now.slug: ChangedEntry(
            slug=now.slug,
            before=was.get(now.slug),
            after=now,
            status=entry_status(now.slug, answers_before, answers_after, written),
            text=_sentence(now.slug, before, after, language),
        )
        for now in listed
    }


def changed_limits(before: Edition, after: Edition) -> list[LimitChange]:
    """Every limit of two editions, side by side."""
    return limit_changes(catalogue_of(before), catalogue_of(after), _written(before, after).limits)


def change_of(slug: str, before: Edition, after: Edition, language: str) -> ChangedEntry | None:
    """What became of one entry that both editions have. None where one of them does not."""
    found = _in_both(slug, before, after, language)
    return _change(*found, before, after, language) if found else None


def _in_both(slug: str, before: Edition, after: Edition, language: str) -> tuple[ShownEntry, ShownEntry] | None:
    was, now = find_entry(before, slug, language), find_entry(after, slug, language)
    if was is None or now is None or (was.edition, now.edition) != (before.code, after.code):
        return None
    return was, now


def _change(was: ShownEntry, now: ShownEntry, before: Edition, after: Edition, language: str) -> ChangedEntry:
    written, slug = _written(before, after), now.heading.slug
    status = entry_status(slug, {slug: was.html}, {slug: now.html}, written)
    text = _sentence(slug, before, after, language)
    return ChangedEntry(slug, was.heading, now.heading, status, text)


def compared(slug: str, before: Edition, after: Edition, language: str) -> EntryComparison | None:
    """An entry of two editions side by side. None where one of them does not have it."""
    found = _in_both(slug, before, after, language)
    if found is None:
        return None
    was, now = found
    keys = {limit.key for limit in now.limits}
    old_keys = {limit.key for limit in was.limits}
    limits = [
        one
        for one in changed_limits(before, after)
        if (one.after and one.after.key in keys) or (one.before and one.before.key in old_keys)
    ]
    return EntryComparison(
        change=_change(was, now, before, after, language),
        before=was,
        after=now,
        before_html=marked_difference(was.html, now.html),
        after_html=marked_difference(now.html, was.html),
        limits=tuple(limits),
    )


def by_status(entries: list[ChangedEntry]) -> dict[str, list[ChangedEntry]]:
    """Entries by what became of them, in the order of `STATUSES`."""
    return {status: found for status in STATUSES if (found := [one for one in entries if one.status == status])}


def _written(before: Edition, after: Edition) -> WrittenChanges:
    written = read_changes(after.changes)
    return written if written.since == before.code else WrittenChanges()


def _sentence(slug: str, before: Edition, after: Edition, language: str) -> str:
    """What a file says of an entry, with the numbers of both editions; empty where it says nothing."""
    written = _written(before, after)
    if slug not in written.entries:
        return ""
    return fill_change(written.entries[slug].texts[language], catalogue_of(before), catalogue_of(after), language)


def _answers(edition: Edition, slugs: Iterable[str], language: str) -> dict[str, str]:
    """The published answers that an edition has to these slugs, in this language where it has one."""
    texts = Translation.objects.published().filter(entry__edition=edition, entry__slug__in=set(slugs))
    order = in_order(language)
    by_preference = sorted(
        texts.values_list("entry__slug", "language", "html"), key=lambda row: -order.index(row[1])
    )  # the reader's own stays
    return {slug: html for slug, _language, html in by_preference}
