"""What the embedded engine holds for one edition in one language, and the files that this is read from.

Whoosh (the distribution `whoosh3`; no other module imports it) keeps the terms, postings and records. Its query parser,
matchers and collectors are not used: they take most of the time of a search, and `ranking` reads the postings itself.
What is small and needed for every search stands beside Whoosh's files.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import starmap
from typing import Any

import numpy as np
from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.formats import Frequency
from whoosh.index import Index

from faq.search import asking
from faq.search.analysis import FIELDS, Analysed, Slot, analysed, weighed_terms
from faq.search.correct import Vocabulary
from faq.search.engine import SearchDocument
from faq.search.engines.whoosh.ways_file import read_ways, written_ways
from faq.search.evidence import NOWHERE, Evidence, Postings, evidence_of, idf, postings_of
from faq.search.terms import Thesaurus
from faq.search.ways import NO_PLACES, Integers, Ways, ways_of

BESIDE = "beside.json"
"""The file with the words, each with the number of documents that hold it, and of each document in order its number in
Whoosh, slug, section and connection types."""

WAYS = "ways.bin"
"""The file with the ways of asking."""

TERMS = "terms"
"""The field of a document in Whoosh with its terms."""

STEPS_PER_DOCUMENT = 2
"""Steps of a build for each document: it is read, and it is written."""

SHOWN = (
    *("slug", "language", "section", "section_title", "connection_types"),
    *("question", "summary", "answer"),
)
"""What a list of results shows of a document. Not its phrasings, which are the search's alone."""

TERMS_KEPT = 20_000
"""Terms of a space whose postings stay in memory once read, at 8 bytes a posting; some hundred entries have fewer."""

EVIDENCE_BYTES_KEPT = 24_000_000
"""Bytes of the evidence of a space that stays in memory: a few hundred entries have less for all that is asked."""

WORDS_KEPT = 1_000_000
"""Terms of a space of which it stays in memory how rare they are."""

RECORDS_KEPT = 5_000
"""Documents of a space whose record and phrasings stay in memory once read."""


class _Terms(FieldType):  # type: ignore[misc]
    """The field of the terms. No document gives it anything: the postings come from a `_Pool`."""

    def __init__(self) -> None:
        self.format = Frequency()
        self.analyzer = None
        self.scorable = self.stored = self.unique = False
        self.indexed = True
        self.vector = None
        self.multitoken_query = "default"

    def supports(self, name: str) -> bool:
        return False


class _Pool:
    """The postings of all documents, in place of Whoosh's pool, which gets them one by one and sorts them on disk. They
    come by term, and of each term in the order of the documents."""

    def __init__(self) -> None:
        self.by_term: dict[str, list[tuple[int, float]]] = {}

    def add(self, document: int, weights: Mapping[str, float]) -> None:
        """Add the terms of the next document, with the weight of each. Whoosh has nothing to add."""
        for term, weight in weights.items():
            self.by_term.setdefault(term, []).append((document, weight))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for term in sorted(self.by_term):
            key = term.encode()
            for document, weight in self.by_term[term]:
                yield TERMS, key, document, weight, b""

    def cleanup(self) -> None:
        """Nothing stands on disk."""


