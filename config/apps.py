"""The site as a Django app: it brings the checks that concern the whole installation."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins `faq` and `advisor`: hands to each what it takes of the other. Registers checks and converters of paths."""

    name = "config"

    def ready(self) -> None:
        from corsheaders.signals import check_request_enabled
        from django.core import checks
        from django.urls import register_converter

        from advisor.checks import lacking_limits
        from advisor.pages.code_search import code_in_search
        from advisor.pages.entry_check import check_url
        from advisor.pages.help_links import dead_help_links
        from config.audit import record_changes
        from config.checks import database_journal, readable_color
        from config.doctor import deployed
        from config.interfaces.cors import may_call
        from config.pruning import EXPIRED
        from faq.editors.link_check import dead_in_knowledge, use_checks
        from faq.pages.entry_extras import register_check
        from faq.pages.saved_codes import register_codes
        from faq.store.expiry import use_expired
        from faq.store.limit_changes import use_readers
        from web.converters import EntrySlug, ShortCode

        register_converter(EntrySlug, "entryslug")
        register_converter(ShortCode, "shortcode")
        checks.register(database_journal, checks.Tags.database)
        checks.register(readable_color)
        checks.register(deployed, checks.Tags.security, deploy=True)
        check_request_enabled.connect(may_call)
        register_check(check_url)
        register_codes(code_in_search)
        use_checks((dead_help_links, dead_in_knowledge))
        use_readers((lacking_limits,))
        use_expired(EXPIRED)
        record_changes()
