"""`python -m tests.hostile.fuzz --inputs 20000`: each target by hypothesis and by atheris, so many inputs each.

Writes `var/hostile.json`, and each input that broke something into `var/hostile/`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.hostile.report import REPORT, table, write
from tests.served import prepared_once

BROKE = REPORT.with_suffix("")
"""The folder for what broke something."""


def main() -> int:
    """Fuzz and tell. Fails where something broke."""
    said = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description="Fuzz every target.")
    said.add_argument(
        "--inputs", type=int, default=20_000, help="for each target and each of the two ways; a tenth for requests"
    )
    said.add_argument("--target", action="append", default=[], help="a target by its name; all where none is named")
    said.add_argument("--way", choices=("generated", "guided"), help="hypothesis or atheris alone")
    given = said.parse_args()
    with tempfile.TemporaryDirectory() as name:
        prepared = prepared_once(Path(name, "made"))
        data = prepared / "data"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "GATEWIJZER_DATA": str(data),
            "DATABASE_URL": f"sqlite:///{data}/gatewijzer.sqlite3",
        }
        from tests.hostile.fuzz.prepared import all_targets

        rows = []
        for target in all_targets():
            if not given.target or target.name in given.target:
                ways = [given.way] if given.way else ["generated", "guided"]
                done = [_run(way, target.name, -(-given.inputs // target.one_in), Path(name)) for way in ways]
                rows.append(_row(target.name, done))
                print(f"{rows[-1]}", flush=True)
    write({"fuzz": rows})
    print(table())
    return 1 if any(row["findings"] for row in rows) else 0


def _run(way: str, target: str, count: int, folder: Path) -> dict[str, Any]:
    """One target in a process of its own, and what it reports."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    module = "tests.hostile.fuzz.guided" if way == "guided" else "tests.hostile.fuzz.generated"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, target, str(count), str(report)],
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.exists():
        return {"inputs": 0, "slowest": 0.0, "failures": {f"no report: {done.stderr[-500:]}": ""}}
    told: dict[str, Any] = json.loads(report.read_text())
    return told


def _row(target: str, done: list[dict[str, Any]]) -> dict[str, Any]:
    """The sum of the ways, with what broke written into files."""
    failures = {where: given for one in done for where, given in one["failures"].items()}
    folder = BROKE / target
    for number, (where, given) in enumerate(failures.items()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}").write_bytes(given.encode("latin-1"))
        (folder / f"{number}.txt").write_text(where)
    return {
        "what": target,
        "inputs": sum(one["inputs"] for one in done),
        "slowest": max(one["slowest"] for one in done),
        "findings": len(failures),
    }


if __name__ == "__main__":
    sys.exit(main())
