"""Units of systemd, and their commands run as systemd runs them, as far as that can be done without it."""

from __future__ import annotations

import json
import os
import pwd
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.served import ROOT

UNITS = ROOT / "deploy/systemd"
SETTINGS_FILE = ROOT / "deploy/gatewijzer.env"

OTHER_ACCOUNT = "nobody"
"""As whom root runs the commands."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the values of each key of each section, in the order of the file."""

    name: str
    sections: Mapping[str, Mapping[str, tuple[str, ...]]]

    def all(self, key: str) -> tuple[str, ...]:
        """The values of a key of the service."""
        return self.sections["Service"].get(key, ())

    def one(self, key: str) -> str:
        """The value of a key of the service that stands there once. Raises ValueError."""
        (value,) = self.all(key)
        return value


def read_unit(path: Path) -> Unit:
    """The unit in a file. Raises ValueError for a line that is none."""
    sections: dict[str, dict[str, list[str]]] = {}
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, sign, value = line.partition("=")
            if not sign:
                raise ValueError(f"{path}: {line}")
            section.setdefault(key, []).append(value)
    return Unit(path.name, {name: {key: tuple(all_) for key, all_ in of.items()} for name, of in sections.items()})


def dropped_in(of: Unit, path: Path) -> Unit:
    """A unit with what a file in its folder `.d` adds: an empty value takes away those before it."""
    sections = {name: dict(keys) for name, keys in of.sections.items()}
    for name, keys in read_unit(path).sections.items():
        for key, values in keys.items():
            all_ = (*sections[name].get(key, ()), *values)
            last_empty = max((at for at, value in enumerate(all_) if not value), default=-1)
            sections[name][key] = all_[last_empty + 1 :]
    return Unit(of.name, sections)


def services() -> list[Unit]:
    """All services."""
    return [read_unit(path) for path in sorted(UNITS.glob("*.service"))]


def unit(name: str) -> Unit:
    """The service of a name."""
    return read_unit(UNITS / f"{name}.service")


def settings_in(text: str) -> dict[str, str]:
    """What an environment file sets: a line each, without or within double quotes."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {
        name: value.removeprefix('"').removesuffix('"') for name, _, value in (line.partition("=") for line in lines)
    }


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that stands for a server: what the units call /opt, /var/lib, /run and /etc is in it."""

    folder: Path

    @property
    def state(self) -> Path:
        """The data folder."""
        return self.folder / "lib/gatewijzer"

    @property
    def socket(self) -> Path:
        """Where the site listens."""
        return self.folder / "run/gatewijzer/site.sock"

    def here(self, text: str) -> str:
        """A text of deploy/ with the paths of this place."""
        instead = {
            "/opt/gatewijzer/.venv/bin/python": sys.executable,
            ".venv/bin/python": sys.executable,
            "/opt/gatewijzer": str(ROOT),
            "/var/lib/": f"{self.folder}/lib/",
            "/run/": f"{self.folder}/run/",
            "/etc/gatewijzer/": f"{self.folder}/etc/gatewijzer/",
        }
        pattern = re.compile("|".join(re.escape(path) for path in instead))
        return pattern.sub(lambda found: instead[found[0]], text)

    def command(self, line: str, process: int = 0) -> list[str]:
        """A command line of a unit, as its program gets it."""
        return shlex.split(self.here(line.replace("$MAINPID", str(process)).replace("%%", "%").replace("$$", "$")))

    def environment(self, of: Unit) -> dict[str, str]:
        """What the command of a unit finds in its environment, and nothing else."""
        file = Path(self.here(of.one("EnvironmentFile")))
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"} | settings_in(file.read_text())


def made_place(folder: Path, more_settings: Mapping[str, str]) -> Place:
    """A server with the settings of deploy/gatewijzer.env and some more, for the account that its services run as."""
    place = Place(folder)
    for name in ("lib/gatewijzer", "lib/gatewijzer-backups", "run/gatewijzer", "etc/gatewijzer"):
        (folder / name).mkdir(parents=True, mode=0o755)
    told = "".join(f'{name}="{value}"\n' for name, value in more_settings.items())
    (folder / "etc/gatewijzer/gatewijzer.env").write_text(place.here(SETTINGS_FILE.read_text()) + told)
    return place


def given_to_account(folder: Path) -> None:
    """Give a folder and all that is in it to the account of the services."""
    if account := other_account():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)


@cache
def other_account() -> pwd.struct_passwd | None:
    """The account that services run as: another one where root runs the tests."""
    return pwd.getpwnam(OTHER_ACCOUNT) if os.geteuid() == 0 else None


def sandboxed(place: Place, of: Unit) -> list[str]:
    """What stands before the command of a unit, so that it may do what the unit allows and no more."""
    account = other_account()
    told = {
        "account": [account.pw_uid, account.pw_gid] if account else None,
        "umask": of.one("UMask"),
        "families": of.one("RestrictAddressFamilies").split(),
        "calls": list(of.all("SystemCallFilter")),
        "folder": place.here(of.one("WorkingDirectory")),
    }
    return [sys.executable, str(ROOT / "tests/deploy/sandbox.py"), json.dumps(told)]


@contextmanager
def started(place: Place, of: Unit) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command of a unit, and end it as systemd does. Raises AssertionError where it does not end in time."""
    command = [*sandboxed(place, of), *place.command(of.one("ExecStart"))]
    with (place.folder / f"{of.name}.log").open("ab") as log:
        process = subprocess.Popen(command, env=place.environment(of), stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=float(of.one("TimeoutStopSec")))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise AssertionError(f"{of.name} did not end in time") from None


def log_of(place: Place, of: Unit) -> str:
    """What the command of a unit has said."""
    return (place.folder / f"{of.name}.log").read_text()
