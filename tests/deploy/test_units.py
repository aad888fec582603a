"""The units of deploy/systemd: as systemd reads them, and their commands within what they allow."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe

import pytest
import yaml

from config.doctor import is_free
from faq.search.index_keeper import LOCK
from tests.deploy.conftest import Server, place_with_data, wait_until_alive
from tests.deploy.several import SEVERAL
from tests.deploy.units import (
    SETTINGS_FILE,
    UNITS,
    Place,
    dropped_in,
    given_to_account,
    log_of,
    other_account,
    sandboxed,
    services,
    settings_in,
    started,
    unit,
)
from tests.served import ROOT

MOST_EXPOSED = "15"
"""Of `systemd-analyze security`, in tenths: 0 is a service that can do nothing, 100 one that can do everything."""

NAMES = [service.name for service in services()]
SETTINGS = set(re.findall(r'"((?:GATEWIJZER|DATABASE|CACHE)_[A-Z_]+)"', (ROOT / "config/settings.py").read_text()))

NOT_OF_THE_SANDBOX = {
    *("Type", "ExecStart", "ExecReload", "Restart", "RestartSec", "TimeoutStartSec", "TimeoutStopSec", "KillMode"),
    *("RuntimeDirectory", "RuntimeDirectoryMode", "StateDirectory", "MemoryMax"),
    *("Nice", "IOSchedulingClass"),
}
"""In which services may differ."""


def asked(place: Place, path: str) -> bytes:
    """What the site answers on its socket."""
    connection = HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(30)
    connection.sock.connect(str(place.socket))
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def test_systemd_reads_every_unit_without_a_word(place: Place, tmp_path: Path) -> None:
    for path in UNITS.iterdir():
        (tmp_path / path.name).write_text(place.here(path.read_text()))
    assert verified(tmp_path) == (0, "")


def test_systemd_reads_the_address_of_a_web_machine(place: Place, tmp_path: Path) -> None:
    """It takes the place of the socket, and is not added to it."""
    for path in UNITS.iterdir():
        (tmp_path / path.name).write_text(place.here(path.read_text()))
    added = tmp_path / "gatewijzer.service.d"
    added.mkdir()
    text = place.here((SEVERAL / "web-machine.conf").read_text())
    (added / "several.conf").write_text(text)
    assert verified(tmp_path) == (0, "")
    (added / "several.conf").write_text(text.replace("ExecStart=\n", ""))
    assert "has more than one ExecStart=" in verified(tmp_path)[1]
    (command,) = dropped_in(unit("gatewijzer"), SEVERAL / "web-machine.conf").all("ExecStart")
    assert command.startswith("/opt/gatewijzer/.venv/bin/python manage.py serve --host 10.2.0.11 ")


def verified(folder: Path) -> tuple[int, str]:
    """How systemd ends that reads all units of a folder, and what it says of them."""
    command = ["systemd-analyze", "verify", *sorted(str(path) for path in folder.iterdir() if path.is_file())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_service_can_do_little_else_than_its_work(name: str) -> None:
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    done = subprocess.run([*command, str(UNITS / name)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_services_are_confined_alike() -> None:
    confined = [
        {key: values for key, values in service.sections["Service"].items() if key not in NOT_OF_THE_SANDBOX}
        for service in services()
    ]
    assert all(one == confined[0] for one in confined)


@pytest.mark.parametrize("name", NAMES)
def test_a_service_reaches_a_database_on_another_machine(name: str) -> None:
    assert {"AF_INET", "AF_INET6"} <= set(unit(name.removesuffix(".service")).one("RestrictAddressFamilies").split())


def test_a_container_of_the_site_reaches_a_database_on_another_machine() -> None:
    services = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]
    assert not [name for name, service in services.items() if "network_mode" in service]


@pytest.mark.parametrize("name", NAMES)
def test_a_service_runs_a_command_that_exists(name: str) -> None:
    (command,) = re.findall(r"manage\.py (\w+)", unit(name.removesuffix(".service")).one("ExecStart"))
    found = [path for app in ("config", "faq", "advisor") for path in ROOT.glob(f"{app}/management/commands/*.py")]
    assert command in {path.stem for path in found}


@pytest.mark.parametrize("timer", sorted(path.name for path in UNITS.glob("*.timer")))
def test_a_timer_has_its_service(timer: str) -> None:
    assert (UNITS / timer).with_suffix(".service").exists()
    assert "Install" in (UNITS / timer).read_text()


def test_the_sandbox_of_the_tests_refuses_what_a_unit_refuses(place: Place, tmp_path: Path) -> None:
    code = f"""
import ctypes, json, mmap, os, socket
def refused(call):
    try:
        call()
    except OSError as error:
        return error.errno
