"""A company's own look: the name of the site, and the files that its color and its logo come as.

A file has a version in its URL, so browsers may keep it for a year. Without the settings there are no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from web.colors import Shades, shades_of
from web.logos import Logo

COLORS, MARK, LOGO = "colors", "mark", "logo"
"""What the files are for: a style sheet with the color, the mark of the site in that color, and the logo."""

USUAL = Shades(light="#0b5d66", dark="#5cc4cd")
"""The signal color where none is set, as in static/site.css and static/mark.svg."""

STYLE_SHEET = """\
@media screen and (forced-colors: none) {{ :root {{ --signal: light-dark({light}, {dark}); }} }}
@media print {{ .masthead {{ border-bottom: 2pt solid {light}; }} }}
"""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that is served as part of the look."""

    name: str
    body: bytes
    media_type: str

    @property
    def version(self) -> str:
        """Another one for other bytes."""
        return blake2b(self.body, digest_size=6).hexdigest()

    @property
    def url(self) -> str:
        """Its path on the site."""
        return reverse("own-look", args=[self.version, self.name])


@dataclass(frozen=True, slots=True)
class Picture:
    """The logo as it stands on a page: its path, and its size in pixels."""

    url: str
    width: int
    height: int


def site_name() -> str:
    """What the site is called."""
    return str(settings.NAME)


def signal() -> Shades:
    """The signal color of the site on light and on dark paper."""
    return _shades(settings.COLOR) if settings.COLOR else USUAL


def own_file(what: str) -> OwnFile | None:
    """The file of the look for `COLORS`, `MARK`, or `LOGO`; None where nothing is set that it would show."""
    return _files(settings.COLOR, settings.LOGO, settings.BASE_DIR / "static/mark.svg").get(what)


def icon() -> OwnFile | None:
    """What stands for the site in a tab or in a list of feeds: its logo, else the mark in its color, if any."""
    return own_file(LOGO) or own_file(MARK)


def logo_within(width: int, height: int) -> Picture | None:
    """The logo, as large as fits in so many pixels; None where none is set."""
    file, logo = own_file(LOGO), settings.LOGO
    if file is None or logo is None:
        return None
    high = min(height, width / logo.ratio)
    return Picture(file.url, max(1, round(high * logo.ratio)), max(1, round(high)))


@require_safe
@csp_replace({"default-src": [NONE], "script-src": None, "style-src": [UNSAFE_INLINE], "img-src": ["data:"]})  # type: ignore[arg-type] # its types know no views with arguments
def own_look(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """A file of the look, to be kept for a year; a former version leads to the present one. Whoever opens a logo by
    itself opens a document of this site: it may run nothing and fetch nothing.
    """
    file = next((file for file in map(own_file, (COLORS, MARK, LOGO)) if file and file.name == name), None)
    if file is None:
        raise Http404(name)
    if version != file.version:
        return HttpResponseRedirect(file.url)
    return HttpResponse(
        file.body,
        content_type=file.media_type,
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@lru_cache(maxsize=16)
def _shades(color: str) -> Shades:
    return shades_of(color)


@lru_cache(maxsize=16)
def _files(color: str, logo: Logo | None, mark: Path) -> dict[str, OwnFile]:
    """The files of a color and a logo; `mark` is the path of the mark in the usual color."""
    files = {}
    if color:
        shades = _shades(color)
        sheet = STYLE_SHEET.format(light=shades.light, dark=shades.dark)
        drawn = mark.read_text(encoding="utf-8").replace(USUAL.light, shades.light).replace(USUAL.dark, shades.dark)
        files[COLORS] = OwnFile("look.css", sheet.encode(), "text/css; charset=utf-8")
        files[MARK] = OwnFile("mark.svg", drawn.encode(), "image/svg+xml")
    if logo is not None:
        files[LOGO] = OwnFile(f"logo.{logo.suffix}", logo.body, logo.media_type)
    return files
