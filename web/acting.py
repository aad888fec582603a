"""Who is at work: the account whose request is answered, or the command that runs. Free of Django and of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something: the name of an account (empty where there is none), the way (`admin`, `oidc`, `site` or
    `command`), and by which means: the path of a page, or the name of a command.
    """

    account: str
    way: str
    means: str


def nobody() -> Actor | None:
    """The answer where neither an account nor a command is at work, as in a visitor's request."""
    return None


_finder: ContextVar[Callable[[], Actor | None]] = ContextVar("actor", default=nobody)


@contextmanager
def acting(find: Callable[[], Actor | None]) -> Iterator[None]:
    """Let this tell who is at work until the end of the block. It is asked only when something is changed, since asking
    for the account of a request makes its answer one that no cache may keep.
    """
    token = _finder.set(find)
    try:
        yield
    finally:
        _finder.reset(token)


def actor() -> Actor | None:
    """Who is at work; None where neither an account nor a command is."""
    return _finder.get()()
