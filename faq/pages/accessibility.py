"""The accessibility statement: what was measured, and what the organization that runs the site says of it.

The record below is the one that the tests in a browser go by, so the page cannot tell of what no test does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from faq.pages.context import page_context
from faq.pages.public_page import public_page
from web.htmx import HtmxHttpRequest


@dataclass(frozen=True, slots=True)
class Record:
    """What the tests in a browser ask of every page and state: the sets of rules of axe, the widths of the window in
    CSS pixels, and the themes. `measured_on` is the day on which all of it last ran together without a fault
    (`make accessibility`), None where it has not: a test run asks a part of it.
    """

    rules: tuple[str, ...]
    widths: tuple[int, ...]
    themes: tuple[str, ...]
    measured_on: date | None


RECORD = Record(
    rules=("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    widths=(320, 390, 768, 1280),
    themes=("light", "dark"),
    measured_on=date(2026, 11, 27),
)

STATUSES = {
    "A": _("This website meets the standard in full."),
    "B": _("This website meets the standard in part: measures and their dates are known."),
    "C": _("This website is being measured: the first measures have been taken."),
    "D": _("This website does not meet the standard yet: no measures have been taken."),
    "E": _("This website is new, and has not been judged yet."),
}
"""The statuses of the model of the Dutch government, which the organization chooses from."""


@require_safe
@public_page
def accessibility(request: HtmxHttpRequest) -> HttpResponse:
    """The statement, with a visible blank for all that the organization has not filled in."""
    context = page_context(request) | {
        "record": RECORD,
        "organization": settings.ORGANIZATION,
        "status": settings.ACCESSIBILITY_STATUS,
        "status_words": STATUSES.get(settings.ACCESSIBILITY_STATUS, ""),
        "contact": settings.ACCESSIBILITY_CONTACT,
        "answer_days": settings.ACCESSIBILITY_ANSWER_DAYS,
        "stated_on": settings.ACCESSIBILITY_STATED_ON,
    }
    return TemplateResponse(request, "faq/pages/accessibility.html", context)
