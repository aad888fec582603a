"""The vectors of the entries, as files: made again only for a text that changed. Pure: no Django.

The files are read by `SealedFolder`, so that nothing in them is parsed before it is verified.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq.search.engine import IndexUnusable, SearchDocument
from faq.search.engines.meaning.encoder import Encoder, Told, Vectors

ENTRIES, NUMBERS = "entries.json", "vectors.bin"
"""The files: the model and the entry of each row, and the rows."""

Stored = NDArray[np.float16]
"""Half the size of what the model gives; no order of entries on the judged queries changes by it."""

Place = tuple[str, str, str]
"""The edition, language, and slug of an entry."""


@dataclass(frozen=True, slots=True)
class EntryVectors:
    """The vector of each entry in each language."""

    rows: Mapping[Place, int]
    vectors: Stored

    def of(self, places: Sequence[Place]) -> Vectors:
        """The vectors of some entries, a row each. Raises `IndexUnusable` where one has none."""
        try:
            chosen = [self.rows[place] for place in places]
        except KeyError as fault:
            raise IndexUnusable(f"there is no vector of {fault}") from None
        return self.vectors[chosen].astype(np.float32)


def passage_of(document: SearchDocument) -> str:
    """What of an entry is compared with a question: its own question and its short answer."""
    return f"{document.question} {document.summary}"


def written_vectors(
    documents: Sequence[SearchDocument], encoder: Encoder, before: Mapping[str, bytes], told: Told
) -> dict[str, bytes]:
    """The files with the vectors of these documents. Those of the same text in the files from before, which are of the
    same model, are taken from there."""
    digests = [_digest(passage_of(document)) for document in documents]
    known = _known(before)
    new = {
        digest: passage_of(document) for digest, document in zip(digests, documents, strict=True) if digest not in known
    }
    if new:
        computed = encoder.of_passages(list(new.values()), told).astype(np.float16)
        known |= dict(zip(new, computed, strict=True))
    entries = [
        (document.edition, document.language, document.slug, digest)
        for document, digest in zip(documents, digests, strict=True)
    ]
    rows = np.array([known[digest] for digest in digests], np.float16)
    return {ENTRIES: json.dumps(entries, ensure_ascii=False).encode(), NUMBERS: rows.tobytes()}


def read_vectors(files: Mapping[str, bytes]) -> EntryVectors:
    """The vectors in verified files."""
    entries = json.loads(files[ENTRIES])
    rows = {(edition, language, slug): row for row, (edition, language, slug, _) in enumerate(entries)}
    return EntryVectors(rows, _numbers(files, len(rows)))


def _known(files: Mapping[str, bytes]) -> dict[str, Stored]:
    """The vector of each text in files from before, by the digest of the text."""
    digests = [digest for *_, digest in json.loads(files[ENTRIES])] if files else []
    return dict(zip(digests, _numbers(files, len(digests)), strict=True)) if digests else {}


def _numbers(files: Mapping[str, bytes], rows: int) -> Stored:
    return np.frombuffer(files[NUMBERS], np.float16).reshape(rows, -1) if rows else np.zeros((0, 0), np.float16)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
