"""schemathesis asks a running server whatever its OpenAPI document allows, and forbids."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.every import EVERY, examples
from tests.served import Site

ASKED_FOR = os.environ.get("SCHEMATHESIS_EXAMPLES", "")
EXAMPLES = ASKED_FOR or str(examples(25))
"""How many requests for each operation and phase; `make fuzz` asks for more."""

PHASES = "examples,coverage,fuzzing,stateful" if ASKED_FOR or EVERY else "examples,fuzzing"
"""The phase `coverage` tries each bound of each value, however few examples are asked for."""

CONFIG = Path(__file__).with_name("schemathesis.toml")


def test_schemathesis_finds_nothing(site: Site, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), "run"]
    command += [f"{site.origin}/api/v1/openapi.json", "--max-examples", EXAMPLES, "--phases", PHASES]
    command += ["--no-color"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=3600, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
    assert f"Tested: {operations(site)}" in done.stdout


def operations(site: Site) -> int:
    """How many operations the document has."""
    with urllib.request.urlopen(f"{site.origin}/api/v1/openapi.json") as answer:  # noqa: S310 -- our own server
        return sum(len(operations) for operations in json.load(answer)["paths"].values())
