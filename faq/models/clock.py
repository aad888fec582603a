"""What the clock said when something was last deleted by age."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class ClockReading(models.Model):
    """The latest time that counted for deleting by age, and the first one that was doubted since; one row, or none."""

    trusted = models.DateTimeField()
    doubted = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock_reading")]

    def __str__(self) -> str:
        return self.trusted.isoformat()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the one row there is."""
        self.pk = 1
        super().save(*args, **kwargs)
