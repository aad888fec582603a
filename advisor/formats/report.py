"""An advice to read outside the site: as Markdown, or as plain text for a terminal, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.as_json import limit_notes, to_json
from advisor.formats.drawing.told import tell
from advisor.formats.drawing.topology import topology_of
from advisor.wording.labels import amount, named_as
from advisor.wording.sentences import load_texts
from faq.pages.labels import CONNECTION_TYPE_NAMES, day

Part = tuple[str, list[str]]
"""A heading with the points below it."""


def write_report(need: Need, advice: Advice, language: str, *, markdown: bool, link: str = "") -> str:
    """The verdict as a title, then what to make, the limits, what to know, why not the others and where to read on."""
    texts = load_texts(advice.edition)
    return report_of(
        to_json(advice, texts, language),
        limit_notes(advice, language),
        tell(topology_of(need, advice, texts, language)),
        markdown=markdown,
        name=need.name or "",
        link=link,
    )


def report_of(
    said: Mapping[str, Any],
    notes: Iterable[str | None],
    told: Iterable[str],
    *,
    markdown: bool,
    name: str = "",
    link: str = "",
) -> str:
    """The same of an advice that was kept as JSON, with the note of each limit and the words for its drawing. `name` is
    the design's own, `link` where it can be opened.
    """
    title = named_as(said["verdict"], "verdict")
    lines = [f"# {title}" if markdown else title, "", _("Edition %(code)s") % {"code": said["edition"]}]
    if said.get("as_of"):
        lines.append(_("as of %(day)s") % {"day": day(said["as_of"])})
    if name:
        lines.append("")
        lines.append(_("Design") + f": {_escaped(name) if markdown else name}")
    for heading, points in _parts(said, notes, told):
        if points:
            lines += ["", f"## {heading}" if markdown else heading, ""]
            lines += [f"- {_escaped(point) if markdown else point}" for point in points]
    if link:
        lines += ["", f"<{link}>" if markdown else link]
    return "\n".join(lines) + "\n"


def _parts(said: Mapping[str, Any], notes: Iterable[str | None], told: Iterable[str]) -> Iterator[Part]:
    yield _("Connections"), [_connection(one) for one in said["connections"]]
    yield _("Gateways"), list(_gateways(said))
    yield _("Limits"), [_limit(row, note) for row, note in zip(said["limits"], notes, strict=True)]
    yield _("What to know"), [f"{named_as(one['severity'], 'severity')}: {one['text']}" for one in said["findings"]]
    yield _("Why not the others"), [_alternative(one) for one in said["alternatives"] if not one["chosen"]]
    yield _("Topology"), list(told)
    yield _("Read on"), [settings.ORIGIN + reverse("faq:entry", args=[slug]) for slug in said["entries"]]


def _connection(one: Mapping[str, Any]) -> str:
    members = f" ({', '.join(one['members'])})" if one["members"] else ""
    return f"{CONNECTION_TYPE_NAMES[one['type']]}{members}: {_joined(one['reasons'])}"


def _alternative(one: Mapping[str, Any]) -> str:
    return f"{CONNECTION_TYPE_NAMES[one['type']]}: {_joined(one['reasons'])}"


def _joined(reasons: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(reason["text"] for reason in reasons)


def _gateways(said: Mapping[str, Any]) -> Iterator[str]:
    gateway, expressroute = said["gateway"], said["expressroute"]
    if gateway:
        routing, throughput = named_as(gateway["routing"], "routing"), amount(gateway["throughput_mbps"], "Mbps")
        yield _("VPN gateway") + f": {gateway['sku']}, {routing}, {throughput}"
    if expressroute:
        throughput = amount(expressroute["throughput_mbps"], "Mbps")
        yield _("ExpressRoute gateway") + f": {expressroute['gateway_sku']}, {throughput}"
        if expressroute["circuit_mbps"]:
            yield _("Circuit") + f": {amount(expressroute['circuit_mbps'], 'Mbps')}"
    if gateway or expressroute:
        subnet = (gateway or expressroute)["subnet"] or _("enter the hub's prefixes to get a proposal")
        yield f"GatewaySubnet: {subnet}"
    if said["client_pool"]:
        yield _("Proposed address pool for the clients") + f": {said['client_pool']}"


def _limit(row: Mapping[str, Any], note: str | None) -> str:
    asked, allowed = amount(row["requested"], row["unit"]), amount(row["allowed"], row["unit"])
    source = f" ({row['source']['document']}, {row['source']['date']})" if row["source"] else ""
    status = named_as(row["status"], "status")
    return f"{named_as(row['key'], 'limit')}: {asked} / {allowed}, {status}{source}" + (f". {note}" if note else "")


def _escaped(point: str) -> str:
    """Names are what somebody typed: in Markdown their signs stand for themselves."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>#|" else char for char in " ".join(point.split()))
