"""What a reader sees in place of a code or a date of the knowledge, in the active language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from faq.knowledge.limits import Conflict
from faq.knowledge.source_dates import date_parts
from faq.knowledge.units import show_day
from web.languages import DEFAULT_LANGUAGE, ENGLISH_NAMES

GROUP_NAMES = {
    "addresses": gettext_lazy("Addresses"),
    "gateway": gettext_lazy("Gateway and gateway subnet"),
    "sku": gettext_lazy("By SKU"),
    "s2s": pgettext_lazy("connection type", "Site-to-site"),
    "p2s": pgettext_lazy("connection type", "Point-to-site"),
    "vnet2vnet": pgettext_lazy("connection type", "VNet-to-VNet"),
    "multisite": pgettext_lazy("connection type", "Multi-site"),
    "expressroute": pgettext_lazy("connection type", "ExpressRoute"),
    "coexist": gettext_lazy("Side by side"),
    "bgp": gettext_lazy("BGP"),
    "forced_tunneling": gettext_lazy("Forced tunneling"),
    "vnet_peering": gettext_lazy("VNet peering"),
    "vm_access": gettext_lazy("Reaching virtual machines"),
    "nat": gettext_lazy("NAT"),
    "route_server": "Azure Route Server",
    "virtual_wan": "Virtual WAN",
    "s2s_over_expressroute": gettext_lazy("VPN over ExpressRoute"),
    "pricing": gettext_lazy("Costs"),
}

TABLE_NAMES = {
    "sku": gettext_lazy("VPN gateways by SKU"),
    "expressroute.gateway": gettext_lazy("ExpressRoute gateways by SKU"),
    "sku.tunnel_throughput": gettext_lazy("Throughput of one tunnel"),
    "sku.tunnel_pps": gettext_lazy("Packets per second of one tunnel"),
}
"""The tables of limits by SKU."""

COLUMN_NAMES = {
    "": gettext_lazy("Throughput"),
    "s2s_tunnels": gettext_lazy("Tunnels"),
    "p2s_sstp": gettext_lazy("Clients, SSTP"),
    "p2s_ikev2_openvpn": gettext_lazy("Clients, IKEv2 and OpenVPN"),
    "throughput": gettext_lazy("Throughput"),
    "bgp": gettext_lazy("BGP"),
    "zone_redundant": gettext_lazy("Zone-redundant"),
    "active_active": gettext_lazy("Active-active"),
    "policy_based": gettext_lazy("Policy-based"),
    "er_coexist": gettext_lazy("Alongside ExpressRoute"),
    "er_gateway_throughput": gettext_lazy("ExpressRoute throughput"),
    "vms_supported": gettext_lazy("VMs and endpoints"),
    "status": gettext_lazy("Status"),
    "successor": gettext_lazy("Successor"),
    "mbps": gettext_lazy("Throughput"),
    "pps": gettext_lazy("Packets per second"),
    "vms": gettext_lazy("VMs and endpoints"),
    "flows": gettext_lazy("Flows"),
    "routes_learned": gettext_lazy("Routes learned"),
    "circuits": gettext_lazy("Circuits"),
    "fastpath": gettext_lazy("FastPath"),
}
"""The kinds of limits in those tables, by the last part of their keys. One that is not here is called by what its names
have in common."""

CONNECTION_TYPE_NAMES = {
    "site-to-site": pgettext_lazy("connection type", "Site-to-site"),
    "multi-site": pgettext_lazy("connection type", "Multi-site"),
    "point-to-site": pgettext_lazy("connection type", "Point-to-site"),
    "vnet-to-vnet": pgettext_lazy("connection type", "VNet-to-VNet"),
    "expressroute": pgettext_lazy("connection type", "ExpressRoute"),
    "vnet-peering": pgettext_lazy("connection type", "VNet peering"),
}
DEPLOYMENT_MODEL_NAMES = {
    "resource-manager": gettext_lazy("Resource Manager"),
    "classic": pgettext_lazy("deployment model", "classic"),
}
CHANGE_STATUSES = {
    "reversed": gettext_lazy("Wrong today"),
    "changed": gettext_lazy("Still right in the main, but something changed"),
    "same": gettext_lazy("Still true"),
    "gone": gettext_lazy("No longer a question"),
    "new": gettext_lazy("New questions"),
}
"""The heading above the entries that changed in this way between two editions."""
CHANGE_OF_ONE = {
    "reversed": gettext_lazy("The earlier answer is wrong today."),
    "changed": gettext_lazy("Something changed."),
    "same": gettext_lazy("The answer is still true."),
}
"""The same of one entry that both editions have."""
LIMIT_CHANGE_STATUSES = {
    "changed": gettext_lazy("Limits with another value"),
    "gone": gettext_lazy("Limits that no longer exist"),
    "new": gettext_lazy("New limits"),
}
KINDS_OF_QUESTION = {
    "": gettext_lazy("All kinds together"),
    "plain": gettext_lazy("Words of the trade"),
    "vague": gettext_lazy("Everyday words, without the term"),
    "long": gettext_lazy("Whole sentences and tickets"),
    "number": gettext_lazy("With a number that matters"),
    "negation": gettext_lazy("With a negation"),
    "title": gettext_lazy("Title of a ticket"),
    "compound": gettext_lazy("Words joined or split"),
    "crosslang": gettext_lazy("Words of the other language"),
    "typo": gettext_lazy("With a typing error"),
    "synonym": gettext_lazy("Other names for the same"),
}
"""The kinds of judged queries, see `faq/search/judged`."""
ONLY_IN_LANGUAGE = {
    "nl": gettext_lazy("Only in Dutch"),
    "en": gettext_lazy("Only in English"),
}
"""What stands above results that have no text in the reader's language, by the one that they have."""


