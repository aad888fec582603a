"""What the roles of the site may do with what the advisor keeps."""

from __future__ import annotations

from typing import Any

from faq.roles import grant

HELP_LINKS = ("view_helpkey", "add_helpkey", "change_helpkey", "delete_helpkey")


def make_roles(sender: Any, **kwargs: Any) -> None:
    """Editors and publishers keep the help links of portals."""
    grant("advisor", {"editor": HELP_LINKS, "publisher": HELP_LINKS})
