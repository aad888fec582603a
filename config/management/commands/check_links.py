"""`manage.py check_links`: which help keys and links are broken."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq.editors.link_check import dead_links


class Command(BaseCommand):
    """Lists help keys, links in answers, related entries and limits that lead nowhere; fails where there are any."""

    requires_system_checks = ()  # it uses the database only
    help = "List broken help keys and links."

    def add_arguments(self, parser: CommandParser) -> None:
        """How to answer."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every edition and every help key. Raises CommandError where something leads nowhere."""
        found = list(dead_links())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(dead) for dead in found], ensure_ascii=False, indent=1))
        else:
            for dead in found:
                where = f" (edition {dead.edition})" if dead.edition else ""
                self.stdout.write(f"{dead.place}: {dead.target}: {dead.reason}{where}")
        if found:
            raise CommandError(f"{len(found)} broken")
        if not options["json"]:
            self.stdout.write("no broken links")
