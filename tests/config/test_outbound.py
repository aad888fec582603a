"""The site connects to nothing of its own accord but the webhook and the provider of sign-ins, where they are set."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.served import ROOT


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Any:
    """What a process tried to connect to that did everything."""
    folder = tmp_path_factory.mktemp("outbound")
    shutil.copytree(prepared_on_sqlite / "data", folder, dirs_exist_ok=True)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "GATEWIJZER_DATA": str(folder),
        "GATEWIJZER_METRICS_FROM": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/gatewijzer.sqlite3",
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.outbound", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_no_page_and_no_command_connects_to_anything(report: Any) -> None:
    assert report["everything"] == []
    assert report["requests"] > 200


def test_a_webhook_that_is_set_is_connected_to(report: Any) -> None:
    address = ("127.0.0.1", report["webhook port"])
    assert report["webhook"] == ["socket.getaddrinfo '127.0.0.1'", f"socket.connect {address!r}"]


def test_a_provider_that_is_set_is_connected_to(report: Any) -> None:
    address = ("127.0.0.1", report["sign-in port"])
    assert report["sign-in"] == ["socket.getaddrinfo '127.0.0.1'", f"socket.connect {address!r}"]
