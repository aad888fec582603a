"""The advisor's public pages: the one-page form, the result, and the result as a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from babel.lists import format_list
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from advisor.answers.changed_numbers import CHANGEABLE, with_numbers
from advisor.answers.form import AdviceForm, FieldFault
from advisor.answers.form_changes import (
    Change,
    as_parameter,
    changed,
    faults_of_last,
    report_in,
    report_of,
    with_suggestion,
)
from advisor.answers.query_string import address_of, typed, written
from advisor.answers.questions import STEPS, relevant
from advisor.answers.saved_designs import LONGEST_ADDRESS, shortened
from advisor.core.editions import NoAdvice
from advisor.deployables import format_of
from advisor.formats.as_json import need_to_json, to_json
from advisor.formats.comparison import changes
from advisor.formats.drawing.layout import widest_layout
from advisor.formats.drawing.png import to_png
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.told import tell
from advisor.formats.drawing.topology import topology_of
from advisor.formats.pdf import advice_pdf
from advisor.formats.report import write_report
from advisor.formats.sheet import title_block
from advisor.pages.deployables import file as deployable_file
from advisor.pages.deployables import section
from advisor.pages.design_request import (
    address_in,
    answers,
    finds_its_design,
    form_of,
    link_of,
    link_pairs,
    show_at,
    to_page,
    while_kept,
)
from advisor.pages.result import shown
from advisor.service import advise
from advisor.wording.sentences import load_texts
from faq.knowledge.markdown import rendered_markdown
from faq.pages.context import THEMES, chosen_edition, language_of, page_context
from faq.pages.public_page import public_page
from faq.store.editions import ChosenEdition
from web.htmx import HtmxHttpRequest, wants_fragment
from web.request_limits import client_of

FILE_TYPES = {
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "json": "application/json",
    "design": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}

MOST_NAMED = 3
"""Fields at fault that one line names."""

REPORTS = ("text", "html", "markdown")
"""The forms in which an advice is told in sentences."""
DRAWINGS = ("svg", "png")
"""The forms in which it is drawn."""


@csrf_exempt  # it keeps a design for whoever asks, with an account or without
@require_http_methods(["GET", "HEAD", "POST"])
@finds_its_design
def form(request: HtmxHttpRequest) -> HttpResponseBase:
    """Everything on one page: the need on one side, the advice on the other. A posted form gets an address of its own;
    where htmx posts it, the parts that change come back.
    """
    if request.method != "POST":
        return form_page(request)
    is_in_place = wants_fragment(request)
    is_asked = not is_in_place or "go" in request.POST
    return (form_in_place if is_in_place else form_led_on)(
        request, *_changed_form(request, changed(typed(answers(request.POST)), request.POST, is_asked=is_asked))
    )


def _changed_form(request: HtmxHttpRequest, change: Change) -> tuple[Change, AdviceForm]:
    """What was typed after the button that was pressed, judged, with the field to go on with."""
    chosen, language = chosen_edition(request), language_of(request)
    judged = form_of(change.said, chosen, language, ready=change.ready)
    if "take" in request.POST:
        change = with_suggestion(change, judged.faults, request.POST["take"])
        judged = form_of(change.said, chosen, language, ready=change.ready)
    if change.table:
        first = next(faults_of_last(judged, change.kind, len(change.table.rows)), change.goes_to)
        change = replace(change, goes_to=first)
    return change, judged


def form_led_on(request: HtmxHttpRequest, change: Change, judged: AdviceForm) -> HttpResponse:
    """Lead on to the address of what was typed: to the row that a button changed, to what is to be corrected, or to the
    advice.
    """
    more = {"add": change.standing} if change.standing else {}
    if change.table:
        more["pasted"] = as_parameter(change.kind, change.table)
    at = change.goes_to_in_address or ("faults" if judged.faults else "advice")
    return to_page(request, "advisor:form", change.said, at=at, **more)


def form_in_place(request: HtmxHttpRequest, change: Change, judged: AdviceForm) -> HttpResponse:
    """The parts of the page that change: the advice where there is one, the line that tells it, what is to be
    corrected, the rows that a button changed, and every link that carries the answers. A fault of the field in which
    somebody is typing is not told yet.
    """
    chosen, language = chosen_edition(request), language_of(request)
    whole = address_of(change.said)
    is_pressed = change.did not in ("", "add") or "go" in request.POST
    address = shortened(change.said, client=client_of(request)) if is_pressed else whole
    has_address = len(address) <= LONGEST_ADDRESS
    if has_address:
        show_at(request, address)
    before = address_of(typed(answers(request.POST))) if change.did == "remove" else ""
    context = page_context(request, chosen) | advised(judged, chosen, language)
    context |= {
        "form": judged,
        "change": change,
        "address": address if has_address else "",
        "before": before if len(before) <= LONGEST_ADDRESS else "",
        "faults": [fault for fault in judged.faults if fault.anchor != request.POST.get("typing")],
        "incomplete": fields_at_fault(judged.faults, language),
        "pasted": report_of(change.kind, change.table, judged) if change.table else None,
        "focus": change.goes_to,
        "in_place": True,
    }
    response = TemplateResponse(request, "advisor/pages/_form_in_place.html", context)
    leads = "HX-Push-Url" if change.did not in ("", "add") else "HX-Replace-Url"
    response.headers[leads] = f"{request.path}?{address}" if has_address else "false"
    return response


def fields_at_fault(faults: Sequence[FieldFault], language: str) -> str:
    """The fields with a fault, as a list in a sentence: the first few of them."""
    fields = list(dict.fromkeys(fault.field for fault in faults))
    shown = fields if len(fields) <= MOST_NAMED else [*fields[:MOST_NAMED], "…"]
    return format_list(shown, locale=language, style="unit" if shown != fields else "standard")


@public_page
def form_page(request: HtmxHttpRequest) -> HttpResponse:
    """The form as its address says."""
    chosen, query = chosen_edition(request), answers(request.GET)
    judged = form_of(typed(query), chosen, language_of(request), add=query.get("add", ""))
    context: dict[str, Any] = {
        "form": judged,
        "faults": judged.faults,
        "address": link_of(request, judged.said),
        "pasted": report_in(query.get("pasted", ""), judged),
    }
    context |= advised(judged, chosen, language_of(request))
    return while_kept(
        request, TemplateResponse(request, "advisor/pages/form.html", page_context(request, chosen) | context)
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@finds_its_design
def result(request: HtmxHttpRequest) -> HttpResponseBase:
    """The advice on a page of its own. Numbers posted from it lead to the advice with these numbers."""
    if request.method != "POST":
        return result_page(request)
    was = request.POST.get("was", "")
    said = relevant(typed(answers(QueryDict(was))))
    return to_page(request, "advisor:result", with_numbers(said, request.POST), was=was)


@public_page
def result_page(request: HtmxHttpRequest) -> HttpResponse:
    """The advice, what was assumed, what to do next, numbers to change, and what changed with those that were."""
    chosen, language = chosen_edition(request), language_of(request)
    asked = typed(answers(request.GET))
    judged = form_of(relevant(asked), chosen, language)
    if judged.need is None:
        return to_page(request, "advisor:check", asked)
    context, all_answers = advised(judged, chosen, language), link_of(request, asked)
    address = link_of(request, judged.said)
    context |= {
        "deploy": section(
            judged.need,
            context["found"],
            request.GET,
            language,
            page=address_in(request, "advisor:result"),
            file=lambda code: address_in(request, "advisor:download", code),
            address=address,
        ),
        "form": judged,
        "address": address,
        "link": f"{settings.ORIGIN}{reverse('advisor:result')}?{all_answers}",
        "all_answers": all_answers,
        "changed": _changed(request, context["advice"], chosen, language),
        "changeable": CHANGEABLE,
    }
    page = TemplateResponse(request, "advisor/pages/result.html", page_context(request, chosen) | context)
    return while_kept(request, page)


@require_safe
@finds_its_design
def embedded(request: HtmxHttpRequest, language: str) -> HttpResponse:
    """What a portal's frame begins with: the advice where all is said that it takes, else the wizard."""
    said = typed(answers(request.GET))
    complete = form_of(relevant(said), chosen_edition(request), language_of(request)).need is not None
    name, args = ("advisor:result", ()) if complete else ("advisor:step", (STEPS[0].name,))
    pairs = [pair for pair in link_pairs(request, said) if pair[0] != "theme"]
    if request.GET.get("theme") in THEMES:
        pairs.append(("theme", request.GET["theme"]))
    page = reverse(name, args=args, current_app=f"embed-{language}")
    return redirect(page + (f"?{written(pairs)}" if pairs else ""))


