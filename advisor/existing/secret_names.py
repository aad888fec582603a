"""Names of what is never read: keys, passwords, and what else is nobody's business."""

from __future__ import annotations

_PARTS = ("sharedkey", "authorizationkey", "servicekey", "secret", "password")
_NAMES = frozenset({"custom_data", "customdata", "sensitive_values", "outputs", "publiccertdata"})


def is_secret(name: str) -> bool:
    """Whether the value of a property, parameter or variable of this name is not read, whatever it is."""
    plain = name.lower().replace("_", "").replace("-", "")
    return name.lower() in _NAMES or any(part in plain for part in _PARTS)
