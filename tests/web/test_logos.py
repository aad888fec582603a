"""A company's logo: taken when it is a plain drawing, and refused with the reason when it is more than that."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from web.logos import LARGEST_FILE, Logo, logo_at, read_logo


def svg(inner: str = "<path d='M0 0h9v9z'/>", *, head: str = 'viewBox="0 0 120 40"', before: str = "") -> bytes:
    """An SVG with this in it."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {head}>{inner}</svg>".encode()


def png(width: int, height: int) -> bytes:
    """A PNG of this size."""
    written = BytesIO()
    Image.new("RGB", (width, height), "#7a003c").save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        svg(),
        svg(before='<?xml version="1.0" encoding="UTF-8"?><!-- drawn by hand -->'),
        svg("<style>path{fill:url(#g)} @media(prefers-color-scheme:dark){path{fill:#fff}}</style><path d='M0 0'/>"),
        svg("<defs><linearGradient id='g'/></defs><path style='fill:url( #g )' fill='url(\"#g\")' d='M0 0'/>"),
        svg("<use xlink:href='#a'/><use href='#a'/><image href='data:image/png;base64,AAAA'/>"),
        svg(head='width="120px" height="40"'),
    ],
)
def test_an_svg_that_only_draws_is_taken(body: bytes) -> None:
    assert read_logo(body) == Logo(body, "image/svg+xml", 3.0)


def test_a_png_is_taken_with_its_width_in_heights() -> None:
    body = png(300, 150)
    assert read_logo(body) == Logo(body, "image/png", 2.0)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (svg("<script>alert(1)</script>"), "an element <script>"),
        (svg("<g><ScRiPt href='#a'/></g>"), "an element <ScRiPt>"),
        (svg("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>"), "an element <script>"),
        (svg("<foreignObject/>"), "an element <foreignObject>"),
        (svg("<a href='#x'><path/></a>"), "an element <a>"),
        (svg("<set attributeName='href' to='javascript:x'/>"), "an element <set>"),
        (svg("<path onclick='x()'/>"), 'an event handler onclick="…" at <path>'),
        (svg(head='viewBox="0 0 9 9" onload="x()"'), 'an event handler onload="…" at <svg>'),
        (svg("<image href='https://example.org/a.png'/>"), 'href="https://example.org/a.png"'),
        (svg("<image xlink:href='//example.org/a.png'/>"), 'href="//example.org/a.png"'),
        (svg("<use href='data:image/svg+xml;base64,AA'/>"), 'href="data:image/svg'),
        (svg("<g xml:base='https://example.org/'/>"), 'base="https://example.org/"'),
        (svg("<path style='fill:url(https://example.org/a)'/>"), "url(https://example.org/a)"),
        (svg("<path fill='URL( \"//example.org/a\")'/>"), "URL( "),
        (svg("<style>@import 'a.css';</style>"), "@import"),
        (svg("<style>path{fill:ur<![CDATA[l(a.svg#b)]]>}</style>"), "url(a.svg#b)"),
        (svg("<style>path{fill:u\\72l(a)}</style>"), "a backslash"),
        (svg(before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "a document type"),
        (svg(before='<?xml-stylesheet href="a.css"?>'), "a processing instruction"),
        (svg(head=""), "does not say how large it is"),
        (svg(head='viewBox="0 0 0 0"'), "does not say how large it is"),
        (svg(head='viewBox="0 0 400 10"'), "40 times as wide"),
        (svg()[:-3], "neither a PNG nor an SVG"),
        (b"<html/>", "begins with <html>"),
        (svg(before='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"), "neither a PNG nor an SVG"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"", "neither a PNG nor an SVG"),
        (png(8, 8), "8 by 8 pixels; each side must have from 16 to 2048"),
        (png(4000, 1000), "4000 by 1000 pixels"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 3), "damaged"),
    ],
)
def test_what_is_more_than_a_drawing_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        read_logo(body)


def test_no_path_is_no_logo() -> None:
    assert logo_at("") is None


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(svg())
    assert logo_at(str(tmp_path / "logo.svg")) == read_logo(svg())


def test_a_file_that_cannot_be_read_or_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read: No such file or directory"):
        logo_at(str(tmp_path / "none.svg"))
    with pytest.raises(ValueError, match="cannot be read: Is a directory"):
        logo_at(str(tmp_path))
    (tmp_path / "large.svg").write_bytes(svg(" " * LARGEST_FILE))
    with pytest.raises(ValueError, match=f"a logo has at most {LARGEST_FILE}"):
        logo_at(str(tmp_path / "large.svg"))
