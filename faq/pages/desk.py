"""What comes to the support desk from readers: whether an answer helped, and why not."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from faq.desk.feedback import store_feedback
from faq.pages.context import chosen_edition, edition_query, language_of, page_context
from faq.pages.forms import ReasonForm
from faq.store.entries import find_entry
from web.counters import Quota, count
from web.request_limits import client_of, wait

PER_CLIENT = Quota("feedback", 20, 3600)
"""Forms of feedback that a client may send in an hour: nobody shall fill the week of all others."""


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
    if request.method == "POST" and form.is_valid():
        store_feedback(shown, None, form.cleaned_data["reason"], form.cleaned_data["text"])
        return redirect(f"{here}{'&' if '?' in here else '?'}given=why")
    context = page_context(request, chosen) | {"entry": shown, "form": form, "given": request.GET.get("given", "no")}
    return TemplateResponse(request, "faq/pages/feedback.html", context, status=422 if form.errors else 200)
