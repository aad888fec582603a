"""The advisor's public pages: the one-page form, the result, and the result as a file."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.need import Need
from advisor.drawing import draw, tell
from advisor.exports import need_to_json, to_json
from advisor.forms import AdviceForm, read_form
from advisor.link import DEVICES, FLAGS, VIA, address_of, typed
from advisor.names import next_steps
from advisor.report import write_report
from advisor.steps import relevant
from advisor.texts import load_texts
from advisor.whatif import changes
from config.htmx import HtmxHttpRequest, wants_fragment
from faq.context import language_of, page_context, reading_of
from faq.limits import SYSTEMS, Catalogue
from faq.pages import public_page
from faq.publishing import catalogue_of
from faq.reading import FoundEdition, headings

CHANGEABLE = ("clients", "mbps")
"""The numbers that a result lets change in place."""

FILE_TYPES = {
    "markdown": "text/markdown; charset=utf-8",
    "json": "application/json",
    "design": "application/json",
    "svg": "image/svg+xml",
}


@require_safe
@vary_on_headers("HX-Request")
@public_page
def form(request: HtmxHttpRequest) -> HttpResponse:
    """Everything on one page: the need on one side, the advice on the other."""
    reading = reading_of(request)
    catalogue = catalogue_of(reading.edition)
    form = read_form(request.GET, reading.edition.code, {reading.edition.code: catalogue}, language_of(request))
    context: dict[str, Any] = {
        "form": form,
        "devices": DEVICES,
        "ways": tuple(VIA),
        "flags": FLAGS,
        "systems": SYSTEMS,
        "skus": catalogue.members("gateway.vpn_skus"),
    }
    context |= _advised(form, catalogue, reading, language_of(request))
    template = "advisor/_advice.html" if wants_fragment(request) else "advisor/form.html"
    response = TemplateResponse(request, template, page_context(request, reading) | context)
    if wants_fragment(request):
        response.headers["HX-Replace-Url"] = f"{request.path}?{address_of(form.said)}"
    return response


@require_safe
@public_page
def result(request: HtmxHttpRequest) -> HttpResponse:
    """The advice on a page of its own, with what was assumed, what to do next and a number to change."""
    reading, language = reading_of(request), language_of(request)
    catalogue = catalogue_of(reading.edition)
    form = _form(request, reading, catalogue)
    if form.need is None:
        return redirect(f"{reverse('advisor:check')}?{address_of(typed(request.GET))}")
    context = _advised(form, catalogue, reading, language)
    context |= {
        "form": form,
        "assumed": form.said.unknown,
        "hidden": [(name, value) for name, value in _pairs(address_of(form.said)) if name not in CHANGEABLE],
        "changed": _changed(request, form, catalogue, reading, language),
        "changeable": CHANGEABLE,
    }
    return TemplateResponse(request, "advisor/result.html", page_context(request, reading) | context)


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The result as Markdown, JSON (the Advice), SVG, or the design itself as the JSON of its Need."""
    if form not in FILE_TYPES:
        raise Http404
    reading, language, texts = reading_of(request), language_of(request), load_texts()
    catalogue = catalogue_of(reading.edition)
    need = _form(request, reading, catalogue).need
    if need is None:
        return redirect(f"{reverse('advisor:check')}?{address_of(typed(request.GET))}")
    advice = decide(need, catalogue)
    if form == "markdown":
        written = write_report(need, advice, language, markdown=True)
    elif form == "svg":
        written = draw(need, advice, texts, language)
    else:
        told = need_to_json(need) if form == "design" else to_json(advice, texts, language)
        written = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    ending = {"markdown": "advice.md", "svg": "topology.svg", "design": "need.json", "json": "advice.json"}[form]
    return HttpResponse(
        written,
        content_type=FILE_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{ending}"', "X-Robots-Tag": "noindex"},
    )


def _form(request: HttpRequest, reading: FoundEdition, catalogue: Catalogue) -> AdviceForm:
    """The answers of an address that matter, read and judged."""
    said = address_of(relevant(typed(request.GET)))
    return read_form(QueryDict(said), reading.edition.code, {reading.edition.code: catalogue}, language_of(request))


def _advised(form: AdviceForm, catalogue: Catalogue, reading: FoundEdition, language: str) -> dict[str, Any]:
    """What a page needs to show the advice on a form; `advice` is None where there is none."""
    if form.need is None:
        return {"advice": None, "address": address_of(form.said)}
    found = decide(form.need, catalogue)
    advice = to_json(found, load_texts(), language)
    gateways = [gateway for gateway in (advice["gateway"], advice["expressroute"]) if gateway]
    return {
        "advice": advice,
        "address": address_of(form.said),
        "gateway_subnet": gateways[0]["subnet"] if gateways else None,
        "questions": {heading.slug: heading.question for heading in headings(reading.edition, language)},
        "next_steps": next_steps(tuple(connection.type for connection in found.connections)),
        **_drawn(form.need, found, language),
    }


def _drawn(need: Need, advice: Advice, language: str) -> dict[str, Any]:
    texts = load_texts()
    return {"drawing": draw(need, advice, texts, language), "told": list(tell(need, advice, texts, language))}


def _changed(
    request: HttpRequest, form: AdviceForm, catalogue: Catalogue, reading: FoundEdition, language: str
) -> list[Any] | None:
    """What of the advice changed since the numbers were those in `was`, or None where nothing was changed."""
    if "was" not in request.GET or form.need is None:
        return None
    before = read_form(
        QueryDict(request.GET["was"][:8000]), reading.edition.code, {reading.edition.code: catalogue}, language
    )
    if before.need is None:
        return None
    return changes(decide(before.need, catalogue), decide(form.need, catalogue), load_texts(), language)


def _pairs(address: str) -> list[tuple[str, str]]:
    return [(name, value) for name, values in QueryDict(address).lists() for value in values]
