"""What the commands that load content say."""

from __future__ import annotations

import pytest

from faq.management.report import MOST_LISTED, tell
from faq.store.loading import Outcome
from web.languages import LANGUAGES


class Written(list[str]):
    """Lines that were written."""

    def write(self, text: str) -> None:
        """Keep a line."""
        self.append(text)


def told(outcomes: list[Outcome], verbosity: int = 1) -> list[str]:
    written = Written()
    tell(written, "edition x", outcomes, dry_run=False, verbosity=verbosity)
    return written


def outcomes(count: int, status: str = "new") -> list[Outcome]:
    return [Outcome(f"entry-{number}", status, LANGUAGES) for number in range(count)]


def test_a_first_load_is_one_sum() -> None:
    assert told(outcomes(MOST_LISTED + 1)) == [
        f"edition x: {MOST_LISTED + 1} new, 0 changed, 0 unchanged, 0 conflicts, 0 deleted"
    ]
    assert len(told(outcomes(MOST_LISTED + 1), verbosity=2)) == MOST_LISTED + 2


@pytest.mark.parametrize("count", [1, MOST_LISTED])
def test_a_few_new_entries_are_listed(count: int) -> None:
    assert len(told(outcomes(count))) == count + 1


def test_what_is_new_among_others_is_listed() -> None:
    lines = told([*outcomes(50), *outcomes(1, "unchanged")])
    assert len(lines) == 51
    assert lines[-1].startswith("edition x: 50 new, 0 changed, 1 unchanged")
