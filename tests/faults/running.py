"""Kills of every kind, each on data of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.faults import publishing
from tests.faults.commands import KINDS
from tests.faults.killing import Counted
from tests.served import ROOT

PUBLISH = "publish"
EVERY_KIND = (PUBLISH, *KINDS)
NEEDED = ("gatewijzer.sqlite3", "index", "secret-key")


def kills_of(kind: str, kills: int, seed: int, folder: Path, prepared: Path) -> list[Counted]:
    """What came of so many kills of a kind, in a folder that is not there yet. Raises RuntimeError where the command
    does not work without a kill.
    """
    if kind == PUBLISH:
        with publishing.server_on(folder, prepared) as server:
            return publishing.count_kills(server, kills, seed)
    folder.mkdir()
    for name in NEEDED:
        copy = shutil.copytree if (prepared / "data" / name).is_dir() else shutil.copyfile
        copy(prepared / "data" / name, folder / name)
    command = [sys.executable, "-m", "tests.faults.commands", kind, str(kills), str(seed), str(folder)]
    done = subprocess.run(command, env=environment_on(folder), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{kind}: {done.stderr}")
    return [Counted(**json.loads(done.stdout))]


def environment_on(folder: Path) -> dict[str, str]:
    """The environment of a process that works on the data of a folder, with the database in a file there."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"GATEWIJZER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}


def table(counted: Iterable[Counted]) -> str:
    """What was counted, as docs/figures.md has it."""
    rows = [
        "| killed | kills | done before the kill | of these lost | half done | damaged | well again, p50 | longest |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in counted:
        seconds = sorted(one.ready_seconds) or [float("nan")]
        rows.append(
            f"| {one.fault} | {one.kills} | {one.acknowledged} | {one.lost} | {one.half_done} | {one.damaged} "
            f"| {seconds[len(seconds) // 2]:.1f} s | {seconds[-1]:.1f} s |"
        )
    return "\n".join(rows)


def added(before: Iterable[Counted], now: Iterable[Counted]) -> list[Counted]:
    """What was counted in all runs together, by kind."""
    found: dict[str, Counted] = {}
    for one in (*before, *now):
        sum_of = found.setdefault(one.fault, Counted(one.fault))
        for name in ("kills", "too_late", "acknowledged", "lost", "half_done", "damaged"):
            setattr(sum_of, name, getattr(sum_of, name) + getattr(one, name))
        sum_of.ready_seconds += one.ready_seconds
        sum_of.notes += one.notes
    return list(found.values())
