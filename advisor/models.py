"""What the advisor keeps: designs and advices that somebody asked it to keep, each under a code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptDesign(models.Model):
    """A design under an unguessable code, with nothing about who made it. Written once, never changed.

    `query` is the query string of the design, compressed. `shown` is empty for a design that was only too large for an
    address; for an advice that was kept it is, compressed, the JSON of what was shown in each language.
    """

    code = models.CharField(_("code"), max_length=10, unique=True)
    kept_at = models.DateTimeField(_("kept"))
    query = models.BinaryField()
    shown = models.BinaryField(default=bytes)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        ordering: ClassVar = ["-kept_at"]
        indexes: ClassVar = [models.Index(fields=["kept_at", "size"], name="kept_designs_by_age")]
        verbose_name = _("kept design")
        verbose_name_plural = _("kept designs")

    def __str__(self) -> str:
        return self.code
