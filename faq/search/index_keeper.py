"""Keeping the index up to date: the one process that builds it, beside those that answer visitors."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from faq.search.engine import Progress

log = logging.getLogger(__name__)

LOCK = "indexer.lock"
"""The file in the data folder that the process which builds holds."""

PREPARED_AFTER = 10.0
"""Seconds from the start: until then the processor is for those that begin to answer visitors."""

LOOK_SECONDS = 0.5
"""Between two looks at the content version."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds until a build that failed is tried again: twice as long after each failure, up to five minutes."""


@contextmanager
def only_one(lock: Path, wait: Callable[[float], bool]) -> Iterator[bool]:
    """Hold the lock of the process that builds; True once it is held. `wait` waits for seconds, and says when to end:
    then False.
    """
    with lock.open("w") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if wait(LOOK_SECONDS):
                    yield False
                    return
            else:
                yield True
                return


class _ToldToEnd(BaseException):
    """It is time to end: no fault of a build, which would be tried again."""


def keep_up(
    build: Callable[[Progress], None],
    wait: Callable[[float], bool],
    prepare: Callable[[Progress], None] = lambda progress: None,
) -> None:
    """Build the index whenever it is behind, until `wait` says to end: `build` looks, and builds it then. A build that
    fails is told once for each reason, and tried again later and later. When the site has started, `prepare` makes the
    next one quick. Neither is finished first when it is time to end: both ask at each step that they tell.
    """

    def heed(done: int, steps: int) -> None:
        if wait(0):
            raise _ToldToEnd

    with suppress(_ToldToEnd):
        _keep_up(partial(build, heed), wait, partial(prepare, heed))


def _keep_up(build: Callable[[], None], wait: Callable[[float], bool], prepare: Callable[[], None]) -> None:
    pause, told, is_prepared = FIRST_WAIT, "", False
    begun = time.monotonic()
    while True:
        try:
            build()
            if not is_prepared and time.monotonic() - begun >= PREPARED_AFTER:
                prepare()
                is_prepared = True
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            if reason != told:
                log.exception("the search index cannot be built; searches use the last one")
            told = reason
            if wait(pause):
                return
            pause = min(2 * pause, LONGEST_WAIT)
        else:
            if told:
                log.warning("the search index is built again")
            pause, told = FIRST_WAIT, ""
            if wait(LOOK_SECONDS):
                return
