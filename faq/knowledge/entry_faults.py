"""What an entry lacks or refers to in vain: facts by code, so that each surface words them its own way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ENGLISH = {
    "unknown-limit": "{key!r} is not in the catalogue",
    "unknown-related": "there is no entry {slug!r}",
    "related-to-itself": "an entry is not related to itself",
    "empty": "is empty",
    "too-long": "has {given} characters; at most {most} are shown",
    "unknown-limit-in-text": "{{limit:{key}}} is not in the catalogue",
    "broken-link": "the link to {target!r} is broken on this site",
    "link-to-no-entry": "the link to {target!r} leads to no entry",
}
"""The sentence of each code in the command line, behind the place."""


@dataclass(frozen=True, slots=True)
class EntryFault:
    """One thing that does not hold: where (`limits`, `related`, or a text such as `nl.answer`), its code, its facts."""

    place: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.place}: {ENGLISH[self.code].format(**self.facts)}"
