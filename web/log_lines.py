"""How the log is written: one line for each record, in UTC, as text or as JSON."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404
from django.http.multipartparser import MultiPartParserError

REFUSALS = (BadRequest, Http404, MultiPartParserError, SuspiciousOperation)
"""What a request is answered with a status from 400 to 499 for."""


class RefusalsInOneLine(logging.Filter):
    """Takes the traceback out of what tells of a refusal: it says nothing about the site, and whoever sends what is
    refused, such as another host or a form that nobody can read, would fill the log with it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, a refusal as its line alone."""
        if record.exc_info and isinstance(record.exc_info[1], REFUSALS):
            record.exc_info = None
        return True


class TextLines(logging.Formatter):
    """`2026-01-31T08:15:00.123Z WARNING web.counters 3f2a…: what happened`, and a traceback below it."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}{request}: {message}", style="{")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 -- logging's name
        """The moment in UTC, to a millisecond."""
        return _moment(record)

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the identifier of the request where there is one."""
        identifier = getattr(record, "request_id", "")
        record.request = f" {identifier}" if identifier else ""
        return super().format(record)


class JsonLines(logging.Formatter):
    """An object with `time`, `level`, `logger`, `message`, and what else is known of the record."""

    EXTRA = ("request_id", "kind", "status", "milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """The object in one line."""
        told = {"time": _moment(record), "level": record.levelname, "logger": record.name}
        told |= {"message": record.getMessage()}
        told |= {name: value for name in self.EXTRA if (value := getattr(record, name, "")) not in ("", None)}
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
