"""Which settings tell machines of one site apart."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import settings as config
from tests.served import ROOT

CODE = "import django; django.setup(); from django.conf import settings; print(settings.SET_UP)"


def set_up(folder: Path, **more: str) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "GATEWIJZER_DATA": str(folder)} | more
    return subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize(
    "more",
    [
        {"GATEWIJZER_NAME": "Example"},
        {"GATEWIJZER_COLOR": "#7a003c"},
        {"GATEWIJZER_ORIGIN": "http://127.0.0.1:8001"},
        {"GATEWIJZER_EDITION": "2016-12"},
        {"GATEWIJZER_SHARED_CACHE_SECONDS": "20"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_pages_show_tells_set_ups_apart(tmp_path: Path, more: dict[str, str]) -> None:
    assert set_up(tmp_path, **more) != set_up(tmp_path)


def test_what_differs_between_machines_does_not(tmp_path: Path) -> None:
    other = {
        "GATEWIJZER_KEPT_PAGES_MB": "8",
        "GATEWIJZER_PROXIES": "1",
        "GATEWIJZER_ACCESS_LOG": "yes",
        "GATEWIJZER_LOG_FORMAT": "json",
        "GATEWIJZER_METRICS_FROM": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite3",
        "CACHE_URL": "redis://127.0.0.1:1/0",
    }
    assert set_up(tmp_path / "other", **other) == set_up(tmp_path)


def test_every_setting_that_is_left_out_is_one() -> None:
    names = set(re.findall(r'_read\(\s*"(\w+)"', Path(config.__file__).read_text()))
    assert names >= config.NOT_SHOWN


@pytest.mark.parametrize("seconds", ["0", "3600"])
def test_so_many_seconds_may_a_shared_cache_keep_a_page(tmp_path: Path, seconds: str) -> None:
    assert set_up(tmp_path, GATEWIJZER_SHARED_CACHE_SECONDS=seconds)


@pytest.mark.parametrize("seconds", ["3601", "-1", "x"])
def test_other_seconds_stop_the_start(tmp_path: Path, seconds: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        set_up(tmp_path, GATEWIJZER_SHARED_CACHE_SECONDS=seconds)
    assert f"GATEWIJZER_SHARED_CACHE_SECONDS='{seconds}'" in refused.value.stderr
    assert "0 to 3600" in refused.value.stderr
