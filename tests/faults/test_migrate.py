"""A `migrate` that is killed at the worst moment: a migration has run, and is not recorded yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.faults.running import environment_on
from tests.served import ROOT

KILLED_BEFORE = "0015_editors_room"
"""A migration that leaves the schema editor something to do at its end, which Django records after its transaction."""

KILLED = f"""
import os
import django
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
django.setup()
record = MigrationRecorder.record_applied
def record_or_die(self, app, name):
    if (app, name) == ("faq", "{KILLED_BEFORE}"):
        os._exit(9)
    record(self, app, name)
MigrationRecorder.record_applied = record_or_die
call_command("migrate", verbosity=0, skip_checks=True)
"""


def test_a_migration_that_was_not_recorded_has_not_run(tmp_path: Path) -> None:
    """Else the next `migrate` would stop at a table that is there already, each time."""
    environment = environment_on(tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, check=False)
    assert killed.returncode == 9
    again = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    done = subprocess.run(again, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
