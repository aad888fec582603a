"""A Redis of its own for tests, on a port of the loopback. Its program is that of Debian's package."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from tests.ports import free_port

PROGRAM = shutil.which("redis-server")


@dataclass(slots=True)
class RedisServer:
    """A Redis that tests start, stop, and harm."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    configuration: Path | None = None
    """A file with its settings, among them its port, instead of those of the tests."""

    @property
    def url(self) -> str:
        """What CACHE_URL says."""
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Redis:
        """A connection of the test's own."""
        return Redis(port=self.port, protocol=2)

    def start(self, *more: str) -> None:
        """Start it, empty. Raises RuntimeError where this machine has none, or it does not start."""
        if PROGRAM is None:
            raise RuntimeError("There is no Redis on this machine: install Debian's package redis-server.")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        unsaved = ["--save", "", "--appendonly", "no"]
        settings = [str(self.configuration), "--dir", str(self.folder)] if self.configuration else [*options, *unsaved]
        command = [PROGRAM, *settings, *more]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.01)
            else:
                return
        raise RuntimeError("Redis does not start")

    def stop(self) -> None:
        """End it, if it runs."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None

    def hang(self) -> None:
        """Let it take connections and answer nothing."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def redis_server(*more: str) -> Iterator[RedisServer]:
    """A running Redis, with more options."""
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        server = RedisServer(Path(folder))
        server.start(*more)
        try:
            yield server
        finally:
            server.stop()
