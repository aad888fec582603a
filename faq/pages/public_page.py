"""Public pages, kept in each process until what readers see changes."""

from __future__ import annotations

from django.conf import settings

from faq.store import content_version
from web.page_cache import PageCache

pages = PageCache(content_version, settings.KEPT_PAGES_MB * 1024**2)
"""What this process keeps."""

public_page = pages.keep
"""Decorates a view whose page is the same for everybody."""
