"""The site as a Django app: it brings the checks that concern the whole installation."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins `faq` and `advisor`; registers the installation's checks."""

    name = "config"

    def ready(self) -> None:
        from corsheaders.signals import check_request_enabled
        from django.core import checks

        from config.checks import database_journal
        from config.interfaces.cors import may_call

        checks.register(database_journal, checks.Tags.database)
        check_request_enabled.connect(may_call)
