"""What may stand in a path where something is named: a slug, a code. What cannot be one reaches no database.

Free of Django, which asks a converter for no more than this; `config` gives them their names.
"""

from __future__ import annotations


class AsWritten:
    """A part of a path that stands for itself."""

    regex: str

    def to_python(self, value: str) -> str:
        """What a view gets."""
        return value

    def to_url(self, value: str) -> str:
        """What stands in the path."""
        return value


class EntrySlug(AsWritten):
    """The slug of an entry or a section: lower-case words of letters and digits, with hyphens between them."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class ShortCode(AsWritten):
    """A code that somebody may have typed, in capitals or not."""

    regex = "[A-Za-z0-9]{1,20}"
