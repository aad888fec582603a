"""`make hostile`: every case of the tests of attacks, then the fuzzers, and the table of docs/figures.md.

`python -m tests.hostile --inputs 20000` fuzzes each target with so many inputs, `--inputs 0` none.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.hostile.report import table, told, write

TESTS = ("tests/hostile", "tests/browser/test_hostile.py")


def main() -> int:
    """Attack the site and tell. Fails where a test or a fuzzer does."""
    said = argparse.ArgumentParser(prog="python -m tests.hostile", description="Attack the site.")
    said.add_argument("--inputs", type=int, default=20_000, help="of each target of the fuzzers")
    given = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder, "notes")
        environment = os.environ | {"EVERY_CASE": "1", "HOSTILE_COUNTS": str(notes)}
        tests = subprocess.run([sys.executable, "-m", "pytest", *TESTS], env=environment, check=False)
        rows = [{"what": what, "inputs": inputs, "findings": 0} for what, inputs in sorted(told(notes).items())]
    write({"tests": rows, "failed": tests.returncode != 0})
    if not given.inputs:
        print(table())
        return tests.returncode
    fuzz = subprocess.run([sys.executable, "-m", "tests.hostile.fuzz", "--inputs", str(given.inputs)], check=False)
    return tests.returncode or fuzz.returncode


if __name__ == "__main__":
    sys.exit(main())
