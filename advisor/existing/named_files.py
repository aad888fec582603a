"""Files under names that can stand in a report: of one line, and no two alike. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from advisor.existing.report import SetupFile

LONGEST_NAME = 80
"""Characters of the name of a file; of a longer one, or a longer path, the end is shown."""

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of characters that nobody sees, or that change how those around them are read."""


def named_apart(files: Iterable[tuple[str, bytes]], unnamed: str = "file") -> Iterator[SetupFile]:
    """The files, each with a name of its own: of two alike the later has a number behind it."""
    used: set[str] = set()
    for given, content in files:
        plain = "".join(" " if unicodedata.category(char) in UNSEEN else char for char in given)
        whole = " ".join(plain.split()) or unnamed
        base = whole if len(whole) <= LONGEST_NAME else f"…{whole[1 - LONGEST_NAME :]}"
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base} ({number})"
        used.add(name)
        yield SetupFile(name, content)
