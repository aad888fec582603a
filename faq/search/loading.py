"""What search reads of the database: documents and terms; and the terms loaded from their file, never over an editor's
change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from faq.models import Edition, Entry, Section, TermGroup, Translation
from faq.search.engine import Key, SearchDocument
from faq.search.terms import Term
from faq.store import deletions
from faq.store.entries import section_title
from faq.store.loading import Outcome
from web.languages import LANGUAGES

ROWS_AT_A_TIME = 500

SAID = (
    *("entry__edition__code", "entry__slug", "language", "question", "asked_as", "plain", "summary"),
    *("entry__connection_types", "entry__deployment_models", "entry__section"),
)
"""What is asked of a text that is indexed, besides its section."""


@dataclass(frozen=True, slots=True)
class PublishedDocuments:
    """Every published text, of one edition or of all, as it is indexed: read from the database some at a time, each
    time they are gone through.
    """

    edition: Edition | None = None

    def __len__(self) -> int:
        return self._texts().count()

    def __iter__(self) -> Iterator[SearchDocument]:
        return documents_of(self._texts().order_by("entry", "language"))

    def _texts(self) -> QuerySet[Translation]:
        texts = Translation.objects.published()
        return texts.filter(entry__edition=self.edition) if self.edition else texts


def documents_of_entries(keys: Collection[int]) -> Iterator[SearchDocument]:
    """The published texts of some entries, by their keys, as they are indexed."""
    return documents_of(Translation.objects.published().filter(entry__in=keys).order_by("entry", "language"))


def keys_of_entries(keys: Collection[int]) -> set[Key]:
    """What documents of some entries may be called in an index, those that they once were included."""
    entries = Entry.objects.filter(pk__in=keys).values_list("edition__code", "slug", "former_slugs")
    return {
        Key(edition, language, name)
        for edition, slug, former in entries
        for name in (slug, *former)
        for language in LANGUAGES
    }


def every_key() -> set[Key]:
    """What the documents of all published texts are called."""
    texts = Translation.objects.published().values_list("entry__edition__code", "language", "entry__slug")
    return {Key(*text) for text in texts.iterator(chunk_size=ROWS_AT_A_TIME)}


def documents_of(texts: QuerySet[Translation]) -> Iterator[SearchDocument]:
    """Published texts as an engine indexes them, in their order."""
    sections = Section.objects.in_bulk()
    for row in texts.values_list(*SAID).iterator(chunk_size=ROWS_AT_A_TIME):
        yield _document(row, sections[row[-1]])


def _document(row: Sequence[Any], section: Section) -> SearchDocument:
    """A published text as an engine indexes it, of a row with what it has said."""
    edition, slug, language, question, asked_as, plain, summary, types, models, _ = row
    title = section_title(section, language)
    return SearchDocument(
        edition=edition,
        slug=slug,
        language=language,
        section=section.slug,
        section_title=title,
        question=question,
        asked_as=tuple(asked_as),
        answer=plain,
        summary=summary,
        keywords=(title, *types, *models),
        connection_types=tuple(types),
    )


def terms() -> tuple[Term, ...]:
    """The words and abbreviations that editors keep, as a search uses them."""
    return tuple(
        Term(group.key, {language: tuple(names) for language, names in names_of(group).items()})
        for group in TermGroup.objects.all()
    )


@transaction.atomic
def sync_terms(terms: Iterable[Term], *, overwrite: bool = False, dry_run: bool = False) -> list[Outcome]:
    """Bring the groups to what the file says. One that an editor changed or made is in conflict, and one that was
    deleted stays so, until overwritten.
    """
    kept = {group.key: group for group in TermGroup.objects.all()}
    gone = frozenset() if overwrite else deletions.deleted(deletions.Kind.TERM)
    return [
        Outcome(term.key, "deleted", LANGUAGES)
        if term.key in gone and term.key not in kept
        else _load(kept.get(term.key), term, overwrite, dry_run)
        for term in terms
    ]


def _load(group: TermGroup | None, term: Term, overwrite: bool, dry_run: bool) -> Outcome:
    wanted = {language: list(term.names.get(language, ())) for language in LANGUAGES}
    if group is not None and names_of(group) == wanted:
        return Outcome(term.key, "unchanged", LANGUAGES)
    if group is not None and group.loaded != _digest(names_of(group)) and not overwrite:
        return Outcome(term.key, "conflict", LANGUAGES)
    if not dry_run:
        TermGroup.objects.update_or_create(key=term.key, defaults={**wanted, "loaded": _digest(wanted)})
    return Outcome(term.key, "new" if group is None else "changed", LANGUAGES)


def names_of(group: TermGroup) -> dict[str, list[str]]:
    """The words and phrases of a group in each language."""
    return {language: getattr(group, language) for language in LANGUAGES}


def _digest(names: Mapping[str, list[str]]) -> str:
    return hashlib.sha256(json.dumps([names[language] for language in LANGUAGES]).encode()).hexdigest()
