"""Which of Django's checks run when."""

SETTINGS = "settings"
"""The tag of what a check finds in the settings: those checks also run when the site starts."""
