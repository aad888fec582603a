"""A server as docs/deploying.md sets it up: the services of deploy/systemd, and nginx in front of them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.nginx import Proxy, nginx
from tests.deploy.units import Place, given_to_account, log_of, made_place, started, unit
from tests.served import NONE
from web.serving.alive import is_alive


@dataclass(frozen=True, slots=True)
class Server:
    """The place, the process of the site, and the nginx in front of it."""

    place: Place
    site: int
    proxy: Proxy


@contextmanager
def place_with_data(prepared: Path, more_settings: Mapping[str, str] = NONE) -> Iterator[Place]:
    """A server with the shipped content and more settings, where other accounts can reach it."""
    with tempfile.TemporaryDirectory(prefix="server-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        settings = {"GATEWIJZER_METRICS_FROM": "127.0.0.1", "GATEWIJZER_ACCESS_LOG": "yes", **more_settings}
        place = made_place(folder, settings)
        shutil.copytree(prepared / "data", place.state, dirs_exist_ok=True)
        for name in ("lib", "run"):
            given_to_account(folder / name)
        yield place


def wait_until_alive(place: Place, process: subprocess.Popen[bytes]) -> None:
    """Wait for the site to answer. Raises RuntimeError with what it said where it does not."""
    until = time.monotonic() + 120
    while not is_alive(str(place.socket)):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the site does not start: {log_of(place, unit('gatewijzer'))}")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def place(prepared_on_sqlite: Path) -> Iterator[Place]:
    """A server on which nothing runs yet."""
    with place_with_data(prepared_on_sqlite) as made:
        yield made


@pytest.fixture(scope="session")
def server(place: Place) -> Iterator[Server]:
    """One on which everything runs."""
    with (
        started(place, unit("gatewijzer")) as site,
        started(place, unit("gatewijzer-indexer")),
        nginx(place, place.folder / "nginx") as proxy,
    ):
        wait_until_alive(place, site)
        yield Server(place, site.pid, proxy)
