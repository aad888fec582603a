"""Words for the codes of an advice, and its numbers in the reader's notation."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from faq.knowledge.units import SYSTEMS, show_mbps, show_number
from web.languages import DEFAULT_LANGUAGE

Words = Mapping[str, str | Promise]

DEVICE_NAMES = {
    "validated": gettext_lazy("Validated"),
    "validated:policy-based": gettext_lazy("Validated, policy-based only"),
    "unlisted": gettext_lazy("Not listed"),
    "unlisted:policy-based": gettext_lazy("Not listed, policy-based only"),
    "software": gettext_lazy("Software (RRAS)"),
    "none": gettext_lazy("None"),
}
MODEL_NAMES: Words = {"resource-manager": "Resource Manager", "classic": gettext_lazy("classic")}
FIELD_NAMES: Words = {
    "site": gettext_lazy("Site"),
    "site_prefixes": gettext_lazy("Prefixes of site"),
    "site_mbps": gettext_lazy("Mbps of site"),
    "site_device": gettext_lazy("VPN device of site"),
    "site_ip": gettext_lazy("Public IPv4 address"),
    "site_tunnels": gettext_lazy("Tunnels"),
    "site_via": gettext_lazy("Path"),
    "site_asn": gettext_lazy("ASN of the VPN device"),
    "site_nat": gettext_lazy("VPN device behind NAT"),
    "hub": gettext_lazy("Hub VNet"),
    "vnet": gettext_lazy("VNet"),
    "vnet_prefixes": gettext_lazy("Prefixes of VNet"),
    "vnet_region": gettext_lazy("Region of VNet"),
    "vnet_subnets": gettext_lazy("Subnets in use"),
    "vnet_subscription": gettext_lazy("Subscription"),
    "vnet_model": gettext_lazy("Deployment model"),
    "vnet_asn": gettext_lazy("ASN of the VPN gateway"),
    "name": gettext_lazy("Name of the design"),
    "clients": gettext_lazy("Clients connected at the same time"),
    "systems": gettext_lazy("Operating systems"),
    "pool": gettext_lazy("Address pool for the clients"),
    "roots": gettext_lazy("Root certificates"),
    "client_vnets": gettext_lazy("VNets that one client connects to at the same time"),
    "protocol": gettext_lazy("VPN protocol of the clients"),
    "auth": gettext_lazy("How the clients sign in"),
    "mbps": gettext_lazy("Total through the gateway"),
    "private": gettext_lazy("Traffic must not cross the public internet"),
    "circuit": gettext_lazy("There is an ExpressRoute circuit already"),
    "backup": gettext_lazy("A VPN as backup alongside ExpressRoute"),
    "transit": gettext_lazy("Sites and VNets must reach each other through the hub"),
    "bgp": gettext_lazy("Exchange routes with BGP over the VPN"),
    "forced": gettext_lazy("Internet traffic goes back on-premises (forced tunneling)"),
    "active_active": gettext_lazy("Both instances of the gateway carry tunnels (active-active)"),
    "subnet": "GatewaySubnet",
    "routing": gettext_lazy("VPN type of the gateway"),
    "sku": gettext_lazy("SKU of the gateway"),
    "as_of": gettext_lazy("As of the date"),
    "encrypt": gettext_lazy("Traffic between VNets must be encrypted by IPsec"),
    "dev_test": gettext_lazy("For development and testing, not for production"),
    "circuit_encrypt": gettext_lazy("What crosses ExpressRoute must be encrypted by IPsec"),
    "endpoints": gettext_lazy("VMs, private endpoints, and appliances behind the gateway"),
}
"""What each parameter that a form shows is called there; `hub` is the first VNet."""
ENTERED_NAMES: Words = {
    "site": gettext_lazy("Name"),
    "site_prefixes": gettext_lazy("Prefixes"),
    "site_mbps": gettext_lazy("Bandwidth"),
    "site_device": gettext_lazy("VPN device"),
    "vnet": gettext_lazy("Name"),
    "vnet_prefixes": gettext_lazy("Prefixes"),
    "vnet_region": gettext_lazy("Region"),
}
"""What a parameter is called in the tables of a design as entered, where that is not what a form calls it."""
MEMBER_NAMES: Words = {"site": gettext_lazy("Sites"), "vnet": gettext_lazy("Virtual networks")}
"""What the members that begin with a parameter are called together."""
COLUMN_NAMES: Words = {
    "name": gettext_lazy("Name"),
    "prefixes": gettext_lazy("Prefixes"),
    "mbps": gettext_lazy("Mbps"),
    "device": gettext_lazy("VPN device"),
    "region": gettext_lazy("Region"),
}
"""What the columns of rows are called above them; the other ones have the names of their fields."""
FIELD_HINTS = {
    "name": gettext_lazy("To find it by; the advice does not depend on it."),
    "systems": gettext_lazy("For example windows-10, macos. Separate with commas."),
    "pool": gettext_lazy("For example 172.16.201.0/24."),
    "mbps": gettext_lazy("In Mbps, or with a unit: 1 Gbps. Leave empty to use the sum of all sites."),
    "subnet": gettext_lazy("For example 10.20.255.224/27. Leave empty to get a proposal."),
    "as_of": gettext_lazy("For example 2027-04-01. Leave empty for today."),
    "endpoints": gettext_lazy("In all VNets that use the gateway together. Leave empty if you do not know."),
}
PLACEHOLDERS: Words = {"site_ip": gettext_lazy("an IP address, or no"), "site_tunnels": "1"}
LIMIT_NAMES = {
    "tunnels": gettext_lazy("Tunnels"),
    "clients": gettext_lazy("Clients at the same time"),
    "root_certificates": gettext_lazy("Root certificates"),
    "throughput_mbps": gettext_lazy("Throughput of the VPN gateway"),
    "expressroute_mbps": gettext_lazy("Throughput of the ExpressRoute gateway"),
    "endpoints": gettext_lazy("Endpoints behind the gateway"),
}
STATUS_NAMES = {
    "ok": gettext_lazy("fits"),
    "near": gettext_lazy("nearly full"),
    "exceeded": gettext_lazy("too much"),
}
SEVERITY_NAMES = {
    "error": gettext_lazy("Does not fit"),
    "warning": gettext_lazy("Caution"),
    "info": gettext_lazy("Good to know"),
}
VERDICTS = {
    "fits": gettext_lazy("Fits"),
    "fits-with-warnings": gettext_lazy("Fits, with warnings"),
    "does-not-fit": gettext_lazy("Does not fit"),
}
ROUTING_NAMES = {
    "route-based": pgettext_lazy("gateway routing", "route-based"),
    "policy-based": pgettext_lazy("gateway routing", "policy-based"),
}
STEP_NAMES = {
    "what": gettext_lazy("What do you want to connect to Azure?"),
    "private": gettext_lazy("May the traffic cross the public internet?"),
    "circuit": gettext_lazy("Is there an ExpressRoute circuit already?"),
    "backup": gettext_lazy("Must a VPN take over if ExpressRoute fails?"),
    "circuit_encrypt": gettext_lazy("Must the traffic over ExpressRoute be encrypted by IPsec?"),
    "sites": gettext_lazy("Which sites are to be connected?"),
    "clients": gettext_lazy("How many computers connect individually, at the same time?"),
    "systems": gettext_lazy("Which operating systems do those computers run?"),
    "auth": gettext_lazy("How do the people at those computers sign in?"),
    "vnets": gettext_lazy("Which virtual networks are involved?"),
    "encrypt": gettext_lazy("Must the traffic between VNets be encrypted by IPsec?"),
    "bandwidth": gettext_lazy("How much total bandwidth is needed?"),
    "routes": gettext_lazy("What does routing need to support?"),
    "gateway": gettext_lazy("Which VPN gateway is there already?"),
    "subnet": gettext_lazy("Which block does the GatewaySubnet have?"),
    "protocol": gettext_lazy("Which VPN protocol do the clients use?"),
    "pool": gettext_lazy("Which address pool do the clients get?"),
    "roots": gettext_lazy("How many root certificates do you upload?"),
    "active_active": gettext_lazy("Must both instances of the gateway carry tunnels (active-active)?"),
    "dev_test": gettext_lazy("Is the gateway for production?"),
    "endpoints": gettext_lazy("How many VMs, private endpoints, and appliances are behind the gateway?"),
    "name": gettext_lazy("What is the design called?"),
    "as_of": gettext_lazy("For which day should the advice hold?"),
}
STEP_HINTS = {
    "private": gettext_lazy(
        "A VPN encrypts the traffic, but sends it over the internet. ExpressRoute is a private circuit from a "
        "connectivity provider."
    ),
    "circuit": gettext_lazy("A circuit that a connectivity provider has already set up for you."),
    "backup": gettext_lazy("While the circuit is down, the sites then use a VPN over the internet."),
    "circuit_encrypt": gettext_lazy(
        "ExpressRoute is private, but does not encrypt by itself. IPsec over it needs a VPN gateway as well."
    ),
    "systems": gettext_lazy("Choose all that apply. Not every VPN protocol works on every system."),
    "auth": gettext_lazy("Not every way to sign in works with every VPN protocol and operating system."),
    "encrypt": gettext_lazy("Traffic between VNets stays on Microsoft's network, with or without IPsec."),
    "gateway": gettext_lazy("If it still has to be created, leave both fields as they are."),
    "active_active": gettext_lazy("If not, the second instance is on standby and takes over when the first fails."),
}
"""What is said below a question of the wizard, where its fields do not say it."""
ANSWER_NAMES: Mapping[str, Words] = {
    "private": {
        "0": gettext_lazy("Yes, it may"),
        "1": gettext_lazy("No, it must not: a private path or predictable latency is required"),
    },
    "dev_test": {
        "0": gettext_lazy("Yes, for production"),
        "1": gettext_lazy("No, for development and testing"),
    },
}
"""The two answers to a question of the wizard that are more than yes (1) and no (0), in their order."""
LACKING_NAMES = {
    "what": gettext_lazy("what to connect"),
    "sites": gettext_lazy("sites"),
    "clients": gettext_lazy("clients"),
    "vnets": gettext_lazy("virtual networks"),
}
"""What the wizard cannot do without, as it stands in a list."""
WANT_NAMES = {
    "sites": gettext_lazy("Whole offices or data centers"),
    "clients": gettext_lazy("Individual computers, such as those of people at home or on the road"),
    "vnets": gettext_lazy("Other virtual networks in Azure"),
}
PROTOCOL_NAMES: Words = {"openvpn": "OpenVPN", "ikev2": "IKEv2", "sstp": gettext_lazy("SSTP (ending)")}
AUTHENTICATION_NAMES: Words = {
    "certificate": gettext_lazy("certificate"),
    "entra-id": "Microsoft Entra ID",
    "radius": "RADIUS",
}
WAY_NAMES = {
    "expressroute": gettext_lazy("over the ExpressRoute circuit"),
    "vpn": gettext_lazy("stays on VPN"),
}
YES_NO_NAMES = {"1": gettext_lazy("yes")}
CHOICE_NAMES: Mapping[str, Words] = {
    "systems": {**SYSTEMS, "other": gettext_lazy("another system")},
    "site_device": DEVICE_NAMES,
    "site_via": WAY_NAMES,
    "site_nat": YES_NO_NAMES,
    "vnet_model": MODEL_NAMES,
    "protocol": PROTOCOL_NAMES,
    "auth": AUTHENTICATION_NAMES,
}
"""What the choices of a parameter are called, where that is not the code itself."""
NO_CHOICE = {
    "site_nat": gettext_lazy("no"),
    "site_via": gettext_lazy("let the advisor choose"),
    "routing": gettext_lazy("there is no gateway"),
    "sku": gettext_lazy("there is no gateway"),
    "protocol": gettext_lazy("let the advisor choose"),
}
"""What it is called to choose none."""
ASSUMPTIONS = {
    "what": gettext_lazy("What must be connected is unknown: assuming one site."),
    "private": gettext_lazy("It is unknown whether the traffic may cross the public internet: assuming that it may."),
    "circuit": gettext_lazy("It is unknown whether there is an ExpressRoute circuit: assuming that there is none."),
    "backup": gettext_lazy("It is unknown whether a VPN must take over if ExpressRoute fails: assuming no backup."),
    "circuit_encrypt": gettext_lazy(
        "It is unknown whether IPsec must encrypt the traffic over ExpressRoute: assuming no encryption."
    ),
    "sites": gettext_lazy(
        "Sites unknown: assuming one site with a validated, route-based device and a public IPv4 address."
    ),
    "clients": gettext_lazy("The number of clients is unknown: assuming one. Check the limit before there are more."),
    "systems": gettext_lazy(
        "The operating systems of the computers are unknown: assuming that each supports the VPN protocol."
    ),
    "auth": gettext_lazy(
        "How people sign in is unknown: assuming a way that their VPN protocol and operating systems support."
    ),
    "vnets": gettext_lazy(
        "The prefixes of the VNets are unknown: assuming no overlap, and room for the GatewaySubnet."
    ),
    "encrypt": gettext_lazy(
        "It is unknown whether IPsec must encrypt the traffic between VNets: assuming no encryption."
    ),
    "bandwidth": gettext_lazy(
        "The total bandwidth is unknown: using the sum of the sites that have one; if none has, any throughput is "
        "enough."
    ),
    "routes": gettext_lazy(
        "What routing needs to support is unknown: assuming no transit, no BGP, and no forced tunneling."
    ),
    "gateway": gettext_lazy("It is unknown whether there is a gateway: assuming a new one."),
    "subnet": gettext_lazy("The block of the GatewaySubnet is unknown: assuming that there is room for a new one."),
}
_NAMES: Mapping[str, Words] = {
    "device": DEVICE_NAMES,
    "flag": FIELD_NAMES,
    "limit": LIMIT_NAMES,
    "status": STATUS_NAMES,
    "severity": SEVERITY_NAMES,
    "verdict": VERDICTS,
    "routing": ROUTING_NAMES,
    "step": STEP_NAMES,
    "lacking": LACKING_NAMES,
    "want": WANT_NAMES,
    "way": WAY_NAMES,
    "assumption": ASSUMPTIONS,
    "members": MEMBER_NAMES,
}


def named_as(code: str, kind: str) -> str:
    """The words for a code: `{{ row.key|named_as:"limit" }}`."""
    return str(_NAMES[kind][code])


def label_of(parameter: str) -> str:
    """What a form calls a parameter."""
    return str(FIELD_NAMES[parameter])


def entered_as(parameter: str) -> str:
    """What a parameter is called where a design is shown as entered."""
    return str(ENTERED_NAMES.get(parameter) or FIELD_NAMES[parameter])


def column_label(rows: str, column: str) -> str:
    """What a column of rows (`site`, `vnet`) is called."""
    return str(COLUMN_NAMES.get(column) or FIELD_NAMES[f"{rows}_{column}"])


def place_of(rows: str, column: str, name: str) -> str:
    """A field of a row in words, where the row is called so: `Mbps of site Utrecht`."""
    field = column_label(rows, column)
    if rows == "vnet":
        return _("%(field)s of VNet %(name)s") % {"field": field, "name": name}
    return _("%(field)s of site %(name)s") % {"field": field, "name": name}


def hint_of(parameter: str) -> str:
    """What a form says below a parameter, if anything."""
    return str(FIELD_HINTS.get(parameter, ""))


def placeholder_of(parameter: str) -> str:
    """What stands in an empty field of a parameter, if anything."""
    return str(PLACEHOLDERS.get(parameter, ""))


def choice_of(parameter: str, code: str) -> str:
    """What a choice of a parameter is called; no code is no choice."""
    if not code:
        return str(NO_CHOICE.get(parameter, _("not known")))
    return str(CHOICE_NAMES.get(parameter, {}).get(code, code))


def hint_at(step: str) -> str:
    """What is said below a question of the wizard, if anything."""
    return str(STEP_HINTS.get(step, ""))


def answers_to(step: str) -> tuple[tuple[str, str], ...]:
    """The two answers to a question of the wizard, with what each sends."""
    named = ANSWER_NAMES.get(step) or {"1": pgettext("answer", "Yes"), "0": pgettext("answer", "No")}
    return tuple((code, str(words)) for code, words in named.items())


def amount(number: float, unit: str) -> str:
    """A number of an advice with its unit where it measures: `1 Gbit/s`, `1.250`."""
    language = get_language() or DEFAULT_LANGUAGE
    if unit == "Mbps":
        return show_mbps(number, language)
    return show_number(number, language)
