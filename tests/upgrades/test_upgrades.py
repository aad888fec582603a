"""Data that earlier releases made, brought to this release: nothing that somebody wrote is lost or comes back.

`make upgrade-data COMMIT=…` makes such data; each file is named after the commit whose code made it.
"""

from __future__ import annotations

import fcntl
import json
import lzma
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.every import some
from tests.served import ROOT
from tests.upgrades import story
from tests.upgrades.make import HERE, content_folder

RELEASES = sorted(path.name.partition(".")[0] for path in HERE.glob("*.sqlite3.xz"))
BEFORE_PORTALS = {"a3981a9", "c83bd60"}
"""Releases without portals, feedback, notes for the desk, saved designs, and the role for the desk."""

BEFORE_DELETIONS = {"a3981a9", "c83bd60", "ff6c60d"}
"""Releases that did not yet remember what was deleted: a deleted entry comes back with the content, once."""

LATEST = "2535a2b"
"""The release before this one, whose statements are kept as well."""

NEW = "As a newer release says it"


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What became of the data of a release, by its name. Of the processes of a run, the first that asks upgrades it,
    and the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "upgrades"
    folder.mkdir(exist_ok=True)

    @cache
    def of(release: str) -> Any:
        told = folder / f"{release}.json"
        with (folder / f"{release}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.exists():
                told.write_text(_upgraded(release, folder / release))
        return json.loads(told.read_text())

    return of


def _upgraded(release: str, data: Path) -> str:
    """Upgrade the data of a release in a folder; what that says."""
    shutil.rmtree(data, ignore_errors=True)  # of another process, for which it failed
    content = content_folder(data / "content", ROOT, NEW, with_limits=False)
    (data / "gatewijzer.sqlite3").write_bytes(lzma.decompress((HERE / f"{release}.sqlite3.xz").read_bytes()))
    (data / "gatewijzer.sqlite3").chmod(0o600)
    (data / "static").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"GATEWIJZER_DATA": str(data), "GATEWIJZER_EDITION": story.EDITION}
    statements = [str(HERE / f"{release}.statements.xz")] if release == LATEST else []
    code = f"from tests.upgrades.upgraded import main; main(*{[str(content), *statements]!r})"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("release", some(RELEASES, 2))
def test_an_upgrade_keeps_what_editors_wrote(upgraded: Any, release: str) -> None:
    entries = upgraded(release)["entries"]
    assert entries[story.SHIPPED]["answer"].startswith(NEW)
    assert entries[story.EDITED]["answer"] == story.EDIT
    assert entries[story.EDITED]["is_published"]
    assert entries[story.EDITED]["versions"] >= 2
    assert entries[story.DRAFTED]["draft"] == story.DRAFT
    assert entries[story.DRAFTED]["answer"].startswith("As it was")
    assert not entries[story.WITHDRAWN]["is_published"]
    assert (entries[story.DELETED] is None) is (release not in BEFORE_DELETIONS)


@pytest.mark.parametrize("release", some(RELEASES, 2))
def test_an_upgrade_keeps_accounts_with_their_roles_and_passwords(upgraded: Any, release: str) -> None:
    told = upgraded(release)
    roles = set(story.ROLES) - ({"desk"} if release in BEFORE_PORTALS else set())
    assert told["accounts"] == {"chief": []} | {role: [role] for role in roles}
    assert told["password"]


@pytest.mark.parametrize("release", some(RELEASES, 2))
def test_an_upgrade_keeps_what_readers_and_the_desk_wrote(upgraded: Any, release: str) -> None:
    told = upgraded(release)
    kept = {name: told[name] for name in ("feedback", "notes", "portals", "designs")}
    if release in BEFORE_PORTALS:
        assert kept == {"feedback": [], "notes": [], "portals": [], "designs": []}
    else:
        assert kept == {
            "feedback": [[story.SHIPPED, story.FEEDBACK]],
            "notes": [[story.SHIPPED, story.NOTE]],
            "portals": [[story.PORTAL, True]],
            "designs": [story.CODE],
        }


@pytest.mark.parametrize("release", some(RELEASES, 2))
def test_a_site_answers_after_an_upgrade(upgraded: Any, release: str) -> None:
    told = upgraded(release)
    others = {f"/nl/faq/{story.WITHDRAWN}/": 404}
    others |= {} if release in BEFORE_DELETIONS else {f"/nl/faq/{story.DELETED}/": 404}
    assert {path: status for path, status in told["statuses"].items() if status != others.get(path, 200)} == {}
    assert told["found"]
    assert ("clients=40&sites=2" in told["opened"]) is (release not in BEFORE_PORTALS)
    assert told["integrity"] == ["ok"]


@pytest.mark.parametrize("release", some(RELEASES, 2))
def test_the_doctor_has_nothing_to_say_of_an_upgrade(upgraded: Any, release: str) -> None:
    """Of the rest it does: here is neither a server nor an indexer, no static files, and no second factor yet."""
    said = upgraded(release)["doctor"]
    expected = (
        *("the site says that its address is", "no process builds the search index", "no static files"),
        "superusers and publishers without a second factor",
    )
    assert [line for line in said if not line.startswith(expected)] == []


def test_the_release_before_this_one_works_on_the_upgraded_database(upgraded: Any) -> None:
    """While a new release is loaded, workers of the old one still answer: what they send is still understood."""
    assert upgraded(LATEST)["refused"] == []


def test_the_data_are_small() -> None:
    assert len(RELEASES) >= 4
    assert {path.name for path in HERE.glob("*.xz") if path.stat().st_size > 100_000} == set()


def test_the_statements_are_of_reading_and_of_writing() -> None:
    """So that the test above cannot pass by accident."""
    statements = lzma.decompress((HERE / f"{LATEST}.statements.xz").read_bytes()).decode().splitlines()
    told = [json.loads(line)[0] for line in statements]
    assert {"SELECT", "INSERT", "UPDATE", "DELETE"} <= {sql.split()[0] for sql in told}
    assert len(told) > 100
    assert any(sql.startswith('INSERT INTO "faq_portal"') for sql in told)
