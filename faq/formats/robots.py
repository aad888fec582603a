"""robots.txt: what crawlers are asked to leave alone, and where the sitemap is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from faq.pages.public_page import public_page
from web.htmx import HtmxHttpRequest
from web.languages import LANGUAGES


@require_safe
@public_page
def robots(request: HtmxHttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone: the admin, and advice on somebody's network that
    is saved or being asked for. Advice itself says `noindex`, which a crawler has to read.
    """
    kept_out = [
        "/admin/",
        *(f"/{language}/advice/{path}/" for language in LANGUAGES for path in ("case", "steps")),
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in kept_out),
        "",
        f"Sitemap: {settings.ORIGIN}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
