"""Codes typed into the search of the FAQ, which knows nothing of them."""

from __future__ import annotations

from django.urls import reverse

from advisor.answers.saved_designs import find_kept, readable_code
from advisor.answers.typed_codes import typed_code
from faq.pages.saved_codes import SavedCode


def code_in_search(typed: str) -> SavedCode | None:
    """The code that was searched for: one that something is saved under, or one that only looks like it."""
    code = typed_code(typed)
    if not code.is_whole:
        return None
    if find_kept(code.plain):
        return SavedCode(readable_code(code.plain), reverse("advisor:case", args=[readable_code(code.plain)]))
    return SavedCode(readable_code(code.plain)) if code.looks_like_one else None
