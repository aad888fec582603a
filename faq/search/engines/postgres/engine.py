"""The engine in the database: an index that all machines share, which is changed in place, for more than fits memory.

PostgreSQL finds the documents that may answer, by its text search and by trigrams; what ranks them is what ranks those
of the embedded engine. Pure: no Django.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Any

from faq.search import asking, understanding
from faq.search.analysis import Slot, word_terms
from faq.search.engine import (
    Documents,
    Health,
    IndexUnusable,
    Key,
    Matches,
    Phrasing,
    Progress,
    Query,
    SearchDocument,
    Suggestion,
    untold,
)
from faq.search.engines.postgres import retrieval, tables
from faq.search.engines.postgres.kept_many import KeptMany
from faq.search.engines.postgres.space import (
    CandidateSpace,
    StoredDocument,
    StoredWords,
    candidates_of,
    read_documents,
)
from faq.search.engines.postgres.state import (
    begun,
    digest_of_terms,
    is_behind_release_before,
    state_of,
    terms_in,
)
from faq.search.engines.postgres.statistics import Open, Statistics, totals_of
from faq.search.engines.postgres.tables import Cursor
from faq.search.engines.postgres.writing import Writer, key_of, known_digests
from faq.search.engines.stored import digest_of_document
from faq.search.outside import OUTSIDE, outside_documents
from faq.search.query_text import query_words
from faq.search.terms import Term, Thesaurus
from faq.search.words import atoms, parts_of_token

OF_ENTRIES = "SELECT space, id FROM search_2_document WHERE space = ANY(%s) AND slug = ANY(%s) ORDER BY space, id"
"""Finds the documents of entries in every language."""

DOCUMENT_BYTES_KEPT = 48_000_000
"""Bytes of documents in numbers that a process keeps, of those that were candidates last: some ten thousand."""

AllWords = Mapping[tuple[str, str], StoredWords]
"""What the index knows of words, by edition and language."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a process knows of the index of one content version."""

    content_version: int
    words: AllWords


