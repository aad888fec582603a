"""`manage.py serve`: answer requests."""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.child_process import kept_running
from web.check_tags import SETTINGS
from web.hosts import HostFault, host_name, port_number
from web.serving.door import listen, listen_at, take
from web.serving.server import BACKLOG, WORKERS, serve

T = TypeVar("T")

INDEXER = (sys.executable, sys.argv[0], "indexer", "--with-parent")

IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of its own is made in there

APPLICATION = "config.asgi:application"


class Command(BaseCommand):
    """Takes the address first, so that a taken port is told in one sentence, before any process has started."""

    requires_system_checks = (SETTINGS,)  # the site has its content from the database, not from the content files
    help = "Serve the site. SIGHUP loads a new release without an interruption; SIGTERM and Ctrl-C end it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and with how many processes."""
        parser.add_argument(
            "--host", type=_typed(host_name), default="127.0.0.1", help="the address to listen on (127.0.0.1)"
        )
        parser.add_argument("--port", type=_typed(port_number), default=8000, help="the port to listen on (8000)")
        parser.add_argument(
            "--socket", type=Path, metavar="FILE", help="a Unix socket to listen on, instead of an address and a port"
        )
        parser.add_argument(
            "--when-ready",
            action="store_true",
            help="refuse connections until a worker is ready, so that a proxy asks another machine",
        )
        parser.add_argument("--workers", type=int, default=WORKERS, help=f"processes that answer requests ({WORKERS})")
        parser.add_argument(
            "--no-indexer", action="store_true", help="leave the search index to a `manage.py indexer` of your own"
        )
        parser.add_argument("--application", default=APPLICATION, help=f"an ASGI application ({APPLICATION})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop. Raises CommandError where the address cannot be taken."""
        host, port, path = options["host"], options["port"], options["socket"]
        try:
            if path:
                door = listen_at(path, BACKLOG)
            else:
                door = take(host, port) if options["when_ready"] else listen(host, port, BACKLOG)
        except OSError as error:
            raise CommandError(_reason_at(error, path) if path else _reason(error, host, port)) from None
        with (
            TemporaryDirectory(prefix="gatewijzer-metrics-", dir=_folder_of_counts()) as counts,
            nullcontext() if options["no_indexer"] else kept_running(INDEXER),
        ):
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # each worker counts in a file of its own in there
            # a worker that is started later has the same key, also where its file is gone by then
            os.environ["GATEWIJZER_SECRET_KEY"] = settings.SECRET_KEY
            serve(options["application"], door, options["workers"])


def _typed(check: Callable[[str], T]) -> Callable[[str], T]:
    """A check whose reason the command tells."""

    def checked(text: str) -> T:
        try:
            return check(text)
        except HostFault as fault:
            raise ArgumentTypeError(str(fault)) from None

    return checked


def _folder_of_counts() -> str | None:
    """Where workers count what `/metrics` tells: in memory where the system has a folder for that, since a process that
    writes its counts to a full disk is ended; else where temporary files are.
    """
    return str(IN_MEMORY) if os.access(IN_MEMORY, os.W_OK) else None


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use: end what uses it, or choose another with PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"port {port} needs rights that this account lacks: choose one above 1023"
    return f"{host}:{port} cannot be listened on: {error.strerror}"


def _reason_at(error: OSError, path: Path) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{path} is in use: end what listens on it, or choose another"
    return f"{path} cannot be listened on: {error.strerror or error}"
