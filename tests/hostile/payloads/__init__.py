"""Lines that attackers send, a file for each kind. An empty line and one that begins with `# ` says nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent

_BY_NUMBER = re.compile(r"\{U\+([0-9A-F]{4,6})\}")
"""A character that a file of lines cannot have."""


@cache
def lines(kind: str) -> list[str]:
    """The payloads of a kind; `{U+000D}` stands for the character."""
    written = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").split("\n")
    said = [line for line in written if line and not line.startswith("# ")]
    return [_BY_NUMBER.sub(lambda found: chr(int(found[1], 16)), line) for line in said]
