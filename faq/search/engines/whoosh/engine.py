"""The embedded engine: an index in a folder, with a space for each edition and language.

An index is a cache in a `SealedFolder`: a process reads the files once, verified, before anything parses a byte, and
searches the copy in its memory. The files of a space are named by the digest of what it was made of. So a rebuild makes
only the spaces that changed, and a process that has the others open keeps them.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from faq.search import asking, understanding
from faq.search.engine import (
    Documents,
    Health,
    IndexUnusable,
    Matches,
    Phrasing,
    Progress,
    Query,
    SearchDocument,
    Suggestion,
    untold,
)
from faq.search.engines.opened import Opened
from faq.search.engines.stored import terms_from_json, terms_to_json
from faq.search.engines.verified_folder import SealedFolder
from faq.search.engines.whoosh.analyses import Analyses
from faq.search.engines.whoosh.space import STEPS_PER_DOCUMENT, WhooshSpace, read_space, written_space
from faq.search.outside import outside_documents
from faq.search.terms import Term, Thesaurus

FORM = 12
"""Raised whenever what is stored or how words are made changes, so that an older index is rebuilt."""

SPACES = "spaces.json"
"""The file with the terms, and the edition, language, and name of each space."""

NO_SPACES = "the index lists no spaces"

DIGITS_OF_NAME = 32
"""Hexadecimal digits of the name of a space."""


Spaces = Mapping[tuple[str, str], WhooshSpace]
"""The spaces of an index, by edition and language."""


class WhooshEngine:
    """An index in a folder, shared by the processes of one machine; each searches its own verified copy."""

    is_shared = False

    def __init__(self, folder: Path) -> None:
        self._sealed = SealedFolder(folder, FORM)
        self._opened = Opened(self._read)
        self._analyses = Analyses()

    def index(
        self,
        documents: Documents,
        terms: Sequence[Term],
        content_version: int,
        progress: Progress = untold,
    ) -> None:
        """Build a new index apart and put it in the place of the old one."""
        with self._sealed.replaced(content_version, len(documents)) as folder, _uncollected():
            every = (*documents, *outside_documents())
            _write(folder, every, terms, self._sealed.usable_files(), self._analyses, progress)

    def take_in(self, documents: Documents, terms: Sequence[Term], progress: Progress = untold) -> None:
        """Put documents in numbers, those of the site and those that it is not about."""
        with _uncollected():
            self._analyses.begin(terms)
            every = (*documents, *outside_documents())
            for done, document in enumerate(every):
                progress(done, len(every))
                self._analyses.digest(document)
                self._analyses.numbered(document)

    def search(self, query: Query, content_version: int, limit: int, also: Phrasing | None = None) -> Matches:
        """The best entries of an edition in both languages. Raises `IndexUnusable` for another content version."""
        return asking.search(query, self.spaces(content_version), limit, also)

    def named(self, text: str, language: str, edition: str, content_version: int) -> frozenset[str]:
        """The index terms of what a text names that tell entries apart; none where the edition has no texts."""
        space = self.spaces(content_version).get((edition, language))
        return understanding.named(text, space) if space else frozenset()

    def suggest(self, query: Query, content_version: int, limit: int) -> list[Suggestion]:
        """The questions of the entries that come nearest to what was typed, best first. Raises `IndexUnusable` for
        another content version."""
        return asking.suggest(query, self.spaces(content_version), limit)

    def spaces(self, content_version: int) -> Spaces:
        """What the index holds, by edition and language. Raises `IndexUnusable` for another content version."""
        return self._opened.of(content_version)

    def open(self, content_version: int) -> None:
        """Read the index. Raises `IndexUnusable` where it is of an earlier content version."""
        self.spaces(content_version)

    def verify(self, content_version: int) -> None:
        """Look at the files on disk. Raises `IndexUnusable`."""
        if SPACES not in self._sealed.verified_names(content_version):
            raise IndexUnusable(NO_SPACES)

    def opened(self) -> int | None:
        """The content version of what this process has read; None before."""
        return self._opened.version

    def health(self) -> Health:
        """What stands on disk, by its own list; not yet verified."""
        return self._sealed.health()

    def _read(self, content_version: int, before: Spaces | None) -> Spaces:
        files = self._sealed.read(content_version)
        if SPACES not in files:
            raise IndexUnusable(NO_SPACES)
        return _spaces(files, {space.name: space for space in (before or {}).values()})


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


def _spaces(files: Mapping[str, bytes], known: Mapping[str, WhooshSpace]) -> Spaces:
    """The spaces of an index, from its verified files; those that are `known` by name are taken as they are."""
    told = json.loads(files[SPACES])
    thesaurus = Thesaurus(terms_from_json(told["terms"]))
    spaces = {}
    for edition, language, name in told["spaces"]:
        space = known.get(name) or read_space(name, language, _files_of(name, files), thesaurus)
        spaces[edition, language] = space
    return spaces


def _write(
    folder: Path,
    documents: Sequence[SearchDocument],
    terms: Sequence[Term],
    before: Mapping[str, bytes],
    analyses: Analyses,
    progress: Progress,
) -> None:
    """Write the files of every space: those from before where the space has not changed, else new ones."""
    analyses.begin(terms)
    by_space: dict[tuple[str, str], list[SearchDocument]] = {}
    for document in documents:
        by_space.setdefault((document.edition, document.language), []).append(document)
    names = {space: _name(map(analyses.digest, inside), terms) for space, inside in by_space.items()}
    steps, done = STEPS_PER_DOCUMENT * len(documents), 0
    progress(done, steps)
    for space, inside in by_space.items():
        files = _files_of(names[space], before)
        if not files:
            files = written_space(inside, analyses, _onward(progress, done, steps))
        for file, data in files.items():
            (folder / f"{names[space]}.{file}").write_bytes(data)
        done += STEPS_PER_DOCUMENT * len(inside)
    progress(done, steps)
    told = {
        "terms": terms_to_json(terms),
        "spaces": [(*space, name) for space, name in names.items()],
    }
    (folder / SPACES).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _onward(progress: Progress, done: int, steps: int) -> Callable[[int], None]:
    """Tells the progress of a space as that of the whole, of which so many steps are done."""
    return lambda more: progress(done + more, steps)


def _files_of(name: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a space, by their names within it."""
    start = f"{name}."
    return {file.removeprefix(start): data for file, data in files.items() if file.startswith(start)}


def _name(digests: Iterable[bytes], terms: Sequence[Term]) -> str:
    """What a space is called that is made of documents with these digests, and of these terms."""
    digest = hashlib.sha256()
    for made_of in (*digests, *(repr(term).encode() for term in terms)):
        digest.update(made_of)
    return digest.hexdigest()[:DIGITS_OF_NAME]
