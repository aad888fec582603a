"""A PostgreSQL of its own for tests: `python -m tests.postgres pytest …` runs a command on it and throws it away.

Its programs are those of Debian's package. PostgreSQL does not run as root, so root starts it as another account.
"""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.ports import free_port

PROGRAMS = Path("/usr/lib/postgresql")

LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
"""Text is sorted as people sort it, unlike in SQLite: what leans on the order of bytes shows."""

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""Settings of a server whose data nobody needs after the run."""


@dataclass
class Server:
    """A PostgreSQL in a folder of its own, on the loopback alone, which can be stopped and started again."""

    folder: Path
    owner: pwd.struct_passwd | None
    port: int
    settings: str = QUICK

    @property
    def url(self) -> str:
        """The URL of its first database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        """Where it keeps its data."""
        return self.folder / "data"

    def run(self, name: str, *arguments: str | Path) -> None:
        """Run a program of PostgreSQL. Raises RuntimeError."""
        _run(self.owner, self.folder, _programs() / name, *arguments)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} {self.settings}"
        self.run("pg_ctl", "start", "--wait", "-D", self.data, "-l", self.folder / "log", "-o", options)

    def stop(self) -> None:
        """End it at once, as if its machine had lost its power."""
        self.run("pg_ctl", "stop", "--mode=immediate", "-D", self.data)

    def is_running(self) -> bool:
        """Whether it was started and not stopped since."""
        return (self.data / "postmaster.pid").exists()

    def asked(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives in its first database; none where it gives no rows."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(sql)
            return list(found.fetchall()) if found.description else []


@contextmanager
def server_without_data(settings: str = QUICK) -> Iterator[Server]:
    """A server without data, in a temporary folder, which is stopped in the end."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as made:
        folder, owner = Path(made), _owner()
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        folder.chmod(0o700)
        server = Server(folder, owner, free_port(), settings)
        try:
            yield server
        finally:
            if server.is_running():
                server.stop()


@contextmanager
def server(settings: str = QUICK) -> Iterator[Server]:
    """A PostgreSQL that runs."""
    with server_without_data(settings) as made:
        made.run("initdb", "--auth=trust", "--username=postgres", *LOCALE, "-D", made.data)
        made.start()
        yield made


@contextmanager
def postgres(settings: str = QUICK) -> Iterator[str]:
    """Start a PostgreSQL in a temporary folder, on the loopback alone, and give the URL of its first database."""
    with server(settings) as made:
        yield made.url


@contextmanager
def replica_of(primary: Server) -> Iterator[Server]:
    """A streaming replica of a PostgreSQL, which has all that is there by now."""
    with server_without_data() as made:
        connection = f"host=127.0.0.1 port={primary.port} user=postgres"
        made.run("pg_basebackup", "-D", made.data, "-d", connection, "--write-recovery-conf", "--checkpoint=fast")
        made.start()
        yield made


def _programs() -> Path:
    found = max(PROGRAMS.glob("*/bin"), key=lambda folder: int(folder.parent.name), default=None)
    if found is None:
        raise SystemExit("There is no PostgreSQL below /usr/lib/postgresql: install Debian's package postgresql.")
    return found


@contextmanager
def another_database(url: str, template: str = "") -> Iterator[str]:
    """A database on the same server for as long as it is used: empty, or as its template is."""
    import psycopg

    name = f"other_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def create_database(url: str, name: str) -> str:
    """An empty database of this name on the same server, for as long as that runs."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _owner() -> pwd.struct_passwd | None:
    """The account that the server runs as; None stands for one's own."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name: account for account in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _run(owner: pwd.struct_passwd | None, folder: Path, *command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would be held open by the server
        stderr=subprocess.PIPE if command[1] != "start" else subprocess.DEVNULL,
        text=True,
        check=False,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr or 'see its log'}")


def main(arguments: Sequence[str]) -> int:
    """Run a Python module with its arguments on a PostgreSQL of its own, and answer how it ended."""
    with postgres() as url:
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
