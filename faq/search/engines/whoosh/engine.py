"""The embedded engine: Whoosh (the distribution `whoosh3`), the only module that imports it.

Whoosh reads pickles and never syncs to disk. So an index is a cache in a `SealedFolder`: a process reads the files
once, verified, before Whoosh sees a byte, and searches the copy in its memory.

Whoosh keeps the terms, postings and records. Its query parser, matchers and collectors are not used: they take most of
the time of a search, and `ranking` reads the postings itself. Each edition and language has a field of its own, so that
how rare a word is counts within it. What is small and needed for every search stands beside Whoosh's files.
"""

from __future__ import annotations

import gc
import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import Any

from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Frequency
from whoosh.index import Index

from faq.search import asking
from faq.search.analysis import FIELDS, Analysed, analysed, weighed_terms
from faq.search.correct import Vocabulary
from faq.search.engine import Health, Matches, Progress, Query, SearchDocument, Suggestion, untold
from faq.search.engines.whoosh.verified_folder import SealedFolder
from faq.search.ranking import MOST_FROM_ONE_TERM, Phrasing, idf, phrasing_of
from faq.search.terms import Term, Thesaurus

FORM = 4
"""Raised whenever what is stored or how words are made changes, so that an older index is rebuilt."""

BESIDE = "beside.json"
"""The file with the terms, and for each space its words and the narrow facts of its documents."""

POSTINGS_KEPT = 1_000_000
"""Postings of a space that stay in memory once read (about 100 bytes each); some hundred entries have fewer."""

RECORDS_KEPT = 5_000
"""Documents of a space whose record and phrasings stay in memory once read."""


