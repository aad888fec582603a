"""What differs between two advices. The words are those of the active language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from advisor.core.advice import SEVERITIES
from advisor.formats.sheet import amounts_of
from advisor.wording.labels import amount, named_as
from faq.pages.labels import CONNECTION_TYPE_NAMES


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise now: empty `before` is new, empty `after` is gone."""

    what: str
    before: str
    after: str


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], severities: Collection[str] = SEVERITIES
) -> list[Change]:
    """Every difference between two advices, as JSON in one language, that an engineer would want to know; of findings
    those of these severities.
    """
    return [change for change in _compared(before, after, severities) if change.before != change.after]


def _compared(before: Mapping[str, Any], after: Mapping[str, Any], severities: Collection[str]) -> Iterator[Change]:
    yield Change(_("Verdict"), named_as(before["verdict"], "verdict"), named_as(after["verdict"], "verdict"))
    yield Change(_("Connections"), _types(before), _types(after))
    yield Change(_("VPN gateway"), _vpn(before), _vpn(after))
    yield Change(_("ExpressRoute gateway"), _expressroute(before), _expressroute(after))
    rows, asked = ({row["key"]: row for row in advice["limits"]} for advice in (before, after))
    for key in [*asked, *(key for key in rows if key not in asked)]:
        yield Change(named_as(key, "limit"), _asked(rows.get(key)), _asked(asked.get(key)))
    was, now = ([one for one in advice["findings"] if one["severity"] in severities] for advice in (before, after))
    said, says = ({one["text"] for one in findings} for findings in (was, now))
    for one in now:
        if one["text"] not in said:
            yield Change(_kind(one), "", one["text"])
    for one in was:
        if one["text"] not in says:
            yield Change(_kind(one), one["text"], "")


def _kind(finding: Mapping[str, Any]) -> str:
    """What a finding is called where the verdict stands next to it, which may be called as its errors are."""
    return _("Error") if finding["severity"] == "error" else named_as(finding["severity"], "severity")


def _asked(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    told = "{requested} / {allowed}".format(**amounts_of(row))
    return told if row["status"] == "ok" else f"{told}, {named_as(row['status'], 'status')}"


def _types(advice: Mapping[str, Any]) -> str:
    return ", ".join(str(CONNECTION_TYPE_NAMES[one["type"]]) for one in advice["connections"])


def _vpn(advice: Mapping[str, Any]) -> str:
    gateway = advice["gateway"]
    return f"{gateway['sku']}, {amount(gateway['throughput_mbps'], 'Mbps')}" if gateway else "–"


def _expressroute(advice: Mapping[str, Any]) -> str:
    return str(advice["expressroute"]["gateway_sku"]) if advice["expressroute"] else "–"
