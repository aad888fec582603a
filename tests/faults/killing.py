"""Processes that are ended with SIGKILL at a moment of the caller's choice, and what is counted of it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE = 300.0
"""Seconds after which a process that was left alone counts as hanging."""


@dataclass
class Counted:
    """What came of the kills of one kind."""

    fault: str
    kills: int = 0
    too_late: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_done: int = 0
    damaged: int = 0
    ready_seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, half done or damaged, and the site was well again each time."""
        rounds = self.kills + self.too_late
        return not (self.lost or self.half_done or self.damaged) and len(self.ready_seconds) == rounds


def killed_after(work: Callable[[], object], seconds: float = PATIENCE) -> int | None:
    """Do something in a process of its own that is killed after so many seconds; its status, None where it was killed.
    Nothing of this process may be open that the other would use: a database, or a file that is being written.
    """
    process = os.fork()
    if process == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        if "FAULTS_SHOW" not in os.environ:
            os.dup2(nowhere, 2)
        status = 1
        try:
            work()
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        finally:
            os._exit(status)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, told = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(told)
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    _, told = os.waitpid(process, 0)
    return None if os.WIFSIGNALED(told) else os.waitstatus_to_exitcode(told)
