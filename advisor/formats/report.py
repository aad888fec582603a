"""An advice to read outside the site: as Markdown, or as plain text for a terminal, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.drawing.topology import topology_of
from advisor.formats.sheet import amounts_of, sheet_of, source_name
from advisor.wording.labels import amount, named_as
from advisor.wording.sentences import load_texts
from faq.pages.labels import CONNECTION_TYPE_NAMES, day

Part = tuple[str, list[str]]
"""A heading with the points below it."""


def write_report(
    need: Need,
    advice: Advice,
    language: str,
    *,
    markdown: bool,
    link: str = "",
    unknown: Sequence[str] = (),
    is_check: bool = False,
) -> str:
    """The verdict as a title with its reason, then all that stands on the sheet of an advice. `unknown` names the
    questions that nobody could answer, `link` is where it can be opened; `is_check` orders it as the check of a set-up
    that stands.
    """
    topology = topology_of(need, advice, load_texts(advice.edition), language)
    sheet = sheet_of(need, advice, topology, language, unknown, is_check=is_check)
    return report_of(sheet, markdown=markdown, name=need.name or "", link=link)


def report_of(sheet: Mapping[str, Any], *, markdown: bool, name: str = "", link: str = "") -> str:
    """The same of a sheet that was made before. `name` is the design's own."""
    advice, verdict = sheet["advice"], sheet["verdict"]
    shown = _escaped if markdown else str
    title = shown(f"{name}: {verdict['outcome']}" if name else verdict["outcome"])
    lines = [f"# {title}" if markdown else title, ""]
    lines += [shown(said) for said in (verdict["reason"], verdict["remedy"]) if said]
    edition = _("Edition %(code)s") % {"code": advice["edition"]}
    dated = [_("as of %(day)s") % {"day": day(advice["as_of"])}] if advice.get("as_of") else []
    lines += ["", ", ".join([edition, *dated])]
    for heading, points in _parts(sheet):
        if points:
            lines += ["", f"## {heading}" if markdown else heading, ""]
            lines += [f"- {shown(point)}" for point in points]
    if link:
        lines += ["", f"<{link}>" if markdown else link]
    return "\n".join(lines) + "\n"


def _parts(sheet: Mapping[str, Any]) -> Iterator[Part]:
    advice, entered = sheet["advice"], sheet["entered"]
    yield _("Assumed"), sheet["assumed"]
    yield _("Gateways"), [_in_line(row) for row in gateways(advice)]
    if check := sheet["check"]:
        yield from _check_parts(check, advice)
    else:
        yield _("What to know"), [_finding(one) for one in advice["findings"]]
    for table in entered["tables"]:
        yield table["title"], [_entered(table["columns"], row) for row in table["rows"]]
    yield _("Other answers"), [f"{called}: {answer}" for called, answer in entered["answers"]]
    yield _("Limits"), [_limit(row) for row in sheet["limits"]]
    yield _("Why these connections"), [_in_line(connection(one)) for one in advice["connections"]]
    yield _("Why not the others"), [_in_line(alternative(one)) for one in advice["alternatives"] if not one["chosen"]]
    yield _("Topology"), sheet["told"]
    if not check:
        yield _("Next steps"), [step["text"] for step in advice["next_steps"]]
    yield _("Read on"), [settings.ORIGIN + reverse("faq:entry", args=[slug]) for slug in advice["entries"]]


def _check_parts(check: Mapping[str, Any], advice: Mapping[str, Any]) -> Iterator[Part]:
    """The parts of a check, in their order; what is not the matter is said as well."""
    words = check_words(check)
    yield words["errors"], [_finding(one) for one in check["errors"]] or [words["no-errors"]]
    if check["until"]:
        yield words["ending"], [ending_line(one) for one in check["ending"]] or [words["none-ending"]]
    yield words["near"], [_limit(row) for row in check["near"]] or [words["none-near"]]
    yield words["first"], [step["text"] for step in advice["next_steps"]]
    yield words["others"], [_finding(one) for one in check["others"]]


def check_words(check: Mapping[str, Any]) -> dict[str, str]:
    """The headings of a check, and what is said where there is nothing below one, in the active language."""
    until = {"day": day(check["until"])}
    return {
        "errors": _("Errors"),
        "no-errors": _("None: this setup has no errors."),
        "ending": _("Ended, or ends within a year"),
        "none-ending": _("Nothing in this setup has ended, or ends by %(day)s.") % until,
        "near": _("Nearly full"),
        "none-near": _("No limit is nearly full."),
        "first": _("What to do first"),
        "others": _("What else to know"),
    }


def ending_line(one: Mapping[str, Any]) -> str:
    """What ends, with the day on which it does."""
    return f"{day(one['day'])}: {one['text']}"


def _finding(one: Mapping[str, Any]) -> str:
    return f"{named_as(one['severity'], 'severity')}: {one['text']}"


def _entered(columns: Sequence[str], row: Sequence[str]) -> str:
    """A site or a VNet in a line: its name, then what it says in each other column."""
    said = [f"{column} {text}" for column, text in zip(columns[1:], row[1:], strict=True) if text]
    return f"{row[0]}: {'; '.join(said)}" if said else row[0]


def connection(one: Mapping[str, Any]) -> tuple[str, str]:
    """A connection (of advice as JSON) with its members, and why it is advised."""
    members = f" ({', '.join(one['members'])})" if one["members"] else ""
    return f"{CONNECTION_TYPE_NAMES[one['type']]}{members}", _joined(one["reasons"])


def alternative(one: Mapping[str, Any]) -> tuple[str, str]:
    """A type of connection (of advice as JSON), and why it is or is not advised."""
    return str(CONNECTION_TYPE_NAMES[one["type"]]), _joined(one["reasons"])


def gateways(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What advice as JSON says of its gateways, their subnet, and the addresses of clients, with what each is."""
    gateway, expressroute = said["gateway"], said["expressroute"]
    if gateway:
        routing, throughput = named_as(gateway["routing"], "routing"), amount(gateway["throughput_mbps"], "Mbps")
        yield _("VPN gateway"), f"{gateway['sku']}, {routing}, {throughput}"
    if expressroute:
        throughput = amount(expressroute["throughput_mbps"], "Mbps")
        yield _("ExpressRoute gateway"), f"{expressroute['gateway_sku']}, {throughput}"
        if expressroute["circuit_mbps"]:
            yield _("Circuit"), amount(expressroute["circuit_mbps"], "Mbps")
    if gateway or expressroute:
        yield "GatewaySubnet", (gateway or expressroute)["subnet"] or _("enter the hub's prefixes to get a proposal")
    if said["client_pool"]:
        yield _("Proposed address pool for the clients"), said["client_pool"]


def _joined(reasons: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(reason["text"] for reason in reasons)


def _in_line(told: tuple[str, str]) -> str:
    return ": ".join(told)


def _limit(row: Mapping[str, Any]) -> str:
    told = "{requested} / {allowed}".format(**amounts_of(row))
    source = f" ({source_name(row['source'])}, {row['source']['date']})" if row["source"] else ""
    status = named_as(row["status"], "status")
    return f"{named_as(row['key'], 'limit')}: {told}, {status}{source}" + (
        f". {row['note']}" if row.get("note") else ""
    )


def _escaped(point: str) -> str:
    """Names are what somebody typed: in Markdown their signs stand for themselves."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>#|" else char for char in " ".join(point.split()))
