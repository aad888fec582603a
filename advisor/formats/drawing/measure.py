"""How wide a text is: at least as wide as any common system face draws it, since nobody knows which one will.

The widths are those of DejaVu Sans, and of its bold, with a little more for Verdana's: the widest of the faces that
systems come with.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SIZE = 14
"""The size of all letters, in CSS pixels."""
ASCENT, LINE = 14, 18
"""From the top of a line to the foot of its letters, and from line to line."""

SAFETY = 1.03
OTHER, WIDE = 1120, 1400
"""Thousandths of the size: an unknown letter, and a sign as wide as it is high, such as an emoji."""

# fmt: off
REGULAR = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
)
BOLD = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995,
    837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716,
    678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
    365, 712, 838,
)
"""The widths of the letters from space to tilde, in thousandths of the size."""
# fmt: on

_KNOWN = tuple({chr(32 + place): width for place, width in enumerate(widths)} for widths in (REGULAR, BOLD))


@lru_cache(maxsize=4096)
def width_of(said: str, bold: bool = False) -> float:
    """How wide a text is at most, in CSS pixels."""
    known = _KNOWN[bold]
    return sum([known.get(char) or _other(char, bold) for char in said]) * SIZE * SAFETY / 1000


def cut(said: str, width: float, bold: bool = False) -> str:
    """A text, or where it is too wide as much of it as fits, and a sign that there is more."""
    if width_of(said, bold) <= width:
        return said
    kept = said
    while kept and width_of(f"{kept}…", bold) > width:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def wrapped(said: str, width: float, bold: bool = False) -> list[str]:
    """A text in lines that are no wider; a word that is wider is cut."""
    lines: list[str] = []
    for word in said.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(cut(word, width, bold))
    return lines


@lru_cache(maxsize=2048)
def _other(char: str, bold: bool) -> int:
    """The width of a letter outside ASCII: of the letter that it is made of, or safely much."""
    if unicodedata.combining(char) or char in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF:
        return WIDE
    base = unicodedata.normalize("NFD", char)[0]
    return _KNOWN[bold].get(base) or (1000 if char in "·–—…’“”€×" else LIGATURES.get(char, OTHER + 250 * bold))


LIGATURES = {"\ufdfa": 8000, "\ufdfb": 5000, "\ufdfd": 14000, "\u2e3b": 3000, "\u2e3a": 2000}
"""Signs that hold whole words, or lines."""
