"""The embedded engine: Whoosh (the distribution `whoosh3`), the only module that imports it.

Whoosh reads pickles and never syncs to disk. So an index is a cache: built in a folder of its own, flushed, listed with
the digest of each file, and put in place by renaming one pointer. A process reads the files once, checks every digest
before Whoosh sees a byte, and searches the copy in its memory.

Whoosh keeps the terms, postings and records. Its query parser, matchers and collectors are not used: they take most of
the time of a search, and `ranking` reads the postings itself. Each edition and language has fields of its own, so that
how rare a word is counts within them.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import Any

from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Frequency
from whoosh.index import Index

from faq.search import asking
from faq.search.analysis import FIELDS, counted_terms, slots_of, weighed_terms
from faq.search.correct import Vocabulary
from faq.search.engine import Asked, Health, IndexUnusable, Matches, SearchDocument, Suggestion
from faq.search.ranking import MOST_FROM_ONE_TERM, Phrasing, flattened, idf, phrasing_of
from faq.search.terms import Term, Thesaurus
from faq.search.words import tokens

FORMAT = 2
"""Raised whenever what is stored or how words are made changes, so that an older index is rebuilt."""


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


def _field(kind: str, edition: str, language: str) -> str:
    return f"{kind}_{edition}_{language}"


class WhooshSpace:
    """What an opened index holds for one edition in one language; what was read once stays in memory."""

    def __init__(self, index: Index, edition: str, language: str, size: int, thesaurus: Thesaurus) -> None:
        self.language, self.size, self.thesaurus = language, size, thesaurus
        self._reader = index.reader()
        self._terms, self._words = (_field(kind, edition, language) for kind in ("terms", "words"))
        self._postings: dict[str, Mapping[int, float]] = {}
        self._strongest: dict[str, Mapping[int, float]] = {}
        self._idf: dict[str, float] = {}
        self._records: dict[int, dict[str, Any]] = {}
        self._phrasings: dict[int, Sequence[Phrasing]] = {}

    def knows(self, term: str) -> bool:
        """Whether any document holds a term."""
        return bool(self.postings(term))

    def postings(self, term: str) -> Mapping[int, float]:
        """The documents that hold a term, each with the term's weight there; empty where none does."""
        found = self._postings.get(term)
        if found is None:
            found = self._read_postings(term.encode())
            if len(self._postings) > 200_000:
                self._postings.clear()
            self._postings[term] = found
        return found

    def strongest(self, term: str) -> Mapping[int, float]:
        """As `postings`, of the documents where the term weighs most."""
        found = self._strongest.get(term)
        if found is None:
            every = self.postings(term)
            if len(every) > MOST_FROM_ONE_TERM:
                every = dict(nlargest(MOST_FROM_ONE_TERM, every.items(), key=itemgetter(1)))
            found = self._strongest[term] = every
        return found

    def record(self, document: int) -> dict[str, Any]:
        """What is kept of a document to show it."""
        found = self._records.get(document)
        if found is None:
            found = self._records[document] = self._reader.stored_fields(document)["record"]
        return found

    def idf(self, term: str) -> float:
        """How rare a term is; 0 where no document holds it."""
        found = self._idf.get(term)
        if found is None:
            found = self._idf[term] = idf(self.size, len(self.postings(term)))
        return found

    def phrasings(self, document: int) -> Sequence[Phrasing]:
        """The ways in which a document's question is asked."""
        found = self._phrasings.get(document)
        if found is None:
            record = self.record(document)
            texts = (record["question"], *record["asked_as"])
            found = [phrasing_of(self, *one) for one in zip(texts, record["phrasings"], strict=True)]
            self._phrasings[document] = found
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word of the documents as it is spelled there, and of the names of terms."""
        words = {
            term.decode(): self._reader.doc_frequency(self._words, term) for term in self._reader.lexicon(self._words)
        }
        return Vocabulary(words, self.thesaurus.words[self.language])

    def _read_postings(self, term: bytes) -> Mapping[int, float]:
        if (self._terms, term) not in self._reader:
            return {}
        matcher, found = self._reader.postings(self._terms, term), {}
        while matcher.is_active():
            found[matcher.id()] = matcher.weight()
            matcher.next()
        return found


@dataclass(frozen=True, slots=True)
class _Opened:
    generation: int
    spaces: Mapping[tuple[str, str], WhooshSpace]


class WhooshEngine:
    """An index in a folder, shared by the processes of one machine; each searches its own verified copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: _Opened | None = None

    def index(self, documents: Sequence[SearchDocument], terms: Sequence[Term], generation: int) -> None:
        """Build apart, flush, list the digests, move the pointer, and only then drop what was there before."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        with self._lock():
            name = f"{generation}-{secrets.token_hex(4)}"
            built = self.folder / name
            built.mkdir(mode=0o750)
            _write(FileStorage(str(built)), documents, Thesaurus(terms))
            listed = [asdict(term) for term in terms]
            (built / "terms.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
            self._seal(built, generation, Counter((one.edition, one.language) for one in documents))
            self._point_at(name)
            for old in self.folder.iterdir():
                if old.is_dir() and old.name != name:
                    shutil.rmtree(old, ignore_errors=True)

    def search(self, asked: Asked, generation: int, limit: int) -> Matches:
        """The best entries of an edition in both languages. Raises `IndexUnusable` for another generation."""
        return asking.search(asked, self._open(generation).spaces, limit)

    def suggest(self, asked: Asked, generation: int, limit: int) -> list[Suggestion]:
        """Ways of asking that begin like this, best first. Raises `IndexUnusable` for another generation."""
        return asking.suggest(asked, self._open(generation).spaces, limit)

    def health(self) -> Health:
        """What stands on disk, by its own list; not yet verified."""
        try:
            sealed = json.loads((self._current() / "sealed.json").read_text())
            return Health(sealed["generation"], sum(count for _, _, count in sealed["spaces"]))
        except (OSError, ValueError, KeyError, TypeError, IndexUnusable):
            return Health(None, 0)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _current(self) -> Path:
        try:
            name = (self.folder / "current").read_text().strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise IndexUnusable("there is no index") from fault
        if not name.replace("-", "").isalnum():
            raise IndexUnusable("the pointer is damaged")
        return self.folder / name

    def _open(self, generation: int) -> _Opened:
        if self._opened is None or self._opened.generation != generation:
            opened = self._read(self._current(), generation)
            self._opened = opened
        return self._opened

    def _read(self, folder: Path, generation: int) -> _Opened:
        """Copy the files to memory, each only when its digest is right; nothing is unpickled before that."""
        storage = RamStorage()
        try:
            sealed = json.loads((folder / "sealed.json").read_text())
            if sealed["format"] != FORMAT:
                raise IndexUnusable("the index is of an older form")
            if sealed["generation"] != generation:
                raise IndexUnusable(f"the index is of generation {sealed['generation']}, not {generation}")
            for name, digest in sealed["files"].items():
                data = (folder / name).read_bytes()
                if hashlib.sha256(data).hexdigest() != digest:
                    raise IndexUnusable(f"{name} is damaged")
                storage.files[name] = data
            listed = json.loads(storage.files.pop("terms.json"))
            counts = [(str(edition), str(language), int(count)) for edition, language, count in sealed["spaces"]]
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as fault:
            raise IndexUnusable("the index cannot be read") from fault
        thesaurus = Thesaurus(
            Term(one["key"], {code: tuple(one["names"][code]) for code in one["names"]}) for one in listed
        )
        index = storage.open_index()
        return _Opened(
            generation,
            {(edition, code): WhooshSpace(index, edition, code, count, thesaurus) for edition, code, count in counts},
        )

    def _seal(self, built: Path, generation: int, spaces: Mapping[tuple[str, str], int]) -> None:
        files = {}
        for path in sorted(built.iterdir()):
            if path.suffix != ".lock" and not path.name.endswith("_WRITELOCK"):
                files[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
                _flush(path)
        counts = [[edition, language, count] for (edition, language), count in spaces.items()]
        sealed = {"format": FORMAT, "generation": generation, "spaces": counts, "files": files}
        (built / "sealed.json").write_text(json.dumps(sealed))
        _flush(built / "sealed.json")
        _flush(built)

    def _point_at(self, name: str) -> None:
        pointer = self.folder / "current.new"
        pointer.write_text(name)
        _flush(pointer)
        pointer.replace(self.folder / "current")
        _flush(self.folder)


def _write(storage: FileStorage, documents: Sequence[SearchDocument], thesaurus: Thesaurus) -> None:
    """Write every document with its weighed terms, the words as spelled, and what is needed to show it."""
    counted = [counted_terms(document, thesaurus) for document in documents]
    spaces = {(document.edition, document.language) for document in documents}
    averages = {space: _averages(space, documents, counted) for space in spaces}
    fields = {_field(kind, *space): _Weighed() for space in sorted(spaces) for kind in ("terms", "words")}
    with storage.create_index(Schema(record=STORED(), **fields)).writer(limitmb=256) as writer:
        for document, counts in zip(documents, counted, strict=True):
            space = (document.edition, document.language)
            texts = (document.question, *document.asked_as, document.answer)
            spelled = {token.text for text in texts for token in tokens(text) if token.text.isalpha()}
            writer.add_document(
                record=asdict(document) | {"phrasings": _phrasings(document, thesaurus)},
                **{
                    _field("terms", *space): weighed_terms(averages[space], counts),
                    _field("words", *space): dict.fromkeys(spelled, 1.0),
                },
            )


def _averages(
    space: tuple[str, str], documents: Sequence[SearchDocument], counted: Sequence[Mapping[str, Mapping[str, float]]]
) -> dict[str, float]:
    """The average length of each field in a space, in terms."""
    inside = [counts for one, counts in zip(documents, counted, strict=True) if (one.edition, one.language) == space]
    return {field: sum(sum(counts[field].values()) for counts in inside) / len(inside) for field in FIELDS}


def _phrasings(document: SearchDocument, thesaurus: Thesaurus) -> list[list[list[str]]]:
    return [
        flattened(slots_of([token.text for token in tokens(text)], document.language, thesaurus, lambda _: False))
        for text in (document.question, *document.asked_as)
    ]


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
