"""Why a parameter is refused, in the reader's language and in one voice: pydantic's own words are English alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from faq.api.parameters import JSONP, UNKNOWN


def known_values(error: Mapping[str, Any]) -> list[str]:
    """What could have stood there, as far as an error of pydantic tells."""
    return re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))


def reason_of(error: Mapping[str, Any]) -> str:
    """The reason of an error of pydantic: one item of `ValidationError.errors()`."""
    kind, known = error["type"], ", ".join(known_values(error))
    if kind == UNKNOWN:
        if not known:
            return _("Unknown parameter; there are no parameters here.")
        return _("Unknown parameter; use one of: %(known)s.") % {"known": known}
    if kind == JSONP:
        return _("JSONP is not supported; CORS lets the scripts of listed portals read.")
    if known:
        return _("Use one of: %(known)s.") % {"known": known}
    return _bound(kind, error.get("ctx", {})) or _type(kind) or str(error["msg"])


def _bound(kind: str, bounds: Mapping[str, Any]) -> str | None:
    """What a value exceeds."""
    match kind:
        case "string_too_short":
            return _("Must not be empty.")
        case "string_too_long":
            return _("Must have %(most)s characters or fewer.") % {"most": bounds["max_length"]}
        case "too_long":
            return _("Must be given %(most)s times or fewer.") % {"most": bounds["max_length"]}
        case "less_than_equal":
            return _("Must be %(most)s or less.") % {"most": bounds["le"]}
        case "greater_than_equal":
            return _("Must be %(least)s or more.") % {"least": bounds["ge"]}
    return None


def _type(kind: str) -> str | None:
    """What should have stood there."""
    match kind.partition("_")[0]:
        case "missing":
            return _("This parameter is required.")
        case "int":
            return _("Must be a whole number.")
        case "string":
            return _("Must be a text.")
        case "dict":
            return _("Must be an object.")
        case "address":
            return _("Must be IPv4 addresses, such as 203.0.113.10.")
    return None
