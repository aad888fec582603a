"""The advisor's public pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from advisor.core.decide import decide
from advisor.exports import to_json
from advisor.forms import read_form
from advisor.link import DEVICES, FLAGS
from advisor.texts import load_texts
from config.htmx import HtmxHttpRequest, wants_fragment
from faq.context import language_of, page_context, reading_of
from faq.pages import public_page
from faq.publishing import catalogue_of
from faq.reading import headings


@require_safe
@vary_on_headers("HX-Request")
@public_page
def form(request: HtmxHttpRequest) -> HttpResponse:
    """Everything on one page: the need on one side, the advice on the other."""
    reading, language = reading_of(request), language_of(request)
    catalogue = catalogue_of(reading.edition)
    form = read_form(request.GET, reading.edition.code, {reading.edition.code: catalogue}, language)
    context: dict[str, Any] = {"form": form, "devices": DEVICES, "flags": FLAGS, "advice": None}
    if form.need:
        advice = to_json(decide(form.need, catalogue), load_texts(), language)
        gateways = [gateway for gateway in (advice["gateway"], advice["expressroute"]) if gateway]
        context |= {"advice": advice, "gateway_subnet": gateways[0]["subnet"] if gateways else None}
        context["questions"] = {heading.slug: heading.question for heading in headings(reading.edition, language)}
    template = "advisor/_advice.html" if wants_fragment(request) else "advisor/form.html"
    return TemplateResponse(request, template, page_context(request, reading) | context)
