"""`manage.py doctor`: what is missing or unsafe in this installation."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.doctor import examined


class Command(BaseCommand):
    """Looks, and changes nothing. The exit status is 1 where something is missing or unsafe."""

    help = "Say what is missing or unsafe in this installation, and what to do about it."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it looks by itself, also where a check would end it

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell each finding, with what to do."""
        found = list(examined())
        for one in found:
            self.stdout.write(str(one))
        if found:
            sys.exit(1)
        self.stdout.write("Nothing is missing or unsafe.")
