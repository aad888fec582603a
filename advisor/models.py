"""What the advisor keeps: designs and advices that somebody asked it to keep, each under a code."""

from __future__ import annotations

import re
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""How a portal may name a place in its pages."""

key_validator = RegexValidator(
    rf"^{KEY.pattern}\Z", _("Letters, digits, dots, hyphens, and underscores, such as vpn-form.clients.")
)


class KeptDesign(models.Model):
    """A design under an unguessable code, with nothing about who made it. Written once, never changed.

    `query` is the query string of the design, compressed. `shown` is empty for a design that was only too large for an
    address; for an advice that was kept it is, compressed, the JSON of what was shown in each language.
    """

    code = models.CharField(_("code"), max_length=10, unique=True)
    kept_at = models.DateTimeField(_("saved"))
    query = models.BinaryField()
    shown = models.BinaryField(default=bytes)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        ordering: ClassVar = ["-kept_at"]
        indexes: ClassVar = [models.Index(fields=["kept_at", "size"], name="kept_designs_by_age")]
        verbose_name = _("saved design")
        verbose_name_plural = _("saved designs")

    def __str__(self) -> str:
        return self.code


class HelpKey(models.Model):
    """A portal's own name for a place in its pages (`vpn-form.clients`), and what helps there: entries by their slugs,
    or a wizard that is filled in already (`advice` is its query string).
    """

    key = models.CharField(_("key"), max_length=100, unique=True, validators=[key_validator])
    entries = models.JSONField(_("entries"), default=list, blank=True)
    advice = models.CharField(_("filled-in wizard"), max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("help link")
        verbose_name_plural = _("help links")

    def __str__(self) -> str:
        return self.key
