"""What several rooms of the FAQ's tests need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from faq.search import indexer


@pytest.fixture
def own_index(settings: Any, tmp_path: Path) -> Path:
    """An index that only this test builds and searches."""
    settings.INDEX_DIR = tmp_path
    indexer.engine.cache_clear()
    return tmp_path
