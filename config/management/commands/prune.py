"""`manage.py prune`: delete what is older than it is kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faq.store.expiry import prune


class Command(BaseCommand):
    """The process that builds the search index does the same every hour."""

    requires_system_checks = ()  # it uses the database only
    help = "Delete what is older than it is kept: sessions, saved designs, counts, and what the settings tell."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much. Raises CommandError while the clock is in doubt."""
        gone = prune()
        if gone is None:
            raise CommandError(
                "Nothing was deleted: the clock is far from when something was last deleted. "
                "If it is right, this goes on by itself within a day."
            )
        if options["verbosity"]:
            for name, count in gone.items():
                self.stdout.write(f"{count:>8}  {name}")
