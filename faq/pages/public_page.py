"""Public pages, kept in each process until what readers see changes."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate

from faq.store import content_version
from web.htmx import HtmxHttpRequest
from web.page_cache import KeptPage, PageCache, Shelf, key_of
from web.shared_pages import SharedPages

ROOM = settings.KEPT_PAGES_MB * 1024**2
"""Bytes of pages in each process, and of those that machines share."""

pages = PageCache(content_version, ROOM, behind=SharedPages(ROOM), is_stale=content_version.is_stale)
"""What this process keeps."""

MISSING_PAGES_ROOM = 1024**2
"""Bytes for pages that say there is nothing: apart, so that asking for what is not there pushes out nothing else."""

missing_pages = Shelf(MISSING_PAGES_ROOM)
"""What this process keeps of those: programs ask for the same addresses again and again."""

public_page = pages.keep
"""Decorates a view whose page is the same for everybody."""


def missing_page(request: HtmxHttpRequest, render: Callable[[], TemplateResponse]) -> HttpResponse:
    """The page that says there is nothing at the address of a request, kept once it is rendered."""
    version, key = content_version.current(), key_of(request, localdate())
    page = missing_pages.get(version, key)
    if page is None:
        page = KeptPage(render().render().content, etag="", last_modified=0, headers={})
        if not content_version.is_stale():
            missing_pages.put(version, key, page)
    return HttpResponse(page.body, status=404)
