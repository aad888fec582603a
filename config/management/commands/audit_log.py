"""`manage.py audit_log`: who changed what, as CSV or JSON lines."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentTypeError
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from faq.store.audit_log import COLUMNS, records

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would work out (OWASP, CSV injection)."""


class Command(BaseCommand):
    """Writes the audit log to standard output, the oldest record first, in UTC."""

    requires_system_checks = ()  # it uses the database only
    help = "Write the audit log: who changed what, and when. Times are in UTC."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which records, and in which form."""
        parser.add_argument("--since", type=_day, metavar="DAY", help="from this day on, such as 2026-11-27")
        parser.add_argument("--until", type=_day, metavar="DAY", help="up to and with this day")
        parser.add_argument("--account", help="what this account did")
        parser.add_argument("--kind", help="about this kind of object, such as faq.entry")
        parser.add_argument("--key", help="about the object with this key")
        parser.add_argument(
            "--format", choices=("csv", "json"), default="csv", help="CSV, or a JSON object on each line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a record after the other: the log may be longer than fits the memory."""
        found = records(
            since=options["since"],
            until=options["until"],
            account=options["account"],
            kind=options["kind"],
            key=options["key"],
        )
        write = _as_json if options["format"] == "json" else _as_csv
        write(found, self.stdout)


def _as_json(found: Iterable[Mapping[str, Any]], out: Any) -> None:
    for one in found:
        out.write(json.dumps(one, ensure_ascii=False))


def _as_csv(found: Iterable[Mapping[str, Any]], out: Any) -> None:
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow([_cell(one[name]) for name in COLUMNS])


def _cell(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day: write it as 2026-11-27") from None
