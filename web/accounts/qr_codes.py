"""QR codes as a drawing of one path, which a template writes as SVG without markup from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 asks for."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """The length of its sides in modules, with the quiet zone, and the path of its dark modules."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text, of which a scanner may miss 15 %."""
    import segno  # the pages of a second factor alone need it

    rows = list(segno.make(text, error="m", micro=False).matrix)
    strokes = []
    for y, row in enumerate(rows, QUIET):
        x = QUIET
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrCode(len(rows) + 2 * QUIET, "".join(strokes))
