"""How the commands that load content say what they did, for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn, Protocol

from django.core.management.base import CommandError

from faq.store.loading import KEPT, Outcome

REFUSED = 1
"""The exit status where nothing was changed."""

MOST_LISTED = 20
"""Entries that are listed one by one where all of them are new."""

STATUSES = ("new", "changed", "unchanged", "conflict", "deleted")


class Writes(Protocol):
    """Something a line can be written to."""

    def write(self, text: str) -> object:
        """Write a line."""


class Fault(Protocol):
    """Something wrong or left out; as text it is a line with all three."""

    @property
    def file(self) -> str:
        """Where it stands."""

    @property
    def line(self) -> int | None:
        """From 1; none or 0 where it is the file as a whole."""

    @property
    def reason(self) -> str:
        """Why, as a short sentence."""


def outcomes_json(outcomes: Mapping[str, Sequence[Outcome]], warnings: Iterable[Fault] | None = None) -> str:
    """The outcomes of each edition as the public JSON: `entries` with edition, slug and status (and `only_in`), and no
    `errors`. Where limits were kept as they were changed on the site, `limits` has edition, key and status of each.

    A loader that can leave something out gives `warnings`, each with file, line, and reason.
    """
    entries = [
        {"edition": edition, "slug": outcome.slug, "status": outcome.status}
        | ({"only_in": outcome.only_in} if outcome.only_in else {})
        for edition, of_edition in outcomes.items()
        for outcome in of_edition
        if outcome.status != KEPT
    ]
    kept = [
        {"edition": edition, "key": outcome.slug, "status": outcome.status}
        for edition, of_edition in outcomes.items()
        for outcome in of_edition
        if outcome.status == KEPT
    ]
    limits = {"limits": kept} if kept else {}
    return json.dumps({"entries": entries, "errors": []} | limits | _warnings(warnings), indent=1)


def refuse(
    stdout: Writes, faults: Sequence[Fault], warnings: Iterable[Fault] | None = None, *, as_json: bool
) -> NoReturn:
    """End a command that changed nothing, with every fault: a line for each, or as the public JSON, with no `entries`,
    `errors` with file, line and reason, and `warnings` as above.
    """
    if as_json:
        stdout.write(json.dumps({"entries": [], "errors": _said(faults)} | _warnings(warnings), indent=1))
        raise SystemExit(REFUSED)
    raise CommandError("\n".join(["nothing was changed:", *map(str, faults)]), returncode=REFUSED)


def _warnings(warnings: Iterable[Fault] | None) -> dict[str, Any]:
    return {} if warnings is None else {"warnings": _said(warnings)}


def _said(found: Iterable[Fault]) -> list[dict[str, Any]]:
    return [{"file": fault.file, "line": fault.line, "reason": fault.reason} for fault in found]


def _counted(status: str, number: int) -> str:
    return "conflicts" if status == "conflict" and number != 1 else status


def tell(stdout: Writes, what: str, outcomes: list[Outcome], *, dry_run: bool, verbosity: int = 1) -> None:
    """A line for each entry that is not unchanged, and a line of totals; nothing at verbosity 0. Where much is loaded
    for the first time, all of it new, the total alone, unless verbosity is 2 or more.
    """
    if verbosity == 0:
        return
    is_first_load = len(outcomes) > MOST_LISTED and all(outcome.status == "new" for outcome in outcomes)
    for outcome in () if is_first_load and verbosity < 2 else outcomes:
        only = f"  (only in {outcome.only_in})" if outcome.only_in else ""
        if outcome.status == KEPT:
            stdout.write(f"  {outcome.status:9}  limit {outcome.slug}: changed on the site")
        elif outcome.status != "unchanged" or only:
            stdout.write(f"  {outcome.status:9}  {outcome.slug}{only}")
    numbers = {status: sum(outcome.status == status for outcome in outcomes) for status in STATUSES}
    counts = ", ".join(f"{number} {_counted(status, number)}" for status, number in numbers.items())
    stdout.write(f"{what}: {counts}{' (nothing was written: dry run)' if dry_run else ''}")
    if any(outcome.status == "conflict" for outcome in outcomes):
        stdout.write("A conflict was changed or withdrawn here: it stays as it is. --overwrite replaces it.")
    if any(outcome.status == KEPT for outcome in outcomes):
        stdout.write("A limit that was changed on the site stays as it is. --overwrite takes over the file.")
    if any(outcome.status == "deleted" for outcome in outcomes):
        stdout.write("What was deleted here stays deleted. --overwrite brings it back.")
