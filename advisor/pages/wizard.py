"""The wizard's pages: one question each, the answers in the address, then every answer to check."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from advisor.answers.form import AdviceForm, FieldFault, one_more
from advisor.answers.form_changes import PasteReport, as_parameter, faults_of_last, report_in
from advisor.answers.pasted_tables import PastedTable, pasted
from advisor.answers.query_string import typed
from advisor.answers.question_entries import question_entries
from advisor.answers.questions import (
    CHECK,
    STEPS,
    Step,
    relevant,
    steps_for,
    wants_of,
    with_step,
    without_answer,
)
from advisor.answers.saved_designs import PARAMETER
from advisor.answers.typed import CODES, Row, Typed
from advisor.core.fields import DEVICE_CHOICES
from advisor.pages.design_request import answers, finds_its_design, form_of, kept_design, link_of, link_pairs, to_page
from faq.pages.context import chosen_edition, language_of, page_context
from faq.store.entries import headings
from web.htmx import HtmxHttpRequest


@csrf_exempt  # it keeps nothing but a design too large for an address, for whoever asks
@require_http_methods(["GET", "HEAD", "POST"])
@finds_its_design
def step(request: HtmxHttpRequest, name: str) -> HttpResponse:
    """A question, with what was answered before. `go=next`, `go=unknown` and `go=back` lead on, `go=add` stays.

    What is posted leads to a page by its address: the next question, or this one with what is still to be mended.
    """
    asked = next((step for step in STEPS if step.name == name), None)
    if asked is None:
        raise Http404
    posted = request.method == "POST"
    chosen, given = chosen_edition(request), request.POST if posted else request.GET
    said, go = typed(_answers(given, asked)), given.get("go", "")
    if go == "unknown":
        return _to(request, _after(without_answer(said, asked), asked), without_answer(said, asked))
    table = pasted(given.get("paste", ""), asked.rows) if asked.rows else PastedTable(())
    if rows := table.rows:
        said = _with_rows(said, asked, rows)
    if go == "back":
        return _to(request, _before(said, asked), said)
    if go:
        said = with_step(said, asked, said)
    form = form_of(said, chosen, language_of(request), add=given.get("add", ""))
    faults = [fault for fault in form.faults if go and _stands_in(fault, asked)]
    needs_more = go == "next" and not faults and _lacks_answer(said, asked)
    if go == "next" and not faults and not needs_more and not rows:
        return _to(request, _after(said, asked), said)
    if posted:
        # Pasted rows are shown before they lead on; what is wrong in them is told at once.
        more = {"add": one_more(typed(given), asked.rows)} if go == "add" else {}
        if rows:
            first_read = f"{asked.rows}s-{len(said.rows[asked.rows]) - len(rows)}-name"
            at = next(faults_of_last(form, asked.rows, len(rows)), first_read)
            more |= {"pasted": as_parameter(asked.rows, table), "at": at}
        return to_page(request, "advisor:step", said, name, **({} if rows and not faults else {"go": go}), **more)
    report = report_in(given.get("pasted", ""), form)
    return _question(request, asked, form, faults, needs_more=needs_more, report=report)


def _question(
    request: HtmxHttpRequest,
    asked: Step,
    form: AdviceForm,
    faults: list[FieldFault],
    *,
    needs_more: bool,
    report: PasteReport | None,
) -> HttpResponse:
    """The page of a question; `needs_more` where it was passed over without an answer, `report` of a table that was
    read.
    """
    chosen, said, name = chosen_edition(request), form.said, asked.name
    steps = [step.name for step in steps_for(said)]
    explaining = question_entries(chosen.edition.code).get(name, ())
    context = page_context(request, chosen) | {
        "form": form,
        "step": asked,
        "step_template": _template(asked),
        "number": steps.index(name) + 1 if name in steps else 1,
        "count": len(steps) + 1,
        "faults": faults,
        "lacks_answer": needs_more,
        "pasted": report,
        "hidden": _hidden(request, said, asked),
        "wants": CODES["want"],
        "wanted": wants_of(said),
        "is_first": name == STEPS[0].name,
        "explained_by": [one for one in headings(chosen.edition, language_of(request)) if one.slug in explaining],
    }
    return TemplateResponse(request, "advisor/pages/step.html", context)


@require_safe
@finds_its_design
def check(request: HtmxHttpRequest) -> HttpResponse:
    """Every answer with a link to change it, and the way to the advice."""
    chosen, said = chosen_edition(request), typed(answers(request.GET))
    form = form_of(relevant(said), chosen, language_of(request))
    steps = steps_for(said)
    told = replace(said, want=wants_of(said))  # a link that says what to join need not choose it as well
    context = page_context(request, chosen) | {
        "form": form,
        "said": relevant(said),
        "steps": [(one, _template(one), [fault for fault in form.faults if _stands_in(fault, one)]) for one in steps],
        "number": len(steps) + 1,
        "count": len(steps) + 1,
        "wanted": wants_of(said),
        "address": link_of(request, said),
        "advice_address": link_of(request, relevant(said)),
        "unknown": said.unknown,
        "last": steps[-1].name,
        "devices": DEVICE_CHOICES,
        "lacking": [one.name for one in steps if one.name not in said.unknown and _lacks_answer(told, one)],
        "flagged": [step.name for step in steps if set(step.flags) & said.flags],
    }
    return TemplateResponse(request, "advisor/pages/check.html", context)


def _template(asked: Step) -> str:
    """What shows a question, and what was answered to it: a template of its own."""
    return f"advisor/steps/{asked.name}.html"


def _answers(given: QueryDict, asked: Step) -> QueryDict:
    """What was said, with this question's fields as they are given now; where it says where to go, a field of this
    question that is not given is an empty one (a box that is not ticked is not sent).
    """
    if "go" not in given or PARAMETER not in given:
        return answers(given)
    query = kept_design(given.get(PARAMETER, ""))
    for name in [name for name in query if _is_of(name, asked)]:
        del query[name]
    for name in given:
        query.setlist(name, given.getlist(name))
    return query


def _is_of(name: str, asked: Step) -> bool:
    """Whether a parameter is one of this question's."""
    own = (*asked.parameters(), *(("want",) if asked.name == "what" else ()))
    return name in own or bool(asked.rows and (name == asked.rows or name.startswith(f"{asked.rows}_")))


