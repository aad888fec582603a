"""The processes that serve: uvicorn's, with the bounded protocol, on a socket that is taken before they start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from web.serving.door import Door
from web.serving.protocol import BoundedProtocol

BACKLOG = 256
"""Connections that the system holds until a worker takes them, which is at once."""

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


def serve(application: str, door: Door, workers: int) -> None:
    """Serve an ASGI application, given as `module:name`, until told to stop (SIGTERM, SIGINT). With SIGHUP each worker
    is replaced in turn, once its replacement is ready.
    """
    Multiprocess(configured(application, workers), [door]).run()
