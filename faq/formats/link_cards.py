"""The pictures that links to this site are shown with (Open Graph): 1200 × 630 pixels, ink on paper and one colour."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from faq.formats.logo_picture import logo_picture
from faq.pages.context import chosen_edition, language_of
from faq.pages.public_page import public_page
from faq.store.entries import find_entry
from web.htmx import HtmxHttpRequest
from web.own_look import signal, site_name

SIZE = (1200, 630)
MARGIN = 80
PAPER, INK, SOFT, LINE = "#fbfaf7", "#17212b", "#46515c", "#d9d6ce"
FONTS = Path(__file__).parent / "fonts"

ICON_SIZES = (16, 32, 48)
ICON_DRAWN = 192
TITLE_SIZES = (68, 60, 52, 44, 38)
NAME_SIZES = (104, 88, 72, 60, 48, 40, 32)
MOST_LINES = 5

SIGNPOST = (
    ((11, 1), (13, 1), (13, 23), (11, 23)),
    ((3, 4), (18, 4), (21, 7.5), (18, 11), (3, 11)),
    ((21, 13), (8, 13), (5, 16), (8, 19), (21, 19)),
)
"""The mark, as in static/mark.svg: a post and two arms, on a square of 24."""


@require_safe
@public_page
def card(request: HtmxHttpRequest, slug: str = "") -> HttpResponse:
    """The picture that a link to an entry, or to the site, is shown with."""
    if not slug:
        return HttpResponse(site_card(_("Azure VPN gateways: answers and advice")), content_type="image/png")
    shown = find_entry(chosen_edition(request).edition, slug, language_of(request))
    if shown is None:
        raise Http404(slug)
    edition = _("Edition %(code)s") % {"code": shown.edition}
    drawn = entry_card(shown.heading.question, shown.section_title, edition)
    return HttpResponse(drawn, content_type="image/png")


@require_safe
@public_page
def icon(request: HtmxHttpRequest) -> HttpResponse:
    """The mark of the site at the address where browsers look for one."""
    return HttpResponse(site_icon(), content_type="image/x-icon")


def entry_card(question: str, section: str, edition: str) -> bytes:
    """The picture of an entry, as PNG: its question as large as fits, with its section above and the edition below."""
    image, draw = _sheet()
    line = " ".join(section.split())  # what lays the letters out refuses a break within a line, such as U+2029
    draw.text((MARGIN, 92), line, fill=signal().light, font=_font("Bold", 30))
    lines, size = _fitted(draw, question, 2 * MARGIN, MOST_LINES)
    top = 150
    for part in lines:
        draw.text((MARGIN, top), part, fill=INK, font=_font("Bold", size))
        top += round(size * 1.22)
    _colophon(image, edition)
    return _png(image)


def site_card(title: str) -> bytes:
    """The picture of the site itself, as PNG."""
    image, draw = _sheet()
    after = _mark(image, (MARGIN, 130), (400, 130)) + 30
    (name, *_more), size = _fitted(draw, site_name(), after + MARGIN, 1, sizes=NAME_SIZES)
    draw.text((after, 138 + (NAME_SIZES[0] - size) * 0.6), name, fill=INK, font=_font("Bold", size))
    lines, size = _fitted(draw, title, 2 * MARGIN, 2, sizes=(44, 40, 36))
    for number, line in enumerate(lines):
        draw.text((MARGIN, 330 + number * round(size * 1.3)), line, fill=SOFT, font=_font("Regular", size))
    return _png(image)


def advice_card(title: str) -> bytes:
    """The one picture of every advice, as PNG: a hub with sites around it, and nothing of anybody's own."""
    image, draw = _sheet()
    lines, size = _fitted(draw, title, MARGIN + 560, 4, sizes=(60, 52, 44))
    for number, line in enumerate(lines):
        draw.text((MARGIN, 120 + number * round(size * 1.22)), line, fill=INK, font=_font("Bold", size))
    hub = (900, 200, 1110, 330)
    for top in (110, 225, 340):
        site = (640, top, 780, top + 80)
        draw.line((site[2], top + 40, hub[0], 265), fill=signal().light, width=6)
        draw.rounded_rectangle(site, 8, fill=PAPER, outline=INK, width=4)
    draw.rounded_rectangle(hub, 10, fill=PAPER, outline=INK, width=8)
    logo = logo_picture(170, 86)
    _mark(image, (963 if logo is None else 1005 - logo.width // 2, 222), (170, 86))
    _colophon(image, "")
    return _png(image)


def site_icon() -> bytes:
    """The mark as an ICO, for address bars and lists of search engines that read no SVG. Drawn large, then made small,
    since a small polygon has ragged edges.
    """
    image = Image.new("RGBA", (ICON_DRAWN, ICON_DRAWN))
    _signpost(ImageDraw.Draw(image), (0, 0), ICON_DRAWN)
    written = BytesIO()
    image.save(written, "ICO", sizes=[(size, size) for size in ICON_SIZES])
    return written.getvalue()


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=signal().light)
    return image, draw


def _colophon(image: Image.Image, said: str) -> None:
    draw = ImageDraw.Draw(image)
    draw.line((MARGIN, 530, SIZE[0] - MARGIN, 530), fill=LINE, width=2)
    after = _mark(image, (MARGIN, 552), (160, 42)) + 14
    draw.text((after, 553), site_name(), fill=INK, font=_font("Bold", 32))
    draw.text((SIZE[0] - MARGIN, 556), said, fill=SOFT, font=_font("Regular", 28), anchor="ra")


def _mark(image: Image.Image, at: tuple[int, int], box: tuple[int, int]) -> int:
    """Draw the logo in a box of this width and height, or the signpost where there is none; where it ends."""
    left, top = at
    logo = logo_picture(*box)
    if logo is None:
        _signpost(ImageDraw.Draw(image), at, box[1])
        return left + box[1]
    image.paste(logo, (left, top + (box[1] - logo.height) // 2), logo)
    return left + logo.width


def _signpost(draw: ImageDraw.ImageDraw, at: tuple[int, int], size: int) -> None:
    for shape in SIGNPOST:
        draw.polygon([(at[0] + x * size / 24, at[1] + y * size / 24) for x, y in shape], fill=signal().light)


def _fitted(
    draw: ImageDraw.ImageDraw, text: str, margins: int, most: int, *, sizes: tuple[int, ...] = TITLE_SIZES
) -> tuple[list[str], int]:
    """A text in at most so many lines, as large as fits beside these margins; cut where even the smallest does not."""
    width = SIZE[0] - margins
    for size in sizes:
        lines = _wrapped(draw, text, width, _font("Bold", size))
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], lines[most - 1].rstrip(" .,?") + "…"], sizes[-1]


def _wrapped(draw: ImageDraw.ImageDraw, text: str, width: int, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"Inter-{weight}.otf", size)


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()
