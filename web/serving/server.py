"""The processes that serve: uvicorn's, with the bounded protocol, on a socket that is taken before they start."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from socket import socket
from typing import Any

from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from web.serving.door import Door
from web.serving.protocol import BoundedProtocol

BACKLOG = 256
"""Connections that the system holds until a worker takes them, which is at once."""

WORKERS = 2
"""Processes that answer requests on a machine, unless somebody wants another number."""

KEEP_ALIVE_SECONDS = 5
END_SECONDS = 20
"""In which a worker that ends finishes the requests that are under way."""

START_SECONDS = 30
"""In which a worker is ready; one that does not answer its parent for so long is replaced."""


def configured(application: str | Callable[..., Any], workers: int) -> Config:
    """How uvicorn serves an ASGI application, or the one that `module:name` says."""
    return Config(
        application,
        http=BoundedProtocol,
        loop="asyncio",  # the door does nothing under uvloop, which accepts by itself
        ws="none",
        lifespan="on",
        workers=workers,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=END_SECONDS,
        timeout_worker_healthcheck=START_SECONDS,
    )


class Ending(threading.Event):
    """Whether the server is to end: also while it takes a new release, when it does not yet handle signals."""

    def __init__(self, signals: Sequence[int]) -> None:
        super().__init__()
        self._signals = signals

    def is_set(self) -> bool:
        """Whether somebody has said so, or a signal that waits to be handled does."""
        return super().is_set() or signal.SIGTERM in self._signals or signal.SIGINT in self._signals


class _Processes(Multiprocess):
    """The processes that serve, which also end in the middle of a reload."""

    def __init__(self, config: Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self.should_exit = Ending(self.signal_queue)


def serve(application: str, door: Door, workers: int) -> None:
    """Serve an ASGI application, given as `module:name`, until told to stop (SIGTERM, SIGINT). With SIGHUP each worker
    is replaced in turn, once its replacement is ready.
    """
    _Processes(configured(application, workers), [door]).run()
