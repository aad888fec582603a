"""What the templates of the whole site may ask of the advisor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from advisor.service import advising_editions


def editions_that_advise(request: HttpRequest) -> dict[str, Any]:
    """`advising_editions`: the codes of the editions that give advice, looked up where a template asks."""
    return {"advising_editions": SimpleLazyObject(advising_editions)}
