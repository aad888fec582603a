"""What several rooms of the FAQ's tests need."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from faq.search import indexer


@pytest.fixture
def own_index(settings: Any, index_dir: Path, tmp_path: Path) -> Path:
    """An index that only this test builds and searches, which begins as that of the shipped content."""
    own = tmp_path / "own-index"
    shutil.copytree(index_dir, own)
    settings.INDEX_DIR = own
    indexer.engine.cache_clear()
    return own
