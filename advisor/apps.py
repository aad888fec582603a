"""The reasoning as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvisorConfig(AppConfig):
    """A need in, an advice out. It keeps only the designs that somebody asked it to keep.

    Registers the check of the limits that the rule books read.
    """

    name = "advisor"
    verbose_name = _("Advice")

    def ready(self) -> None:
        from django.core import checks
        from django.db.models.signals import post_migrate

        from advisor.roles import make_roles
        from web.on_first_call import on_first_call

        checks.register(on_first_call("advisor.checks.limits_of_books"))
        post_migrate.connect(make_roles, sender=self)
