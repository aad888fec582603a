"""What the name of a host looks like. Free of Django and of settings."""

from __future__ import annotations

import re
from ipaddress import ip_address

LARGEST_PORT = 65_535

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?", re.IGNORECASE)


def is_host(text: str) -> bool:
    """Whether a text names one host: by labels with points between them, or by its address (IPv6 also in brackets)."""
    try:
        ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return len(text) <= 253 and all(_LABEL.fullmatch(label) for label in text.split("."))
    return True
