"""Files that a request brings, in memory: settings see to it that none is written to a disk."""

from __future__ import annotations

from django.http import HttpRequest


def uploaded(request: HttpRequest, field: str) -> list[tuple[str, bytes]]:
    """The name and the content of each file in a field of a form, then of each text in it that is not empty."""
    files = [(str(given.name or ""), given.read()) for given in request.FILES.getlist(field)]
    return files + [("", text.encode()) for text in request.POST.getlist(field) if text.strip()]
