"""A page in a portal's frame names the portal in its address, and so do its links and forms. Pure."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qsl, quote, urlsplit

PORTAL = "portal"
"""The parameter that names the portal, by its origin."""

FRAMED = "/embed/"

_ADDRESS = re.compile(rf'(\s[a-z-]+=")({FRAMED}[^"]*)(?=")')
_FORM = re.compile(r"<form\b[^>]*>", re.IGNORECASE)
_POSTED = re.compile(r"""\bmethod=["']?post""", re.IGNORECASE)
_ELSEWHERE = re.compile(rf'\baction="(?!{FRAMED})')


def portal_in(query: str) -> str | None:
    """The portal that a query string names; None where it names none."""
    return next((value for name, value in parse_qsl(query, keep_blank_values=True) if name == PORTAL), None)


def without_portal(query: str) -> str:
    """A query string without the portal; the rest stays as it was written."""
    return "&".join(part for part in query.split("&") if part.partition("=")[0] != PORTAL)


def with_portal(address: str, portal: str, joined: str = "&") -> str:
    """An address that names the portal, unless it does already."""
    address, hash_sign, fragment = address.partition("#")
    path, _, query = address.partition("?")
    said = f"{PORTAL}={quote(portal, safe='')}"
    if portal_in(query.replace("&amp;", "&")) is None:
        address = f"{path}?{query}{joined}{said}" if query else f"{path}?{said}"
    return address + hash_sign + fragment


def page_for(html: str, portal: str) -> str:
    """A page whose links and forms to other pages in the frame name the portal. A form that is sent as a query has it
    in a field, since it replaces the query of its address.
    """
    field = f'<input type="hidden" name="{PORTAL}" value="{escape(portal)}">'

    def form(found: re.Match[str]) -> str:
        tag = found[0]
        return tag if _POSTED.search(tag) or _ELSEWHERE.search(tag) else tag + field

    linked = _ADDRESS.sub(lambda found: found[1] + with_portal(found[2], portal, "&amp;"), html)
    return _FORM.sub(form, linked)


def origin_in(referrer: str, own: str) -> str | None:
    """The portal that a Referer tells of: the origin of another site, or what the address of a page of ours in the
    frame names. None where it tells of none.
    """
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return None
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if origin != own.lower():
        return origin if parts.netloc else None
    return portal_in(parts.query) if parts.path.startswith(FRAMED) else None
