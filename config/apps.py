"""The site as a Django app: it brings the checks that concern the whole installation."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins `faq` and `advisor`: hands to each what it takes of the other; `config.urls` does so for the pages.

    Registers checks and converters of paths.
    """

    name = "config"

    def ready(self) -> None:
        from corsheaders.signals import check_request_enabled
        from django.core import checks
        from django.urls import register_converter

        from config.audit import record_changes
        from config.checks import database_journal, readable_color
        from config.interfaces.cors import may_call
        from config.pruning import EXPIRED
        from faq.editors.link_check import dead_in_knowledge, use_checks
        from faq.store.expiry import use_expired
        from faq.store.limit_changes import use_readers
        from web.check_tags import SETTINGS
        from web.converters import EntrySlug, ShortCode
        from web.on_first_call import on_first_call

        register_converter(EntrySlug, "entryslug")
        register_converter(ShortCode, "shortcode")
        checks.register(database_journal, checks.Tags.database)
        checks.register(readable_color, SETTINGS)
        checks.register(on_first_call("config.doctor.deployed"), checks.Tags.security, deploy=True)
        check_request_enabled.connect(may_call)
        use_checks((on_first_call("advisor.pages.help_links.dead_help_links"), dead_in_knowledge))
        use_readers((on_first_call("advisor.checks.lacking_limits"),))
        use_expired(EXPIRED)
        record_changes()
