"""The embedded engine: Whoosh (the distribution `whoosh3`), the only module that imports it.

Whoosh reads pickles and never syncs to disk. So an index is a cache: built in a folder of its own, flushed, listed with
the digest of each file, and put in place by renaming one pointer. A process reads the files once, checks every digest
before Whoosh sees a byte, and searches the copy in its memory.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import Index
from whoosh.query import And, Or, Term

from faq.search.engine import Health, Hit, IndexUnusable, SearchDocument
from faq.search.words import words

WEIGHTS = {"question": 3.0, "asked_as": 2.0, "answer": 1.0}
"""How much a word counts by the field it stands in."""

SCHEMA = Schema(
    slug=ID(stored=True),
    language=ID(stored=True),
    edition=ID(),
    **{name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False) for name in WEIGHTS},
)
FORMAT = 1
"""Raised whenever schema or words change, so that an older index is rebuilt."""


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    generation: int
    index: Index


class WhooshEngine:
    """An index in a folder, shared by the processes of one machine; each searches its own verified copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: _Opened | None = None

    def index(self, documents: Sequence[SearchDocument], generation: int) -> None:
        """Build apart, flush, list the digests, move the pointer, and only then drop what was there before."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        with self._lock():
            name = f"{generation}-{secrets.token_hex(4)}"
            built = self.folder / name
            built.mkdir(mode=0o750)
            writer = FileStorage(str(built)).create_index(SCHEMA).writer()
            for document in documents:
                writer.add_document(
                    slug=document.slug,
                    language=document.language,
                    edition=document.edition,
                    question=_joined(document.question, document.language),
                    asked_as=_joined(" ".join(document.asked_as), document.language),
                    answer=_joined(document.answer, document.language),
                )
            writer.commit()
            self._seal(built, generation, len(documents))
            self._point_at(name)
            for old in self.folder.iterdir():
                if old.is_dir() and old.name != name:
                    shutil.rmtree(old, ignore_errors=True)

    def search(self, query: str, language: str, edition: str, generation: int, limit: int) -> list[Hit]:
        """The best documents of an edition in a language. Raises `IndexUnusable` for another generation."""
        looked_for = list(dict.fromkeys(words(query, language)))
        if not looked_for:
            return []
        any_word = Or([Term(name, word, boost=weight) for word in looked_for for name, weight in WEIGHTS.items()])
        within = And([Term("language", language), Term("edition", edition)])
        with self._open(generation).index.searcher() as searcher:
            found = searcher.search(any_word, filter=within, limit=limit)
            return [Hit(hit["slug"], hit["language"], hit.score) for hit in found]

    def health(self) -> Health:
        """What stands on disk, by its own list; not yet verified."""
        try:
            sealed = json.loads((self._current() / "sealed.json").read_text())
        except (OSError, ValueError, IndexUnusable):
            return Health(None, 0)
        return Health(sealed["generation"], sealed["documents"])

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
            self._opened = self._read(self._current())
        if self._opened.generation != generation:
            raise IndexUnusable(f"the index is of generation {self._opened.generation}, not {generation}")
        return self._opened

    def _read(self, folder: Path) -> _Opened:
        """Copy the files to memory, each only when its digest is right; nothing is unpickled before that."""
        storage = RamStorage()
        try:
            sealed = json.loads((folder / "sealed.json").read_text())
            if sealed["format"] != FORMAT:
                raise IndexUnusable("the index is of an older form")
            for name, digest in sealed["files"].items():
                data = (folder / name).read_bytes()
                if hashlib.sha256(data).hexdigest() != digest:
                    raise IndexUnusable(f"{name} is damaged")
                storage.files[name] = data
        except (OSError, ValueError, KeyError, AttributeError) as fault:
            raise IndexUnusable("the index cannot be read") from fault
        return _Opened(folder.name, sealed["generation"], storage.open_index())

    def _seal(self, built: Path, generation: int, documents: int) -> None:
        files = {}
        for path in sorted(built.iterdir()):
            if path.suffix != ".lock" and not path.name.endswith("_WRITELOCK"):
                files[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
                _flush(path)
        sealed = {"format": FORMAT, "generation": generation, "documents": documents, "files": files}
        (built / "sealed.json").write_text(json.dumps(sealed))
        _flush(built / "sealed.json")
        _flush(built)

    def _point_at(self, name: str) -> None:
        pointer = self.folder / "current.new"
        pointer.write_text(name)
        _flush(pointer)
        pointer.replace(self.folder / "current")
        _flush(self.folder)


def _joined(text: str, language: str) -> str:
    return " ".join(words(text, language))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
