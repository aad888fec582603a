"""The site as a Django app: it brings the checks that concern the whole installation."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins `faq` and `advisor`; registers the installation's checks."""

    name = "config"

    def ready(self) -> None:
        from django.core import checks

        from config.checks import database_journal

        checks.register(database_journal, checks.Tags.database)
