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


def test_nothing_connects_to_anything_but_the_webhook_and_the_provider_that_are_set(report: Any) -> None:
    assert report["everything"] == []
    assert report["requests"] > 200
    for asked in ("webhook", "sign-in"):
        address = ("127.0.0.1", report[f"{asked} port"])
        assert report[asked] == ["socket.getaddrinfo '127.0.0.1'", f"socket.connect {address!r}"]
