"""PDF by Typst, from a template and data: PDF/A-2a and PDF/UA-1.

All words reach a template as data and never as markup, so nothing that somebody typed can be taken for a command.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from PIL import ImageFont

from web.characters import REPLACEMENT
from web.own_look import signal, site_name

FONTS = Path(__file__).parent / "fonts"

NO_CHARACTER = "\U0010ffff"
"""What no font has a glyph for, so that it draws the one that stands for all that it lacks."""


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """A template with its data as PDF. The file says that it was made on today's date, so that a page is the same
    bytes all day. An archive takes no text that the fonts cannot show: where there is any, what our own font lacks is
    replaced.
    """
    import typst  # 60 MB that only this needs

    whole = {**data, "site": _own_look()}
    try:
        return _compiled(template, whole)
    except typst.TypstError:
        return _compiled(template, _showable(whole))


def _compiled(template: Path, data: Mapping[str, Any]) -> bytes:
    import typst

    return typst.compile(
        str(template),
        root=str(settings.BASE_DIR),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        # An archive takes the file as it is, and a screen reader finds headings, lists, and tables in it.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(localdate(), time(), UTC),
    )


def _showable(value: Any) -> Any:
    """Data in which `REPLACEMENT` stands for every character that our font lacks."""
    match value:
        case str():
            return "".join(char if _has_glyph(char) else REPLACEMENT for char in value)
        case list() | tuple():
            return [_showable(part) for part in value]
        case dict():
            return {name: _showable(part) for name, part in value.items()}
    return value


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    """Whether a character is a space, or one that our font has. An archive takes none that means nothing."""
    if char.isspace():
        return char in "\n\t" or unicodedata.category(char) == "Zs"
    if unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs"):
        return False
    return bytes(_font().getmask(char)) != bytes(_font().getmask(NO_CHARACTER))


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "Inter-Regular.otf"), 16, layout_engine=ImageFont.Layout.BASIC)


def _own_look() -> dict[str, Any]:
    """The name, color, and logo of the site, as the head of every page has them; no color and no logo where none is
    set. A template gets the bytes of a logo as numbers: it can read no other notation for them.
    """
    logo = settings.LOGO
    return {
        "name": site_name(),
        "color": signal().light if settings.COLOR else None,
        "logo": {"bytes": list(logo.body), "format": logo.suffix} if logo else None,
    }
