"""A target fuzzed by atheris, in a process of its own: it counts the branches of all code that is imported after it.

`python -m tests.hostile.fuzz.guided TARGET COUNT REPORT`, which writes the report as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import atheris

INSTRUMENTED = ["advisor", "config", "faq", "web"]
SEED = 18

REPORTED_EACH = 50
"""Inputs; the number of runs is rounded up to them."""


def fuzz(name: str, count: int, report: Path) -> NoReturn:
    """Give a target so many inputs. Failures do not end it: they are written into the report."""
    with atheris.instrument_imports(include=INSTRUMENTED, enable_loader_override=False):
        target = import_module("tests.hostile.fuzz.prepared").target_named(name)
        judging = import_module("tests.hostile.fuzz.target")
    judge = judging.Judge(target)
    for one in target.seeds:
        judge.judge(one)

    def attack(given: bytes) -> None:
        judge.judge(given)
        if judge.tried % REPORTED_EACH == 0:  # libFuzzer ends the process by itself
            report.write_text(json.dumps(judging.reported(judge)))

    with tempfile.TemporaryDirectory() as corpus:
        for number, one in enumerate((*target.known, *target.seeds)):
            Path(corpus, str(number)).write_bytes(one)
        words = Path(corpus).with_suffix(".dict")
        words.write_text("".join(f'"{_escaped(part)}"\n' for part in target.parts if 0 < len(part) < 64))
        options = [
            f"-runs={count + 2 * REPORTED_EACH}",
            f"-seed={SEED}",
            f"-dict={words}",
            "-max_len=4096",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *options, corpus], attack)
        atheris.Fuzz()  # ends the process
    raise AssertionError("it ended the process")


def _escaped(part: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in part)


if __name__ == "__main__":
    fuzz(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
