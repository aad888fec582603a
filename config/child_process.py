"""A process that runs beside the one that serves, and is started again when it ends."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds until it is started again: twice as long each time, up to a minute."""

END_SECONDS = 10.0
"""After which one that was told to end is killed."""


@contextmanager
def kept_running(command: Sequence[str]) -> Iterator[None]:
    """Run a command for as long as the block, again and again where it ends by itself."""
    ended = threading.Event()
    started: list[subprocess.Popen[bytes]] = []

    def run() -> None:
        pause = FIRST_PAUSE
        while not ended.is_set():
            # Ctrl-C is for the process that serves, which then ends this one
            process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own command
            started[:] = [process]
            if ended.is_set():
                process.terminate()
            status = process.wait()
            if not ended.is_set():
                log.warning("`%s` ended with status %d and is started again", " ".join(command[1:]), status)
                ended.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    thread = threading.Thread(target=run, name="child-process")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        _end(started)
        thread.join()


def _end(started: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in started:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