class PostgresEngine:
    """An index in the tables of the database. `reading` gives a cursor in a transaction on the database that a search
    reads, and `writing` one in a transaction on the database that is written, which commits when it ends.
    """

    is_shared = True

    def __init__(self, reading: Open, writing: Open) -> None:
        self._reading, self._writing = reading, writing
        self._known: _Known | None = None
        self._thesaurus: tuple[str, Thesaurus] | None = None
        self._lock = threading.Lock()
        self._documents = KeptMany(self._read, lambda document: document.bytes, DOCUMENT_BYTES_KEPT)

    def index(
        self, documents: Documents, terms: Sequence[Term], content_version: int, progress: Progress = untold
    ) -> None:
        """Bring the index to these documents and terms: what has not changed stays. With other terms, all is written
        anew. Searches see the index as it was until all is done.
        """
        every = chain(outside_documents(), documents)
        told = _counted(progress, len(documents) + len(outside_documents()))
        told(0)
        with self._writing() as cursor:
            has_terms = begun(cursor, terms)
            known = known_digests(cursor)
            gone = set(known)
            writer = Writer(cursor, terms)
            writer.take_in(_changed(every, known if has_terms else {}, gone, told), told)
            writer.take_away(gone)
            writer.finish(content_version, weigh_all=not has_terms)

    def change(
        self,
        documents: Collection[SearchDocument],
        gone: Collection[Key],
        content_version: int,
        progress: Progress = untold,
    ) -> int:
        """Take in some documents and take others away; the rest, and the terms, are those of before. Returns how many
        documents there are. Raises `IndexUnusable` where there is no index.
        """
        told = _counted(progress, len(documents))
        with self._writing() as cursor:
            cursor.execute(tables.LOCKED)
            state_of(cursor)
            writer = Writer(cursor, terms_in(cursor))
            writer.take_away(gone)
            writer.take_in(documents, told)
            return writer.finish(content_version, weigh_all=False)

    def keys(self) -> set[Key]:
        """Which documents the index has, those that no entry is about left out."""
        with self._reading() as cursor:
            return {key for key in known_digests(cursor) if key.edition != OUTSIDE}

    def can_change(self, terms: Sequence[Term]) -> bool:
        """Whether there is an index of just these terms, and no other release has taken in changes that it lacks."""
        try:
            with self._reading() as cursor:
                return state_of(cursor).terms_digest == digest_of_terms(terms) and not is_behind_release_before(cursor)
        except IndexUnusable:
            return False

    def take_in(self, documents: Documents, terms: Sequence[Term], progress: Progress = untold) -> None:
        """Nothing is done beforehand: only what has changed is written."""

    def search(self, query: Query, content_version: int, limit: int, also: Phrasing | None = None) -> Matches:
        """The best entries of an edition in all languages. Raises `IndexUnusable`."""
        with self._reading() as cursor:
            words = self._words(cursor, content_version)
            _want(words, query)
            asked = understanding.understood(query, words, also)
            slots = asked.slots
            slugs = {also.slug: None} if also else {}
            for one in understanding.open_spaces(query, words):
                found = retrieval.slugs_of(cursor, one, slots[one.language], query.section, query.connection_type)
                slugs |= dict.fromkeys(found)
            spaces = self._spaces(cursor, words, query.edition, list(slugs), slots)
            outside = words.get((OUTSIDE, query.language))
            if outside and query.language in slots:
                own = {query.language: slots[query.language]}
                near = retrieval.slugs_of(cursor, outside, own[query.language])
                spaces |= self._spaces(cursor, words, OUTSIDE, near, own)
            return asking.search(query, spaces, limit, also, asked)

    def named(self, text: str, language: str, edition: str, content_version: int) -> frozenset[str]:
        """The index terms of what a text names that tell entries apart; none where the edition has no texts."""
        with self._reading() as cursor:
            words = self._words(cursor, content_version).get((edition, language))
            return understanding.named(text, words) if words else frozenset()

    def suggest(self, query: Query, content_version: int, limit: int) -> list[Suggestion]:
        """The questions of the entries that come nearest to what was typed, best first. Raises `IndexUnusable`."""
        with self._reading() as cursor:
            words = self._words(cursor, content_version)
            own = words.get((query.edition, query.language))
            if own is None:
                return []
            _want(words, query)
            slots = {query.language: understanding.begun(query, own)}
            slugs = retrieval.slugs_of(cursor, own, slots[query.language])
            return asking.suggest(query, self._spaces(cursor, words, query.edition, slugs, slots), limit)

    def open(self, content_version: int) -> None:
        """Look whether there is an index of a content version. Raises `IndexUnusable`."""
        with self._reading() as cursor:
            self._words(cursor, content_version)

    def verify(self, content_version: int) -> None:
        """Look whether there is an index of a content version. Raises `IndexUnusable`."""
        with self._reading() as cursor:
            state_of(cursor, content_version)

    def opened(self) -> int | None:
        """None: a search always reads the index as it is."""
        return None

    def health(self) -> Health:
        """What the index holds now."""
        try:
            with self._reading() as cursor:
                found = state_of(cursor)
        except IndexUnusable:
            return Health(None, 0)
        return Health(found.content_version, found.documents)

    def _words(self, cursor: Cursor, content_version: int) -> AllWords:
        """What is known of words, of a content version or a later one. Raises `IndexUnusable`."""
        state, known = state_of(cursor, content_version), self._known
        if known is None or known.content_version != state.content_version:
            thesaurus = self._thesaurus_of(cursor, state.terms_digest)
            words = {
                place: StoredWords(place[1], Statistics(totals, self._reading), thesaurus)
                for place, totals in totals_of(cursor).items()
            }
            known = self._known = _Known(state.content_version, words)
        return known.words

    def _thesaurus_of(self, cursor: Cursor, digest: str) -> Thesaurus:
        with self._lock:
            if self._thesaurus is None or self._thesaurus[0] != digest:
                self._thesaurus = digest, Thesaurus(terms_in(cursor))
            return self._thesaurus[1]

    def _read(self, numbers: Sequence[int]) -> dict[int, StoredDocument]:
        with self._reading() as cursor:
            return {one.id: one for one in read_documents(cursor, numbers)}

    def _spaces(
        self,
        cursor: Cursor,
        words: AllWords,
        edition: str,
        slugs: Sequence[str],
        slots: Mapping[str, Sequence[Slot]],
    ) -> dict[tuple[str, str], asking.FullSpace]:
        """The entries of these slugs in each language that has slots."""
        known = {language: words[edition, language] for language in slots if (edition, language) in words}
        cursor.execute(OF_ENTRIES, ([one.statistics.space.id for one in known.values()], list(slugs)))
        numbers: dict[int, list[int]] = {}
        for space, number in cursor.fetchall():
            numbers.setdefault(space, []).append(number)
        found: dict[tuple[str, str], asking.FullSpace] = {}
        for language, one in known.items():
            terms = retrieval.terms_of(slots[language])
            one.statistics.want(terms)
            totals = one.statistics.space
            candidates = candidates_of(self._documents(numbers.get(totals.id, ())), totals, terms)
            found[edition, language] = CandidateSpace(one, candidates, partial(_records, self._reading), terms)
        return found


def _records(reading: Open, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
    """What is kept of documents to show them, in the order of their numbers; a document that has gone meanwhile is left
    out by the transaction, which sees the index as it was."""
    with reading() as cursor:
        cursor.execute("SELECT id, record FROM search_2_document WHERE id = ANY(%s)", (list(numbers),))
        found = {number: tables.from_jsonb(record) for number, record in cursor.fetchall()}
    return [found[number] for number in numbers]


def _counted(progress: Progress, steps: int) -> Callable[[int], None]:
    """Tells how many steps of all are done, by how many more are."""
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress(done, steps)

    return told


def _changed(
    documents: Iterable[SearchDocument], known: Mapping[Key, bytes], gone: set[Key], told: Callable[[int], None]
) -> Iterator[SearchDocument]:
    """The documents that are not known as they are. Each that comes is taken out of `gone`, and `told`
    is called for those that are known.
    """
    for document in documents:
        key = key_of(document)
        gone.discard(key)
        if known.get(key) == digest_of_document(document):
            told(1)
        else:
            yield document


def _want(words: AllWords, query: Query) -> None:
    """Ask at once for what is known of the words of a question, alone and beside each other."""
    typed = query_words(query.text)
    beside = [first + second for first, second in pairwise(typed)]
    for one in understanding.open_spaces(query, words):
        stems = [atoms(word, one.language) for word in typed]
        terms = [term for word in (*typed, *beside) for term in word_terms(word, one.language)]
        terms += (atom for row in (*stems, *(atoms(word, one.language) for word in beside)) for atom in row)
        terms += ("+".join((*first, *second)) for first, second in pairwise(stems))
        terms += (f"#{meaning.key}" for meaning in one.thesaurus.meanings(typed, one.language))
        one.statistics.want(terms, [*beside, *(part for word in typed for part in (word, *parts_of_token(word)))])
