"""The wizard's pages: one question each, the answers in the address, then every answer to check."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from advisor.advising import Catalogues
from advisor.forms import AdviceForm, FieldFault, read_form
from advisor.link import CODES, DEVICES, VIA, Row, Typed, address_of, typed
from advisor.steps import CHECK, STEPS, Step, pasted, relevant, steps_for, wants_of, with_step, without_answer
from faq.context import language_of, page_context, reading_of
from faq.limits import SYSTEMS
from faq.reading import FoundEdition, headings


@require_safe
def step(request: HttpRequest, name: str) -> HttpResponse:
    """A question, with what was answered before. `go=next`, `go=unknown` and `go=back` lead on, `go=add` stays."""
    asked = next((step for step in STEPS if step.name == name), None)
    if asked is None:
        raise Http404
    reading, said, go = reading_of(request), typed(request.GET), request.GET.get("go", "")
    if go == "unknown":
        return _to(_after(without_answer(said, asked), asked), without_answer(said, asked))
    if rows := pasted(request.GET.get("paste", "")[:100_000], asked.rows) if asked.rows else ():
        said = _with_rows(said, asked, rows)
    if go == "back":
        return _to(_before(said, asked), said)
    if go:
        said = with_step(said, asked, said)
    form = _form(said, asked, reading, language_of(request), more=go == "add")
    faults = [fault for fault in form.faults if go and _stands_in(fault, asked)]
    needs_more = go == "next" and not faults and _lacks_answer(said, asked)
    if go == "next" and not faults and not needs_more and not rows:
        return _to(_after(said, asked), said)
    steps = [step.name for step in steps_for(said)]
    context = page_context(request, reading) | {
        "form": form,
        "step": asked,
        "number": steps.index(name) + 1 if name in steps else 1,
        "count": len(steps) + 1,
        "faults": faults,
        "lacks_answer": needs_more,
        "hidden": _hidden(said, asked),
        "wants": CODES["want"],
        "wanted": wants_of(said),
        "devices": DEVICES,
        "ways": tuple(VIA),
        "systems": SYSTEMS,
        "skus": Catalogues()[reading.edition.code].members("gateway.vpn_skus"),
        "is_first": name == STEPS[0].name,
        "explained_by": [one for one in headings(reading.edition, language_of(request)) if one.slug in asked.entries],
    }
    return TemplateResponse(request, "advisor/step.html", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Every answer with a link to change it, and the way to the advice."""
    reading, said = reading_of(request), typed(request.GET)
    form = _form(relevant(said), None, reading, language_of(request), more=False)
    steps = steps_for(said)
    context = page_context(request, reading) | {
        "form": form,
        "said": relevant(said),
        "steps": [(one, [fault for fault in form.faults if _stands_in(fault, one)]) for one in steps],
        "number": len(steps) + 1,
        "count": len(steps) + 1,
        "wanted": wants_of(said),
        "address": address_of(said),
        "advice_address": address_of(relevant(said)),
        "unknown": said.unknown,
        "last": steps[-1].name,
        "devices": DEVICES,
        "flagged": [step.name for step in steps if set(step.flags) & said.flags],
    }
    return TemplateResponse(request, "advisor/check.html", context)


def _form(said: Typed, asked: Step | None, reading: FoundEdition, language: str, *, more: bool) -> AdviceForm:
    query = QueryDict(address_of(said), mutable=True)
    if more and asked:
        query["add"] = asked.rows
    code = reading.edition.code
    return read_form(query, code, {code: Catalogues()[code]}, language)


def _with_rows(said: Typed, asked: Step, rows: tuple[Row, ...]) -> Typed:
    """The answers with rows pasted below those that stood there."""
    kept = said.sites if asked.rows == "site" else said.vnets
    all_rows = (*(row for row in kept if not row.is_empty), *rows)
    return replace(said, sites=all_rows) if asked.rows == "site" else replace(said, vnets=all_rows)


def _stands_in(fault: FieldFault, asked: Step) -> bool:
    """Whether a fault is one of this question's fields."""
    return fault.anchor in (*asked.whole, *asked.flags) or bool(
        asked.rows and fault.anchor.startswith(f"{asked.rows}s-")
    )


def _lacks_answer(said: Typed, asked: Step) -> bool:
    """Whether the question was passed over without saying so, where an answer is needed to go on."""
    needed = {
        "what": bool(said.want),
        "sites": any(not row.is_empty for row in said.sites),
        "clients": bool(said.clients),
    }
    return not needed.get(asked.name, True)


def _hidden(said: Typed, asked: Step) -> list[tuple[str, str]]:
    """The answers to all other questions, which go along with this one's."""
    own = {asked.rows, *asked.whole, *asked.flags} | ({"want"} if asked.name == "what" else set())
    pairs = QueryDict(address_of(said)).lists()
    return [
        (name, value)
        for name, values in pairs
        if name not in own and not (asked.rows and name.startswith(f"{asked.rows}_"))
        for value in values
    ]


def _after(said: Typed, asked: Step) -> str:
    names = [step.name for step in STEPS]
    later = names[names.index(asked.name) + 1 :]
    return next((step.name for step in steps_for(said) if step.name in later), CHECK)


def _before(said: Typed, asked: Step) -> str:
    names = [step.name for step in STEPS]
    earlier = names[: names.index(asked.name)]
    return next((step.name for step in reversed(steps_for(said)) if step.name in earlier), STEPS[0].name)


def _to(name: str, said: Typed) -> HttpResponse:
    path = reverse("advisor:check") if name == CHECK else reverse("advisor:step", args=[name])
    return redirect(f"{path}?{address_of(said)}")
