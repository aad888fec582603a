"""The page on which a visitor checks what there is: files of an existing setup, or of a design, become a design."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from advisor.answers.form import anchor_at
from advisor.answers.query_string import address_of
from advisor.answers.saved_designs import LONGEST_ADDRESS
from advisor.answers.typed import MOST_ROWS, Typed, typed_of
from advisor.core.editions import book_of
from advisor.core.fields import FIELDS
from advisor.core.need import MOST_BYTES, Need, NeedRefused
from advisor.existing.named_files import named_apart
from advisor.existing.report import Item, Reading, SetupFile, SetupRefused
from advisor.formats.as_json import errors_to_json, need_to_json
from advisor.formats.entered import entered
from advisor.formats.setup_report import ENTRY_OF, part_names, refusal_to_json
from advisor.pages.design_request import address_in, finds_its_design, to_page
from advisor.service import read, read_files
from advisor.wording.sentences import common_texts
from advisor.wording.setups import line_of
from faq.pages.context import chosen_edition, language_of, page_context
from faq.store.editions import catalogue_of
from web.htmx import HtmxHttpRequest, wants_fragment
from web.uploaded_files import uploaded

PAGE = "advisor/pages/open.html"
REPORT = "advisor/pages/_setup.html"

MOST_LINES = 500
"""Lines of a part of the report that the page shows; the API and the command tell all."""

MOST_UNFOLDED = 10
"""Lines of a part of the report that are shown at first."""

PASTED = "design_json"
"""The field of pasted text, which no page repeats (`web.unsaved`): its name is older than setups."""

NO_DESIGN = frozenset({"resources", "values", "planned_values", "value", "properties", "type", "id", "$schema"})
"""What no design has at its top, but a form of a setup may have next to a name that a design has as well."""

COMMANDS = (
    "az network vnet list -o json > vnets.json",
    "az network vnet-gateway list --resource-group GROUP -o json > gateways.json",
    "az network local-gateway list --resource-group GROUP -o json > local-gateways.json",
    "az network vpn-connection list --resource-group GROUP -o json > connections.json",
    "az network express-route list -o json > circuits.json",
)
"""How to get the files of a setup from Azure."""

OTHER_COMMANDS = (
    "az group export --name GROUP > template.json",
    "terraform show -json > state.json",
    "terraform plan -out plan.tfplan && terraform show -json plan.tfplan > plan.json",
)
"""How to get them from what describes the setup."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report: what it says, where it was read, the field of the form that would say what is missing, and
    the entry on it by its slug.
    """

    text: str
    place: str
    field: str
    entry: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: its code, what it is called, the first of its lines, and how many it has."""

    code: str
    name: str
    lines: tuple[Line, ...]
    count: int

    @property
    def is_long(self) -> bool:
        """Whether it is folded; what is missing never is."""
        return self.code != "missing" and len(self.lines) > MOST_UNFOLDED


@csrf_exempt  # it keeps nothing but a design too large for an address, where a visitor goes on with that
@require_http_methods(["GET", "HEAD", "POST"])
@finds_its_design
def open_design(request: HtmxHttpRequest) -> HttpResponseBase:
    """Files or pasted text of a setup, with the report on them and the way to the check; the JSON of a design opens in
    the form. What is wrong is told at its file. htmx gets the report alone, so that what was pasted stays in the
    browser: it is never sent back.
    """
    book_of(catalogue_of(chosen_edition(request).edition))
    if request.method != "POST":
        return _page(request, {})
    answer = _go_on(request) if "go" in request.POST else _opened(request)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _opened(request: HtmxHttpRequest) -> HttpResponseBase:
    """The report on what was sent, or what is wrong with it."""
    pasted = [(_("pasted text"), text.encode()) for text in request.POST.getlist(PASTED) if text.strip()]
    files = tuple(named_apart((*uploaded(request, "file"), *pasted)))
    if not files:
        return _page(request, {"fault": _("Choose one or more files, or paste text.")}, 422)
    if (design := only_design(files)) is not None:
        return _open_design(request, design)
    try:
        need, reading = read_files(files, chosen_edition(request).edition.code)
    except SetupRefused as refused:
        return _page(request, {"refused": refusal_to_json(refused.errors, language_of(request))}, 422)
    return _page(request, _report(request, need, reading))


