"""Readers of single values."""

from __future__ import annotations

from pathlib import Path

from advisor.core import field_readers as reading


def test_readers_name_no_field() -> None:
    assert "vnets" not in Path(reading.__file__).read_text(encoding="utf-8")