def _with_rows(said: Typed, asked: Step, rows: tuple[Row, ...]) -> Typed:
    """The answers with rows pasted below those that stood there."""
    return said.with_rows(**{asked.rows: (*(row for row in said.rows[asked.rows] if not row.is_empty), *rows)})


def _stands_in(fault: FieldFault, asked: Step) -> bool:
    """Whether a fault is one of this question's fields."""
    return fault.anchor in asked.parameters() or bool(asked.rows and fault.anchor.startswith(f"{asked.rows}s-"))


def _lacks_answer(said: Typed, asked: Step) -> bool:
    """Whether the question was passed over without saying so, where an answer is needed to go on."""
    needed = {
        "what": bool(said.want),
        "sites": any(not row.is_empty for row in said.sites),
        "clients": bool(said.clients),
    }
    return not needed.get(asked.name, True)


def _hidden(request: HttpRequest, said: Typed, asked: Step) -> list[tuple[str, str]]:
    """The answers to all other questions, which go along with this one's: each, or the code of the design that has
    them all.
    """
    return [(name, value) for name, value in link_pairs(request, said) if not _is_of(name, asked)]


def _after(said: Typed, asked: Step) -> str:
    names = [step.name for step in STEPS]
    later = names[names.index(asked.name) + 1 :]
    return next((step.name for step in steps_for(said) if step.name in later), CHECK)


def _before(said: Typed, asked: Step) -> str:
    names = [step.name for step in STEPS]
    earlier = names[: names.index(asked.name)]
    return next((step.name for step in reversed(steps_for(said)) if step.name in earlier), STEPS[0].name)


def _to(request: HttpRequest, name: str, said: Typed) -> HttpResponse:
    return to_page(request, "advisor:check", said) if name == CHECK else to_page(request, "advisor:step", said, name)
