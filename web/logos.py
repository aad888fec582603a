"""A company's logo as it may be served: an SVG that does nothing and asks for nothing, or a PNG of a sane size.

Free of Django and of settings.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

LARGEST_FILE = 64 * 1024
"""Bytes of a logo: it comes with the first visit to a page."""

SIDES = (16, 2048)
"""Pixels of a side of a PNG, the least and the most."""

WIDEST, TALLEST = 10.0, 0.5
"""The width of a logo, in heights: more would leave no room for the name, less would be a line."""

SVG, PNG = "image/svg+xml", "image/png"

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"

_LIVELY = frozenset(
    {
        *("animate", "animatemotion", "animatetransform", "set"),
        *("handler", "listener", "script"),
        *("a", "discard", "embed", "foreignobject", "iframe", "object"),
        *("audio", "video"),
    }
)
"""Elements that run, move, lead elsewhere, or hold what is no drawing."""

_OWN_LINK = re.compile(r"#|data:image/(?:png|jpeg|webp);base64,")
_FAR_URL = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|image-set\(|src\(", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px)?\s*")


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo that may be served: its bytes, its media type, and its width in heights."""

    body: bytes
    media_type: str
    ratio: float

    @property
    def suffix(self) -> str:
        """How the name of its file ends: `svg` or `png`."""
        return "svg" if self.media_type == SVG else "png"


def logo_at(text: str) -> Logo | None:
    """The logo in the file at a path; None for no path. Raises ValueError with what is wrong with the file."""
    if not text:
        return None
    path = Path(text).expanduser()
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError(f"the file has {path.stat().st_size} bytes; a logo has at most {LARGEST_FILE}")
        body = path.read_bytes()
    except OSError as fault:
        raise ValueError(f"the file cannot be read: {fault.strerror}") from None
    return read_logo(body)


def read_logo(body: bytes) -> Logo:
    """The logo that these bytes are. Raises ValueError with what is wrong with them."""
    is_png = body.startswith(_PNG_HEAD)
    ratio = _png_ratio(body) if is_png else _svg_ratio(body)
    if not TALLEST <= ratio <= WIDEST:
        raise ValueError(
            f"the logo is {ratio:.2g} times as wide as it is high; it must be from {TALLEST:g} to {WIDEST:g} times"
        )
    return Logo(body, PNG if is_png else SVG, ratio)


def _png_ratio(body: bytes) -> float:
    if body[12:16] != b"IHDR" or len(body) < 24:
        raise ValueError("the PNG is damaged: it does not say how large it is")
    width, height = struct.unpack(">II", body[16:24])
    least, most = SIDES
    if not (least <= width <= most and least <= height <= most):
        raise ValueError(f"the PNG is {width} by {height} pixels; each side must have from {least} to {most}")
    return float(width / height)


def _svg_ratio(body: bytes) -> float:
    """The width of an SVG in heights, once all of it is found to be harmless."""
    try:
        body.decode()
    except UnicodeDecodeError:
        raise ValueError("the file is neither a PNG nor an SVG in UTF-8") from None
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = _refuse("a document type (<!DOCTYPE …>)")
    parser.ProcessingInstructionHandler = _refuse("a processing instruction (<?…?>)")
    try:
        parser.Parse(body, True)
    except expat.ExpatError as fault:
        raise ValueError(f"the file is neither a PNG nor an SVG that can be read ({fault})") from None
    return reading.ratio


def _refuse(what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise ValueError(f"the SVG has {what}; remove it")

    return refuse


class _Reading:
    """What is known of an SVG while it is read; raises ValueError at the first thing that a logo must not have."""

    def __init__(self) -> None:
        self.ratio = 0.0
        self._styles: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at an element and its attributes. Expat gives names as `namespace name`."""
        space, _, tag = name.rpartition(" ")
        own = {key.rpartition(" ")[2].lower(): value for key, value in attributes.items()}
        if not self.ratio:
            if (space, tag) != (_SVG, "svg"):
                raise ValueError(f"the file is neither a PNG nor an SVG: it begins with <{tag}> outside of {_SVG}")
            self.ratio = _ratio(own)
        if tag.lower() in _LIVELY:
            raise ValueError(f"the SVG has an element <{tag}>; remove it")
        if tag.lower() == "style":
            self._styles = []
        for key, value in own.items():
            if key.startswith("on"):
                raise ValueError(f'the SVG has an event handler {key}="…" at <{tag}>; remove it')
            if key in ("href", "src", "base") and not _OWN_LINK.match(value):
                raise ValueError(f'the SVG refers to something else by {key}="{value[:60]}"; draw it in the SVG itself')
            _refuse_far(value)

    def text(self, said: str) -> None:
        """Gather what a style sheet says: it may come in pieces."""
        if self._styles is not None:
            self._styles.append(said)

    def end(self, name: str) -> None:
        """Look at a style sheet that is complete."""
        if self._styles is not None and name.rpartition(" ")[2].lower() == "style":
            said, self._styles = "".join(self._styles), None
            if "\\" in said:
                raise ValueError("the SVG has a backslash in its style sheet; write the sign itself")
            _refuse_far(said)


def _refuse_far(said: str) -> None:
    if found := _FAR_URL.search(said):
        raise ValueError(
            f"the SVG refers to something else by {said[found.start() :][:60]!r}; draw it in the SVG itself"
        )


def _ratio(attributes: dict[str, str]) -> float:
    """The width in heights of an SVG, by its viewBox, else by its width and height."""
    box = re.split(r"[\s,]+", attributes.get("viewbox", "").strip())
    sides = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
    found = [float(match[1]) for match in map(_LENGTH.fullmatch, sides) if match]
    if len(found) != 2 or not all(found):
        raise ValueError('the SVG does not say how large it is; give it a viewBox, such as viewBox="0 0 120 40"')
    return found[0] / found[1]
