"""Which entries of an edition explain a question of the wizard. Pure: no Django."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def question_entries(edition: str) -> Mapping[str, tuple[str, ...]]:
    """The slugs that explain each question in an edition, by the question's name; nothing where no entry is named."""
    return _tables().get(edition, {})


@cache
def _tables() -> dict[str, dict[str, tuple[str, ...]]]:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {edition: {name: tuple(slugs) for name, slugs in table.items()} for edition, table in raw.items()}
