"""What is told of a run of attacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import report


def test_what_tests_note_is_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = tmp_path / "notes"
    monkeypatch.setenv("HOSTILE_COUNTS", str(notes))
    for what, inputs in (("hosts", 4), ("texts", 1), ("hosts", 2)):
        report.tell(what, inputs)
    assert report.told(notes) == {"hosts": 6, "texts": 1}
    monkeypatch.delenv("HOSTILE_COUNTS")
    report.tell("hosts", 9)
    assert report.told(notes)["hosts"] == 6


def test_the_table_has_tests_and_fuzzers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "REPORT", tmp_path / "var" / "hostile.json")
    report.write({"tests": [{"what": "hosts", "inputs": 6, "findings": 0}]})
    report.write({"fuzz": [{"what": "wire", "inputs": 40_000, "findings": 1}]})
    assert report.table().splitlines()[2:] == ["| hosts | 6 | 0 |", "| fuzzing: wire | 40,000 | 1 |"]
