"""What of the advisor editors keep: the help links of portals."""

from advisor.help_admin import HelpKeyAdmin

__all__ = ["HelpKeyAdmin"]
