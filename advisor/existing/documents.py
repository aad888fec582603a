"""Files as bytes in, documents out: each with its form, checked against the bounds before it is parsed."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.core.need import MOST_ITEMS
from advisor.core.parameters import Count
from advisor.core.refusals import Refusals, Wrong
from advisor.existing.forms import SHOW_JSON, TABLE, form_of, source_of
from advisor.existing.json_text import MOST_OBJECTS, begins_json, read_json
from advisor.existing.report import SetupFile, SetupRefused
from advisor.existing.tables import TableSites, is_table, sites_of

MOST_FILES = 20
MOST_BYTES = 2 << 20
"""Of one file."""
MOST_BYTES_TOGETHER = 5 << 20

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file begins with that names its encoding. That of UTF-32 begins with that of UTF-16: it stands first."""

_PLAN_FILE = b"tfplan"
"""The first member of the archive that `terraform plan -out` writes."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file.

    `form` is one of `advisor.existing.forms`. `value` is its JSON, or the `TableSites` of a table. `place` is where it
    begins in its file: nothing for a file that is one document, `#2` for the second of several.
    """

    file: str
    form: str
    value: object
    place: str = ""

    def at(self, place: str) -> str:
        """A place in the document as a place in the file."""
        if not self.place or not place:
            return self.place or place
        return f"{self.place}{'' if place.startswith('[') else '.'}{place}"


@dataclass(slots=True)
class _Left:
    """What is left for the files that follow, also behind one that is refused."""

    objects: int = MOST_OBJECTS
    items: int = MOST_ITEMS


def read_documents(files: Sequence[SetupFile]) -> tuple[Document, ...]:
    """The documents of files of any form, in their order.

    Raises `SetupRefused` with what is wrong with each file: `too-many-files`, `too-large`, `too-deep`, `not-json`,
    `not-understood`, `unsupported-version`, `too-many-items`. No error repeats what stands in a file.
    """
    refusals = Refusals()
    _check_sizes(files, refusals)
    if refusals.count:
        raise SetupRefused(refusals.all())
    documents: list[Document] = []
    left = _Left()
    for file in files:
        try:
            documents += _documents_of(file, left)
        except Wrong as wrong:
            refuse(refusals, file.name, _place_of(wrong), wrong)
    if refusals.count:
        raise SetupRefused(refusals.all())
    return tuple(documents)


def refuse(refusals: Refusals, file: str, place: str, wrong: Wrong) -> None:
    """Note a fault at a place in a file, without the value that stands there."""
    refusals.add(f"{file}: {place}" if file and place else file or place, None, wrong)


def text_of(content: bytes) -> str:
    """The text of a file: in the encoding that its mark names, else UTF-8, else UTF-16 where every other byte is
    nought, else Windows-1252. Raises `Wrong` (`not-understood`) for what is no text.
    """
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    try:
        text = content.decode(encoding) if encoding else _unmarked(content)
    except UnicodeDecodeError:
        raise Wrong("not-understood") from None
    if "\0" in text:
        raise Wrong("not-understood")
    return text


def _unmarked(content: bytes) -> str:
    if b"\0" in content[:4]:
        return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1252")


def _place_of(wrong: Wrong) -> str:
    """The line and the column of a fault that has them, as compilers write a place."""
    told = dict(wrong.parameters)
    return f"{told['line']}:{told['column']}" if "line" in told else ""


def _check_sizes(files: Sequence[SetupFile], refusals: Refusals) -> None:
    if len(files) > MOST_FILES:
        refuse(refusals, "", "", Wrong("too-many-files", allowed=Count(MOST_FILES, "file")))
    for file in files[:MOST_FILES]:
        if len(file.content) > MOST_BYTES:
            refuse(refusals, file.name, "", Wrong("too-large", allowed=Count(MOST_BYTES, "byte")))
    if sum(len(file.content) for file in files) > MOST_BYTES_TOGETHER:
        refuse(refusals, "", "", Wrong("too-large", allowed=Count(MOST_BYTES_TOGETHER, "byte")))


def _documents_of(file: SetupFile, left: _Left) -> list[Document]:
    """The documents of a file, which are taken off what is left."""
    if file.content.startswith(b"PK") and _PLAN_FILE in file.content[:100]:
        raise Wrong("unsupported-version", instead=SHOW_JSON)
    text = text_of(file.content)
    if begins_json(text):
        parsed = read_json(text, left.objects)
        left.objects -= parsed.objects
        several = len(parsed.documents) > 1
        return [
            _document(file.name, value, f"#{number}" if several else "")
            for number, value in enumerate(parsed.documents, 1)
        ]
    if command := source_of(text):
        raise Wrong("unsupported-version", instead=command)
    if is_table(text):
        return [Document(file.name, TABLE, _table(file.name, text, left))]
    raise Wrong("not-understood")


def _table(file: str, text: str, left: _Left) -> TableSites:
    lines = text.count("\n")
    if lines > left.objects:
        raise Wrong("too-large", allowed=Count(MOST_OBJECTS, "line"))
    left.objects -= lines
    table = sites_of(file, text, left.items)
    left.items -= table.items
    return table


def _document(file: str, value: object, place: str) -> Document:
    found = form_of(value)
    whole = Document(file, found.form, found.value, place)
    return Document(file, found.form, found.value, whole.at(found.place))
