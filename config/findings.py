"""What the doctor of an installation finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What is `unsafe` or `missing`, and what to do about it."""

    kind: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.kind:8} {self.what}\n{'':8} -> {self.do}"
