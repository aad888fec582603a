"""The identifier of the request that a thread works on: in the log, in a header of the answer, and on the page that
tells of an error, so that a visitor can name it.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="")
"""The identifier; empty outside of a request."""


class WithRequestId(logging.Filter):
    """Gives each record of the log the attribute `request_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep each record."""
        record.request_id = getattr(record, "request_id", None) or current.get()
        return True
