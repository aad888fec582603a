"""`manage.py indexer`: build the search index whenever it is behind."""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from faq.search.engine import Progress
from faq.search.index_keeper import LOCK, keep_up, only_one
from faq.search.indexer import engine, ensure_index, is_ready, prepare
from faq.store.expiry import Hourly, prune_on_one_machine
from faq.store.leases import INDEXER, Held, LeaseLost

log = logging.getLogger(__name__)

LESS_THAN_VISITORS = 10
"""How far the processes that answer visitors go before this one, where there is not enough for both (`nice`)."""


class Command(BaseCommand):
    """Runs beside the processes that answer visitors. A second one on the same index waits until the first has ended:
    on the same data folder, or, where the engine has one index for all machines, on any machine.
    """

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
        with suppress(PermissionError):  # a service may be kept from it, and have its own `Nice=`
            os.nice(LESS_THAN_VISITORS)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        parent = os.getppid()

        def wait(seconds: float) -> bool:
            return stop.wait(seconds) or (options["with_parent"] and os.getppid() != parent)

        if engine().is_shared:
            held = Held(INDEXER)
            try:
                keep_up(partial(_work, Hourly(), held), wait, prepare)
            finally:
                held.release()
            return
        with only_one(settings.DATA_DIR / LOCK, wait) as is_ours:
            if is_ours:
                keep_up(partial(_work, Hourly(), None), wait, prepare)


def _work(last: Hourly, held: Held | None, progress: Progress) -> None:
    """Build the index where it is behind, and delete once an hour what is too old."""
    close_old_connections()  # one that was lost is opened anew
    if held is None:
        ensure_index(progress)
    elif held.is_ours() and not is_ready():
        _build_for_all(held, progress)
    if last.is_due():
        try:
            prune_on_one_machine()
        except DatabaseError as error:  # the index is built all the same, and an hour later it is tried again
            log.warning("what is too old cannot be deleted: %s", error)


def _build_for_all(held: Held, progress: Progress) -> None:
    """Build the index of all machines, unless another one began meanwhile to do so."""
    try:
        with held.committing():
            ensure_index(progress)
    except LeaseLost:
        log.warning("another process builds the search index by now; what this one built is dropped")
