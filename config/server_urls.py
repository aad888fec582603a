"""What the URLs of servers have in common, whatever the server is."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from web.hosts import host_name


def split_url(url: str, forms: str) -> tuple[SplitResult, int | None]:
    """The parts of a URL, and the port that it names. Raises ValueError with the forms that it may have, or what is
    wrong with the port, and nothing of the URL, which may have a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        if parts.hostname:
            host_name(parts.hostname)
    except ValueError:
        raise ValueError(forms) from None
    if port == 0:
        raise ValueError("a port is a number from 1 to 65535")
    return parts, port
