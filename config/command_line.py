"""How every command of `manage.py` behaves: quiet when nobody reads on, without colors where none are wanted, and with
the version of the site.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import TextIO

import django
from django.core.management import execute_from_command_line

PIPE_CLOSED = 141
"""The exit status where the reader of a pipe has gone: 128 and the number of SIGPIPE, as shells tell it."""


def main(arguments: Sequence[str], environment: MutableMapping[str, str]) -> None:
    """Run a command. `environment` gets what Django is to read: the settings, and that colors are not wanted."""
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if environment.get("NO_COLOR"):  # https://no-color.org: Django 5.2 does not read it
        environment["DJANGO_COLORS"] = "nocolor"
    try:
        try:
            if arguments[1:] in (["version"], ["--version"]) or arguments[2:] == ["--version"]:
                sys.stdout.write(f"Gatewijzer {version()} (Django {django.get_version()})\n")
            else:
                execute_from_command_line(list(arguments))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout, sys.stderr)
        sys.exit(PIPE_CLOSED)


def let_go(*streams: TextIO) -> None:
    """Send nowhere what is left in streams that nobody reads, or Python complains about it when it ends."""
    for stream in streams:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def version() -> str:
    """The version of the site, as pyproject.toml says."""
    with (Path(__file__).parents[1] / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