class _Weighed(FieldType):  # type: ignore[misc]
    """A field that gets its terms and their weights ready made."""

    def __init__(self) -> None:
        self.format = Frequency()
        self.analyzer = None
        self.scorable = self.stored = self.unique = False
        self.indexed = True
        self.vector = None
        self.multitoken_query = "default"

    def index(self, value: Mapping[str, float], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""

    def supports(self, name: str) -> bool:
        return False


class _Pool:
    """Postings in memory by term, in place of Whoosh's pool, which weighs every one to sort them on disk. Documents
    come in order, so that only the terms are left to sort."""

    def __init__(self) -> None:
        self._by_term: dict[tuple[str, bytes], list[tuple[str, bytes, int, float, bytes]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        self._by_term.setdefault(posting[:2], []).append(posting)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for term in sorted(self._by_term):
            yield from self._by_term[term]

    def cleanup(self) -> None:
        self._by_term.clear()


def _field(edition: str, language: str) -> str:
    return f"terms_{edition}_{language}"


class WhooshSpace:
    """What an opened index holds for one edition in one language; what was read once stays in memory, up to a bound.

    `beside` has the edition and language, the words with the number of documents that hold each, and of each document
    (by its number in Whoosh) the slug, section and connection types.
    """

    def __init__(self, index: Index, beside: Mapping[str, Any], thesaurus: Thesaurus) -> None:
        self.edition, self.language = str(beside["edition"]), str(beside["language"])
        self.thesaurus = thesaurus
        self.vocabulary = Vocabulary(beside["words"], thesaurus.words[self.language])
        self._reader = index.reader()
        self._reading = threading.Lock()  # Whoosh's reader moves about in one open file
        self._facts = {int(number): asking.Facts(*facts) for number, facts in beside["documents"].items()}
        self.size = len(self._facts)
        self._postings: dict[str, Mapping[int, float]] = {}
        self._postings_kept = 0
        self._idf: dict[str, float] = {}
        self.strongest = lru_cache(maxsize=1_000)(self._strongest)
        self.record = lru_cache(maxsize=RECORDS_KEPT)(self._record)
        self.phrasings = lru_cache(maxsize=RECORDS_KEPT)(self._phrasings)

    def facts(self, document: int) -> asking.Facts:
        """What a search must know of every document that it finds."""
        return self._facts[document]

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""
        return bool(self.idf(term))

    def postings(self, term: str) -> Mapping[int, float]:
        """The documents that hold a term, each with the term's weight there; empty where none does."""
        found = self._postings.get(term)
        if found is None:
            found = self._read_postings(term.encode())
            self._postings_kept += len(found) + 1
            if self._postings_kept > POSTINGS_KEPT:
                self._postings.clear()
                self._postings_kept = len(found) + 1
            self._postings[term] = found
        return found

    def idf(self, term: str) -> float:
        """How rare a term is; 0 where no document holds it."""
        found = self._idf.get(term)
        if found is None:
            name = _field(self.edition, self.language)
            with self._reading:
                found = idf(self.size, int(self._reader.doc_frequency(name, term.encode())))
            if len(self._idf) > POSTINGS_KEPT:
                self._idf.clear()
            self._idf[term] = found
        return found

    def _strongest(self, term: str) -> Mapping[int, float]:
        every = self.postings(term)
        if len(every) <= MOST_FROM_ONE_TERM:
            return every
        return dict(nlargest(MOST_FROM_ONE_TERM, every.items(), key=itemgetter(1)))

    def _record(self, document: int) -> dict[str, Any]:
        with self._reading:
            found: dict[str, Any] = self._reader.stored_fields(document)["record"]
        return found

    def _phrasings(self, document: int) -> Sequence[Phrasing]:
        record = self.record(document)
        texts = (record["question"], *record["asked_as"])
        return [phrasing_of(self, *one) for one in zip(texts, record["phrasings"], strict=True)]

    def _read_postings(self, term: bytes) -> Mapping[int, float]:
        name = _field(self.edition, self.language)
        with self._reading:
            if (name, term) not in self._reader:
                return {}
            matcher, found = self._reader.postings(name, term), {}
            while matcher.is_active():
                found[matcher.id()] = matcher.weight()
                matcher.next()
        return found


@dataclass(frozen=True, slots=True)
class _Opened:
    content_version: int
    spaces: Mapping[tuple[str, str], WhooshSpace]


class WhooshEngine:
    """An index in a folder, shared by the processes of one machine; each searches its own verified copy."""

    def __init__(self, folder: Path) -> None:
        self._sealed = SealedFolder(folder, FORM)
        self._opened: _Opened | None = None

    def index(
        self,
        documents: Sequence[SearchDocument],
        terms: Sequence[Term],
        content_version: int,
        progress: Progress = untold,
    ) -> None:
        """Build a new index apart and put it in the place of the old one."""
        with self._sealed.replaced(content_version, len(documents)) as folder, _uncollected():
            _write(folder, documents, terms, progress)

    def search(self, query: Query, content_version: int, limit: int) -> Matches:
        """The best entries of an edition in both languages. Raises `IndexUnusable` for another content version."""
        return asking.search(query, self._open(content_version).spaces, limit)

    def suggest(self, query: Query, content_version: int, limit: int) -> list[Suggestion]:
        """Ways of asking that begin like this, best first. Raises `IndexUnusable` for another content version."""
        return asking.suggest(query, self._open(content_version).spaces, limit)

    def health(self) -> Health:
        """What stands on disk, by its own list; not yet verified."""
        return self._sealed.health()

    def _open(self, content_version: int) -> _Opened:
        if self._opened is None or self._opened.content_version != content_version:
            self._opened = _Opened(content_version, _spaces(self._sealed.read(content_version)))
        return self._opened


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles of garbage: what a build makes lives to its end, and walking it costs a quarter of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _spaces(files: dict[str, bytes]) -> dict[tuple[str, str], WhooshSpace]:
    """The spaces of an index, from its verified files."""
    beside = json.loads(files.pop(BESIDE))
    thesaurus = Thesaurus(Term(key, {code: tuple(names[code]) for code in names}) for key, names in beside["terms"])
    storage = RamStorage()
    storage.files.update(files)
    index = storage.open_index()
    spaces = [WhooshSpace(index, space, thesaurus) for space in beside["spaces"]]
    return {(space.edition, space.language): space for space in spaces}


def _write(folder: Path, documents: Sequence[SearchDocument], terms: Sequence[Term], progress: Progress) -> None:
    """Write every document with its weighed terms and what is needed to show it, and what stands beside them."""
    thesaurus = Thesaurus(terms)
    steps = 2 * len(documents)
    read = []
    for number, document in enumerate(documents):
        progress(number, steps)
        read.append(analysed(document, thesaurus))
    spaces: dict[tuple[str, str], list[int]] = {}
    for number, document in enumerate(documents):
        spaces.setdefault((document.edition, document.language), []).append(number)
    averages = {space: _averages([read[number] for number in numbers]) for space, numbers in spaces.items()}
    storage = FileStorage(str(folder))
    schema = Schema(record=STORED(), **{_field(*space): _Weighed() for space in sorted(spaces)})
    with storage.create_index(schema).writer() as writer:
        writer.pool = _Pool()
        for number, document in enumerate(documents):
            progress(len(documents) + number, steps)
            space = (document.edition, document.language)
            writer.add_document(
                record=asdict(document) | {"phrasings": read[number].phrasings},
                **{_field(*space): weighed_terms(averages[space], read[number].counted)},
            )
    for lock in folder.glob("*LOCK"):
        lock.unlink()
    beside = {
        "terms": [(term.key, term.names) for term in terms],
        "spaces": [
            {
                "edition": edition,
                "language": language,
                "words": Counter(word for number in numbers for word in read[number].spelled),
                "documents": {
                    number: (documents[number].slug, documents[number].section, documents[number].connection_types)
                    for number in numbers
                },
            }
            for (edition, language), numbers in spaces.items()
        ],
    }
    (folder / BESIDE).write_text(json.dumps(beside, ensure_ascii=False), encoding="utf-8")
    progress(steps, steps)


def _averages(read: Sequence[Analysed]) -> dict[str, float]:
    """The average length of each field, in terms."""
    return {field: sum(sum(one.counted[field].values()) for one in read) / len(read) for field in FIELDS}
