"""Checks of the content files and of what search needs, for `manage.py check` and `make test`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from faq.knowledge.content_files import ContentRefused, edition_folders, read_edition
from faq.search.engines.meaning.model import unfit
from faq.search.indexer import INSTALL_MODEL
from faq.search.terms import SHIPPED, TermsRefused, read_terms


def content_files(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """One error for each fault in a content file: file, line where it does not parse, key and reason."""
    found: list[CheckMessage] = []
    for folder in edition_folders(settings.CONTENT_DIR):
        try:
            read_edition(folder)
        except ContentRefused as refused:
            found += [Error(str(fault), id="faq.E001") for fault in refused.faults]
    return found


def terms_file(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """The first fault of the file with the terms of search, if it has any."""
    try:
        read_terms(SHIPPED.read_text(encoding="utf-8"))
    except (TermsRefused, UnicodeDecodeError) as fault:
        return [Error(f"{SHIPPED.name}: {fault}", id="faq.E002")]
    return []


def meaning_model(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Why the second opinion by meaning is on, but cannot work."""
    reason = unfit() if settings.SEARCH_MEANING else None
    return [Error(f"GATEWIJZER_SEARCH_MEANING: {reason}", hint=INSTALL_MODEL, id="faq.E003")] if reason else []
