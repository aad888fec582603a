"""`python -m web.serving.alive FILE`: ends with 0 where a site answers on that Unix socket, as containers are watched.

It needs nothing but Python, so that it may be asked every few seconds.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence

SECONDS = 5.0
"""In which a site answers, even one that turns others away."""

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def is_alive(path: str) -> bool:
    """Whether what listens on a Unix socket answers `/healthz` with 200."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(SECONDS)
            connection.connect(path)
            connection.sendall(REQUEST)
            return connection.recv(64).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def main(arguments: Sequence[str]) -> int:
    """The exit status for a path. Raises ValueError where there is not just one."""
    (path,) = arguments
    return 0 if is_alive(path) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
