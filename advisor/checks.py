"""Checks of what advice and files to deploy with read, for `manage.py check`, `make test` and the start of the site."""

from __future__ import annotations

import tomllib
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from advisor.core.deployment_limits import missing_limits
from advisor.core.editions import EDITIONS
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import LimitError, read_catalogue


def limits_of_books(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """One error for each limit that the advice of an edition reads, or a file to deploy with, and its content files
    lack.
    """
    return [
        Error(f"{edition}/limits.toml: {key}: missing, but the rule book of this edition needs it", id="advisor.E001")
        for edition in EDITIONS
        if (catalogue := _limits_in_files(edition)) is not None
        for key in lacking_limits(catalogue)
    ]


def lacking_limits(catalogue: Catalogue) -> tuple[str, ...]:
    """The keys of the limits that the rule book of an edition reads, or a file to deploy with, and a catalogue lacks;
    none without a book.
    """
    book = EDITIONS.get(catalogue.edition)
    return tuple(dict.fromkeys((*book.missing_limits(catalogue), *missing_limits(catalogue)))) if book else ()


def _limits_in_files(edition: str) -> Catalogue | None:
    """The limits that the content files have, or None where there are none, or none that can be read: the check of the
    content files tells those.
    """
    try:
        written = (settings.CONTENT_DIR / edition / "limits.toml").read_text(encoding="utf-8")
        return read_catalogue(edition, tomllib.loads(written))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, LimitError):
        return None
