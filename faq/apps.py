"""The knowledge as a Django app."""

import reversion
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaqConfig(AppConfig):
    """Entries and limits, kept, found and shown; registers the check of the content files."""

    name = "faq"
    verbose_name = _("Frequently asked questions")

    def ready(self) -> None:
        from django.core import checks
        from django.db.models.signals import post_migrate

        from faq.editors import entry_search
        from faq.models import NEWS, Entry, Translation
        from faq.roles import make_roles
        from faq.store import content_version, deletions, entry_links, slugs, unindexed
        from web.check_tags import SETTINGS
        from web.on_first_call import on_first_call

        checks.register(on_first_call("faq.checks.content_files"))
        checks.register(on_first_call("faq.checks.terms_file"))
        checks.register(on_first_call("faq.checks.meaning_model"), SETTINGS)
        reversion.register(Entry, follow=["translations"], exclude=["owner", "review_on", "unindexed_changes", *NEWS])
        reversion.register(Translation)
        content_version.watch()
        deletions.watch()
        slugs.watch()
        entry_links.watch()
        entry_search.watch()
        unindexed.watch()
        post_migrate.connect(make_roles, sender=self)
