"""What makes tests of the engine in the database quick."""

from __future__ import annotations

import pytest

from faq.search.engines.postgres import engine
from faq.search.outside import outside_documents

FEW = 4


def few_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Index a few of the subjects that no entry is about: all of them take seconds, for each test again."""
    monkeypatch.setattr(engine, "outside_documents", lambda: outside_documents()[:FEW])
