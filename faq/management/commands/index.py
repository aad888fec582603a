"""`manage.py index`: build the search index."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from faq.search.indexer import build_index

TOLD_EVERY = 1.0
"""Seconds between two words on how far it is."""


class Command(BaseCommand):
    """Builds the index of every published text; the site goes on with the old one until the new one is whole."""

    help = "Build the search index anew."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reads the database only

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it, and say how far it is each second, then how many texts and how long."""
        began = told = time.perf_counter()

        def progress(done: int, steps: int) -> None:
            nonlocal told
            if time.perf_counter() - told >= TOLD_EVERY:
                told = time.perf_counter()
                self.stdout.write(f"search index: {done / steps:.0%}")

        count = build_index(progress)
        self.stdout.write(f"search index: {count} texts in {time.perf_counter() - began:.1f} s")
