"""What stands in a PDF."""

from __future__ import annotations

import io

from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """All text of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    """How many sheets it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
