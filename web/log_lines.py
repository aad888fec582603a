"""How the log is written: one line for each record, in UTC, as text or as JSON."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class RefusalsInOneLine(logging.Filter):
    """Takes the traceback from a request that was refused (400 to 499): that is the visitor's, and no error of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info, record.exc_text = None, None
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
