"""The wizard's pages: one question each, the answers in the address, then every answer to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from advisor.answers.form import AdviceForm, FieldFault, FormGroup, one_more
from advisor.answers.form_changes import PasteReport, as_parameter, faults_of_last, report_in
from advisor.answers.pasted_tables import PastedTable, pasted
from advisor.answers.query_string import typed, written
from advisor.answers.question_entries import question_entries
from advisor.answers.questions import (
    CHECK,
    STEPS,
    Step,
    asides_for,
    is_answered,
    is_lacking,
    is_passed_over,
    relevant,
    steps_for,
    wants_of,
    with_nothing_said,
    with_step,
    without_answer,
)
from advisor.answers.saved_designs import PARAMETER
from advisor.answers.typed import CODES, Row, Typed
from advisor.core.fields import DEVICE_CHOICES, SYSTEM_CODES
from advisor.core.notations import SEVERAL
from advisor.pages.design_request import answers, finds_its_design, form_of, kept_design, link_of, link_pairs, to_page
from advisor.wording.labels import answers_to, choice_of, named_as
from faq.pages.context import chosen_edition, language_of, page_context
from faq.store.editions import ChosenEdition
from faq.store.entries import headings_of
from web.htmx import HtmxHttpRequest

NO = "0"
"""What a choice sends that says no, so that it can be told from no choice."""


@csrf_exempt  # it keeps nothing but a design too large for an address, for whoever asks
@require_http_methods(["GET", "HEAD", "POST"])
@finds_its_design
def step(request: HtmxHttpRequest, name: str) -> HttpResponse:
    """A question, with what was answered before. `go=next`, `go=unknown` and `go=back` lead on, `go=add` and `go=stay`
    stay; with `to=check` a question leads back to the last page, by way of those that its answer opened.

    What is posted leads to a page by its address: the next question, or this one with what is still to be mended.
    """
    asked = next((step for step in STEPS if step.name == name), None)
    if asked is None:
        raise Http404
    posted = request.method == "POST"
    chosen, given = chosen_edition(request), request.POST if posted else request.GET
    said, go = _said(given, asked), given.get("go", "")
    edition = _edition_of(said, chosen)
    if not asked.is_of(edition) and not asked.told(said):
        return _to(request, _after(said, asked, edition), said)
    if go == "unknown":
        return _onward(request, given, without_answer(said, asked), asked, edition)
    table = pasted(given.get("paste", ""), asked.rows) if asked.rows else PastedTable(())
    if rows := table.rows:
        said = _with_rows(said, asked, rows)
    if go == "back":
        before = _before(said, asked, edition)
        return _to(request, CHECK, said, **_was(given)) if _is_from_check(given) else _to(request, before, said)
    form = form_of(said, chosen, language_of(request), add=given.get("add", ""))
    faults = [fault for fault in form.faults if go and _stands_in(fault, asked)]
    if go == "next" and not faults and is_passed_over(asked, said):
        faults = [_no_answer(form, asked)]
    if go == "next" and not faults and not rows:
        return _onward(request, given, with_nothing_said(said, asked), asked, edition)
    if posted:
        # Pasted rows are shown before they lead on; what is wrong in them is told at once.
        more = {**_along(given), **({"add": one_more(typed(given), asked.rows)} if go == "add" else {})}
        if rows:
            first_read = f"{asked.rows}s-{len(said.rows[asked.rows]) - len(rows)}-name"
            at = next(faults_of_last(form, asked.rows, len(rows)), first_read)
            more |= {"pasted": as_parameter(asked.rows, table), "at": at}
        is_only_shown = go == "stay" or (rows and not faults)
        return to_page(request, "advisor:step", said, name, **more, **({} if is_only_shown else {"go": go}))
    return _question(request, asked, form, faults, edition, report_in(given.get("pasted", ""), form))


def _question(
    request: HtmxHttpRequest,
    asked: Step,
    form: AdviceForm,
    faults: list[FieldFault],
    edition: str,
    report: PasteReport | None,
) -> HttpResponse:
    """The page of a question; `report` is of a table that was read."""
    chosen, said, name = chosen_edition(request), form.said, asked.name
    steps = [step.name for step in steps_for(said, edition)]
    explaining = question_entries(chosen.edition.code).get(name, ())
    own = _own_fields(form, asked)
    context = page_context(request, chosen) | {
        "form": form,
        "step": asked,
        "step_template": _template(asked),
        "own": own,
        "choice": _choice(said, asked),
        "choices": _choices(own, asked),
        "number": steps.index(name) + 1 if name in steps else None,
        "count": len(steps) + 1 if wants_of(said) or name != STEPS[0].name else None,
        "faults": faults,
        "lacks_answer": is_passed_over(asked, said) and bool(faults),
        "focus": "" if faults else _focus(request, form, asked, own),
        "pasted": report,
        "hidden": _hidden(request, said, asked),
        "along": _along(request.GET).items(),
        "from_check": _is_from_check(request.GET),
        "wants": CODES["want"],
        "wanted": wants_of(said),
        "systems": _systems(said),
        "is_first": name == STEPS[0].name,
        "advice_address": link_of(request, relevant(said)),
        "explained_by": headings_of(explaining, chosen.edition, language_of(request)),
    }
    return TemplateResponse(request, "advisor/pages/step.html", context)


@require_safe
@finds_its_design
def check(request: HtmxHttpRequest) -> HttpResponse:
    """Every answer with a link to change it, what is assumed where none was given, and the way to the advice."""
    chosen, said = chosen_edition(request), typed(answers(request.GET))
    form, edition = form_of(relevant(said), chosen, language_of(request)), _edition_of(said, chosen)
    asides = asides_for(said, edition)
    steps = steps_for(said, edition)
    left = [one.name for one in steps if not is_answered(one, said)]
    shown = (*steps, *(one for one in asides if one.told(said)))
    told = replace(said, want=wants_of(said))  # a link that says what to join need not choose it as well
    was = _was(request.GET)
    context = page_context(request, chosen) | {
        "form": form,
        "said": relevant(said),
        "steps": [(one, _template(one), [fault for fault in form.faults if _stands_in(fault, one)]) for one in shown],
        "asides": [(one, _template(one)) for one in asides if not one.told(said)],
        "number": len(steps) + 1,
        "count": len(steps) + 1,
        "wanted": wants_of(said),
        "address": link_of(request, said),
        "change_address": written(
            [*link_pairs(request, said), ("to", CHECK), *([("skip", ",".join(left))] if left else []), *was.items()]
        ),
        "result_address": written([*link_pairs(request, said), *was.items()]),
        "advice_address": link_of(request, relevant(said)),
        "unknown": said.unknown,
        "left": left,
        "last": steps[-1].name,
        "changed": next((one for one in shown if one.name == request.GET.get("changed")), None),
        "devices": DEVICE_CHOICES,
        "lacking": [one.name for one in steps if is_lacking(one, told)],
        "systems": _systems(said),
        "flagged": [step.name for step in steps if set(step.flags) & said.flags],
    }
    return TemplateResponse(request, "advisor/pages/check.html", context)


def _template(asked: Step) -> str:
    """What shows a question, and what was answered to it: a template of its own."""
    return f"advisor/steps/{asked.name}.html"


def _edition_of(said: Typed, chosen: ChosenEdition) -> str:
    return said.edition or chosen.edition.code


def _said(given: QueryDict, asked: Step) -> Typed:
    """What was said, with this question's fields as they are given now in place of what was said in them before."""
    query = _answers(given, asked)
    if asked.name == "systems":  # a box for each
        query = query.copy()
        query["systems"] = ",".join(filter(None, query.getlist("systems")))
    said = typed(query)
    if given.get("go", "back") != "back":
        said = with_step(said, asked, said)
    return with_nothing_said(said, asked) if asked.is_yes_or_no and given.get(asked.name) == NO else said


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


