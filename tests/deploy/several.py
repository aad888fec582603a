"""What deploy/several sets up, on one loopback: a port stands for each machine, and the programs are Debian's."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from tests.deploy.nginx import HOST, Proxy, certificate, nginx
from tests.deploy.units import Place, dropped_in, given_to_account, log_of, made_place, sandboxed, started, unit
from tests.faults.visitor import Browser
from tests.ports import free_port
from tests.postgres import Server, server, server_without_data
from tests.redis_server import RedisServer
from tests.served import ACCOUNTS, COPY, DATABASE, NONE, PASSWORD, ROOT, Site

SEVERAL = ROOT / "deploy/several"
DOCS = ROOT / "docs/deploying.md"
ORIGIN = f"https://{HOST}"
PASSWORDS = {name: secrets.token_urlsafe(12) for name in ("gatewijzer", "gatewijzer_replica", "redis")}
FEW = """
from faq.models import Entry
Entry.objects.exclude(slug__contains="expressroute").exclude(slug__contains="bgp").update(published_at=None)
"""
"""Leaves some entries published: their index is built in a tenth of the time."""

SHARED_SECONDS = 2
"""For which nginx may keep a page here."""


@dataclass
class Network:
    """Which port of the loopback stands for what the files of deploy/several name by its address."""

    ports: Mapping[str, int] = field(
        default_factory=lambda: {
            name: free_port() for name in ("10.2.0.11", "10.2.0.12", "10.2.0.21", "10.2.0.22", "10.2.0.31")
        }
    )
    key: str = field(default_factory=partial(secrets.token_urlsafe, 60))

    def here(self, text: str) -> str:
        """A text of deploy/several with the ports and the secrets of this network."""
        for address, port in self.ports.items():
            text = re.sub(rf"@{re.escape(address)}/", f"@127.0.0.1:{port}/", text)
            text = re.sub(rf"{re.escape(address)}:\d+", f"127.0.0.1:{port}", text)
            text = re.sub(rf"--host {re.escape(address)} --port \d+", f"--host 127.0.0.1 --port {port}", text)
        for scheme, name in {"postgresql": "gatewijzer", "redis": "redis"}.items():
            text = re.sub(rf"({scheme}://\w+):the-password@", rf"\1:{PASSWORDS[name]}@", text)
        return text.replace("GATEWIJZER_SECRET_KEY=the-key", f"GATEWIJZER_SECRET_KEY={self.key}")


@dataclass
class WebMachine:
    """A web machine, whose services are started and ended as systemd does."""

    place: Place
    port: int
    running: ExitStack = field(default_factory=ExitStack)
    pids: tuple[int, ...] = ()
    """Of the site, and of the process that builds the index."""

    def start(self) -> None:
        """Start its services."""
        units = [dropped_in(unit("gatewijzer"), self.place.folder / "several.conf"), unit("gatewijzer-indexer")]
        self.pids = tuple(self.running.enter_context(started(self.place, of)).pid for of in units)

    def stop(self) -> None:
        """End its services."""
        self.running.close()

    def setting(self, name: str) -> str:
        """The value of a setting in its settings file."""
        return self.place.environment(unit("gatewijzer"))[name]

    def set(self, name: str, value: str) -> None:
        """Give a setting another value, by a line at the end of the file."""
        with (self.place.folder / "etc/gatewijzer/gatewijzer.env").open("a") as settings:
            settings.write(f'{name}="{value}"\n')

    def reload(self) -> None:
        """Load another release, as the unit says."""
        of = unit("gatewijzer")
        subprocess.run(self.place.command(of.one("ExecReload"), self.pids[0]), check=True)

    def manage(self, *arguments: str, **more: str) -> str:
        """What a command says that runs with the settings of the services and some more, as their account. Raises
        RuntimeError.
        """
        of = unit("gatewijzer")
        command = [*sandboxed(self.place, of), sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, env=self.place.environment(of) | more, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def asked(self, path: str) -> tuple[int, str]:
        """What the machine itself answers to its neighbors; status 0 where it does not."""
        return Browser(f"http://127.0.0.1:{self.port}", 5).ask(path)


def start_all(machines: Sequence[WebMachine]) -> None:
    """Start web machines together, and wait until they answer. Raises RuntimeError where one does not."""
    for one in machines:
        one.start()
    until = time.monotonic() + 120
    for one in machines:
        while one.asked("/healthz") != (200, "ok\n"):
            if time.monotonic() > until:
                raise RuntimeError(f"a web machine does not start: {log_of(one.place, unit('gatewijzer'))}")
            time.sleep(0.1)


class _Reached(urllib.request.HTTPSHandler):
    """Reaches the site by its name, over connections that are made elsewhere, with headers of a proxy."""

    def __init__(self, connect: Callable[[], socket.socket], headers: Mapping[str, str] = NONE) -> None:
        super().__init__()
        self.connect, self.headers = connect, headers

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """Ask what is at the other end."""
        for name, value in self.headers.items():
            request.add_unredirected_header(name, value)

        def connection(host: str, **given: Any) -> http.client.HTTPConnection:
            made = http.client.HTTPConnection(host, **given)
            made.sock = self.connect()
            return made

        return self.do_open(connection, request)


@dataclass(frozen=True, slots=True)
class Several:
    """The machines, all of which run."""

    network: Network
    primary: Server
    replica: Server
    redis: RedisServer
    web: tuple[WebMachine, WebMachine]
    proxy: Proxy

    def browser(self, client: str = "127.0.0.1") -> Browser:
        """The browser of a visitor, who comes by nginx from an address of the loopback."""
        return Browser(ORIGIN, 30, _Reached(partial(self.proxy.connect, client)))

    def browser_on(self, machine: WebMachine) -> Browser:
        """The browser of somebody whose requests nginx hands to this machine."""
        connect = partial(socket.create_connection, ("127.0.0.1", machine.port), 30)
        return Browser(ORIGIN, 30, _Reached(connect, {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}))


@contextmanager
def several(prepared: Path) -> Iterator[Several]:
    """Set all of it up, with the shipped content and two accounts, as docs/deploying.md says."""
    network = Network()
    with ExitStack() as held:
        primary = held.enter_context(_primary(network))
        replica = held.enter_context(_replica(network, primary))
        redis = held.enter_context(_redis(network))
        web = tuple(held.enter_context(_web_machine(network, address)) for address in ("10.2.0.11", "10.2.0.12"))
        web[0].manage("migrate", "--verbosity", "0")
        load = COPY % str(prepared / "data" / DATABASE)
        loading = (
            os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | web[0].place.environment(unit("gatewijzer"))
        )
        Site("", loading).manage("shell", "--verbosity", "0", "--command", load + FEW + ACCOUNTS)
        named = ("--no-input", "--username=chief", "--email=chief@example.org")
        web[0].manage("createsuperuser", *named, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
        for one in web:
            shutil.copytree(prepared / "data/static", one.place.state / "static")
            given_to_account(one.place.state)
            held.callback(one.stop)
        start_all(web)
        machines = {f"{address}:8000": f"127.0.0.1:{network.ports[address]}" for address in ("10.2.0.11", "10.2.0.12")}
        proxy = held.enter_context(nginx(web[0].place, web[0].place.folder / "nginx", machines))
        yield Several(network, primary, replica, redis, (web[0], web[1]), proxy)


def administer(of: Server, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
    """The rows that a statement gives to the administrator of a PostgreSQL, who comes by its Unix socket."""
    at = f"host={of.folder} port={of.port} user=postgres dbname={database}"
    with psycopg.connect(at, autocommit=True) as connection:
        found = connection.execute(sql)
        return list(found.fetchall()) if found.description else []


def command_in_docs(name: str) -> str:
    """The line of docs/deploying.md that runs a program, without what stands before it. Raises ValueError."""
    (line,) = re.findall(rf"^.*?\b({name} .*)$", DOCS.read_text(), re.MULTILINE)
    return str(line)


def _set_up_postgresql(network: Network, of: Server, address: str) -> None:
    """Put the files of deploy/several where Debian has its own, which let an administrator in by the Unix socket."""
    settings = (SEVERAL / "postgresql.conf").read_text().replace("10.2.0.21", "127.0.0.1")
    (of.data / "gatewijzer.conf").write_text(settings)
    rules = re.sub(r"10\.2\.0\.\d+/32", "127.0.0.1/32", (SEVERAL / "pg_hba.conf").read_text())
    (of.data / "pg_hba.conf").write_text(f"local all all trust\n{rules}")
    of.port = network.ports[address]


@contextmanager
def _primary(network: Network) -> Iterator[Server]:
    with server() as made:
        made.stop()
        _set_up_postgresql(network, made, "10.2.0.21")
        with (made.data / "postgresql.conf").open("a") as settings:
            settings.write("include 'gatewijzer.conf'\n")
        certificate(made.data)
        for name, instead in {"fullchain.pem": "server.crt", "privkey.pem": "server.key"}.items():
            (made.data / name).rename(made.data / instead)
            (made.data / instead).chmod(0o600)
            if made.owner:
                os.chown(made.data / instead, made.owner.pw_uid, made.owner.pw_gid)
        made.start()
        for statement in re.sub(r"^--.*\n", "", (SEVERAL / "primary.sql").read_text(), flags=re.MULTILINE).split(";"):
            if statement.strip():
                administer(made, statement)
        for name in ("gatewijzer", "gatewijzer_replica"):
            administer(made, f"ALTER ROLE {name} PASSWORD '{PASSWORDS[name]}'")
        yield made


@contextmanager
def _replica(network: Network, primary: Server) -> Iterator[Server]:
    """One that is copied by the command of the docs."""
    with server_without_data() as made:
        command = command_in_docs("pg_basebackup").replace("host=10.2.0.21", f"host=127.0.0.1 port={primary.port}")
        command = command.replace("sslmode=", f"password={PASSWORDS['gatewijzer_replica']} sslmode=")
        program, *arguments = shlex.split(command.replace("/var/lib/postgresql/15/main", str(made.data)))
        made.run(program, *arguments)
        _set_up_postgresql(network, made, "10.2.0.22")
        made.start()
        yield made


@contextmanager
def _redis(network: Network) -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="redis-") as made:
        folder = Path(made)
        settings = (SEVERAL / "redis.conf").read_text().replace("bind 10.2.0.31", "bind 127.0.0.1")
        settings = settings.replace("port 6379", f"port {network.ports['10.2.0.31']}")
        (folder / "redis.conf").write_text(settings.replace(">the-password", f">{PASSWORDS['redis']}"))
        redis = RedisServer(folder, network.ports["10.2.0.31"], configuration=folder / "redis.conf")
        redis.start()
        try:
            yield redis
        finally:
            redis.stop()


@contextmanager
def _web_machine(network: Network, address: str) -> Iterator[WebMachine]:
    with tempfile.TemporaryDirectory(prefix="web-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        place = made_place(folder, {})
        with (folder / "etc/gatewijzer/gatewijzer.env").open("a") as settings:
            settings.write(network.here((SEVERAL / "gatewijzer.env").read_text()))
            settings.write("GATEWIJZER_SECOND_FACTOR=optional\n")  # the editors of the tests have none
            settings.write(f"GATEWIJZER_SHARED_CACHE_SECONDS={SHARED_SECONDS}\n")
        drop_in = (SEVERAL / "web-machine.conf").read_text().replace("10.2.0.11", address)
        drop_in = drop_in.replace("--workers 2", "--workers 1")  # which starts in half the time
        (folder / "several.conf").write_text(network.here(drop_in))
        for name in ("lib", "run"):
            given_to_account(folder / name)
        yield WebMachine(place, network.ports[address])