def language_name(code: str) -> str:
    """The name of a language of the site, in the reader's."""
    return gettext(ENGLISH_NAMES[code])


def only_in_language(code: str) -> str:
    """What stands above results that have a text in this language, and none in the reader's."""
    return str(ONLY_IN_LANGUAGE[code])


def kind_of_question(kind: str) -> str:
    """What a kind of judged query is called."""
    return str(KINDS_OF_QUESTION[kind])


def type_name(code: str) -> str:
    """The name of a connection type or a deployment model."""
    return str(CONNECTION_TYPE_NAMES.get(code) or DEPLOYMENT_MODEL_NAMES.get(code) or code)


def group_name(code: str) -> str:
    """The name of a group of limits: the first part of their keys."""
    return str(GROUP_NAMES.get(code, code))


def table_name(code: str) -> str:
    """The name of a table of limits by SKU; empty where it has none."""
    return str(TABLE_NAMES.get(code, ""))


def column_name(code: str) -> str:
    """The short name of a kind of limit in such a table; empty where it has none."""
    return str(COLUMN_NAMES.get(code, ""))


def change_status(status: str) -> str:
    """The heading above the entries that changed in this way."""
    return str(CHANGE_STATUSES[status])


def change_status_of_one(status: str) -> str:
    """What became of one entry, as a sentence."""
    return str(CHANGE_OF_ONE[status])


def limit_change_status(status: str) -> str:
    """The heading above the limits that changed in this way."""
    return str(LIMIT_CHANGE_STATUSES[status])


def conflict_label(conflict: Conflict) -> str:
    """What stands before what another source says: that sources differ, or in which later year it changed."""
    if conflict.changed_in:
        return gettext("Changed in %(year)s:") % {"year": conflict.changed_in}
    return gettext("Sources differ:")


def day(when: date | str | None) -> str:
    """A date as a reader writes it: `18 oktober 2016`; a source's `2016-12` as `december 2016`; a year, and a text that
    is no date, as it is.
    """
    language = get_language() or DEFAULT_LANGUAGE
    if when is None:
        return ""
    if isinstance(when, str):
        match date_parts(when):
            case (year, month):
                return format_skeleton("yMMMM", date(year, month, 1), locale=language)
            case (year, month, number):
                when = date(year, month, number)
            case _:
                return when
    return show_day(when, language)
