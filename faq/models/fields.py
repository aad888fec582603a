"""What columns of several tables have in common: their validators and kinds, and when readers see an entry."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faq.knowledge.entry import EDITION, SLUG
from web.hosts import REASONS, HostFault
from web.languages import ENGLISH_NAMES, LANGUAGES

LANGUAGE_CHOICES = [(code, _(ENGLISH_NAMES[code])) for code in LANGUAGES]

slug_validator = RegexValidator(
    rf"^{SLUG.pattern}\Z", _("Lowercase letters, digits, and hyphens, such as what-is-expressroute.")
)
edition_validator = RegexValidator(rf"^{EDITION.pattern}\Z", _("An edition is named like 2016-12."))


def host_fault(fault: HostFault) -> ValidationError:
    """What is wrong with a host, an origin, or a URL, in the language of whoever typed it."""
    reason = gettext(REASONS[fault.code])
    nearest = gettext("Did you mean %(meant)s?") % {"meant": fault.meant} if fault.meant else ""
    return ValidationError(f"{fault.given}: {reason} {nearest}".strip())


def is_published(path: str = "") -> models.Q:
    """The condition that readers see an entry; `path` leads to it from the model that is asked for."""
    return models.Q((f"{path}published_at__isnull", False))


class WrittenJSONField(models.TextField):  # type: ignore[type-arg]
    """A JSON value that is kept as it is written, so that its keys stay in their order in every database."""

    def from_db_value(self, value: str | None, *args: Any) -> Any:
        """The value of what is written."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """The value, also of what a fixture has as text."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        """The value in writing."""
        return None if value is None else json.dumps(value)

    def value_to_string(self, obj: models.Model) -> str:
        """The value in writing, for a fixture."""
        return json.dumps(self.value_from_object(obj))
