"""Help links: a portal's own key leads to the entries, or to the filled-in wizard, that an editor mapped it to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from advisor.answers.form import read_form
from advisor.answers.query_string import PARAMETERS, typed
from advisor.answers.questions import STEPS
from advisor.core.editions import NoAdvice
from advisor.models import KEY, HelpKey
from advisor.service import advising_editions, limits_to_judge_by
from faq.editors.link_check import DeadLink
from faq.pages.context import chosen_edition, known_language, language_of, page_context
from faq.store.editions import Edition, known_editions
from faq.store.slugs import openable
from web.htmx import HtmxHttpRequest
from web.languages import DEFAULT_LANGUAGE


@require_safe
@vary_on_headers("Accept-Language")
def help_link(request: HttpRequest, key: str) -> HttpResponse:
    """Lead on from a portal's key. Several entries are listed on a page; an unknown key is searched for."""
    language = known_language(request.GET.get("lang") or get_language_from_request(request))
    if not KEY.fullmatch(key):
        raise BadRequest(f"{key[:100]!r}: a key has letters, digits, dots, hyphens and underscores, at most 100")
    mapped, chosen = HelpKey.objects.filter(key=key.lower()).first(), chosen_edition(request)
    query = QueryDict(mutable=True)
    if not chosen.is_default:
        query["edition"] = chosen.edition.code
    with override(language):
        if mapped and mapped.advice:
            filled = QueryDict(mapped.advice, mutable=True)
            if not chosen.is_default:
                filled["edition"] = chosen.edition.code
            return _to("advisor:step", STEPS[0].name, asked=filled)
        found = openable(mapped.entries, chosen.edition, language) if mapped else []
        if not found:
            query["q"] = " ".join(key.replace(".", " ").replace("-", " ").replace("_", " ").split())
            return _to("faq:search", asked=query)
        if len(found) == 1:
            return _to("faq:entry", found[0].slug, asked=query)
        return _to("advisor:help", key.lower(), asked=query)


def _to(name: str, *args: str, asked: QueryDict) -> HttpResponse:
    return redirect(reverse(name, args=args) + (f"?{asked.urlencode()}" if asked else ""))


@require_safe
def help_page(request: HtmxHttpRequest, key: str) -> HttpResponse:
    """The entries that a key is mapped to, each with its short answer."""
    if not KEY.fullmatch(key):
        raise Http404(key)
    chosen = chosen_edition(request)
    mapped = HelpKey.objects.filter(key=key.lower()).first()
    listed = openable(mapped.entries, chosen.edition, language_of(request)) if mapped else []
    if not listed:
        raise Http404(key)
    context = page_context(request, chosen) | {"headings": listed, "key": key}
    return TemplateResponse(request, "advisor/pages/help.html", context)


def dead_help_links() -> Iterator[DeadLink]:
    """Each entry that a help key names and readers of an edition cannot open, and what is wrong with a filled-in wizard
    in an edition that gives advice.
    """
    editions = list(known_editions())
    for mapped in HelpKey.objects.all():
        for slug in mapped.entries:
            closed = [edition.code for edition in editions if not openable([slug], edition, DEFAULT_LANGUAGE)]
            for code in [""] if len(closed) == len(editions) else closed:
                yield DeadLink(mapped.key, slug, "no such entry", code)
        if not (mapped.entries or mapped.advice):
            yield DeadLink(mapped.key, "", "nothing is mapped")
        for reason, codes in _by_reason(faults_by_edition(mapped.advice)).items():
            yield from (DeadLink(mapped.key, mapped.advice, reason, code) for code in codes)


def _by_reason(faults: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """In which editions each fault is one; an empty code where it is in all of them."""
    editions: dict[str, list[str]] = {}
    for code, reasons in faults.items():
        for reason in reasons:
            editions.setdefault(reason, []).append(code)
    return {reason: [""] if len(codes) == len(faults) else codes for reason, codes in editions.items()}


def faults_by_edition(advice: str) -> dict[str, list[str]]:
    """What is wrong with a filled-in wizard in each edition that gives advice, by the code of the edition."""
    codes = advising_editions() if advice else ()
    advising = [edition for edition in known_editions() if edition.code in codes]
    return {edition.code: list(advice_faults(advice, edition)) for edition in advising}


def advice_faults(advice: str, edition: Edition) -> Iterator[str]:
    """What is wrong with the query string of a filled-in wizard: unknown names, and values that do not fit."""
    if not advice:
        return
    query = QueryDict(advice)
    yield from (f"{name} is no parameter" for name in query if name not in PARAMETERS)
    said = typed(query)
    try:
        form = read_form(said, edition.code, limits_to_judge_by(said.edition, edition.code), "en")
    except NoAdvice as refused:
        yield str(refused)
        return
    yield from (f"{fault.value}: {fault.text}" for fault in form.faults)
