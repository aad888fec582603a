"""What is wrong with a document that somebody else wrote: every fault at once, each at its field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from advisor.core.parameters import Parameters, Value

MOST_ERRORS = 10_000
"""No longer list of errors is made: what is wrong more often than this says so in one last error."""

MOST_SUGGESTIONS = 1_000
"""Looking for the nearest name takes time; a document with more faults than this was not typed by hand."""

LONGEST_CODE = 64
"""No code or name of a field is longer; nothing is near to what is."""

SHOWN = 200
"""Characters of a wrong value that an error repeats."""

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault: where (`sites[2].prefixes[0]`, empty for the whole), what stood there, why not, and what may be meant.

    `reason` is a code of the texts. `value` is shortened where it is long, and JSON can hold it.
    """

    path: str
    value: Scalar
    reason: str
    parameters: Parameters = ()
    suggestion: str | None = None


class Wrong(Exception):  # noqa: N818
    """A value that a reader does not take.

    `likely` are the codes of which the nearest to what is `written` (the value, if not given) may be meant.
    """

    def __init__(
        self,
        reason: str,
        *,
        suggestion: str | None = None,
        likely: Iterable[str] = (),
        written: str | None = None,
        **filled: Value,
    ) -> None:
        self.reason = reason
        self.suggestion = suggestion
        self.written = written
        self.likely = tuple(likely)
        self.parameters: Parameters = tuple(filled.items())
        super().__init__(reason)


class Refusals:
    """The faults found so far, in the order in which they were found."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []
        self._beyond = 0

    @property
    def count(self) -> int:
        """How many faults were found."""
        return len(self.errors) + self._beyond

    def add(self, path: str, value: object, wrong: Wrong) -> None:
        """Note that the value at the path is wrong."""
        if len(self.errors) >= MOST_ERRORS:
            self._beyond += 1
            return
        suggestion = wrong.suggestion
        written = wrong.written if wrong.written is not None else value
        if suggestion is None and isinstance(written, str) and len(self.errors) < MOST_SUGGESTIONS:
            suggestion = nearest(written, wrong.likely)
        self.errors.append(FieldError(_shortened(path), shown(value), wrong.reason, wrong.parameters, suggestion))

    def all(self) -> tuple[FieldError, ...]:
        """Every fault; where there are too many to list, a last one says how many more."""
        if not self._beyond:
            return tuple(self.errors)
        return (*self.errors, FieldError("", self._beyond, "more-errors", (("more", self._beyond),)))


def nearest(written: str, codes: Iterable[str]) -> str | None:
    """The code that somebody who wrote this most likely meant, if any is near."""
    if len(written) > LONGEST_CODE:
        return None
    folded = {_folded(code): code for code in codes}
    close = get_close_matches(_folded(written), folded, n=1)
    return folded[close[0]] if close else None


def _folded(written: str) -> str:
    return "-".join(written.casefold().replace("_", " ").split())


def shown(value: object) -> Scalar:
    """A wrong value as an error repeats it: short, and such that JSON can hold it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _shortened(value)
    if isinstance(value, int):
        return value if abs(value) < 1 << 63 else f"{'-' if value < 0 else ''}{hex(abs(value))[:SHOWN]}…"
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return "{…}" if value else "{}"
    if isinstance(value, list | tuple):
        return "[…]" if value else "[]"
    return _shortened(type(value).__name__)


def _shortened(written: str) -> str:
    short = written if len(written) <= SHOWN else f"{written[:SHOWN]}…"
    return short.encode("utf-8", "replace").decode("utf-8")
