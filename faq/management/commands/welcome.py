"""`manage.py welcome`: what a newcomer sees when the site starts."""

from __future__ import annotations

import socket
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq.models import Edition
from faq.store.editions import default_edition
from faq.store.reading_order import count_entries


class Command(BaseCommand):
    """Says what is served, where, and how to begin editing."""

    help = "Say what the site serves and where; part of make run."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it runs the one check that matters here

    def add_arguments(self, parser: CommandParser) -> None:
        """The port that the site is about to listen on."""
        parser.add_argument("--port", type=int, help="the port on 127.0.0.1 that must be free")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell."""
        if options["port"] is not None and not _is_free(options["port"]):
            raise CommandError(
                f"port {options['port']} is in use by another program: stop that, or choose another port, such as "
                f"make run PORT={options['port'] + 1}"
            )
        call_command("check", "--tag", "database", "--database", "default", stdout=self.stderr, stderr=self.stderr)
        try:
            edition = default_edition()
        except Edition.DoesNotExist:
            raise CommandError("there is no content to serve: fix the content files named above") from None
        count = count_entries(edition)
        self.stdout.write(f"[6/6] serving {count} entries of edition {edition.code} on {settings.ORIGIN}/")
        if not get_user_model().objects.filter(is_staff=True).exists():
            self.stdout.write(f"      to edit: make account, then {settings.ORIGIN}/admin/")
        self.stdout.write("      Ctrl-C stops it")


def _is_free(port: int) -> bool:
    """Whether a server can listen on this port of the machine itself."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
