"""What stands before the WSGI application: an ASGI application that reads each request whole, lets so many of a kind be
worked on at once, and turns the surplus away at once.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from web.serving.admission import Bounds, Busy, Gate, Gone
from web.serving.bodies import Bodies, Receive
from web.serving.wsgi_call import Answer, Application, call, environ_of

log = logging.getLogger(__name__)

Scope = Mapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

ALIVE = Answer(200, ((b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")), b"ok\n")
"""What is told of the process itself. It asks for no host: who watches a machine asks by its address."""

TOO_SLOW = Answer(408, ((b"connection", b"close"),), b"")
BROKEN = Answer(500, ((b"content-type", b"text/plain; charset=utf-8"),), b"Internal Server Error")

REFUSED_BODY = "gatewijzer.refused_body"
"""Where the environment of a request says with which status its body is to be refused: 413, and the body is empty."""

REQUEST_ID = "gatewijzer.request_id"
"""Where it has the identifier of the request."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How requests are told apart and bounded. `kind_of` names the kind of a scope, `bounds` has those of each kind,
    `most_bytes` of a body at a path, `surplus` answers a path that finds no room, `warm_up` is called before the first
    request, and `finished` after each, with its scope, identifier, kind, status (0 where the client had gone), and
    seconds.
    """

    kind_of: Callable[[Scope], str]
    bounds: Mapping[str, Bounds]
    most_bytes: Callable[[str], int]
    surplus: Callable[[str], Answer]
    warm_up: Callable[[], None]
    finished: Callable[[Scope, str, str, int, float], None]
    alive_path: str = "/healthz"


class Front:
    """Answers each request with the WSGI application, or says at once that it cannot."""

    def __init__(self, application: Application, plan: Plan) -> None:
        self.application = application
        self.plan = plan
        self.gates = {kind: Gate(bounds) for kind, bounds in plan.bounds.items()}
        self._bodies = Bodies()
        self._threads = {
            kind: ThreadPoolExecutor(bounds.at_once, f"{kind}-requests") for kind, bounds in plan.bounds.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak ASGI."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] == self.plan.alive_path:
            await _tell(send, ALIVE)
        else:
            await self._answer(scope, receive, send)

    def turned_away(self, scope: Scope) -> bytes | None:
        """The whole answer to a request for which there is no room, as it goes over the wire; None where there is."""
        if scope["path"] == self.plan.alive_path:
            return None
        kind = self.plan.kind_of(scope)
        if not self.gates[kind].is_full:
            return None
        self.plan.finished(scope, "", kind, 503, 0.0)
        return self.plan.surplus(scope["path"]).on_the_wire(with_body=scope["method"] != "HEAD")

    def turned_away_at_the_door(self, method: bytes, target: bytes) -> bytes | None:
        """The same for a request of which only the first line is known, and that has no body."""
        if method not in (b"GET", b"HEAD"):
            return None
        path, _, query = target.partition(b"?")
        scope = {"method": method.decode(), "path": path.decode("latin-1"), "query_string": query, "headers": ()}
        return self.turned_away(scope)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await asyncio.to_thread(self.plan.warm_up)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for threads in self._threads.values():
            threads.shutdown(wait=False)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, identifier = time.monotonic(), secrets.token_hex(8)
        kind = self.plan.kind_of(scope)
        status = 0
        try:
            answer = await self._worked_on(scope, receive, kind, identifier)
            status = answer.status
            await _tell(send, answer, (b"x-request-id", identifier.encode()))
        except Gone:
            pass
        finally:
            self.plan.finished(scope, identifier, kind, status, time.monotonic() - began)

    async def _worked_on(self, scope: Scope, receive: Receive, kind: str, identifier: str) -> Answer:
        """The answer of the application, or why it was not asked. Raises `Gone`."""
        gate = self.gates[kind]
        try:
            body = await self._bodies.read(receive, self.plan.most_bytes(scope["path"]), _declared(scope))
            await gate.enter(lambda: _left(receive))
        except Busy:
            return self.plan.surplus(scope["path"])
        except TimeoutError:
            return TOO_SLOW
        environ = environ_of(scope, body or b"") | {REQUEST_ID: identifier}
        if body is None:
            environ[REFUSED_BODY] = 413
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads[kind], call, self.application, environ
            )
        except Exception:
            log.exception("request %s", identifier)
            return BROKEN
        finally:
            gate.leave()


def _declared(scope: Scope) -> int:
    """The bytes that the body has by its header; 0 where it says nothing. The parser has taken a number alone."""
    return next((int(value) for name, value in scope["headers"] if name == b"content-length"), 0)


async def _left(receive: Receive) -> None:
    """Ends when the client has gone, who has sent its request whole."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _tell(send: Send, answer: Answer, *more: tuple[bytes, bytes]) -> None:
    has_length = any(name == b"content-length" for name, _ in answer.headers) or answer.status in (204, 304)
    length = () if has_length else ((b"content-length", str(len(answer.body)).encode()),)
    headers = [*answer.headers, *length, *more]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
