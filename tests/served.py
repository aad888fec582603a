"""The site as `make run` serves it, in a folder of its own, for tests and measurements that need a real server."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from tests.ports import free_port
from tests.postgres import another_database, create_database

ROOT = Path(__file__).parents[1]
LONGEST_START = 90
"""Seconds in which a server answers, also on a machine that does other things."""

NONE: Mapping[str, str] = MappingProxyType({})

DATABASE = "gatewijzer.sqlite3"
"""The file of the database in a data folder."""

PASSWORD = "een-lang-wachtwoord"
ACCOUNTS = f"""
from django.contrib.auth.models import Group, User
for role in ("editor", "publisher"):
    user = User.objects.create_user(role, password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
"""What `manage.py shell` runs to make an editor and a publisher."""


COPY = """
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, transaction
connections.databases["prepared"] = connections["default"].settings_dict | {
    "ENGINE": "django.db.backends.sqlite3", "NAME": %r, "OPTIONS": {}, "CONN_MAX_AGE": 0}
models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("TRUNCATE " + ", ".join(f'"{model._meta.db_table}"' for model in models) + " CASCADE")
    for model in models:
        model._base_manager.bulk_create(list(model._base_manager.using("prepared").all()), batch_size=500)
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
"""
"""Puts the rows of a prepared SQLite file into an empty PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: where it is, how to run a command on its data, and the process that serves (0 if none does)."""

    origin: str
    environment: dict[str, str]
    process: int = 0

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """What a `manage.py` command says."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stderr}")
        return done.stdout


def server_of_tests() -> str:
    """The URL of the PostgreSQL on which the tests run; empty where they run on SQLite."""
    here = os.environ.get("DATABASE_URL", "")
    return here if here.startswith("postgresql:") else ""


@contextmanager
def _database(folder: Path, prepared: Path | None) -> Iterator[str]:
    """A database for the site alone: on PostgreSQL where the tests run on one, else a file in its folder."""
    server = server_of_tests()
    if server:
        with another_database(server, database_of(prepared) if prepared else "") as url:
            yield url
    else:
        yield f"sqlite:///{folder}/{DATABASE}"


def prepared_once(folder: Path) -> Path:
    """A data folder with the shipped content loaded and indexed, for every process that asks with this folder: the
    first makes it, the others wait.
    """
    return _made_once(folder, lambda data: _prepare(Site("", environment_of(data, f"sqlite:///{data}/{DATABASE}"))))


def prepared_on_server(folder: Path, server: str, prepared: Path) -> Path:
    """The same with the database on a PostgreSQL, given by its URL, where it is the template for others. It gets what
    is prepared in a file, which takes less time than to load it anew.
    """

    def make(data: Path) -> None:
        for name in ("index", "static"):
            shutil.copytree(prepared / "data" / name, data / name)
        copy_content(Site("", environment_of(data, create_database(server, database_of(folder)))), prepared)

    return _made_once(folder, make)


def _made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    folder.mkdir(exist_ok=True)
    made, data = folder / "made", folder / "data"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            data.mkdir(exist_ok=True)
            make(data)
            made.touch()
    return folder


def copy_content(site: Site, prepared: Path, then: str = "") -> None:
    """Put the rows of a prepared file into an empty PostgreSQL, and run more of Python after it."""
    site.manage("migrate", "--verbosity", "0", "--skip-checks")
    site.manage("shell", "--verbosity", "0", "--command", COPY % str(prepared / "data" / DATABASE) + then)


def with_few_entries(prepared: Path, folder: Path, kept: str) -> Path:
    """A folder as `prepared_once` makes it on SQLite, in which only entries are published whose slugs have `kept` in
    them: their index is built in a tenth of the time. It is not built yet.
    """
    shutil.copytree(prepared / "data", folder / "data")
    with closing(sqlite3.connect(folder / "data" / DATABASE)) as database:
        database.execute("UPDATE faq_entry SET published_at = NULL WHERE instr(slug, ?) = 0", (kept,))
        database.execute("UPDATE faq_contentversion SET number = number + 1")
        database.commit()
    return folder


def database_of(prepared: Path) -> str:
    """The database on PostgreSQL that is the template of those that begin as the one in this folder."""
    return f"prepared_{sha256(str(prepared).encode()).hexdigest()[:16]}"


def environment_of(folder: Path, database: str, origin: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """What the server and its commands have in their environment."""
    return os.environ | {
        "DATABASE_URL": database,
        "GATEWIJZER_DATA": str(folder),
        "GATEWIJZER_ORIGIN": origin,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def _prepare(site: Site) -> None:
    site.manage("migrate", "--verbosity", "0", "--skip-checks")
    site.manage("sync")
    site.manage("index")
    site.manage("collectstatic", "--no-input", "--verbosity", "0", "--skip-checks")


@contextmanager
def served(
    folder: Path,
    application: str = "config.asgi:application",
    *,
    before: Sequence[str] = (),
    prepared: Path | None = None,
    as_it_is: bool = False,
    settings: Mapping[str, str] = NONE,
    more: Sequence[str] = (),
) -> Iterator[Site]:
    """Serve the shipped content from a data folder with two workers, and stop when done. `before` stands before the
    command of the server, such as what binds it to a core, and `more` behind it. `prepared` is a folder that
    `prepared_once` made, which saves loading and indexing; with `as_it_is`, the folder has its data already. `settings`
    are put into the environment of the server and its commands.
    """
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    own = settings.get("DATABASE_URL")
    with nullcontext(own) if own else _database(folder, prepared) as database:
        environment = environment_of(folder, database, origin) | dict(settings)
        site = Site(origin, environment)
        if prepared:
            shutil.copytree(prepared / "data", folder, dirs_exist_ok=True)
        elif not as_it_is:
            _prepare(site)
        serve = [sys.executable, "manage.py", "serve", "--skip-checks", "--port", str(port)]
        command = [*before, *serve, "--application", application, *more]
        with (folder / "server.log").open("w") as log:
            server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(origin)
            yield replace(site, process=server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(origin: str) -> None:
    until = time.monotonic() + LONGEST_START
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
