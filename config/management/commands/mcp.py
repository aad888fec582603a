"""`manage.py mcp`: the MCP server over standard input and output, for an assistant on the same machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.databases import file_of
from config.serving_lock import serve_from


class Command(BaseCommand):
    """Serves assistants until its input ends."""

    help = "Serve assistants over MCP on standard input and output."
    requires_system_checks = ()  # what a check says would come between the messages

    def handle(self, *args: Any, **options: Any) -> None:
        """Read messages and answer them."""
        import anyio

        from config.interfaces.mcp_server import serve_stdio

        serve_from(file_of(settings.DATABASES["default"]))
        anyio.run(serve_stdio)
