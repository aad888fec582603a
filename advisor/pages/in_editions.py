"""The same need under every edition that gives advice, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from advisor.answers.form import FieldFault
from advisor.answers.query_string import typed
from advisor.answers.questions import relevant
from advisor.answers.typed import Typed
from advisor.formats.comparison import Change, changes
from advisor.pages.design_request import answers, finds_its_design, form_of, link_of, to_page
from advisor.pages.result import shown
from advisor.service import advise, advising_editions
from faq.pages.context import chosen_edition, language_of, page_context
from faq.pages.public_page import public_page
from faq.store.editions import ChosenEdition, find_edition
from web.htmx import HtmxHttpRequest


@dataclass(frozen=True, slots=True)
class InEdition:
    """What one edition says of a need: its advice as a page shows it, or every fault that it finds in the need."""

    code: str
    shown: dict[str, Any] | None
    faults: tuple[FieldFault, ...]

    @property
    def advice(self) -> dict[str, Any] | None:
        """The advice as JSON."""
        return self.shown["advice"] if self.shown else None


@require_safe
@finds_its_design
@public_page
def in_editions(request: HtmxHttpRequest) -> HttpResponse:
    """A column for each edition, oldest first, and what differs between each two; what one refuses, only its column
    says.
    """
    chosen, language = chosen_edition(request), language_of(request)
    asked = typed(answers(request.GET))
    if asked.is_empty:
        return to_page(request, "advisor:form", asked)
    columns = [_in_edition(asked, code, language) for code in reversed(advising_editions())]
    context = {
        "columns": columns,
        "differences": _differences(columns),
        "address": link_of(request, asked),
    }
    return TemplateResponse(request, "advisor/pages/in_editions.html", page_context(request, chosen) | context)


def _in_edition(asked: Typed, code: str, language: str) -> InEdition:
    edition = find_edition(code).edition
    judged = form_of(replace(relevant(asked), edition=code), ChosenEdition(edition, is_default=False), language)
    if judged.need is None:
        return InEdition(code, None, judged.faults)
    return InEdition(code, shown(judged.need, advise(judged.need), language), ())


def _differences(columns: Sequence[InEdition]) -> list[tuple[str, str, list[Change]]]:
    """What differs between each column with advice and the next one that has it; what is only good to know does not
    count.
    """
    advised = [(one.code, one.advice) for one in columns if one.advice]
    return [
        (before, after, changes(was, now, ("error", "warning"))) for (before, was), (after, now) in pairwise(advised)
    ]
