"""A target fuzzed by hypothesis, for a fixed number of inputs.

`python -m tests.hostile.fuzz.generated TARGET COUNT REPORT`, which writes the report as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from tests.hostile.fuzz.inputs import inputs
from tests.hostile.fuzz.prepared import target_named
from tests.hostile.fuzz.target import Judge, Target, reported


def generated(target: Target, count: int, *, always_the_same: bool) -> Judge:
    """What became of so many inputs, after the good ones and those on which the target once failed."""
    judge = Judge(target)
    for one in (*target.known, *target.seeds):
        judge.judge(one)

    @given(inputs(target))
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=always_the_same,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attack(one: bytes) -> None:
        judge.judge(one)

    attack()
    return judge


def _main(name: str, count: int, report: Path) -> None:
    judge = generated(target_named(name), count, always_the_same=False)
    report.write_text(json.dumps(reported(judge)))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
