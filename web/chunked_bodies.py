"""Bodies that are sent in chunks, without their length (.NET does so): read here within the bound of any other body.

A WSGI application reads such a body only where the server says that it ends by itself, as gunicorn does.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings

REFUSED = "gatewijzer.refused_body"
"""Where the environment of a request says with which status its body is to be refused."""


def most_bytes(path: str) -> int:
    """The most bytes that a body may have at a path."""
    return int(settings.BODY_BYTES.get(path, settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


def with_length(environ: dict[str, Any]) -> None:
    """Give a WSGI environment whose body comes in chunks that body with its length. One that cannot be taken is left
    out, and `REFUSED` has the status: 411 if the server leaves the chunks to us, 400 if they are broken, 413 if they
    are too many.
    """
    if not environ.get("HTTP_TRANSFER_ENCODING") or environ.get("CONTENT_LENGTH"):
        return
    if not environ.get("wsgi.input_terminated"):
        environ[REFUSED] = 411
        return
    most = most_bytes(environ.get("PATH_INFO", ""))
    body = b""
    try:
        body = environ["wsgi.input"].read(most + 1)
    except Exception:  # what a server raises here is its own: WSGI names no error
        environ[REFUSED] = 400
    if len(body) > most:
        environ[REFUSED], body = 413, b""
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
