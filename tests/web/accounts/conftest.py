"""What the tests of accounts begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.accounts.builders import Clock
from web.counters import local as rates


@pytest.fixture
def clock(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still until a test moves it, and counts of guesses that are the test's own."""
    made = Clock()
    monkeypatch.setattr("time.time", made)
    monkeypatch.setattr("web.counters.local.time", made)
    settings.DATA_DIR = tmp_path
    rates._local.__dict__.clear()
    return made
