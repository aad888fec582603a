"""The judged queries asked of PostgreSQL: `make relevance-postgres`. It fails on a drop, as `make relevance` does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.postgres import postgres
from tests.served import ROOT

COMMANDS = (("migrate", "--verbosity", "0", "--skip-checks"), ("sync",), ("relevance",))


def main() -> int:
    """Load the shipped content into a PostgreSQL of its own, index it there, and measure. Returns how that ended."""
    with tempfile.TemporaryDirectory() as folder, postgres() as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "GATEWIJZER_DATA": folder,
            "GATEWIJZER_SEARCH_ENGINE": "postgres",
        }
        for command in COMMANDS:
            told = None if command[0] == "relevance" else subprocess.DEVNULL
            done = subprocess.run(
                [sys.executable, "manage.py", *command], env=environment, cwd=ROOT, stdout=told, check=False
            )
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
