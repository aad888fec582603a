"""`/mcp`: the MCP server over streamable HTTP. What is no message of the protocol is refused here, in its own terms.

The SDK is imported when the first message comes.
"""

from __future__ import annotations

import threading
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from web.problems import fault, problem

MOST_AT_ONCE = 2
"""Messages that a worker answers at the same time; its other threads are for readers."""

INVALID_REQUEST = -32600
"""The code of JSON-RPC for what is no request."""

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@csrf_exempt  # it reads, keeps nothing, and no account counts
def mcp(request: HttpRequest) -> HttpResponse:
    """One message of the Model Context Protocol. There are no sessions, so there is nothing to GET or to DELETE."""
    if request.method != "POST":
        return problem(405, "Method Not Allowed", [fault("", request.method, "Use POST.")], Allow="POST")
    if not _places.acquire(blocking=False):
        return problem(503, "Service Unavailable", [fault("", None, "Try again in a second.")], **{"Retry-After": "1"})
    try:
        from config.interfaces.mcp_bridge import answer

        return _refused(request) or answer(request)
    finally:
        _places.release()


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The answer to a batch, or to a version of the protocol that nobody speaks; None to anything else."""
    from mcp.types.version import KNOWN_PROTOCOL_VERSIONS as known  # noqa: N811 -- a constant of the SDK, here a value

    version = request.headers.get("MCP-Protocol-Version")
    if version is not None and version not in known:
        told = f"Unknown protocol version {version[:40]!r} in MCP-Protocol-Version; use one of: {', '.join(known)}."
        return _error(told, {"requested": version[:40], "supported": list(known)})
    if request.body.lstrip()[:1] == b"[":
        return _error("Batches are not supported: send each message in a request of its own.")
    return None


def _error(told: str, data: dict[str, Any] | None = None) -> HttpResponse:
    error = {"code": INVALID_REQUEST, "message": told} | ({"data": data} if data else {})
    return JsonResponse(
        {"jsonrpc": "2.0", "id": None, "error": error}, status=400, headers={"Cache-Control": "no-store"}
    )
