"""The audit log: who changed what. Records are added, and never changed; only pruning by age removes them."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnchangeableError(TypeError):
    """Somebody tried to change or delete records."""

    def __init__(self) -> None:
        super().__init__("the audit log is only added to")


class AuditQuerySet(models.QuerySet["AuditRecord"]):
    """Records, which nobody changes or deletes."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise UnchangeableError

    def delete(self) -> NoReturn:
        """Refuse."""
        raise UnchangeableError


class AuditRecord(models.Model):
    """A change, or an event of an account: when, who, by which way and means, what was done, and to what.

    `account` is a name, which stays when the account goes. `kind` is the label of a model, such as `faq.entry`, `key`
    names the object in it, and `label` is what the object was called. `changes` has for each field that changed what it
    was and what it became, or nothing where a value is long or secret. `version` is the version in the history of an
    entry that has its texts, or the change in that of a limit.
    """

    class Action(models.TextChoices):
        """What was done."""

        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        RECOVERED = "recovered", _("recovered")
        DRAFTED = "drafted", _("saved as draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        HANDLED = "handled", _("handled")
        TESTED = "tested", _("tested")
        RESTORED = "restored", _("restored from a backup")
        SIGNED_IN = "signed in", _("signed in")
        SIGNED_OUT = "signed out", _("signed out")
        REFUSED = "refused", _("sign-in refused")

    class Way(models.TextChoices):
        """How somebody came to it."""

        ADMIN = "admin", _("admin")
        OIDC = "oidc", _("sign-in of the organization")
        SITE = "site", _("site")
        COMMAND = "command", _("command")

    made_at = models.DateTimeField(_("time"), db_index=True)
    account = models.CharField(_("account"), max_length=150, blank=True, db_index=True)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    means = models.CharField(_("page or command"), max_length=200, blank=True)
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    kind = models.CharField(_("kind"), max_length=100)
    key = models.CharField(_("key"), max_length=200, blank=True)
    label = models.CharField(_("object"), max_length=200, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    version = models.PositiveBigIntegerField(_("version"), null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="audit_records_by_object")]
        verbose_name = _("audit record")
        verbose_name_plural = _("audit log")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.action} {self.label or self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the record. Raises UnchangeableError for one that is there."""
        if self.pk is not None:
            raise UnchangeableError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise UnchangeableError
