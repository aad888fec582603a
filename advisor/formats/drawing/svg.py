"""A drawing as the text of an SVG element, which stands alone or in a page.

Everything is drawn in the color of the text around it. The kinds of lines differ in form: one line is a tunnel, two are
a circuit, dashes are the clients' tunnels, and a thick line is a peering.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from advisor.formats.drawing.measure import SIZE
from advisor.formats.drawing.places import CROSS, Frame, Layout, Segment, Text

FORMS = {
    "tunnel": ' stroke-width="2"',
    "circuit": ' stroke-width="1.5"',
    "clients": ' stroke-width="2" stroke-dasharray="7 5"',
    "peering": ' stroke-width="5"',
}
"""How the lines of each kind are drawn; those of a circuit are double."""
HALF_APART = 2
"""Half of the room between the two lines of a circuit."""

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    ' role="img" fill="none" stroke="currentColor" font-family="system-ui,sans-serif" font-size="{size}">'
    "<title>{title}</title>{description}"
)


def to_svg(layout: Layout, title: str, description: Iterable[str] = ()) -> str:
    """A layout as SVG, with its title, and what it shows in words where it is to stand alone."""
    said = " ".join(description)
    return "".join(
        (
            HEAD.format(
                width=layout.width,
                height=layout.height,
                size=SIZE,
                title=escape(title, quote=False),
                description=f"<desc>{escape(said, quote=False)}</desc>" if said else "",
            ),
            *_paths(layout),
            '<g fill="currentColor" stroke="none">',
            *_texts(text for text in layout.texts if not text.bold),
            '<g font-weight="600">',
            *_texts(text for text in layout.texts if text.bold),
            "</g></g></svg>",
        )
    )


def _paths(layout: Layout) -> Iterator[str]:
    yield _path(map(_outline, (frame for frame in layout.frames if not frame.heavy)), "")
    yield _path(map(_outline, (frame for frame in layout.frames if frame.heavy)), ' stroke-width="3"')
    for kind, segments in layout.lines.items():
        drawn = doubled(segments) if kind == "circuit" else segments
        yield _path(map(_stroke, drawn), FORMS[kind])
    if layout.joints:
        dots = (f"M{x} {y}h0" for x, y in layout.joints)
        yield _path(dots, ' stroke-width="7" stroke-linecap="round"')
    if layout.crosses:
        yield _path((_cross(*cross) for cross in layout.crosses), ' stroke-width="2.5"')


def _path(parts: Iterable[str], form: str) -> str:
    drawn = "".join(parts)
    return f'<path d="{drawn}"{form}/>' if drawn else ""


def _outline(frame: Frame) -> str:
    return f"M{frame.x} {frame.y}h{frame.width}v{frame.height}h-{frame.width}z"


def _stroke(segment: Segment) -> str:
    x, y, to_x, to_y = segment
    return f"M{x} {y}H{to_x}" if y == to_y else f"M{x} {y}V{to_y}"


def doubled(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Two lines for each, side by side."""
    for x, y, to_x, to_y in segments:
        across, down = (0, HALF_APART) if y == to_y else (HALF_APART, 0)
        for side in (-1, 1):
            yield x + side * across, y + side * down, to_x + side * across, to_y + side * down


def _cross(x: int, y: int, half: int) -> str:
    size = "6" if half == CROSS else "4"
    whole = "12" if half == CROSS else "8"
    return f"M{x} {y}m-{size}-{size}l{whole} {whole}m-{whole} 0l{whole}-{whole}"


def _texts(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        whole = f"<title>{escape(text.whole, quote=False)}</title>" if text.whole else ""
        yield f'<text x="{text.x}" y="{text.y}">{whole}{escape(text.said, quote=False)}</text>'