told = {{
    "umask": os.umask(0), "user": os.getuid(), "folder": os.getcwd(),
    "packets": refused(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
    "local": refused(lambda: socket.socket(socket.AF_UNIX)),
    "code": refused(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)),
    "root": refused(lambda: os.chroot("/")),
    "writes": refused(lambda: open({str(tmp_path / "not-ours")!r}, "w")),
}}
print(json.dumps(told))
"""
    tmp_path.chmod(0o500)
    command = [*sandboxed(place, unit("gatewijzer")), sys.executable, "-c", code]
    told = json.loads(subprocess.run(command, env={}, capture_output=True, check=True).stdout)
    account = other_account()
    assert told == {
        "umask": 0o077,
        "user": account.pw_uid if account else os.getuid(),
        "folder": str(ROOT),
        "packets": 1,
        "local": None,
        "code": 1,
        "root": 1,
        "writes": 13,
    }


def test_the_site_and_the_indexer_start_reload_and_end_as_their_units_say(prepared_on_sqlite: Path) -> None:
    """Also where a site that was killed left its socket behind, and where it is told to end while it reloads."""
    site, indexer = unit("gatewijzer"), unit("gatewijzer-indexer")
    with place_with_data(prepared_on_sqlite) as place:
        _leave_a_socket(place)
        with started(place, site) as process, started(place, indexer):
            wait_until_alive(place, process)
            until = time.monotonic() + 60
            while json.loads(asked(place, "/readyz"))["status"] != "ready" and time.monotonic() < until:
                time.sleep(0.2)
            assert json.loads(asked(place, "/readyz"))["status"] == "ready"
            assert not is_free(place.state / LOCK)
            reload = place.command(site.one("ExecReload"), process.pid)
            assert subprocess.run(reload, check=False).returncode == 0
            time.sleep(1)  # it is in the middle of the reload now
            assert asked(place, "/healthz") == b"ok\n"
        assert process.returncode == 0
        assert log_of(place, indexer) == ""
        assert {line.split()[1] for line in log_of(place, site).splitlines()} == {"INFO"}
        private = {
            name: oct((place.state / name).stat().st_mode & 0o077) for name in ("gatewijzer.sqlite3", "secret-key")
        }
        assert set(private.values()) == {"0o0"}


def test_the_indexer_ends_also_while_it_builds(prepared_on_sqlite: Path) -> None:
    indexer = unit("gatewijzer-indexer")
    with place_with_data(prepared_on_sqlite) as place:
        index, until = place.state / "index", time.monotonic() + 60
        shutil.rmtree(index)
        with started(place, indexer) as process:
            while not list(index.glob("*-*")) and time.monotonic() < until:
                time.sleep(0.05)
        assert process.returncode == 0
        assert not (index / "current").exists()
        assert log_of(place, indexer) == ""


def _leave_a_socket(place: Place) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(place.socket))
    left.close()
    given_to_account(place.socket)


def test_the_webhook_runs_and_ends_quietly(place: Place) -> None:
    webhook = unit("gatewijzer-webhook")
    with started(place, webhook) as process:
        time.sleep(2.5)
        assert process.poll() is None
    assert process.returncode in (0, -signal.SIGTERM)
    assert log_of(place, webhook) == ""


def test_the_backup_is_whole_and_private_and_one_for_each_day(place: Place) -> None:
    backup = unit("gatewijzer-backup")
    command = [*sandboxed(place, backup), *place.command(backup.one("ExecStart"))]
    for _ in range(2):
        done = subprocess.run(command, env=place.environment(backup), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    (file,) = (place.folder / "lib/gatewijzer-backups").iterdir()
    assert re.fullmatch(r"gatewijzer-\w+day\.backup", file.name)
    assert file.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        assert database.execute("SELECT count(*) FROM faq_entry").fetchone()[0] > 200
    database.close()


def test_every_setting_in_the_settings_file_is_one_of_the_site() -> None:
    told = SETTINGS_FILE.read_text()
    names = re.findall(r"^#?([A-Z_]+)=", told, re.MULTILINE)
    assert set(names) <= SETTINGS
    assert len(names) == len(set(names))
    asked_of_operators = ("ORIGIN", "HOSTS", "PROXIES", "DATA", "SECURITY_CONTACT", "SECRET_KEY", "METRICS_FROM")
    assert {f"GATEWIJZER_{name}" for name in asked_of_operators} <= set(names)


def test_the_settings_file_has_every_line_accepted_by_the_site(tmp_path: Path) -> None:
    text = re.sub(r"^#([A-Z_]+=.)", r"\1", SETTINGS_FILE.read_text(), flags=re.MULTILINE)
    environment = settings_in(text) | {"GATEWIJZER_DATA": str(tmp_path), "GATEWIJZER_SECRET_KEY": token_urlsafe(60)}
    assert len(environment) > 10
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_shell_reads_the_settings_file_as_systemd_does() -> None:
    text = re.sub(r"^#([A-Z_]+=.)", r"\1", SETTINGS_FILE.read_text(), flags=re.MULTILINE)
    shell = 'set -a; eval "$SETTINGS"; unset SETTINGS; env -0'
    done = subprocess.run(
        ["sh", "-c", shell], env={"SETTINGS": text, "PATH": os.defpath}, capture_output=True, check=True
    )
    told = dict(line.split("=", 1) for line in done.stdout.decode().split("\0") if line)
    assert {name: told[name] for name in settings_in(text)} == settings_in(text)


def test_the_doctor_finds_nothing_on_such_a_server(server: Server) -> None:
    """Asked by the command for operators, which has the settings of the services and runs as their account."""
    place, service, account = server.place, unit("gatewijzer"), other_account()
    script = place.folder / "gatewijzer"
    is_it = f"= {account.pw_name} ]" if account else '= "$(id -un)" ]'
    script.write_text(place.here((ROOT / "deploy/gatewijzer").read_text()).replace("= gatewijzer ]", is_it))
    script.chmod(0o755)
    run = [*sandboxed(place, service), str(script)]
    environment = {"DJANGO_SUPERUSER_PASSWORD": "een-lang-wachtwoord", "PATH": "/usr/bin:/bin"}
    create = [*run, "createsuperuser", "--no-input", "--username=chief", "--email=chief@example.org"]
    subprocess.run(create, env=environment, capture_output=True, check=True)
    doctor = subprocess.run([*run, "doctor"], env=environment, capture_output=True, text=True, check=False)
    assert doctor.stdout == "Nothing is missing or unsafe.\n", doctor.stderr
