"""Words for the codes of an advice, and its numbers in the reader's notation."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from faq.limits import show_mbps

DEVICE_NAMES = {
    "validated": gettext_lazy("Validated"),
    "validated:policy-based": gettext_lazy("Validated, policy-based only"),
    "unlisted": gettext_lazy("Not listed"),
    "unlisted:policy-based": gettext_lazy("Not listed, policy-based only"),
    "software": gettext_lazy("Software (RRAS)"),
    "none": gettext_lazy("None"),
}
FLAG_NAMES = {
    "private": gettext_lazy("Traffic must not cross the public internet"),
    "circuit": gettext_lazy("There is an ExpressRoute circuit already"),
    "backup": gettext_lazy("A VPN as backup beside ExpressRoute"),
    "transit": gettext_lazy("Sites and VNets must reach each other through the hub"),
    "bgp": gettext_lazy("Exchange routes with BGP over the VPN"),
    "forced": gettext_lazy("Internet traffic goes back on-premises"),
}
LIMIT_NAMES = {
    "tunnels": gettext_lazy("Tunnels"),
    "clients": gettext_lazy("Clients at once"),
    "root_certificates": gettext_lazy("Root certificates"),
    "throughput_mbps": gettext_lazy("Throughput of the VPN gateway"),
    "expressroute_mbps": gettext_lazy("Throughput of the ExpressRoute gateway"),
}
STATUS_NAMES = {
    "ok": gettext_lazy("fits"),
    "near": gettext_lazy("nearly full"),
    "exceeded": gettext_lazy("too much"),
}
SEVERITY_NAMES = {
    "error": gettext_lazy("Does not fit"),
    "warning": gettext_lazy("Mind"),
    "info": gettext_lazy("Good to know"),
}
VERDICTS = {
    "fits": gettext_lazy("This design fits."),
    "fits-with-warnings": gettext_lazy("This design fits, with something to mind."),
    "does-not-fit": gettext_lazy(
        "This does not fit as asked. Below is the closest design, and what would make it fit."
    ),
}
ROUTING_NAMES = {
    "route-based": pgettext_lazy("gateway routing", "route-based"),
    "policy-based": pgettext_lazy("gateway routing", "policy-based"),
}
_NAMES = {
    "device": DEVICE_NAMES,
    "flag": FLAG_NAMES,
    "limit": LIMIT_NAMES,
    "status": STATUS_NAMES,
    "severity": SEVERITY_NAMES,
    "verdict": VERDICTS,
    "routing": ROUTING_NAMES,
}


def named_as(code: str, kind: str) -> str:
    """The words for a code: `{{ row.key|named_as:"limit" }}`."""
    return str(_NAMES[kind][code])


def amount(number: float, unit: str) -> str:
    """A number of an advice with its unit where it measures: `1 Gbit/s`, `1.250`."""
    language = get_language() or "nl"
    if unit == "Mbps":
        return show_mbps(number, language)
    return format_decimal(number, locale=language)
