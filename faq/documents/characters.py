"""What stands in a document for the characters that no page and no feed can hold (see `web.characters`)."""

from __future__ import annotations

from faq.documents.model import Fault
from web.characters import named, unholdable

_SPACES = {"\x0b": " ", "\x0c": " "}


def lines_of(text: str) -> list[str]:
    """The lines of a text, whichever way the system that wrote it ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def without_unfit(text: str, file: str) -> tuple[str, list[Fault]]:
    """A text that every page can hold, on the same lines, and a warning for each line that was changed.

    A vertical tab or a form feed becomes a space; every other such character is dropped.
    """
    if not unholdable(text):
        return text, []
    warnings = []
    lines = lines_of(text)
    for index, line in enumerate(lines):
        if found := unholdable(line):
            names = ", ".join(map(named, found))
            warnings.append(Fault(file, index + 1, f"no page can show {names}, which was left out or became a space"))
            lines[index] = line.translate({ord(one): _SPACES.get(one, "") for one in found})
    return "\n".join(lines), warnings
