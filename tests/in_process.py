"""Commands of the site in the process of the tests, on data of their own: a process takes longer to start than most
commands take to work. What a terminal, a signal or the end of a process shows needs a process.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.test import override_settings

from config.command_line import main
from config.databases import sqlite_at
from faq.search.indexer import engine
from tests.served import DATABASE


@contextmanager
def on_data_in(folder: Path, database: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Work on a data folder: on the database in it, unless another is described, and on its index. Django's database
    must be unblocked.
    """
    before = connections["default"]
    described = {**before.settings_dict, **(database or sqlite_at(folder / DATABASE))}
    places = {"DATA_DIR": folder, "INDEX_DIR": folder / "index", "VECTORS_DIR": folder / "vectors"}
    with patch.dict(settings.DATABASES, default=described), override_settings(**places):
        del connections["default"]  # the next who asks for it gets one for what is described
        _forget()
        try:
            yield
        finally:
            connections.close_all()
            connections["default"] = before
            _forget()


def _forget() -> None:
    """Forget what this process remembers of a database and of an index."""
    engine.cache_clear()
    ContentType.objects.clear_cache()


def run_here(
    folder: Path, *arguments: object, database: Mapping[str, Any] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of `manage.py` on a data folder, as `on_data_in` says: its status, and what it said."""
    command = ["manage.py", *map(str, arguments)]
    out, err = StringIO(), StringIO()
    log = logging.StreamHandler(err)  # in a process of its own, the log goes to the standard error as well
    logging.getLogger().addHandler(log)
    try:
        with on_data_in(folder, database), redirect_stdout(out), redirect_stderr(err):
            status = status_of(command)
    finally:
        logging.getLogger().removeHandler(log)
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())


def status_of(command: list[str]) -> int:
    """The exit status of a command that `manage.py` runs."""
    mask = os.umask(0)
    os.umask(mask)
    try:
        with patch("django.setup"):  # it is set up, and would bind the log to what stands for the standard error
            main(command, {})
    except SystemExit as ended:
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        os.umask(mask)
    return 0
