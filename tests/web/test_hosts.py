"""Names of hosts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from web.hosts import is_host


@pytest.mark.parametrize("host", ["a", "a.example", "a-b.example.org", "127.0.0.1", "::1", "[::1]", "gate_wijzer"])
def test_a_name_or_an_address_is_one(host: str) -> None:
    assert is_host(host)


@pytest.mark.parametrize("host", ["", "*", "a..b", "-a", "a-", "*.example", "a b", "a" * 64, "a." * 200, "a/b", "é"])
def test_anything_else_is_not(host: str) -> None:
    assert not is_host(host)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GATEWIJZER_HOSTS", "*"),
        ("GATEWIJZER_ORIGIN", "https://*"),
        ("GATEWIJZER_ORIGIN", "https://a.example:99999"),
        ("GATEWIJZER_SECRET_KEY", "hunter2-hunter2"),
    ],
)
def test_the_site_does_not_start_with_a_setting_that_is_none(name: str, value: str, tmp_path: object) -> None:
    environment = os.environ | {name: value, "GATEWIJZER_DATA": str(tmp_path)}
    started = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert started.returncode != 0
    assert name in started.stderr.splitlines()[-1]
    assert "hunter2" not in started.stderr
