"""What every page of the site needs to know beside its own matter: edition, language switch, canonical address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from faq.store.editions import ChosenEdition, default_edition, find_edition, known_editions
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

EMBEDDED = "/embed/"
"""Where the pages are that portals show in a frame."""

ON_SITE = {"embed-entry": "faq:entry", "embed-search": "faq:search"}
"""The view of the site for each view of a frame whose path is another one."""

THEMES = ("light", "dark")


def is_embedded(request: HttpRequest) -> bool:
    """Whether the page is one for a portal's frame."""
    return request.path.startswith(EMBEDDED)


def known_language(language: str) -> str:
    """A language of the site. Raises BadRequest, which names those there are."""
    if language not in LANGUAGES:
        raise BadRequest(f"{language[:40]!r}: the language is one of {', '.join(LANGUAGES)}")
    return language


def language_of(request: HttpRequest) -> str:
    """The language of the page: that of its address."""
    return get_language() or settings.LANGUAGE_CODE


def chosen_edition(request: HttpRequest) -> ChosenEdition:
    """The edition that the address asks for (`?edition=`), else the site's default."""
    return find_edition(request.GET.get("edition", ""))


def edition_query(chosen: ChosenEdition) -> str:
    """What a link needs to stay in the edition: nothing in the default one, else `?edition=…`."""
    return "" if chosen.is_default else "?" + urlencode({"edition": chosen.edition.code})


def edition_parameter(chosen: ChosenEdition) -> str:
    """The same for a link that has a query already: nothing, or `&edition=…`."""
    return edition_query(chosen).replace("?", "&")


def part_context(request: HttpRequest, chosen: ChosenEdition) -> dict[str, Any]:
    """The context of a part of a page that is sent by itself."""
    return {
        "chosen": chosen,
        "edition_query": edition_query(chosen),
        "edition_parameter": edition_parameter(chosen),
        "language": language_of(request),
    }


def page_context(request: HttpRequest, chosen: ChosenEdition | None = None) -> dict[str, Any]:
    """The context that base.html reads. Pages about one edition hand in the one they chose."""
    chosen = chosen or chosen_edition(request)
    in_edition = edition_query(chosen)
    embedded, theme = is_embedded(request), request.GET.get("theme", "")
    path, full_path = (f"/{given.lstrip('/')}" for given in (request.path, request.get_full_path()))  # not `//host`
    own_path = _path_on_site(request, path) if embedded else path
    translated = {language: _in_language(full_path, language) for language in LANGUAGES}
    alternates = {language: settings.ORIGIN + _in_language(own_path, language) + in_edition for language in LANGUAGES}
    return part_context(request, chosen) | {
        "editions": known_editions(),
        "edition_switch": (switch := _edition_switch(request, path, chosen)),
        "default_address": next((address for code, address, _ in switch if code == default_edition().code), path),
        "switch": translated,
        "alternates": alternates | {"x-default": alternates[DEFAULT_LANGUAGE]},
        "canonical": settings.ORIGIN + own_path + in_edition,
        "on_site": settings.ORIGIN + own_path + _query_on_site(request),
        "base": "faq/pages/framed/base.html" if embedded else "base.html",
        "embedded": embedded,
        "theme": theme if theme in THEMES else "",
        "origin": settings.ORIGIN,
        "unknown_language": request.GET.get("language", "")[:20],
    }


def _in_language(path: str, language: str) -> str:
    """The page of the site at a path, in a language: what is behind the language is the same in each."""
    own = f"/{get_language()}/"
    return f"/{language}/{path.removeprefix(own)}" if path.startswith(own) else translate_url(path, language)


def _edition_switch(request: HttpRequest, path: str, chosen: ChosenEdition) -> list[tuple[str, str, bool]]:
    """Each edition with the address of this page in it, and whether it is the one that is read."""
    default, rest = default_edition().code, _query_without(request, "edition")
    found = []
    for edition in known_editions():
        query = rest if edition.code == default else "&".join(filter(None, [rest, f"edition={quote(edition.code)}"]))
        found.append((edition.code, path + (f"?{query}" if query else ""), edition == chosen.edition))
    return found


def _query_without(request: HttpRequest, name: str) -> str:
    """The query of the address without a parameter, as an address has it."""
    return urlencode([(key, values) for key, values in request.GET.lists() if key != name], doseq=True)


def _path_on_site(request: HttpRequest, path: str) -> str:
    """The page of the site that a page in a frame shows."""
    match = request.resolver_match
    if match is not None and match.view_name in ON_SITE:
        return reverse(
            ON_SITE[match.view_name], kwargs={name: match.kwargs[name] for name in match.kwargs if name == "slug"}
        )
    return path.removeprefix(EMBEDDED.rstrip("/"))


def _query_on_site(request: HttpRequest) -> str:
    """The query of a page in a frame, without what only concerns the frame."""
    query = _query_without(request, "theme")
    return f"?{query}" if query else ""