@require_safe
@finds_its_design
def download(request: HtmxHttpRequest, form: str) -> HttpResponse:
    """The result as PDF, in sentences or as JSON (the Advice), its drawing, the design as the JSON of its Need, or a
    file to deploy it with.
    """
    deployed_as = format_of(form)
    if form not in FILE_TYPES and deployed_as is None:
        raise Http404
    chosen, language = chosen_edition(request), language_of(request)
    asked = typed(answers(request.GET))
    judged = form_of(relevant(asked), chosen, language)
    need = judged.need
    if need is None:
        return to_page(request, "advisor:check", asked)
    if deployed_as:
        back = f"{address_in(request, 'advisor:result')}?{link_of(request, asked)}#deploy"
        return deployable_file(request, need, deployed_as, chosen, language, back)
    advice = advise(need)
    texts = load_texts(advice.edition)
    link = f"{settings.ORIGIN}{reverse('advisor:result')}?{link_of(request, asked)}"
    if form == "pdf":
        sheet = shown(need, advice, language, judged.said.assumed, is_check=judged.said.is_check)
        return pdf(advice_pdf(sheet, title_block(sheet, need.name or ""), link, language))
    if form in REPORTS:
        told = write_report(
            need,
            advice,
            language,
            markdown=form != "text",
            link=link,
            unknown=judged.said.assumed,
            is_check=judged.said.is_check,
        )
        return report(told, form)
    written: str | bytes
    if form in DRAWINGS:
        topology = topology_of(need, advice, texts, language)
        layout = widest_layout(topology)
        written = to_png(layout) if form == "png" else to_svg(layout, topology.title, tell(topology))
    else:
        as_json = need_to_json(need) if form == "design" else to_json(advice, texts, language)
        written = json.dumps(as_json, ensure_ascii=False, indent=2) + "\n"
    ending = {"svg": "topology.svg", "png": "topology.png", "design": "need.json", "json": "advice.json"}[form]
    return HttpResponse(
        written,
        content_type=FILE_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{ending}"', "X-Robots-Tag": "noindex"},
    )


