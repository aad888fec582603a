"""What `/readyz` says of a database file that was harmed while the site serves."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from config import readiness
from faq.store import database_file


@pytest.fixture
def database(
    tmp_path: Path, prepared_on_sqlite: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> Iterator[Path]:
    """A database in a file, which this thread has open."""
    file = tmp_path / "site.sqlite3"
    shutil.copyfile(prepared_on_sqlite / "data" / "gatewijzer.sqlite3", file)
    held, own = connections["default"], connections.create_connection("default")
    own.settings_dict = {**own.settings_dict, "NAME": str(file)}
    connections["default"] = own
    monkeypatch.setattr(readiness, "file_of", lambda database: file)
    monkeypatch.setattr(readiness._Damage, "not_before", 0.0)
    monkeypatch.setattr(readiness._Damage, "found", "")
    with django_db_blocker.unblock():
        assert (readiness._database(), readiness._writing()) == ("", "")
        yield file
        own.close()
    connections["default"] = held


def test_a_file_that_was_deleted_is_told(database: Path) -> None:
    database.unlink()
    assert readiness._writing() == readiness.MOVED


def test_a_file_that_was_replaced_is_told(database: Path) -> None:
    shutil.copyfile(database, database.with_name("another"))
    database.with_name("another").rename(database)
    assert readiness._writing() == readiness.MOVED


def test_a_database_without_a_file_is_never_moved(monkeypatch: pytest.MonkeyPatch, database: Path) -> None:
    """Also where a file stood at its place when the process started."""
    monkeypatch.setattr(readiness, "file_of", lambda database: None)
    assert readiness._writing() == ""


def test_pages_that_were_overwritten_are_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.open("r+b") as file:
        for page in range(2, database.stat().st_size // 4096, 3):
            file.seek(page * 4096)
            file.write(os.urandom(4096))
    assert readiness._database() == ""  # it was looked through a moment ago
    monkeypatch.setattr(readiness._Damage, "not_before", 0.0)
    assert "it is damaged" in readiness._database()


def test_a_file_that_is_locked_is_not_called_damaged(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert database_file.damage_in(database) == ""


def test_a_file_that_is_no_database_any_more_is_damaged(database: Path) -> None:
    database.write_bytes(b"no database at all " * 5000)
    assert "it is damaged" in database_file.damage_in(database)
