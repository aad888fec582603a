"""What may stand in a path where something is named: a slug, a short code. What cannot be one reaches no database."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class EntrySlug(StringConverter):
    """The slug of an entry or a section: lower-case words of letters and digits, with hyphens between them."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class ShortCode(StringConverter):
    """A code that somebody may have typed, in capitals or not."""

    regex = "[A-Za-z0-9]{1,20}"


def register() -> None:
    """Let addresses name them: `<entryslug:slug>`, `<shortcode:code>`."""
    register_converter(EntrySlug, "entryslug")
    register_converter(ShortCode, "shortcode")