def report(written: str, form: str) -> HttpResponse:
    """A report as an answer: Markdown and text as they are, HTML as a piece to paste."""
    content = rendered_markdown(written) if form == "html" else written
    saved = {"Content-Disposition": 'attachment; filename="advice.md"'} if form == "markdown" else {}
    return HttpResponse(content, content_type=FILE_TYPES[form], headers={"X-Robots-Tag": "noindex"} | saved)


def pdf(written: bytes) -> HttpResponse:
    """Advice as PDF, opened in the browser."""
    disposition = {"Content-Disposition": 'inline; filename="advice.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(written, content_type=FILE_TYPES["pdf"], headers=disposition)


def advised(judged: AdviceForm, chosen: ChosenEdition, language: str) -> dict[str, Any]:
    """What a page needs to show the advice on a form; `advice` is None where there is none."""
    if judged.need is None:
        return {"advice": None}
    found = advise(judged.need)
    told = shown(judged.need, found, language, judged.said.assumed, is_check=judged.said.is_check)
    name = judged.need.name or ""
    return told | {"sheet": told, "head": title_block(told, name), "design_name": name, "found": found}


def _changed(request: HttpRequest, after: dict[str, Any], chosen: ChosenEdition, language: str) -> list[Any] | None:
    """What of the advice changed since the design was that in `was`, or None where nothing was changed."""
    if "was" not in request.GET:
        return None
    try:
        before = form_of(relevant(typed(answers(QueryDict(request.GET["was"])))), chosen, language)
    except NoAdvice:
        return None
    if before.need is None:
        return None
    advice = advise(before.need)
    return changes(to_json(advice, load_texts(advice.edition), language), after)