def _no_answer(form: AdviceForm, asked: Step) -> FieldFault:
    """What is wrong where a question was passed over, at its first field."""
    text = _("Answer, or choose “I don't know”. The advice then uses a safe assumption.")
    question = named_as(asked.name, "step")
    return FieldFault(_first_field(form, asked, _own_fields(form, asked)), question, text, "", None, "")


def _own_fields(form: AdviceForm, asked: Step) -> FormGroup:
    """The fields of a question, beside those of rows."""
    names = asked.parameters()
    groups = form.groups.values()
    return FormGroup(
        tuple(one for group in groups for one in group.inputs if one.name in names),
        tuple(one for group in groups for one in group.boxes if one.name in names),
    )


def _first_field(form: AdviceForm, asked: Step, own: FormGroup) -> str:
    """The anchor of a question's first field."""
    if asked.rows:
        return form.rows[asked.rows][0].brief[0].id
    if own.boxes:
        return own.boxes[0].id
    return own.inputs[0].id if own.inputs else asked.name


def _focus(request: HttpRequest, form: AdviceForm, asked: Step, own: FormGroup) -> str:
    """The field to begin in: the first where an answer is changed, the row that was added; else none."""
    if asked.rows and request.GET.get("add"):
        rows = form.rows[asked.rows]
        return rows[-1].brief[0].id
    return _first_field(form, asked, own) if _is_from_check(request.GET) else ""


