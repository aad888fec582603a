"""Whether the site can serve, part by part, for whatever watches it. Whether it lives at all is `/healthz`, which the
front answers without asking anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

Part = Callable[[], str]
"""Says why a part of the site does not work as it should; empty where it does."""

WELL = "ok"


@require_safe
def readiness(request: HttpRequest, parts: Mapping[str, Part], required: Collection[str]) -> JsonResponse:
    """`{"status": …, "parts": {name: "ok" or the reason}}`: `ready` where all parts work; `degraded` where readers are
    served all the same; and `unready`, with 503, where a part does not work that is required for that.
    """
    told = {name: why_not() or WELL for name, why_not in parts.items()}
    failed = {name for name, told_of_it in told.items() if told_of_it != WELL}
    status = "unready" if failed & set(required) else "degraded" if failed else "ready"
    return JsonResponse(
        {"status": status, "parts": told},
        status=503 if status == "unready" else 200,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
