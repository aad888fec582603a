"""What a command does without: it starts fast because it does not import what only pages and searches need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core import checks
from django.core.management import get_commands, load_command_class
from django.utils.module_loading import import_string

from config.pruning import EXPIRED
from web.on_first_call import on_first_call

ROOT = Path(__file__).parents[2]
HEAVY = ("redis", "numpy", "whoosh", "mcp", "typst", "ninja", "PIL", "config.urls", "advisor.core", "faq.documents")
READ_THE_DATABASE_ONLY = ("audit_log", "check_links", "deliver", "export_faq", "prune", "search", "second_factor")


def test_django_starts_without_what_only_pages_and_searches_need() -> None:
    script = "import sys, django; django.setup(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint(HEAVY)


def test_a_command_that_only_uses_the_database_checks_no_content_files() -> None:
    where = get_commands()
    for name in READ_THE_DATABASE_ONLY:
        assert not load_command_class(where[name], name).requires_system_checks


def test_the_site_starts_with_a_faulty_content_file(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026/edition.toml").write_text("faulty =")
    settings.CONTENT_DIR = tmp_path
    settings.COLOR = "#ffff00"  # a warning about a setting
    assert "faq.E001" in [message.id for message in checks.run_checks()]
    serve = load_command_class(get_commands()["serve"], "serve")
    assert [message.id for message in checks.run_checks(tags=serve.requires_system_checks)] == ["config.W001"]


def test_what_is_imported_on_its_first_call_is_there_and_keeps_its_name() -> None:
    called = on_first_call("django.utils.module_loading.import_string")
    assert called.__name__ == "import_string"
    assert called("config.pruning.EXPIRED") is EXPIRED


def test_every_check_that_is_imported_late_can_be_run() -> None:
    found = checks.run_checks(include_deployment_checks=True)
    assert [message for message in found if message.level >= checks.ERROR] == []
    assert callable(import_string("advisor.pages.help_links.dead_help_links"))
