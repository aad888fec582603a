"""PDF by Typst, from a template and data: PDF/A-2a and PDF/UA-1.

All words reach a template as data and never as markup, so nothing that somebody typed can be taken for a command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from web.own_look import signal, site_name

FONTS = Path(__file__).parent / "fonts"


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """A template with its data as PDF. The file says that it was made on today's date, so that a page is the same
    bytes all day.
    """
    import typst  # 60 MB that only this needs

    return typst.compile(
        str(template),
        root=str(settings.BASE_DIR),
        sys_inputs={"data": json.dumps({**data, "site": _own_look()}, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        # An archive takes the file as it is, and a screen reader finds headings, lists, and tables in it.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(localdate(), time(), UTC),
    )


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
