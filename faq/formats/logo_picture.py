"""The logo of the site as pixels, for pictures that cannot hold an SVG."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from django.conf import settings
from PIL import Image

from web.logos import SVG, Logo

DRAWN_HIGH = 320
"""Pixels that an SVG is drawn high, before it is made as small as it is needed: its edges are smoother so."""

TYPESET = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), height: {}pt)"
"""What Typst draws an SVG by."""


def logo_picture(width: int, height: int) -> Image.Image | None:
    """The logo, as large as fits in so many pixels, with what shows through it; None where none is set."""
    return _picture(settings.LOGO, width, height) if settings.LOGO is not None else None


@lru_cache(maxsize=16)
def _picture(logo: Logo, width: int, height: int) -> Image.Image:
    high = min(float(height), width / logo.ratio)
    drawn = Image.open(BytesIO(_drawn(logo.body) if logo.media_type == SVG else logo.body)).convert("RGBA")
    return drawn.resize((max(1, round(high * logo.ratio)), max(1, round(high))), Image.Resampling.LANCZOS)


def _drawn(svg: bytes) -> bytes:
    """An SVG as PNG. It reaches Typst as data, and can ask for nothing: it was read before."""
    import typst  # 60 MB that only this and PDF need

    made = typst.compile(
        TYPESET.format(DRAWN_HIGH).encode(),
        sys_inputs={"svg": svg.decode()},
        format="png",
        ppi=72,
        ignore_system_fonts=True,
    )
    return made if isinstance(made, bytes) else made[0]
