"""The processes that serve."""

from __future__ import annotations

import signal

import pytest

from web.serving.server import Ending


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_who_is_told_to_end_knows_it_before_the_signal_is_handled(asked: signal.Signals) -> None:
    """As in the middle of a reload, which looks whether it is to end, but handles no signal."""
    waiting: list[int] = [signal.SIGHUP]
    ending = Ending(waiting)
    assert not ending.is_set()
    waiting.append(asked)
    assert ending.is_set()


def test_who_has_been_told_to_end_still_knows_it() -> None:
    ending = Ending([])
    ending.set()
    assert ending.is_set()
