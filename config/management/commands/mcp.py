"""`manage.py mcp`: the MCP server over standard input and output, for an assistant on the same machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Serves assistants until its input ends."""

    help = "Serve assistants over MCP on standard input and output."
    requires_system_checks = ()  # what a check says would come between the messages

    def handle(self, *args: Any, **options: Any) -> None:
        """Read messages and answer them."""
        import anyio

        from config.interfaces.mcp_server import serve_stdio

        anyio.run(serve_stdio)