class WhooshSpace:
    """What an opened index holds for one edition in one language; what was read once stays in memory, up to a bound.

    `beside` has what its file holds. Two spaces of the same name are made of the same.
    """

    def __init__(
        self, name: str, language: str, index: Index, beside: Mapping[str, Any], ways: Ways, thesaurus: Thesaurus
    ) -> None:
        self.name, self.language = name, language
        self.thesaurus, self.ways = thesaurus, ways
        self.vocabulary = Vocabulary(beside["words"], thesaurus.words[self.language])
        self._reader = index.reader()
        self._reading = threading.Lock()  # Whoosh's reader moves about in one open file
        numbers, *facts = zip(*beside["documents"], strict=True)
        self._numbers = np.array(numbers)
        self.facts = tuple(starmap(asking.Facts, zip(*facts, strict=True)))
        self.places = {one.slug: place for place, one in enumerate(self.facts)}
        self.size = len(self.facts)
        self._idf: dict[str, float] = {}
        self._evidence: dict[Slot, Evidence] = {}
        self._evidence_bytes = 0
        self._in_other: dict[str, tuple[str, Integers]] = {}
        self.postings = lru_cache(maxsize=TERMS_KEPT)(self._postings)
        self.record = lru_cache(maxsize=RECORDS_KEPT)(self._record)

    def places_in(self, other: asking.FullSpace) -> Integers:
        """The number of each document in another space of the edition; -1 where that has none."""
        name, places = self._in_other.get(other.language, ("", NO_PLACES))
        if name != other.name:
            places = np.array([other.places.get(one.slug, -1) for one in self.facts], np.int32)
            self._in_other[other.language] = other.name, places
        return places

    def evidence(self, slot: Slot) -> Evidence:
        """What a slot gives each document and each way of asking."""
        found = self._evidence.get(slot)
        if found is None:
            found = evidence_of(self, slot)
            self._evidence_bytes += found.bytes
            if self._evidence_bytes > EVIDENCE_BYTES_KEPT:
                self._evidence.clear()
                self._evidence_bytes = found.bytes
            self._evidence[slot] = found
        return found

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""
        return bool(self.idf(term))

    def idf(self, term: str) -> float:
        """How rare a term is; 0 where no document holds it."""
        found = self._idf.get(term)
        if found is None:
            with self._reading:
                found = idf(self.size, int(self._reader.doc_frequency(TERMS, term.encode())))
            if len(self._idf) > WORDS_KEPT:
                self._idf.clear()
            self._idf[term] = found
        return found

    def _postings(self, term: str) -> Postings:
        key = term.encode()
        documents, amounts = [], []
        with self._reading:
            if (TERMS, key) not in self._reader:
                return NOWHERE
            matcher = self._reader.postings(TERMS, key)
            while matcher.is_active():
                documents.append(matcher.id())
                amounts.append(matcher.weight())
                matcher.next()
        places = np.searchsorted(self._numbers, np.array(documents))
        return postings_of(places.astype(np.int32), np.array(amounts, np.float32))

    def _record(self, document: int) -> dict[str, Any]:
        with self._reading:
            found: dict[str, Any] = self._reader.stored_fields(int(self._numbers[document]))["record"]
        return found


def read_space(name: str, language: str, files: Mapping[str, bytes], thesaurus: Thesaurus) -> WhooshSpace:
    """A space from its verified files."""
    storage = RamStorage()
    storage.files.update(files)
    beside = json.loads(storage.files.pop(BESIDE))
    ways = Ways(read_ways(storage.files.pop(WAYS)))
    return WhooshSpace(name, language, storage.open_index(), beside, ways, thesaurus)


def written_space(
    documents: Sequence[SearchDocument], thesaurus: Thesaurus, progress: Callable[[int], None]
) -> dict[str, bytes]:
    """The files of a space of these documents, which are of one edition and language; `progress` is told how many
    steps are done, of so many for each document."""
    read = []
    for number, document in enumerate(documents):
        progress(number)
        read.append(analysed(document, thesaurus))
    average = _average(read)
    pool = _Pool()
    storage = RamStorage()
    with storage.create_index(Schema(record=STORED(), **{TERMS: _Terms()})).writer() as writer:
        writer.pool = pool
        for number, (document, one) in enumerate(zip(documents, read, strict=True)):
            progress(len(documents) + number)
            pool.add(number, weighed_terms(average, one.counted))
            writer.add_document(record=_record_of(document))
    idfs = {term: idf(len(documents), len(postings)) for term, postings in pool.by_term.items()}
    beside = {
        "words": Counter(word for one in read for word in one.spelled),
        "documents": [
            (number, document.slug, document.section, document.connection_types)
            for number, document in enumerate(documents)
        ],
    }
    return {
        **{name: bytes(data) for name, data in storage.files.items()},
        WAYS: written_ways(ways_of([one.phrasings for one in read], idfs)),
        BESIDE: json.dumps(beside, ensure_ascii=False).encode(),
    }


def _record_of(document: SearchDocument) -> dict[str, Any]:
    """What a list of results shows of a document."""
    return {name: getattr(document, name) for name in SHOWN}


def _average(read: Sequence[Analysed]) -> dict[str, float]:
    """The average length of each field, in terms."""
    return {field: sum(sum(one.counted[field].values()) for one in read) / len(read) for field in FIELDS}
