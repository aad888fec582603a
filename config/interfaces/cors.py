"""Which pages of other origins may read the API: those of the portals that an editor let call it, exactly."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from faq.editors.portals import calling_origins


def may_call(sender: Any, request: HttpRequest, **kwargs: Any) -> bool:
    """Whether the origin that a browser names is that of a portal that may call the API."""
    return request.path.startswith("/api/") and request.headers.get("Origin", "") in calling_origins()