def only_design(files: Sequence[SetupFile]) -> bytes | None:
    """The content of the one file, where that is the JSON of a design; None where it may be anything else."""
    if len(files) != 1 or len(files[0].content) > MOST_BYTES:
        return None
    try:
        raw = json.loads(files[0].content)
    except (ValueError, RecursionError):
        return None
    is_design = isinstance(raw, dict) and not raw.keys() & NO_DESIGN and bool(raw.keys() & set(FIELDS))
    return files[0].content if is_design else None


def _open_design(request: HtmxHttpRequest, written: bytes) -> HttpResponseBase:
    """The JSON of a design, opened in the form; or every fault that it has, with its text to correct: a design is no
    setup, and holds no keys.
    """
    text = written.decode(errors="replace")
    try:
        need = read(written, chosen_edition(request).edition.code)
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, common_texts(), language_of(request))["errors"]
        return _page(request, {"errors": told, "design": text}, 422)
    if _is_beyond_pages(need):
        return _page(request, {"most": MOST_ROWS, "design": text}, 413)
    response = to_page(request, "advisor:form", typed_of(need))
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": response.headers["Location"]})
    return response


def _go_on(request: HtmxHttpRequest) -> HttpResponseBase:
    """What to do with a design of a report that is too large for a link: `go` is `result`, `form`, or `file`."""
    try:
        need = read(request.POST.get("need", "").encode(), chosen_edition(request).edition.code)
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, common_texts(), language_of(request))["errors"]
        return _page(request, {"errors": told}, 422)
    if request.POST["go"] == "file":
        written = json.dumps(need_to_json(need), ensure_ascii=False, indent=2) + "\n"
        disposition = 'attachment; filename="need.json"'
        return HttpResponse(written, content_type="application/json", headers={"Content-Disposition": disposition})
    if _is_beyond_pages(need):
        return _page(request, {"most": MOST_ROWS}, 413)
    page = "advisor:form" if request.POST["go"] == "form" else "advisor:result"
    return to_page(request, page, _checked(need))


def _report(request: HttpRequest, need: Need, reading: Reading) -> dict[str, Any]:
    """What the page shows of a reading: its lines, and where the design leads to: an address, if it is short enough."""
    language, address = language_of(request), address_of(_checked(need))
    is_short = len(address) <= LONGEST_ADDRESS and not _is_beyond_pages(need)
    form = f"{address_in(request, 'advisor:form')}?{address}" if is_short else ""

    return {
        "parts": [
            Part(part, name, tuple(_line(one, part, language, form) for one in found[:MOST_LINES]), len(found))
            for part, name in part_names().items()
            if (found := getattr(reading, part))
        ],
        "most_lines": MOST_LINES,
        "entered": asdict(entered(need)) if not _is_beyond_pages(need) else None,
        "to_result": f"{address_in(request, 'advisor:result')}?{address}" if is_short else "",
        "to_form": form,
        "need": json.dumps(need_to_json(need), ensure_ascii=False),
        "is_beyond_pages": _is_beyond_pages(need),
        "most_rows": MOST_ROWS,
        "vnets": counted("vnet", len(need.vnets)),
        "sites": counted("site", len(need.sites)),
    }


def counted(kind: str, count: int) -> str:
    """So many sites, or VNets, in words."""
    if kind == "site":
        return ngettext("%(counter)s site", "%(counter)s sites", count) % {"counter": count}
    return ngettext("%(counter)s VNet", "%(counter)s VNets", count) % {"counter": count}


def _line(item: Item, part: str, language: str, form: str) -> Line:
    """A line of a part; what is missing leads to its field, what was left out tells where it stands in its file."""
    at = anchor_at(item.path) if part == "missing" else ""
    place = item.path if part == "ignored" else ""
    return Line(
        text=line_of(part, item.code, item.subject, language),
        place=": ".join(filter(None, (item.file, place))),
        field=f"{form}#{at}" if form and at else "",
        entry=ENTRY_OF.get(item.code, ""),
    )


def _checked(need: Need) -> Typed:
    """What to type for a need whose advice is a check."""
    return replace(typed_of(need), is_check=True)


def _is_beyond_pages(need: Need) -> bool:
    return max(len(need.sites), len(need.vnets)) > MOST_ROWS


def _page(request: HtmxHttpRequest, told: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page, or for htmx the report alone, which htmx puts in place only where it succeeds."""
    context = page_context(request, chosen_edition(request)) | dict(told)
    if wants_fragment(request):
        return TemplateResponse(request, REPORT, context)
    context |= {"commands": COMMANDS, "other_commands": OTHER_COMMANDS}
    return TemplateResponse(request, PAGE, context, status=status)
