"""Advices kept as they were given, each under a code that a support desk can open and read over the phone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.lists import format_list
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from advisor.answers.query_string import address_of, typed
from advisor.answers.questions import relevant
from advisor.answers.saved_designs import LONGEST_ADDRESS, PARAMETER, find_kept, keep, readable_code
from advisor.answers.typed import Typed
from advisor.answers.typed_codes import typed_code
from advisor.core.editions import NoAdvice, book_of
from advisor.core.need import Need
from advisor.deployables import format_of
from advisor.formats.as_json import to_json
from advisor.formats.comparison import Change, changes
from advisor.formats.pdf import advice_pdf
from advisor.formats.report import report_of
from advisor.formats.sheet import title_block, with_all_parts
from advisor.pages.deployables import file as deployable_file
from advisor.pages.deployables import section
from advisor.pages.design_request import address_in, answers, finds_its_design, form_of, to_page
from advisor.pages.result import shown
from advisor.pages.views import REPORTS, pdf, report
from advisor.service import advise
from advisor.wording.sentences import load_texts
from faq.pages.context import chosen_edition, language_of, page_context
from faq.store.editions import ChosenEdition, catalogue_of
from web.htmx import HtmxHttpRequest
from web.languages import LANGUAGES
from web.request_limits import client_of


@csrf_exempt  # it keeps an advice for whoever asks, with an account or without
@require_http_methods(["GET", "HEAD", "POST"])
@finds_its_design
def cases(request: HtmxHttpRequest) -> HttpResponse:
    """Where a code is typed. A posted `address` is kept with the advice on it, and gets a code."""
    if request.method == "POST":
        return _keep_case(request)
    code = typed_code(request.GET.get("code", ""))
    kept = find_kept(code.plain) if code.is_whole else None
    if kept:
        return redirect(address_in(request, "advisor:case", kept.code))
    chosen = chosen_edition(request)
    if not code.typed:
        book_of(catalogue_of(chosen.edition))
    context = page_context(request, chosen) | {
        "code": code,
        "unknown_signs": format_list(code.unknown_signs, style="or", locale=language_of(request)),
        "weeks": settings.DESIGNS_KEPT_WEEKS,
    }
    return TemplateResponse(request, "advisor/pages/cases.html", context, status=404 if code.typed else 200)


@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """What was shown on the day that it was kept, and what would be said otherwise today."""
    kept = find_kept(code)
    if kept is None:
        return redirect(f"{address_in(request, 'advisor:cases')}?{urlencode({'code': code[:40]})}")
    address = kept.query if len(kept.query) <= LONGEST_ADDRESS else f"{PARAMETER}={kept.code}"
    if kept.shown is None:
        return redirect(f"{address_in(request, 'advisor:form')}?{address}")
    chosen, language = chosen_edition(request), language_of(request)
    said = typed(QueryDict(kept.query))
    sheet = with_all_parts(kept.shown[language], said.assumed)
    context = sheet | {
        "sheet": sheet,
        "head": title_block(sheet, said.whole["name"], code=readable_code(kept.code), kept_on=kept.kept_at.date()),
        "case": readable_code(kept.code),
        "kept_on": kept.kept_at.date(),
        "opens_until": kept.opens_until.date(),
        "address": address,
        "link": settings.ORIGIN + reverse("advisor:case", args=[readable_code(kept.code)]),
        "design_name": said.whole["name"],
    }
    with suppress(NoAdvice):
        context["changed"] = _changed_since(said, kept.shown[language]["advice"], chosen, language)
        if need := _need_of(said, kept.shown[language]["advice"], chosen, language):
            own = readable_code(kept.code)
            context["deploy"] = section(
                need,
                advise(need),
                request.GET,
                language,
                page=address_in(request, "advisor:case", own),
                file=lambda code: address_in(request, "advisor:case-download", own, code),
                address="",
            )
    return TemplateResponse(request, "advisor/pages/case.html", page_context(request, chosen) | context)


def _changed_since(said: Typed, before: Mapping[str, Any], chosen: ChosenEdition, language: str) -> list[Change] | None:
    """What would be advised otherwise today by the edition that advised, or None where today nothing is. Raises
    NoAdvice.
    """
    judged = form_of(replace(said, edition=said.edition or before["edition"]), chosen, language)
    if judged.need is None or judged.need.edition != before["edition"]:
        return None
    return changes(before, to_json(advise(judged.need), load_texts(judged.need.edition), language))


def _need_of(said: Typed, before: Mapping[str, Any], chosen: ChosenEdition, language: str) -> Need | None:
    """The need that the advice was on, as of its day, so that its files go with what is shown. None where its edition
    takes it no more. Raises NoAdvice.
    """
    need = form_of(replace(said, edition=said.edition or before["edition"]), chosen, language).need
    if need is None or need.edition != before["edition"]:
        return None
    as_of = before.get("as_of")
    return replace(need, as_of=date.fromisoformat(as_of)) if as_of else need


@require_safe
def download(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What was shown on the day that it was kept, as PDF, text, HTML or Markdown, with where to open it; or a file to
    deploy its design with.
    """
    kept, deployed_as = find_kept(code), format_of(form)
    if kept is None or kept.shown is None or (form not in ("pdf", *REPORTS) and deployed_as is None):
        raise Http404(code)
    said, language = typed(QueryDict(kept.query)), language_of(request)
    if deployed_as:
        chosen = chosen_edition(request)
        need = _need_of(said, kept.shown[language]["advice"], chosen, language)
        if need is None:
            raise Http404(code)
        back = f"{address_in(request, 'advisor:case', readable_code(kept.code))}#deploy"
        return deployable_file(request, need, deployed_as, chosen, language, back)
    sheet, shown_code = with_all_parts(kept.shown[language], said.assumed), readable_code(kept.code)
    link = settings.ORIGIN + reverse("advisor:case", args=[shown_code])
    if form == "pdf":
        head = title_block(sheet, said.whole["name"], code=shown_code, kept_on=kept.kept_at.date())
        return pdf(advice_pdf(sheet, head, link, language))
    return report(report_of(sheet, markdown=form != "text", name=said.whole["name"], link=link), form)


def _keep_case(request: HttpRequest) -> HttpResponse:
    chosen, asked = chosen_edition(request), typed(answers(QueryDict(request.POST.get("address", ""))))
    judged = form_of(relevant(asked), chosen, language_of(request))
    if judged.need is None:
        return to_page(request, "advisor:check", asked)
    advice = advise(judged.need)
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = shown(judged.need, advice, language, judged.said.assumed, is_check=judged.said.is_check)
    address = address_of(replace(judged.said, edition=judged.need.edition))
    return redirect(address_in(request, "advisor:case", keep(address, told, client=client_of(request))))
