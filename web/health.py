"""Whether the site is well, for whatever watches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def health(request: HttpRequest, checks: Mapping[str, Callable[[], bool]]) -> HttpResponse:
    """`ok` where every check says yes, else 503 with the names of those that say no, one a line."""
    failed = [name for name, is_well in checks.items() if not is_well()]
    return HttpResponse(
        "".join(f"{line}\n" for line in failed or ["ok"]),
        status=503 if failed else 200,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
