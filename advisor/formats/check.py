"""What an advice says of a set-up that stands, in the order in which it is checked: errors, what has ended or ends
within a year, what is nearly full, what to do first, and all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from advisor.core.advice import Advice
from advisor.core.parameters import Day, Parameters, Phrase, Value

SOON = timedelta(days=365)
"""How far ahead a check looks: what ends later is listed like everything else."""

_END = "until"
"""The parameter of a finding, or of a phrase in a reason, that holds the day on which something ends."""


def check_of(advice: Advice, told: Mapping[str, Any], limits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The parts of a check as plain values. `told` is the advice as JSON, `limits` are its limits with their notes.

    `errors` and `others` are findings; each finding stands once, in one of `errors`, `ending` and `others`. `ending`
    has `day`, `text`, `entry` and `severity`, the earliest first; a reason that names an end within a year stands there
    as well. `until` is the last day that counts as soon, None where the advice is of no day.
    """
    until = advice.as_of + SOON if advice.as_of else None
    found = list(zip(advice.findings, told["findings"], strict=True))
    ending = [
        {"day": day.isoformat(), **_told(as_json)}
        for finding, as_json in found
        if finding.severity != "error" and (day := _ends_by(finding.parameters, until))
    ]
    texts = {one["text"] for one in ending}
    ending += [one for one in _ending_reasons(advice, told, until) if one["text"] not in texts]
    return {
        "until": until.isoformat() if until else None,
        "errors": [as_json for finding, as_json in found if finding.severity == "error"],
        "ending": sorted(ending, key=lambda one: one["day"]),
        "near": [row for row in limits if row["status"] == "near"],
        "others": [
            as_json
            for finding, as_json in found
            if finding.severity != "error" and not _ends_by(finding.parameters, until)
        ],
    }


def _told(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {name: finding[name] for name in ("text", "entry", "severity")}


def _ending_reasons(advice: Advice, told: Mapping[str, Any], until: date | None) -> Iterator[dict[str, Any]]:
    """The reasons for the connections that name an end."""
    for connection, as_json in zip(advice.connections, told["connections"], strict=True):
        for reason, text in zip(connection.reasons, as_json["reasons"], strict=True):
            if day := _ends_by(reason.parameters, until):
                yield {"day": day.isoformat(), "text": text["text"], "entry": text["entry"], "severity": "info"}


def _ends_by(parameters: Parameters, until: date | None) -> date | None:
    """The day on which what a sentence is about ends, or has ended, if that is not after a day."""
    days = [] if until is None else [day for day in _ends(parameters) if day <= until]
    return min(days, default=None)


def _ends(parameters: Iterable[tuple[str, Value]]) -> Iterator[date]:
    for name, value in parameters:
        if isinstance(value, Day) and name == _END:
            yield value.day
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Phrase):
                yield from _ends(one.parameters)
