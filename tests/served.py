"""The site as `make run` serves it, in a folder of its own, for tests and measurements that need a real server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port
from tests.postgres import another_database

ROOT = Path(__file__).parents[1]

PASSWORD = "een-lang-wachtwoord"
ACCOUNTS = f"""
from django.contrib.auth.models import Group, User
for role in ("editor", "publisher"):
    user = User.objects.create_user(role, password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
"""What `manage.py shell` runs to make an editor and a publisher."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: where it is, and how to run a command on its data."""

    origin: str
    environment: dict[str, str]

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """What a `manage.py` command says."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stderr}")
        return done.stdout


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """A database for the site alone: on PostgreSQL where the tests run on one, else a file in its folder."""
    here = os.environ.get("DATABASE_URL", "")
    if here.startswith("postgresql:"):
        with another_database(here) as url:
            yield url
    else:
        yield f"sqlite:///{folder}/gatewijzer.sqlite3"


@contextmanager
def served(
    folder: Path, application: str = "config.wsgi", *, before: Sequence[str] = (), **more: str
) -> Iterator[Site]:
    """Serve the shipped content from a data folder with two gunicorn workers, and stop when done. `before` stands
    before the command of the server, such as what binds it to a core.
    """
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    with _database(folder) as database:
        environment = os.environ | {
            "DATABASE_URL": database,
            "GATEWIJZER_DATA": str(folder),
            "GATEWIJZER_ORIGIN": origin,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **more,
        }
        site = Site(origin, environment)
        site.manage("migrate", "--verbosity", "0", "--skip-checks")
        site.manage("sync")
        site.manage("index")
        site.manage("collectstatic", "--no-input", "--verbosity", "0", "--skip-checks")
        command = [*before, sys.executable, "-m", "gunicorn", application, "--config", "config/gunicorn.py"]
        command += ["--workers", "2", "--bind", f"127.0.0.1:{port}"]
        with (folder / "gunicorn.log").open("w") as log:
            server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(origin)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(origin: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(origin, timeout=2)  # noqa: S310 -- our own server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers on {origin}")
