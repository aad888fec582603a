"""Search is pure but for the three modules that speak with Django, whatever modules it comes to have."""

from __future__ import annotations

import subprocess
import sys

from tests.served import ROOT

WITH_DJANGO = {"faq.search.service", "faq.search.indexer", "faq.search.loading"}


def test_every_other_module_is_imported_without_django() -> None:
    paths = sorted((ROOT / "faq" / "search").rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    pure = [name for name in names if name not in WITH_DJANGO]
    assert len(pure) > 10
    code = f"""
import importlib, sys
for name in {pure}:
    importlib.import_module(name)
    assert not any(one.split(".")[0] == "django" for one in sys.modules), name
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
