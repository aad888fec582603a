"""A clock that is two years ahead for a while, as with a machine that starts with a wrong one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.served import ROOT

VISITOR = """
import datetime, sys, time
ahead, now = float(sys.argv[1]), time.time
time.time = lambda: now() + ahead
import django
django.setup()
from django.utils import timezone
real = timezone.now
timezone.now = lambda: real() + datetime.timedelta(seconds=ahead)
from django.test import Client
client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
entry = "/nl/faq/what-is-expressroute/feedback/"
sent = [
    client.post(entry, {"reason": "", "text": f"Een opmerking bij {ahead}."}),
    client.post("/nl/search/ask/", {"question": f"Hoe stel ik een zwabberxyz {int(ahead)} in?"}),
    client.post("/nl/advice/case/", {"address": f"clients={41 + bool(ahead)}"}),
]
print([answer.status_code for answer in sent])
"""
"""Says something about an answer, asks the editors, and keeps a design, so many seconds ahead of now."""

KEPT = ("faq_feedback", "faq_askedquestion", "advisor_keptdesign")
TWO_YEARS = 2 * 365 * 24 * 3600


def visit(folder: Path, ahead: int) -> None:
    """One visit in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "GATEWIJZER_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", VISITOR, str(ahead)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[302, 302, 302]\n", (done.stdout, done.stderr)


def rows(database: Path, table: str) -> int:
    """How many rows a table has."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 -- the tables above


def test_a_clock_that_is_two_years_ahead_for_a_while_deletes_nothing(tmp_path: Path, prepared_on_sqlite: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(prepared_on_sqlite / "data", folder)
    database = folder / "gatewijzer.sqlite3"
    visit(folder, 0)
    assert {table: rows(database, table) for table in KEPT} == dict.fromkeys(KEPT, 1)
    visit(folder, TWO_YEARS)
    assert {table: rows(database, table) for table in KEPT} == dict.fromkeys(KEPT, 2)
    visit(folder, 1)
    assert {table: rows(database, table) for table in KEPT} == dict.fromkeys(KEPT, 3)
