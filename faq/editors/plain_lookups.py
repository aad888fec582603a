"""Lists of the admin that a URL narrows only by what every database can look up."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.db.models import JSONField
from django.http import HttpRequest

LONGEST_NUMBER = 18
"""Digits: a longer number fits no column."""

TOO_LONG = re.compile(rf"[0-9]{{{LONGEST_NUMBER + 1}}}")


class PlainLookups(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that is not narrowed by what a JSON value holds, by a pattern, by two ends of which one may be missing, or
    by a number that no column has: `?draft__contains=x`, `?id__regex=(`, `?date__range=x` and
    `?id__in=99999999999999999999` are refused, and no error of ours.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether an address may narrow the list by this."""
        name, _, how = lookup.partition("__")
        held: dict[str, Any] = {field.name: field for field in self.opts.get_fields()}
        is_plain = (
            not isinstance(held.get(name), JSONField)
            and not how.endswith(("regex", "range"))
            and not TOO_LONG.search(str(value))
        )
        return is_plain and super().lookup_allowed(lookup, value, request)
