"""What a browser compares a script with before it runs it (subresource integrity)."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

register = template.Library()


@register.simple_tag
def integrity(name: str) -> str:
    """The digest of a static file, as the attribute `integrity` of a script has it. Raises FileNotFoundError."""
    return _digest(name, settings.STORAGES["staticfiles"]["BACKEND"])


@cache
def _digest(name: str, storage: str) -> str:
    """The digest of the file that a storage sends: the collected one, where that is another than the source."""
    stored = getattr(staticfiles_storage, "stored_name", None)
    if stored is not None:
        with staticfiles_storage.open(stored(name)) as file:
            content = file.read()
    else:
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        content = Path(found).read_bytes()
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"
