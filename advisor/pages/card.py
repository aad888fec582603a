"""The picture that links to an advice are shown with."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faq.formats.link_cards import advice_card
from faq.pages.public_page import public_page
from web.htmx import HtmxHttpRequest


@require_safe
@public_page
def card(request: HtmxHttpRequest) -> HttpResponse:
    """The one picture for every advice in a language: it tells nothing of anybody's answers."""
    return HttpResponse(advice_card(_("Advice for your own network")), content_type="image/png")
