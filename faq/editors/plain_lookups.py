"""Lists of the admin whose addresses ask a database only for what every database can look up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import JSONField
from django.http import HttpRequest


class PlainLookups(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that is not narrowed by what a JSON value holds: `?draft__contains=x` is refused, and no error of ours."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether an address may narrow the list by this."""
        name = lookup.partition("__")[0]
        held: dict[str, Any] = {field.name: field for field in self.opts.get_fields()}
        return not isinstance(held.get(name), JSONField) and super().lookup_allowed(lookup, value, request)
