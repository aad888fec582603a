"""How many attacks were tried, and what they found: gathered from tests and fuzzers into one file, and told as a table.

Tests tell their counts only where `HOSTILE_COUNTS` names a file, as `make hostile` does.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parents[2] / "var" / "hostile.json"


def tell(what: str, inputs: int) -> None:
    """Note that so many inputs of a kind were tried."""
    if file := os.environ.get("HOSTILE_COUNTS"):
        with Path(file).open("a") as notes:
            notes.write(json.dumps([what, inputs]) + "\n")


def told(file: Path) -> dict[str, int]:
    """What the tests noted, by kind."""
    counts: dict[str, int] = {}
    for line in file.read_text().splitlines() if file.exists() else ():
        what, inputs = json.loads(line)
        counts[what] = counts.get(what, 0) + inputs
    return counts


def write(more: dict[str, Any]) -> None:
    """Put this into the report."""
    REPORT.parent.mkdir(exist_ok=True)
    known = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    REPORT.write_text(json.dumps(known | more, indent=1))


def table() -> str:
    """The report in Markdown, as docs/figures.md has it."""
    known = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    lines = ["| attack | tried | failures |", "| --- | --- | --- |"]
    rows = [(one["what"], one["inputs"], one["findings"]) for one in known.get("tests", [])]
    rows += [(f"fuzzing: {one['what']}", one["inputs"], one["findings"]) for one in known.get("fuzz", [])]
    lines += [f"| {what} | {inputs:,} | {findings} |" for what, inputs, findings in rows]
    return "\n".join(lines)
