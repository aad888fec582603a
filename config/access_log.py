"""A line of the log for each request, without personal data: no address of a client, and no query, in which people
write about themselves and their networks.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from config.metrics import GONE, counted

log = logging.getLogger("gatewijzer.access")


def finished(scope: Mapping[str, Any], identifier: str, kind: str, status: int, seconds: float) -> None:
    """Count a request, and log it where the operator wants that."""
    counted(kind, status, seconds)
    if settings.ACCESS_LOG:
        told = {"request_id": identifier, "kind": kind, "status": status or GONE, "milliseconds": round(seconds * 1000)}
        log.info("%s %s %s", scope["method"], scope["path"], status or GONE, extra=told)
