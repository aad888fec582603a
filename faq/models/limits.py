"""The limits of an edition, their sources, and what was changed of them on the site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.content import Edition
from faq.models.fields import WrittenJSONField


class LimitSource(models.Model):
    """A document that limits of an edition rest on: see `faq.knowledge.limits.Source`."""

    FIELDS = ("document", "date", "title", "url", "copy_date")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="limit_sources")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    document = models.CharField(max_length=200)
    date = models.CharField(max_length=10)
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    copy_date = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="one_source_per_key")]

    def __str__(self) -> str:
        return f"{self.title or self.document}, {self.date}"


class Limit(models.Model):
    """A limit of an edition, as a limits file writes it: see `faq.knowledge.limits.Limit`.

    `value` is JSON; a limit with the value of another names it in `same_as` and has no unit. `shown_…` says the value
    where it would mislead by itself. `conflicts` is a list of a source key and a text per language.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="limits")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    value = WrittenJSONField(null=True, blank=True)
    is_range = models.BooleanField(default=False)
    same_as = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(LimitSource, models.CASCADE, related_name="limits")
    checked = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    entry = models.CharField(max_length=200, blank=True)
    name_nl = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    shown_nl = models.CharField(max_length=300, blank=True)
    shown_en = models.CharField(max_length=300, blank=True)
    note_nl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    conflicts = WrittenJSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="one_limit_per_key")]
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return self.key


class LimitChange(models.Model):
    """What somebody made of a limit; of the changes of a limit the newest counts. Rows are added and never changed.

    `leaf` is the limit as `faq.knowledge.changed_limits` writes it; None takes over what the files say. `file` is what
    they said then, so that a later change of theirs is noticed. `user` is None for a loader.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="limit_changes")
    key = models.CharField(max_length=200)
    leaf: Any = WrittenJSONField(null=True)
    file: Any = WrittenJSONField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["edition", "key"], name="changes_of_a_limit")]

    def __str__(self) -> str:
        return self.key
