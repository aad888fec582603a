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
from itertools import starmap
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Frequency
from whoosh.index import Index

from faq.search import asking
from faq.search.analysis import FIELDS, Analysed, analysed, weighed_terms
from faq.search.correct import Vocabulary
from faq.search.engine import Health, Matches, Phrasing, Progress, Query, SearchDocument, Suggestion, untold
from faq.search.engines.whoosh.verified_folder import SealedFolder
from faq.search.engines.whoosh.ways_file import read_ways, written_ways
from faq.search.outside import outside_documents
from faq.search.ranking import NOWHERE, Postings, idf
from faq.search.terms import Term, Thesaurus
from faq.search.ways import Integers, Ways

FORM = 9
"""Raised whenever what is stored or how words are made changes, so that an older index is rebuilt."""

BESIDE = "beside.json"
"""The file with the terms, and for each space its words and the narrow facts of its documents."""

WAYS = "ways-{}.bin"
"""The file with the ways of asking of the space of that number."""

TERMS_KEPT = 20_000
"""Terms of a space whose postings stay in memory once read, at 8 bytes a posting; some hundred entries have fewer."""

WORDS_KEPT = 1_000_000
"""Terms of a space of which it stays in memory how rare they are."""

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
    in order its number in Whoosh, slug, section and connection types.
    """

    def __init__(self, index: Index, beside: Mapping[str, Any], ways: Ways, thesaurus: Thesaurus) -> None:
        self.edition, self.language = str(beside["edition"]), str(beside["language"])
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
        self._in_other: dict[str, Integers] = {}
        self.postings = lru_cache(maxsize=TERMS_KEPT)(self._postings)
        self.record = lru_cache(maxsize=RECORDS_KEPT)(self._record)

    def places_in(self, other: asking.FullSpace) -> Integers:
        """The number of each document in another space of the edition; -1 where that has none."""
        found = self._in_other.get(other.language)
        if found is None:
            found = np.array([other.places.get(one.slug, -1) for one in self.facts], np.int32)
            self._in_other[other.language] = found
        return found

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""
        return bool(self.idf(term))

    def idf(self, term: str) -> float:
        """How rare a term is; 0 where no document holds it."""
        found = self._idf.get(term)
        if found is None:
            name = _field(self.edition, self.language)
            with self._reading:
                found = idf(self.size, int(self._reader.doc_frequency(name, term.encode())))
            if len(self._idf) > WORDS_KEPT:
                self._idf.clear()
            self._idf[term] = found
        return found

    def _postings(self, term: str) -> Postings:
        name, key = _field(self.edition, self.language), term.encode()
        documents, amounts = [], []
        with self._reading:
            if (name, key) not in self._reader:
                return NOWHERE
            matcher = self._reader.postings(name, key)
            while matcher.is_active():
                documents.append(matcher.id())
                amounts.append(matcher.weight())
                matcher.next()
        places = np.searchsorted(self._numbers, np.array(documents))
        return Postings(places.astype(np.int32), np.array(amounts, np.float32))

    def _record(self, document: int) -> dict[str, Any]:
        with self._reading:
            found: dict[str, Any] = self._reader.stored_fields(int(self._numbers[document]))["record"]
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
        self._opening = threading.Lock()

    def index(
        self,
        documents: Sequence[SearchDocument],
        terms: Sequence[Term],
        content_version: int,
        progress: Progress = untold,
    ) -> None:
        """Build a new index apart and put it in the place of the old one."""
        with self._sealed.replaced(content_version, len(documents)) as folder, _uncollected():
            _write(folder, (*documents, *outside_documents()), terms, progress)

    def search(self, query: Query, content_version: int, limit: int, also: Phrasing | None = None) -> Matches:
        """The best entries of an edition in both languages. Raises `IndexUnusable` for another content version."""
        return asking.search(query, self._open(content_version).spaces, limit, also)

    def named(self, text: str, language: str, edition: str, content_version: int) -> frozenset[str]:
        """The index terms of what a text names that tell entries apart; none where the edition has no texts."""
        space = self._open(content_version).spaces.get((edition, language))
        return asking.named(text, space) if space else frozenset()

    def suggest(self, query: Query, content_version: int, limit: int) -> list[Suggestion]:
        """Ways of asking that begin like this, best first. Raises `IndexUnusable` for another content version."""
        return asking.suggest(query, self._open(content_version).spaces, limit)

    def spaces(self, content_version: int) -> Mapping[tuple[str, str], WhooshSpace]:
        """What the index holds, by edition and language. Raises `IndexUnusable` for another content version."""
        return self._open(content_version).spaces

    def health(self) -> Health:
        """What stands on disk, by its own list; not yet verified."""
        return self._sealed.health()

    def _open(self, content_version: int) -> _Opened:
        opened = self._opened
        if opened is None or opened.content_version != content_version:
            with self._opening:  # one thread reads the files, the others wait for it
                opened = self._opened
                if opened is None or opened.content_version != content_version:
                    opened = _Opened(content_version, _spaces(self._sealed.read(content_version)))
                    self._opened = opened
        return opened


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
    ways = [read_ways(files.pop(WAYS.format(number))) for number in range(len(beside["spaces"]))]
    storage = RamStorage()
    storage.files.update(files)
    index = storage.open_index()
    spaces = [WhooshSpace(index, *pair, thesaurus) for pair in zip(beside["spaces"], ways, strict=True)]
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
    holders = {space: Counter[str]() for space in spaces}
    storage = FileStorage(str(folder))
    schema = Schema(record=STORED(), **{_field(*space): _Weighed() for space in sorted(spaces)})
    with storage.create_index(schema).writer() as writer:
        writer.pool = _Pool()
        for number, document in enumerate(documents):
            progress(len(documents) + number, steps)
            space = (document.edition, document.language)
            weights = weighed_terms(averages[space], read[number].counted)
            holders[space].update(weights.keys())
            writer.add_document(record=asdict(document), **{_field(*space): weights})
    for lock in folder.glob("*LOCK"):
        lock.unlink()
    for place, (space, numbers) in enumerate(spaces.items()):
        idfs = {term: idf(len(numbers), count) for term, count in holders[space].items()}
        ways = Ways.of([read[number].phrasings for number in numbers], idfs)
        (folder / WAYS.format(place)).write_bytes(written_ways(ways))
    beside = {
        "terms": [(term.key, term.names) for term in terms],
        "spaces": [
            {
                "edition": edition,
                "language": language,
                "words": Counter(word for number in numbers for word in read[number].spelled),
                "documents": [
                    (number, documents[number].slug, documents[number].section, documents[number].connection_types)
                    for number in numbers
                ],
            }
            for (edition, language), numbers in spaces.items()
        ],
    }
    (folder / BESIDE).write_text(json.dumps(beside, ensure_ascii=False), encoding="utf-8")
    progress(steps, steps)


def _averages(read: Sequence[Analysed]) -> dict[str, float]:
    """The average length of each field, in terms."""
    return {field: sum(sum(one.counted[field].values()) for one in read) / len(read) for field in FIELDS}
