"""The report on an existing setup that was read: as JSON, with a sentence for each line, and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from advisor.core.need import Need
from advisor.core.refusals import FieldError
from advisor.formats.as_json import need_to_json
from advisor.wording.setups import PARTS, line_of, refused_because

ENTRY_OF = {"virtual-wan": "when-do-i-need-virtual-wan"}
"""The entry on what is left out, by the code of the line, where there is one."""


class Item(Protocol):
    """A line of a report: `advisor.existing.report` has them."""

    @property
    def code(self) -> str:
        """What it says."""

    @property
    def file(self) -> str:
        """The file that it comes from."""

    @property
    def path(self) -> str:
        """A place in the need or in the file."""

    @property
    def subject(self) -> str:
        """What it is about."""


class Reading(Protocol):
    """The three parts of a report."""

    @property
    def understood(self) -> Sequence[Item]:
        """What was read."""

    @property
    def ignored(self) -> Sequence[Item]:
        """What was left out."""

    @property
    def missing(self) -> Sequence[Item]:
        """What the advisor would like to know."""


def report_to_json(need: Need, reading: Reading, language: str) -> dict[str, Any]:
    """A need with every field of the contract, and the parts of the report, each line with its sentence."""
    return {"need": need_to_json(need)} | {part: lines_to_json(reading, part, language) for part in PARTS}


def lines_to_json(reading: Reading, part: str, language: str) -> list[dict[str, str]]:
    """The lines of a part of the report. One whose code has an entry names the address of that."""
    items: Iterable[Item] = getattr(reading, part)
    return [
        {
            "code": item.code,
            "file": item.file,
            "path": item.path,
            "subject": item.subject,
            "text": " ".join((line_of(part, item.code, item.subject, language), *_links(item))),
        }
        for item in items
    ]


def _links(item: Item) -> Iterator[str]:
    """The address of the entry on a line, in the language of whoever opens it."""
    if slug := ENTRY_OF.get(item.code):
        yield f"{settings.ORIGIN}/faq/{slug}"


def refusal_to_json(errors: Iterable[FieldError], language: str) -> list[dict[str, Any]]:
    """Why files are refused. Nothing that stood in them is repeated: neither a value nor what it may have meant."""
    return [
        {"path": error.path, "value": None, "reason": refused_because(error, language), "suggestion": None}
        for error in errors
    ]


def part_names() -> dict[str, str]:
    """What the parts of the report are called, in the active language."""
    return {"understood": _("Understood"), "ignored": _("Left out"), "missing": _("Still missing")}


def setup_as_text(told: Mapping[str, Any]) -> str:
    """A report, as JSON, in lines for a terminal, in the active language."""
    lines: list[str] = []
    for part, name in part_names().items():
        if told[part]:
            lines += [name, "", *(f"- {_line(one)}" for one in told[part]), ""]
    return "\n".join(lines)


def _line(one: Mapping[str, str]) -> str:
    where = ": ".join(said for said in (one["file"], one["path"]) if said)
    return f"{one['text']} [{where}]" if where else one["text"]


def errors_as_text(errors: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each error, with its place."""
    for error in errors:
        yield f"{error['path']}: {error['reason']}" if error["path"] else str(error["reason"])