def _systems(said: Typed) -> list[tuple[str, str, bool]]:
    """Each operating system with its name, and whether it was chosen; what was typed and is none stands behind them."""
    typed_in = SEVERAL.read(said.whole["systems"])
    chosen = typed_in if isinstance(typed_in, list) else []
    codes = dict.fromkeys((*SYSTEM_CODES, *chosen))
    return [(code, choice_of("systems", code), code in chosen) for code in codes]


def _choices(own: FormGroup, asked: Step) -> tuple[tuple[str, str], ...]:
    """What can be chosen where one of several is the answer. Not to know is no choice where it has its own button."""
    if asked.is_yes_or_no:
        return answers_to(asked.name)
    return tuple((code, words) for field in own.inputs for code, words in field.choices if code or asked.is_aside)


def _choice(said: Typed, asked: Step) -> str:
    """What is chosen of a question with one choice; empty where nothing is yet."""
    if not asked.is_yes_or_no:
        return next((said.whole[name] for name in asked.told(said)), "")
    if asked.told(said):
        return "1"
    return NO if asked.is_aside or asked.name in said.answered else ""


def _is_from_check(given: QueryDict) -> bool:
    return given.get("to") == CHECK


def _along(given: QueryDict) -> Mapping[str, str]:
    """What goes along while an answer is changed: where to, what need not be asked, and the design before."""
    return {name: value for name in ("to", "skip", "was") if (value := given.get(name, ""))}


def _was(given: QueryDict) -> dict[str, str]:
    """The design as it was advised on before answers were changed, if they are changed from there."""
    return {"was": was} if (was := given.get("was", "")) else {}


def _hidden(request: HttpRequest, said: Typed, asked: Step) -> list[tuple[str, str]]:
    """The answers to all other questions, which go along with this one's: each, or the code of the design that has
    them all.
    """
    return [(name, value) for name, value in link_pairs(request, said) if not _is_of(name, asked)]


def _after(said: Typed, asked: Step, edition: str) -> str:
    names = [step.name for step in STEPS]
    later = names[names.index(asked.name) + 1 :]
    return next((step.name for step in steps_for(said, edition) if step.name in later), CHECK)


def _before(said: Typed, asked: Step, edition: str) -> str:
    names = [step.name for step in STEPS]
    earlier = names[: names.index(asked.name)]
    return next((step.name for step in reversed(steps_for(said, edition)) if step.name in earlier), STEPS[0].name)


def _onward(request: HttpRequest, given: QueryDict, said: Typed, asked: Step, edition: str) -> HttpResponse:
    """Lead on from a question that was answered."""
    if not _is_from_check(given):
        return _to(request, _after(said, asked, edition), said)
    known = given.get("skip", "").split(",")
    opened = [one.name for one in steps_for(said, edition) if one.name not in known and not is_answered(one, said)]
    if opened:
        return _to(request, opened[0], said, **_along(given))
    return _to(request, CHECK, said, changed=asked.name, **_was(given))


def _to(request: HttpRequest, name: str, said: Typed, **more: str) -> HttpResponse:
    if name == CHECK:
        return to_page(request, "advisor:check", said, **more)
    return to_page(request, "advisor:step", said, name, **more)
