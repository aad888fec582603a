"""What of an advice changes when a number does. The words are those of the active language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advisor.core.advice import Advice
from advisor.names import amount, named_as
from advisor.texts import Texts
from faq.templatetags.knowledge import CONNECTION_TYPE_NAMES


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise now: empty `before` is new, empty `after` is gone."""

    what: str
    before: str
    after: str


def changes(before: Advice, after: Advice, texts: Texts, language: str) -> list[Change]:
    """Every difference that an engineer would want to know, the verdict first."""
    return [change for change in _compared(before, after, texts, language) if change.before != change.after]


def _compared(before: Advice, after: Advice, texts: Texts, language: str) -> Iterator[Change]:
    yield Change(_("Verdict"), named_as(before.verdict, "verdict"), named_as(after.verdict, "verdict"))
    yield Change(_("Connections"), _types(before), _types(after))
    yield Change(_("VPN gateway"), _vpn(before), _vpn(after))
    yield Change(_("ExpressRoute gateway"), _expressroute(before), _expressroute(after))
    rows = {row.key: row for row in before.limits}
    for row in after.limits:
        was = rows[row.key].requested if row.key in rows else None
        asked = "" if was is None else amount(float(was), row.unit)
        yield Change(named_as(row.key, "limit"), asked, amount(float(row.requested), row.unit))
    said, says = ({texts.finding(one, language) for one in advice.findings} for advice in (before, after))
    for one in after.findings:
        if (text := texts.finding(one, language)) not in said:
            yield Change(named_as(one.severity, "severity"), "", text)
    for one in before.findings:
        if (text := texts.finding(one, language)) not in says:
            yield Change(named_as(one.severity, "severity"), text, "")


def _types(advice: Advice) -> str:
    return ", ".join(str(CONNECTION_TYPE_NAMES[one.type]) for one in advice.connections)


def _vpn(advice: Advice) -> str:
    return f"{advice.gateway.sku}, {amount(advice.gateway.throughput_mbps, 'Mbps')}" if advice.gateway else "–"


def _expressroute(advice: Advice) -> str:
    return advice.expressroute.gateway_sku if advice.expressroute else "–"
