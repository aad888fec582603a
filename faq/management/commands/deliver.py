"""`manage.py deliver`: send what the webhook tells another program."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from faq.store.deliveries import deliver_due

log = logging.getLogger(__name__)

SECONDS_BETWEEN = 15


class Command(BaseCommand):
    """Sends the events in the outbox that are due and ends, or goes on until it is stopped."""

    requires_system_checks = ()  # it uses the database only
    help = "Send the events of the webhook that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to go on."""
        parser.add_argument("--watch", action="store_true", help=f"continue, every {SECONDS_BETWEEN} seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what is due. While it watches, a database that does not answer is waited for."""
        if not options["watch"]:
            self._deliver()
            return
        try:
            while True:
                close_old_connections()
                try:
                    self._deliver()
                except DatabaseError:
                    log.exception("nothing could be delivered")
                time.sleep(SECONDS_BETWEEN)
        except KeyboardInterrupt:
            self.stdout.write("stopped")

    def _deliver(self) -> None:
        delivered, failed = deliver_due(timezone.now())
        if delivered or failed:
            self.stdout.write(f"delivered: {delivered}; failed: {failed}")
