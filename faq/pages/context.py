"""What every page of the site needs to know beside its own matter: edition, language switch, canonical address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from faq.store.editions import ChosenEdition, find_edition, known_editions
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

EMBEDDED = "/embed/"
"""Where the pages are that portals show in a frame."""

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


def page_context(request: HttpRequest, chosen: ChosenEdition | None = None) -> dict[str, Any]:
    """The context that base.html reads. Pages about one edition hand in the one they chose."""
    chosen = chosen or chosen_edition(request)
    in_edition = edition_query(chosen)
    embedded, theme = is_embedded(request), request.GET.get("theme", "")
    path, full_path = (f"/{given.lstrip('/')}" for given in (request.path, request.get_full_path()))  # not `//host`
    own_path = path.removeprefix(EMBEDDED.rstrip("/")) if embedded else path
    translated = {language: translate_url(full_path, language) for language in LANGUAGES}
    alternates = {language: settings.ORIGIN + translate_url(own_path, language) + in_edition for language in LANGUAGES}
    return {
        "chosen": chosen,
        "edition_query": in_edition,
        "edition_parameter": edition_parameter(chosen),
        "editions": known_editions(),
        "language": language_of(request),
        "switch": translated,
        "alternates": alternates | {"x-default": alternates[DEFAULT_LANGUAGE]},
        "canonical": settings.ORIGIN + own_path + in_edition,
        "base": "faq/pages/framed/base.html" if embedded else "base.html",
        "embedded": embedded,
        "theme": theme if theme in THEMES else "",
        "origin": settings.ORIGIN,
        "unknown_language": request.GET.get("language", "")[:20],
    }
