"""`manage.py indexer`: build the search index whenever it is behind."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from faq.search.index_keeper import LOCK, keep_up, only_one
from faq.search.indexer import engine, ensure_index, prepare


class Command(BaseCommand):
    """Runs beside the processes that answer visitors. A second one on the same data waits until the first has ended."""

    help = "Build the search index whenever what readers see has changed, until told to stop (SIGTERM, Ctrl-C)."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reads the database only

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether it ends with the process that started it."""
        parser.add_argument("--with-parent", action="store_true", help="end when the process that started it has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and wait, by turns. Raises CommandError where the second opinion by meaning is on, but cannot work."""
        try:
            engine()
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault)) from fault
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        parent = os.getppid()

        def wait(seconds: float) -> bool:
            return stop.wait(seconds) or (options["with_parent"] and os.getppid() != parent)

        with only_one(settings.DATA_DIR / LOCK, wait) as is_ours:
            if is_ours:
                keep_up(_build, wait, prepare)


def _build() -> None:
    close_old_connections()  # one that was lost is opened anew
    ensure_index()
