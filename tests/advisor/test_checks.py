"""The check of what the rule books read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core import checks

from advisor.checks import limits_of_books
from tests.builders import CONTENT, EDITION


@pytest.fixture
def limits(settings: Any, tmp_path: Path) -> Path:
    """A copy of the limits of the edition, to change."""
    settings.CONTENT_DIR = tmp_path
    (tmp_path / EDITION).mkdir()
    return Path(shutil.copy(CONTENT / EDITION / "limits.toml", tmp_path / EDITION))


def test_the_shipped_content_has_all_that_the_books_read() -> None:
    assert limits_of_books() == []


def test_it_runs_with_the_other_checks() -> None:
    registered = {getattr(check, "__name__", "") for check in checks.registry.registry.get_checks()}
    assert "limits_of_books" in registered


def test_it_names_each_limit_that_a_book_reads_and_the_files_lack(limits: Path) -> None:
    written = limits.read_text().replace("[p2s.client_os]", "[p2s.systems]")
    limits.write_text(written.replace("[gateway.subnet_min_prefix]", "[gateway.smallest]"))
    assert [(found.id, found.msg) for found in limits_of_books()] == [
        ("advisor.E001", f"{EDITION}/limits.toml: {key}: missing, but the rule book of this edition needs it")
        for key in ("gateway.subnet_min_prefix", "p2s.client_os")
    ]


@pytest.mark.parametrize("written", [b"[", b"\xff", b'[a.b]\nvalue = 1\nunit = "tunnel"\n'])
def test_what_cannot_be_read_is_left_to_the_check_of_content(limits: Path, written: bytes) -> None:
    limits.write_bytes(written)
    assert limits_of_books() == []
    limits.unlink()
    assert limits_of_books() == []
