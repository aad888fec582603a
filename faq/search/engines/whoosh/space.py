"""What the embedded engine holds for one edition in one language, and the files that this is read from.

Whoosh (the distribution `whoosh3`; no other module imports it) keeps the records. Its query parser, matchers, and
collectors are not used: they take most of the time of a search. What a search weighs stands in arrays beside Whoosh's
files: the postings of the terms, and the ways of asking.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import starmap
from typing import Any

import numpy as np
from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index

from faq.search import asking
from faq.search.analysis import Slot
from faq.search.bounded_cache import BoundedCache
from faq.search.correct import Vocabulary
from faq.search.engine import SearchDocument
from faq.search.engines.stored import record_of
from faq.search.engines.whoosh.analyses import Analyses
from faq.search.engines.whoosh.arrays_file import Arrays, read_arrays, written_arrays
from faq.search.evidence import NOWHERE, Evidence, Postings, evidence_of, idf, idfs_of, postings_of
from faq.search.numbered import Numbered, joined, weights_of
from faq.search.term_rows import Integers, TermNumbers, TermRows
from faq.search.terms import Thesaurus
from faq.search.ways import NO_PLACES, WayArrays, Ways, ways_of

BESIDE = "beside.json"
"""The file with the words, each with the number of documents that hold it, and of each document in order its slug,
section, and connection types."""

ARRAYS = "arrays.bin"
"""The file with the postings and the ways of asking."""

WAY_ARRAYS = ("starts", "roots", "holding", "usual", "usual_meanings")
"""The arrays of the ways of asking, besides those of their terms."""

STEPS_PER_DOCUMENT = 2
"""Steps of a build for each document: it is read, and it is written."""

EVIDENCE_BYTES_KEPT = 64_000_000
"""Bytes of the evidence of a space that stay in memory: a few hundred entries have less for all that is asked."""

RECORD_BYTES_KEPT = 12_000_000
"""Bytes of the records of a space that stay in memory once read."""

BYTES_OF_RECORD = 1_500
"""What a record takes in memory besides its texts, about."""

RARITIES_KEPT = 100_000
"""Terms of a space of which it stays in memory how rare they are, at some 100 bytes."""


class WhooshSpace:
    """What an opened index holds for one edition in one language; what was worked out stays in memory, up to a bound.

    `beside` has what its file holds. Two spaces of the same name are made of the same.
    """

    def __init__(
        self, name: str, language: str, index: Index, beside: Mapping[str, Any], arrays: Arrays, thesaurus: Thesaurus
    ) -> None:
        self.name, self.language = name, language
        self.thesaurus, self.ways = thesaurus, Ways(_ways_in(arrays))
        self.vocabulary = Vocabulary(beside["words"], thesaurus.words[self.language])
        self._reader = index.reader()
        self._reading = threading.Lock()  # Whoosh's reader moves about in one open file
        self._terms = TermRows(arrays["terms.digests"], arrays["terms.ends"])
        self._documents, self._amounts = arrays["documents"], arrays["amounts"]
        self.facts = tuple(starmap(asking.Facts, beside["documents"]))
        self.places = {one.slug: place for place, one in enumerate(self.facts)}
        self.size = len(self.facts)
        self._in_other: dict[str, tuple[str, Integers]] = {}
        self.idf = lru_cache(maxsize=RARITIES_KEPT)(self._idf)
        self.evidence = BoundedCache[Slot, Evidence](partial(evidence_of, self), _bytes_of, EVIDENCE_BYTES_KEPT)
        self.record = BoundedCache(self._record, _bytes_of_record, RECORD_BYTES_KEPT)

    def places_in(self, other: asking.FullSpace) -> Integers:
        """The number of each document in another space of the edition; -1 where that has none."""
        name, places = self._in_other.get(other.language, ("", NO_PLACES))
        if name != other.name:
            places = np.array([other.places.get(one.slug, -1) for one in self.facts], np.int32)
            self._in_other[other.language] = other.name, places
        return places

    @property
    def rarest(self) -> float:
        """How rare a term is that one document holds."""
        return idf(self.size, 1)

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""
        return self.idf(term) > 0

    def postings(self, term: str) -> Postings:
        """The documents that hold a term."""
        rows = self._terms.of(term)
        return NOWHERE if rows is None else postings_of(self._documents[rows], self._amounts[rows])

    def records(self, documents: Sequence[int]) -> Sequence[Mapping[str, Any]]:
        """What is kept of documents to show them."""
        return [self.record(document) for document in documents]

    def _idf(self, term: str) -> float:
        rows = self._terms.of(term)
        return 0.0 if rows is None else idf(self.size, rows.stop - rows.start)

    def _record(self, document: int) -> dict[str, Any]:
        with self._reading:
            found: dict[str, Any] = self._reader.stored_fields(document)["record"]
        return found


def read_space(name: str, language: str, files: Mapping[str, bytes], thesaurus: Thesaurus) -> WhooshSpace:
    """A space from its verified files."""
    storage = RamStorage()
    storage.files.update(files)
    beside = json.loads(storage.files.pop(BESIDE))
    arrays = read_arrays(storage.files.pop(ARRAYS))
    return WhooshSpace(name, language, storage.open_index(), beside, arrays, thesaurus)


def written_space(
    documents: Sequence[SearchDocument], analyses: Analyses, progress: Callable[[int], None]
) -> dict[str, bytes]:
    """The files of a space of these documents, which are of one edition and language; `progress` is told how many steps
    are done, of so many for each document."""
    read = []
    for number, document in enumerate(documents):
        progress(number)
        read.append(analyses.numbered(document))
    storage = RamStorage()
    with storage.create_index(Schema(record=STORED())).writer() as writer:
        for number, document in enumerate(documents):
            progress(len(documents) + number)
            writer.add_document(record=record_of(document))
    words, times = np.unique(joined([one.words for one in read]), return_counts=True)
    beside = {
        "words": {
            analyses.words.terms[word]: count for word, count in zip(words.tolist(), times.tolist(), strict=True)
        },
        "documents": [(document.slug, document.section, document.connection_types) for document in documents],
    }
    return {
        **{name: bytes(data) for name, data in storage.files.items()},
        ARRAYS: written_arrays(_arrays_of(read, analyses.terms)),
        BESIDE: json.dumps(beside, ensure_ascii=False).encode(),
    }


def _arrays_of(read: Sequence[Numbered], numbers: TermNumbers) -> Arrays:
    """The postings and the ways of asking of documents, in arrays."""
    held = joined([one.terms for one in read])
    documents = np.repeat(np.arange(len(read), dtype=np.int32), [len(one.terms) for one in read])
    terms, order = numbers.in_rows(held)
    counts = np.bincount(held, minlength=len(numbers.terms)).astype(np.int32)
    ways = ways_of(read, numbers, idfs_of(len(read), counts))
    return {
        "terms.digests": terms.digests,
        "terms.ends": terms.ends,
        "documents": documents[order],
        "amounts": weights_of(read).astype(np.float32)[order],
        "ways.digests": ways.terms.digests,
        "ways.ends": ways.terms.ends,
        **{f"ways.{name}": getattr(ways, name) for name in WAY_ARRAYS},
    }


def _ways_in(arrays: Arrays) -> WayArrays:
    terms = TermRows(arrays["ways.digests"], arrays["ways.ends"])
    return WayArrays(terms=terms, **{name: arrays[f"ways.{name}"] for name in WAY_ARRAYS})


def _bytes_of(evidence: Evidence) -> int:
    return evidence.bytes


def _bytes_of_record(record: Mapping[str, Any]) -> int:
    return BYTES_OF_RECORD + sum(len(text) for text in record.values() if isinstance(text, str))
