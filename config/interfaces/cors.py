"""Which pages of other origins may read what is meant for programs: those of the portals that an editor let call the
API, exactly.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from faq.editors.portals import calling_origins


def may_call(sender: Any, request: HttpRequest, **kwargs: Any) -> bool:
    """Whether the origin that a browser names is that of a portal that may call the API."""
    is_for_programs = re.match(settings.CORS_URLS_REGEX, request.path) is not None
    return is_for_programs and request.headers.get("Origin", "") in calling_origins()
