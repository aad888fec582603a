"""What every test can count on: the shipped content in the database, its index, and no page kept from another test."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from faq.desk import query_log
from faq.pages import public_page
from faq.pages.public_page import pages
from faq.search import indexer
from faq.search.engine import Engine
from faq.search.engines.whoosh.engine import WhooshEngine
from tests.every import EVERY, examples, thinned
from tests.faq.builders import EXAMPLES
from tests.served import (
    ACCOUNTS,
    DATABASE,
    Site,
    database_of,
    prepared_on_server,
    prepared_once,
    served,
    server_of_tests,
)
from web import counters, page_cache

hypothesis_settings.register_profile(
    "steady",
    deadline=None,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("steady")


GC_OBJECTS = 50_000
"""New objects after which Python looks for what is unused."""

ON_POSTGRES = (3, 4)
"""Of a test with more cases than the first number one in so many runs there: the cases show the same again."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files of tests into the order in which processes take them. On PostgreSQL run those tests alone that show
    something of it.
    """
    with_database = [item for item in items if uses_database(item)]
    if server_of_tests():
        kept = in_part([item for item in with_database if EVERY or not item.get_closest_marker("any_database")])
        left_out = set(items) - set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = kept
    files = dict.fromkeys(item.path for item in with_database)
    first = next(iter(files), None)
    turns = {item.path: turn(item.path, item.path in files, item.path == first) for item in items}
    items.sort(key=lambda item: turns[item.path])


def turn(file: Path, has_database: bool, is_first: bool) -> int:
    """When a file of tests has its turn. After the first one that uses the database come those that use none, so that
    one process prepares it while the others have something to do. Those in a browser are last: its driver leaves a loop
    in the thread, in which no other loop can run.
    """
    if "browser" in file.parts:
        return 3
    if not has_database:
        return 1
    return 0 if is_first else 2


def pytest_collection_finish() -> None:
    """Let Python look for what is unused less often, and not among what is there now: a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_OBJECTS, 50, 100)


def in_part(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Of the tests with many cases a part."""
    kept = thinned([item.nodeid.partition("[")[0] for item in items], *ON_POSTGRES)
    return [item for item, is_kept in zip(items, kept, strict=True) if is_kept]


def uses_database(item: pytest.Item) -> bool:
    """Whether a test uses a database, by its mark or by what it asks for: that of the tests or of a served site."""
    return bool(item.get_closest_marker("django_db")) or "prepared_on_sqlite" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of the shipped content stands, once a test uses the database."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def shared_engine(index_dir: Path) -> Engine:
    """The engine that searches it, with what it keeps in memory from test to test."""
    return WhooshEngine(index_dir)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, prepared: Path) -> None:
    """No process of a run migrates a database of its own: each begins with a copy of the one that is prepared."""
    connection.settings_dict["TEST"] |= {"MIGRATE": False, "SERIALIZE": False}
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = database_of(prepared)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, prepared: Path, index_dir: Path) -> None:
    """The shipped content, loaded and indexed once for all processes of a run; each test rolls back to it."""
    shutil.copytree(prepared / "data" / "index", index_dir, dirs_exist_ok=True)
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(prepared / "data" / DATABASE)) as loaded:
            connection.ensure_connection()
            loaded.backup(connection.connection)


@pytest.fixture(scope="session")
def static_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty place for collected files: a clean checkout has none, and whitenoise warns without one."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _fresh(
    settings: Any, index_dir: Path, shared_engine: Engine, static_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Plain static files, the edition of the examples, the default language, the shared index, an empty shelf of pages,
    no Redis, nothing counted against a client, and passwords that take no time to hash.
    """
    settings.STATIC_ROOT = static_dir
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.INDEX_DIR = index_dir
    settings.DATA_DIR = static_dir
    settings.CACHE = None
    settings.DEFAULT_EDITION = EXAMPLES
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    translation.deactivate()
    (static_dir / "rates.sqlite3").unlink(missing_ok=True)
    # where another test had no file to count in, this one would begin in memory and go on in the file
    monkeypatch.setattr(counters.local._File, "not_before", 0.0)
    monkeypatch.setattr(counters.local._File, "is_told", False)
    monkeypatch.setattr(counters.in_memory, "_times", {})
    settings.API_PER_MINUTE = settings.POSTS_PER_MINUTE = 1_000_000
    monkeypatch.setattr(
        indexer, "ENGINES", {"whoosh": lambda folder: shared_engine if folder == index_dir else WhooshEngine(folder)}
    )
    indexer.engine.cache_clear()
    monkeypatch.setattr(pages, "shelf", page_cache.Shelf(10_000_000))
    monkeypatch.setattr(public_page, "missing_pages", page_cache.Shelf(1_000_000))
    monkeypatch.setattr(query_log, "SECONDS_BETWEEN_WRITES", 3600)
    yield
    query_log.drop_waiting()
    indexer.engine.cache_clear()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Path:
    """What a served site and the database of the tests begin with, made once for all processes of a run."""
    if not server_of_tests():
        return prepared_on_sqlite
    return prepared_on_server(_of_all_workers(tmp_path_factory) / "on-server", server_of_tests(), prepared_on_sqlite)


@pytest.fixture(scope="session")
def prepared_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the database in a file, whatever the tests run on."""
    return prepared_once(_of_all_workers(tmp_path_factory) / "prepared")


def _of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that the processes of a run have in common."""
    base = factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Site]:
    """A served site with an editor and a publisher."""
    with served(tmp_path_factory.mktemp("site"), prepared=prepared) as running:
        running.manage("shell", "--verbosity", "0", "--command", ACCOUNTS)
        yield running
