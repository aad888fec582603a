"""How the commands that load content say what they did, for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol

from faq.store.loading import Outcome

STATUSES = ("new", "changed", "unchanged", "conflict", "deleted")


class Writes(Protocol):
    """Something a line can be written to."""

    def write(self, text: str) -> object:
        """Write a line."""


Said = tuple[str, int | None, str]
"""The file, line, and reason of something wrong or left out."""


def outcomes_json(outcomes: Iterable[Outcome], warnings: Iterable[Said] | None = None) -> str:
    """The outcomes as the public JSON: `entries` with slug and status (and `only_in`), and no `errors`.

    A loader that can leave something out gives `warnings`, each with file, line, and reason.
    """
    entries = [
        {"slug": outcome.slug, "status": outcome.status} | ({"only_in": outcome.only_in} if outcome.only_in else {})
        for outcome in outcomes
    ]
    return json.dumps({"entries": entries, "errors": []} | _warnings(warnings), indent=1)


def faults_json(faults: Iterable[Said], warnings: Iterable[Said] | None = None) -> str:
    """A refusal as the public JSON: no `entries`, and `errors` with file, line and reason; `warnings` as above."""
    return json.dumps({"entries": [], "errors": _said(faults)} | _warnings(warnings), indent=1)


def _warnings(warnings: Iterable[Said] | None) -> dict[str, Any]:
    return {} if warnings is None else {"warnings": _said(warnings)}


def _said(found: Iterable[Said]) -> list[dict[str, Any]]:
    return [{"file": file, "line": line, "reason": reason} for file, line, reason in found]


def tell(stdout: Writes, what: str, outcomes: list[Outcome], *, dry_run: bool, verbosity: int = 1) -> None:
    """A line for each entry that is not unchanged, and a line of totals; nothing at verbosity 0."""
    if verbosity == 0:
        return
    for outcome in outcomes:
        only = f"  (only in {outcome.only_in})" if outcome.only_in else ""
        if outcome.status != "unchanged" or only:
            stdout.write(f"  {outcome.status:9}  {outcome.slug}{only}")
    counts = ", ".join(f"{sum(outcome.status == status for outcome in outcomes)} {status}" for status in STATUSES)
    stdout.write(f"{what}: {counts}{' (nothing was written: dry run)' if dry_run else ''}")
    if any(outcome.status == "conflict" for outcome in outcomes):
        stdout.write("A conflict was changed or withdrawn here: it stays as it is. --overwrite replaces it.")
    if any(outcome.status == "deleted" for outcome in outcomes):
        stdout.write("What was deleted here stays deleted. --overwrite brings it back.")
