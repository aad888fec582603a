"""From a request of Django to the MCP server and back: each POST is handed to the SDK on its own, and nothing is kept
between two. Imported with the SDK, when the first message comes.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

import anyio
from asgiref.sync import async_to_sync
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Message, Scope

from config.interfaces.mcp_server import server
from faq.editors.portals import calling_origins
from web.problems import fault, problem

MCP_PATH = "/mcp"

SECONDS = 5
"""How long one message may take."""


def answer(request: HttpRequest) -> HttpResponse:
    """What the SDK answers to one message."""
    return async_to_sync(_answer)(_scope(request), request.body, _security())


async def _answer(scope: Scope, body: bytes, security: TransportSecuritySettings) -> HttpResponse:
    """What the SDK answers. A manager for one message: it holds nothing, and its tasks end with it."""
    told: list[Message] = []
    asked = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if asked:
            return asked.pop()
        await anyio.sleep_forever()
        raise AssertionError("nobody wakes it")

    async def send(message: Message) -> None:
        told.append(message)

    manager = StreamableHTTPSessionManager(
        server,
        json_response=True,
        stateless=True,
        security_settings=security,
        max_request_body_size=settings.BODY_BYTES[MCP_PATH],
    )
    with anyio.move_on_after(SECONDS) as limit:
        async with manager.run():
            await manager.handle_request(scope, receive, send)
    if limit.cancelled_caught or not told:
        return problem(HTTPStatus.GATEWAY_TIMEOUT, "Gateway Timeout", [fault("", None, f"{SECONDS} seconds at most")])
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in told[0]["headers"]}
    headers.pop("content-length", None)
    content = b"".join(message.get("body", b"") for message in told[1:])
    if told[0]["status"] >= 400 and "json" not in headers.get("content-type", ""):
        phrase = HTTPStatus(told[0]["status"]).phrase
        return problem(told[0]["status"], phrase, [fault("", None, content.decode(errors="replace"))])
    return HttpResponse(content, status=told[0]["status"], headers=headers | {"Cache-Control": "no-store"})


def _scope(request: HttpRequest) -> Scope:
    """The request as ASGI tells it."""
    headers = dict(request.headers) | {"Host": request.get_host()}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": MCP_PATH,
        "raw_path": MCP_PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": None,
        "server": None,
    }


def _security() -> TransportSecuritySettings:
    """Only this site's hosts, and from a browser only its own pages: another name for this machine is refused."""
    hosts = [host for host in settings.ALLOWED_HOSTS if host]
    return TransportSecuritySettings(
        allowed_hosts=[*hosts, *(f"{host}:*" for host in hosts), urlsplit(settings.ORIGIN).netloc],
        allowed_origins=[settings.ORIGIN, *calling_origins()],
    )
