"""What is read of the content is kept in a test as on a served site, also in the transaction that the test rolls back:
a page is made in half the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from unittest.mock import patch

from faq.store import content_version

_STEP = 1_000_000
_numbers = count(_STEP, _STEP)


@contextmanager
def reads_kept() -> Iterator[None]:
    """For tests that change nothing of the content, which is why what one of them read is kept for the next."""
    before = content_version.current()
    with patch.object(content_version, "_in_transaction", lambda: False):
        yield
    assert content_version.current() == before, "what was kept of this version is not what a next test begins with"


@contextmanager
def reads_kept_for_one_test() -> Iterator[None]:
    """For a test that changes the content: its versions have numbers that no other test has. The index of the search is
    of another version then, so that results are unranked.
    """
    own, read = next(_numbers), content_version._read
    with (
        patch.object(content_version, "_in_transaction", lambda: False),
        patch.object(content_version, "_read", lambda: read() + own),
    ):
        yield
