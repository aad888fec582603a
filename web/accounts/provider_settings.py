"""What an operator may set of the provider that signs people in; each parser raises ValueError with the reason. Free of
Django and of settings.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

SUPERUSER = "superuser"
"""The role of those who may do everything."""

ALWAYS = "always"
"""The provider asks everybody for a second factor, whatever its tokens say."""


def issuer(text: str) -> str:
    """The URL of a provider, exactly as it names itself; plain http only on this machine."""
    if not text:
        return ""
    parts = urlsplit(text)
    is_plain = parts.scheme == "http" and is_this_machine(parts.hostname or "")
    if not (parts.scheme == "https" or is_plain) or not parts.hostname or parts.query or parts.fragment or "@" in text:
        raise ValueError("an issuer is a URL that begins with https:// and has no query, as the provider writes it")
    return text


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def roles_by_value(text: str, known: Collection[str]) -> dict[str, str]:
    """The roles of values of a claim, as `value=role, other value=role`."""
    roles = {}
    for pair in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        value, is_pair, role = (part.strip() for part in pair.rpartition("="))
        if not is_pair or not value or role not in known:
            raise ValueError(f"write value=role, with commas between them; the roles are {', '.join(known)}")
        roles[value] = role
    return roles


def secret_in(text: str) -> str:
    """The secret in a file."""
    try:
        secret = Path(text).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ValueError(f"the file cannot be read: {fault}") from None
    if not secret:
        raise ValueError("the file is empty")
    return secret


def authorities_at(text: str) -> str:
    """The path of a file with certificates of authorities."""
    if text and "BEGIN CERTIFICATE" not in secret_in(text):
        raise ValueError("the file has no certificates (PEM)")
    return text
