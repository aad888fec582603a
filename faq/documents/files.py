"""Documents as files: read whole, with the files they include, and never a file from elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from faq.documents.language import language_of
from faq.documents.markdown import parse_markdown
from faq.documents.model import MAX_SIZE, MOST_ENTRIES, Document, DocumentRefused, Fault
from faq.documents.other_formats import encoding_fault, other_format_of, other_markup_of
from faq.documents.yaml_faq import is_yaml, parse_yaml

INCLUDES = "includes"
"""The folder beside the document's, or one level up, that includes may come from."""


def read_document(path: Path, *, base: str = "", known: Collection[str] = ()) -> Document:
    """Read a document in either form. Raises `DocumentRefused` with file, line and reason for every fault.

    Relative links belong to the address `base`, and are dropped without one. `known` are the slugs that links may lead
    to besides those of the document.
    """
    text = _text(path, str(path))
    includes = _Includes(path, language_of(text[:200_000]))
    if is_yaml(text):
        return _bounded(parse_yaml(text, str(path), includes.resolve, base=base, known=known), str(path))
    if reason := other_markup_of(str(path), text):
        raise DocumentRefused([Fault(str(path), 0, reason)])
    return _bounded(parse_markdown(text, str(path), includes.resolve, base=base, known=known), str(path))


def _bounded(document: Document, name: str) -> Document:
    """The document, unless it has more questions than are loaded at a time."""
    if len(document.entries) > MOST_ENTRIES:
        raise DocumentRefused([Fault(name, 0, f"has {len(document.entries)} questions; the most is {MOST_ENTRIES}")])
    return document


class _Includes:
    """Finds what a document includes: where it says, else beside the document under the same or a longer name."""

    def __init__(self, document: Path, language: str | None) -> None:
        self.folder = document.resolve().parent
        self.language = language
        self.roots = [self.folder, self.folder.parent / INCLUDES, self.folder.parent.parent / INCLUDES]

    def resolve(self, named: str) -> tuple[str, str] | None:
        """The name and the text of an included file; None where it is not found or not within reach."""
        for candidate in self._candidates(named.replace("\\", "/")):
            found = candidate.resolve()
            within = any(found.is_relative_to(root.resolve()) for root in self.roots)
            if within and found.is_file():
                return str(found), _text(found, str(found))
        return None

    def _candidates(self, named: str) -> list[Path]:
        name = PurePosixPath(named).name
        if not name or "\0" in named:
            return []
        stem = name.removesuffix(".md")
        alike = sorted(path for path in self.folder.glob("*.md") if path.name.startswith(f"{stem}."))
        mine = [path for path in alike if self.language and f".{self.language}" in path.name[len(stem) :]]
        return [self.folder / named, self.folder / name, *mine, *alike]


def _text(path: Path, name: str) -> str:
    """The text of a regular file of at most `MAX_SIZE` bytes, in UTF-8."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise DocumentRefused([Fault(name, 0, "this is not a regular file")])
            data = file.read(MAX_SIZE + 1)
    except OSError as error:
        raise DocumentRefused([Fault(name, 0, f"cannot be read: {(error.strerror or str(error)).lower()}")]) from None
    except ValueError:
        raise DocumentRefused([Fault(name, 0, "this is not a file name")]) from None
    if len(data) > MAX_SIZE:
        reason = f"larger than {MAX_SIZE // 1024 // 1024} MiB. Split it: several files can be imported together"
        raise DocumentRefused([Fault(name, 0, reason)])
    if reason := other_format_of(name, data) or "":
        raise DocumentRefused([Fault(name, 0, reason)])
    if fault := encoding_fault(data):
        raise DocumentRefused([Fault(name, *fault)])
    return data.decode("utf-8-sig")
