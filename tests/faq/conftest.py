"""What several rooms of the FAQ's tests need."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from faq.search import indexer
from faq.search.engines.whoosh.engine import WhooshEngine
from tests.faq.search.builders import DOCUMENTS, TERMS


@pytest.fixture(scope="session")
def index_of_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the few documents of the builders, of content version 7, from which a test begins with a copy."""
    folder = tmp_path_factory.mktemp("documents") / "index"
    WhooshEngine(folder).index(DOCUMENTS, TERMS, 7)
    return folder


@pytest.fixture
def own_index(settings: Any, index_dir: Path, tmp_path: Path) -> Path:
    """An index that only this test builds and searches, which begins as that of the shipped content."""
    own = tmp_path / "own-index"
    shutil.copytree(index_dir, own)
    settings.INDEX_DIR = own
    indexer.engine.cache_clear()
    return own
