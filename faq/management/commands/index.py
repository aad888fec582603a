"""`manage.py index`: build the search index."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from faq.search.indexer import build_index

Progress = Callable[[int, int], None]
"""Takes how many steps are done, and how many there are."""

TOLD_EVERY = 1.0
"""Seconds between two words on how far it is."""


class Command(BaseCommand):
    """Builds the index of every published text; the site goes on with the old one until the new one is whole."""

    help = "Rebuild the search index."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reads the database only

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it, and say how far it is each second, then how many texts and how long; nothing with `-v 0`."""
        try:
            self._build(options["verbosity"])
        except ImproperlyConfigured as fault:  # the second opinion by meaning is on, but cannot work
            raise CommandError(str(fault)) from fault

    def _build(self, verbosity: int) -> None:
        began = told = time.perf_counter()
        share = ""

        def progress(done: int, steps: int) -> None:
            nonlocal told, share
            if time.perf_counter() - told >= TOLD_EVERY:
                told, share = time.perf_counter(), f"{done / steps:.0%}"
                self.stdout.write(f"search index: {share}")

        if verbosity == 0:
            build_index()
            return
        count = build_index(progress)
        if share not in ("", "100%"):
            self.stdout.write("search index: 100%")
        self.stdout.write(f"search index: {count} texts in {time.perf_counter() - began:.1f} s")
