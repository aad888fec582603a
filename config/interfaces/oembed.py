"""oEmbed: for the address of one of our pages, the frame that shows it. An address is only read, never fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from faq.pages.context import EMBEDDED
from faq.store.editions import Edition, find_edition
from faq.store.entries import find_entry
from faq.store.slugs import find_short
from web.characters import holdable
from web.languages import LANGUAGES
from web.own_look import site_name
from web.problems import INVALID_PARAMETER, fault, problem

WIDTH, HEIGHT = 640, 480
"""Pixels of a frame where the asker names no smaller ones."""

LARGEST = 10_000
NUMBER = re.compile(r"[0-9]{1,9}")
LONGEST_URL = 4_000

WIZARD = {"advisor:form", "advisor:step", "advisor:check", "advisor:result"}


@dataclass(frozen=True, slots=True)
class Embedded:
    """A page that can be shown in a frame: its title, and where the frame's page is."""

    title: str
    address: str


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`GET /oembed?url=…&format=json|xml&maxwidth=…&maxheight=…`: a rich answer with one frame, as oEmbed 1.0 says."""
    url, form = request.GET.get("url", ""), request.GET.get("format", "json")
    faults = list(_faults(request, url))
    if faults:
        return problem(400, INVALID_PARAMETER, faults)
    if form not in ("json", "xml"):
        return problem(501, "Not Implemented", [fault("format", form, "one of: json, xml", ("json", "xml"))])
    found = find_embedded(url)
    if found is None:
        return problem(404, "Not Found", [fault("url", url, "this page cannot be shown in a frame, or is not there")])
    told = _told(found, _size(request, "maxwidth", WIDTH), _size(request, "maxheight", HEIGHT))
    if form == "json":
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    root = ElementTree.Element("oembed")
    for name, value in told.items():
        ElementTree.SubElement(root, name).text = holdable(str(value))
    written = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(written, content_type="text/xml; charset=utf-8")


def find_embedded(url: str) -> Embedded | None:
    """The frame's page for an address of ours, or None where it has none or the entry is not there."""
    parts = urlsplit(url)
    code = dict(parse_qsl(parts.query)).get("edition", "")
    edition = find_edition(code).edition
    path, language = _page_of(parts.path, edition)
    with override(language):
        return _in_language(path, parts.query, language, edition, urlencode({"edition": code}) if code else "")


def _page_of(path: str, edition: Edition) -> tuple[str, str]:
    """The page that a path stands for, with its language: short, without a language, or that of a frame."""
    own = path.removeprefix(EMBEDDED.rstrip("/")) if path.startswith(EMBEDDED) else path
    language = next((code for code in LANGUAGES if own.startswith(f"/{code}/")), None)
    if language is None:
        language = settings.LANGUAGE_CODE
        slug = (
            find_short(own.removeprefix("/e/"), edition)
            if own.startswith("/e/")
            else own.removeprefix("/faq/").strip("/")
        )
        return f"/{language}/faq/{slug or '-'}/", language
    rest = own.removeprefix(f"/{language}/").strip("/")
    is_entry = own is not path and rest != "search" and rest.partition("/")[0] != "advice"
    return (f"/{language}/faq/{rest}/" if is_entry else own), language


def _in_language(path: str, query: str, language: str, edition: Edition, in_edition: str) -> Embedded | None:
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None
    if match.view_name == "faq:search":
        return Embedded(gettext("Search the FAQ"), _address("embed-search", [language], query))
    if match.view_name in WIZARD:
        return Embedded(gettext("Advice for your own network"), _address("embed-advice", [language], query))
    if match.view_name != "faq:entry":
        return None
    shown = find_entry(edition, match.kwargs["slug"], language)
    if shown is None:
        return None
    return Embedded(shown.heading.question, _address("embed-entry", [language, shown.heading.slug], in_edition))


def _address(name: str, args: list[str], query: str) -> str:
    return settings.ORIGIN + reverse(name, args=args) + (f"?{query}" if query else "")


def _told(found: Embedded, width: int, height: int) -> dict[str, Any]:
    frame = (
        f'<iframe src="{escape(found.address)}" width="{width}" height="{height}" title="{escape(found.title)}" '
        'loading="lazy" referrerpolicy="strict-origin-when-cross-origin" '
        'sandbox="allow-scripts allow-same-origin allow-forms allow-popups '
        'allow-popups-to-escape-sandbox allow-downloads" style="border:0;max-width:100%"></iframe>'
    )
    return {
        "type": "rich",
        "version": "1.0",
        "title": found.title,
        "provider_name": site_name(),
        "provider_url": settings.ORIGIN,
        "cache_age": 3600,
        "html": frame,
        "width": width,
        "height": height,
    }


def _faults(request: HttpRequest, url: str) -> Any:
    """What is wrong with the parameters, all at once."""
    ours, parts = urlsplit(settings.ORIGIN), None
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = None
    strange = any(not "!" <= char <= "~" or char in "\\<>\"'`{}" for char in url)
    if not url:
        yield fault("url", None, "enter the URL of a page of this site")
    elif parts is None or strange or len(url) > LONGEST_URL:
        yield fault("url", url, "this is not a URL")
    elif (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
        yield fault("url", url, f"must be a URL that begins with {settings.ORIGIN}")
    if "callback" in request.GET:
        yield fault(
            "callback", request.GET["callback"], "there is no JSONP here; the API's CORS lets listed portals in"
        )
    for name in ("maxwidth", "maxheight"):
        given = request.GET.get(name)
        if given is not None and not (NUMBER.fullmatch(given) and 1 <= int(given) <= LARGEST):
            yield fault(name, given, f"must be a whole number from 1 to {LARGEST}")


def _size(request: HttpRequest, name: str, most: int) -> int:
    return min(int(request.GET.get(name, most)), most)
