"""The figures of each week as a page of the admin, and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from faq.desk.query_log import this_week
from faq.editors.week_figures import COLUMNS, WeekFigures, figures_until

HEADINGS = (
    _("searches"),
    _("result opened"),
    _("without a result"),
    _("helpful: yes"),
    _("helpful: no"),
    _("questions sent"),
    _("publications"),
)
"""What each of `COLUMNS` is called."""


def weeks_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The figures of the latest weeks: the page, or the table for a spreadsheet (`?format=csv`)."""
    figures = figures_until(this_week())
    if request.GET.get("format") == "csv":
        return _as_csv(figures)
    most = max(1, *(one.searches for one in figures))
    shown = context | {"title": _("Figures by week"), "figures": figures, "headings": HEADINGS, "most": most}
    return TemplateResponse(request, "admin/faq/askedquestion/weeks.html", shown)


def _as_csv(figures: Sequence[WeekFigures]) -> HttpResponse:
    """A table with the names of the columns as programs read them, and the Monday of each week."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="weeks.csv"'}
    )
    writer = csv.writer(response)
    writer.writerow(["week", "monday", *COLUMNS])
    writer.writerows([one.name, one.week.isoformat(), *(getattr(one, name) for name in COLUMNS)] for one in figures)
    return response
