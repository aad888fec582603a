"""What stands in a PDF."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """All text of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    """How many sheets it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def colors_of(pdf: bytes) -> set[str]:
    """The colors that the first sheet is filled with, as # and six hexadecimal digits."""
    reader = PdfReader(io.BytesIO(pdf))
    contents = reader.pages[0].get_contents()
    assert contents is not None
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) scn", contents.get_data())
    return {"#" + "".join(f"{round(float(part) * 255):02x}" for part in color) for color in found}


def pictures_of(pdf: bytes) -> int:
    """How many images of pixels are on the first sheet."""
    return len(PdfReader(io.BytesIO(pdf)).pages[0].images)
