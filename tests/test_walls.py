"""What import-linter cannot see: modules that are pure are imported in a bare interpreter, each found by its place."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from faq.knowledge.entry import SLUG
from web.converters import EntrySlug

ROOT = Path(__file__).parents[1]

PURE_ROOMS = ("faq/knowledge", "faq/documents", "faq/search", "advisor/core", "advisor/existing", "advisor/formats")
PURE_MODULES = (
    *("web/colors.py", "web/converters.py", "web/languages.py", "web/logos.py"),
    "advisor/wording/sentences.py",
)

WITH_DJANGO = {
    "faq/search/service.py",
    "faq/search/indexer.py",
    "faq/search/loading.py",
    "advisor/formats/pdf.py",
    "advisor/formats/report.py",
    "advisor/formats/comparison.py",
    "advisor/formats/entered.py",
    "advisor/formats/setup_report.py",
    "advisor/formats/sheet.py",
}
"""Modules of these rooms that ask Django: for rows, for settings, or for words in the active language."""

BARE = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    if "django" in sys.modules:
        sys.exit(f"{name} brings Django along")
"""


def modules_of(room: str) -> list[str]:
    """The modules of a room that must be pure, by their dotted names."""
    paths = (path.relative_to(ROOT) for path in sorted((ROOT / room).rglob("*.py")))
    names = (str(path) for path in paths if str(path) not in WITH_DJANGO)
    return [name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in names]


@pytest.mark.parametrize("room", [room for room in PURE_ROOMS if (ROOT / room).is_dir()])
def test_a_pure_room_is_imported_without_django(room: str) -> None:
    names = modules_of(room)
    assert names
    done = subprocess.run([sys.executable, "-c", BARE, *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", [module for module in PURE_MODULES if (ROOT / module).exists()])
def test_a_pure_module_is_imported_without_django(module: str) -> None:
    name = module.removesuffix(".py").replace("/", ".")
    done = subprocess.run([sys.executable, "-c", BARE, name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_module_that_may_ask_django_is_there() -> None:
    missing = {path for path in WITH_DJANGO if not (ROOT / path).exists()}
    assert missing == set()


SQL = re.compile(r"\.cursor\(|\.raw\(|\.extra\(|RawSQL|connections\[")
"""How a database of the site is asked by other means than its models."""

MAY_WRITE_SQL = {"config/checks.py"}
"""It asks SQLite for its journal. The counters of `web` have a file of their own, which is no database of the site."""


def test_only_the_store_writes_sql() -> None:
    code = [path for room in ("config", "web", "faq", "advisor") for path in (ROOT / room).rglob("*.py")]
    writers = {str(path.relative_to(ROOT)) for path in code if SQL.search(path.read_text())}
    assert {path for path in writers if not path.startswith("faq/store/")} == MAY_WRITE_SQL


def test_what_is_a_slug_is_said_alike_by_addresses_and_by_entries() -> None:
    assert EntrySlug.regex == SLUG.pattern
