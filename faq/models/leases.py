"""What one process of all machines may do at a time."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """A task that one process at a time does: which one, and until when, by the clock of the database."""

    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=200)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
