"""What comes from readers: whether an answer helped, and why not; and questions that no entry answers."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from faq.desk.feedback import store_feedback
from faq.desk.sent_questions import store_sent
from faq.pages.context import chosen_edition, edition_query, language_of, page_context
from faq.pages.forms import QuestionForm, ReasonForm, beginning_of
from faq.search.query_text import in_one_line
from faq.store.entries import find_entry
from web.counters import Quota, count
from web.languages import LANGUAGES
from web.request_limits import client_of, wait
from web.unsaved import why_unsaved

log = logging.getLogger(__name__)

PER_CLIENT = Quota("feedback", 20, 3600)
"""Forms of feedback that a client may send in an hour: nobody shall fill the week of all others."""

QUESTIONS = Quota("sent-questions", 20, 3600)
"""Questions that a client may send to the editors in an hour."""


@csrf_exempt  # no account counts here: another site can do only what anybody can
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a yes or no; ask those who say no why; thank them."""
    chosen, language = chosen_edition(request), language_of(request)
    shown = find_entry(chosen.edition, slug, language)
    if shown is None:
        raise Http404(slug)
    here = reverse("faq:feedback", args=[slug]) + edition_query(chosen)
    given = request.POST.get("helpful", "")
    if given not in ("", "yes", "no"):
        raise BadRequest
    if request.method == "POST" and (used := count(PER_CLIENT, client_of(request))).times > PER_CLIENT.times:
        return wait(used.resets_in)
    if given:
        store_feedback(shown, given == "yes")
        return redirect(f"{here}{'&' if '?' in here else '?'}given={given}")
    form = ReasonForm(request.POST or None)
    context = page_context(request, chosen) | {"entry": shown, "form": form, "given": request.GET.get("given", "no")}
    if request.method == "POST" and form.is_valid():
        try:
            store_feedback(shown, None, form.cleaned_data["reason"], form.cleaned_data["text"])
        except DatabaseError as error:
            return _filled_again(request, "faq/pages/feedback.html", context, error)
        return redirect(f"{here}{'&' if '?' in here else '?'}given=why")
    return TemplateResponse(request, "faq/pages/feedback.html", context, status=422 if form.errors else 200)


@csrf_exempt  # no account counts here: another site can do only what anybody can
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Send a question that no entry answers (`?q=`) to the editors, and say that it is on their list. A mail may be in
    another language than the page (`?asked_in=`).
    """
    chosen = chosen_edition(request)
    if request.method == "POST" and (used := count(QUESTIONS, client_of(request))).times > QUESTIONS.times:
        return wait(used.resets_in)
    query = in_one_line(request.GET.get("q"))
    form = QuestionForm(request.POST or None, initial={"question": beginning_of(query)})
    asked_in = request.POST.get("asked_in") or request.GET.get("asked_in", "")
    language = asked_in if asked_in in LANGUAGES else language_of(request)
    context = page_context(request, chosen) | {"form": form, "asked_in": language}
    if request.method == "POST" and form.is_valid():
        try:
            is_stored = store_sent(form.cleaned_data["question"], language, chosen.edition)
        except DatabaseError as error:
            return _filled_again(request, "faq/pages/ask.html", context, error)
        if is_stored:
            here = reverse("faq:ask") + edition_query(chosen)
            return redirect(f"{here}{'&' if '?' in here else '?'}sent=yes")
        context["fault"] = _("The editors’ list is full this week. Your question is still below: try again next week.")
    context["is_sent"] = request.GET.get("sent") == "yes" and not form.is_bound
    status = 503 if "fault" in context else 422 if form.errors else 200
    response = TemplateResponse(request, "faq/pages/ask.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _filled_again(request: HttpRequest, template: str, context: dict[str, Any], error: DatabaseError) -> HttpResponse:
    """The page of a form that could not be stored, with what was typed, so that nobody has to type it again."""
    fault, seconds = why_unsaved(error)
    log.warning("%s was not stored: %s", request.path, error)
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return TemplateResponse(request, template, context | {"fault": fault}, status=503, headers=headers)
