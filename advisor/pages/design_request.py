"""What a page of the advisor was asked: the answers in its address, or the kept design that its address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from advisor.answers.form import AdviceForm, read_form, ready_rows
from advisor.answers.query_string import Pairs, address_of, pairs_of, written
from advisor.answers.saved_designs import (
    LONGEST_ADDRESS,
    PARAMETER,
    TooLarge,
    TooMuch,
    kept_answers,
    shortened,
    unfolded,
)
from advisor.answers.typed import Typed
from advisor.core.editions import NoAdvice
from advisor.service import advising_editions, limits_to_judge_by
from faq.pages.context import page_context
from faq.store.editions import ChosenEdition
from web.htmx import HtmxHttpRequest
from web.languages import DEFAULT_LANGUAGE
from web.request_limits import client_of, wait

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HtmxHttpRequest, P], HttpResponseBase]

PASSING = ("go", "add", "was", "paste", "pasted", "more", "to", "skip", "changed")
"""Parameters that say what to do on one page, and belong in no link."""


class DesignGone(Exception):  # noqa: N818 -- it is no error of anybody
    """The address names a kept design that is not there (any more)."""


def finds_its_design(view: View[P]) -> View[P]:
    """Lead on to where a code can be typed again if the design is gone, and tell it if one is too large to keep, if too
    much was kept for this client, or if its edition gives no advice.
    """

    @wraps(view)
    def with_design(request: HtmxHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return while_kept(request, view(request, *args, **kwargs))
        except DesignGone as gone:
            return redirect(f"{address_in(request, 'advisor:cases')}?{urlencode({'code': str(gone)[:40]})}")
        except NoAdvice as refused:
            return while_kept(request, _no_advice(request, refused))
        except TooMuch as much:
            return wait(much.seconds)
        except TooLarge:
            told = page_context(request) | {"fault": _("This design is too large for the pages.")}
            return TemplateResponse(request, "advisor/pages/open.html", told, status=413)

    return cast(View[P], with_design)


def _no_advice(request: HttpRequest, refused: NoAdvice) -> HttpResponse:
    """Why an edition gives no advice, and this page in the editions that do."""
    query = request.GET.copy()
    advising = []
    for code in advising_editions():
        query["edition"] = code
        advising.append((code, f"{request.path}?{query.urlencode()}"))
    told = page_context(request) | {"refused": refused, "advising": advising}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "advisor/pages/no_advice.html", told, status=status)


def answers(given: QueryDict) -> QueryDict:
    """All that an address or a posted form says, with the kept design that it names. Raises DesignGone."""
    query = unfolded(given)
    if query is None:
        raise DesignGone(given.get(PARAMETER, ""))
    return query


def kept_design(code: str) -> QueryDict:
    """What the design that is kept under a code says. Raises DesignGone."""
    query = kept_answers(code)
    if query is None:
        raise DesignGone(code)
    return query


def form_of(
    said: Typed, chosen: ChosenEdition, language: str, *, add: str = "", ready: Mapping[str, int] | None = None
) -> AdviceForm:
    """Answers, judged by the edition that they name, else by the one that was chosen; `ready` says how many rows stand
    there, or `add`, as an address does (`site:4`). Raises NoAdvice.
    """
    known = limits_to_judge_by(said.edition, chosen.edition.code)
    return read_form(said, chosen.edition.code, known, language, ready=ready or ready_rows(add))


def link_pairs(request: HttpRequest, said: Typed) -> Pairs:
    """The parameters for the links of a page: what was said, or the page's own where that is too long."""
    if len(address_of(said)) <= LONGEST_ADDRESS:
        return pairs_of(said)
    return [(name, value) for name, values in request.GET.lists() if name not in PASSING for value in values]


def link_of(request: HttpRequest, said: Typed) -> str:
    """The same as a query string."""
    address = address_of(said)
    return address if len(address) <= LONGEST_ADDRESS else written(link_pairs(request, said))


def while_kept(request: HttpRequest, response: R) -> R:
    """A page that is shown as long as the design that its address names is kept: no copy of it stays anywhere."""
    if PARAMETER in request.GET or f"{PARAMETER}=" in request.GET.get("was", ""):
        response.headers["Cache-Control"] = "no-store"
    return response


def address_in(request: HttpRequest, name: str, *args: str, language: str | None = None) -> str:
    """The address of a page of the advisor, in the portal's frame if the request came from one; in the language that is
    active where none is named.
    """
    match = request.resolver_match
    namespace = match.namespace if match else None
    return _path(language or get_language() or DEFAULT_LANGUAGE, get_script_prefix(), namespace, name, *args)


@lru_cache(maxsize=1_000)
def _path(language: str, prefix: str, namespace: str | None, name: str, *args: str) -> str:
    """A path, remembered. `prefix` is that of the site, `namespace` tells a portal's frame."""
    with override(language):
        return reverse(name, args=args, current_app=namespace)


def to_page(request: HttpRequest, name: str, said: Typed, *args: str, at: str = "", **more: str) -> HttpResponse:
    """Lead on to a page with these answers, and to a place on it. What is posted is kept where it is too large for an
    address; a visit keeps nothing, and goes on with the address that it has. Raises TooLarge and TooMuch.
    """
    if len(more.get("was", "")) > LONGEST_ADDRESS:
        more.pop("was")
    if request.method == "POST":
        address = shortened(said, client=client_of(request), **more)
    else:
        address = "&".join(filter(None, (link_of(request, said), urlencode(more))))
    return redirect(address_in(request, name, *args) + (f"?{address}" if address else "") + (f"#{at}" if at else ""))


def show_at(request: HttpRequest, address: str) -> None:
    """Let the links of a page lead on from this address, as those of the page there do: what is shown in place of a
    part of a page has it as its own from then on.
    """
    request.GET = QueryDict(address)
    request.META["QUERY_STRING"] = address
