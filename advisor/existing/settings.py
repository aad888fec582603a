"""Single settings of a resource: what a value or a list of codes in it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.existing.inventory import TO_CIRCUIT, TO_SITE, TO_VNET, Blocks, Written
from advisor.existing.resources import Unknown, View

_PROTOCOLS = {"openvpn": "openvpn", "ikev2": "ikev2", "sstp": "sstp"}
"""In the order of preference where a gateway takes several."""
_AUTHENTICATIONS = {"aad": "entra-id", "radius": "radius", "certificate": "certificate"}
"""The same."""


def written_in(view: View, name: str) -> Written | None:
    """A value with its place; None where it is absent, empty, or cannot be known."""
    value = view.value(name)
    if value is None or isinstance(value, Unknown) or (isinstance(value, str) and not value.strip()):
        return None
    return Written(value.strip() if isinstance(value, str) else value, view.place(name))


def asn_of(view: View) -> Written | None:
    """An ASN; nought is how Azure writes that there is none."""
    settings = view.inside("bgpSettings")
    number = settings.number("asn")
    if number == 0:
        return None
    return Written(number, settings.place("asn")) if number else written_in(settings, "asn")


def together(parts: Iterable[Blocks]) -> Blocks:
    """The blocks of several lists."""
    several = list(parts)
    written = tuple(block for part in several for block in part.written)
    return Blocks(written, all(part.complete for part in several))


def protocol_of(clients: View) -> str | None:
    """How clients connect: of several ways the one that is preferred."""
    offered = set(_codes(clients, "vpnClientProtocols"))
    return next((code for written, code in _PROTOCOLS.items() if written in offered), None)


def authentication_of(clients: View) -> str | None:
    """How clients prove who they are; where no list says it, what is filled in for it does."""
    told = set(_codes(clients, "vpnAuthenticationTypes"))
    if not told:
        filled = {"aad": ("aadTenant",), "radius": ("radiusServerAddress", "radiusServers")}
        filled["certificate"] = ("vpnClientRootCertificates",)
        told = {written for written, names in filled.items() if any(clients.has(name) for name in names)}
    return next((code for written, code in _AUTHENTICATIONS.items() if written in told), None)


def kind_of_connection(view: View) -> str | None:
    """What a connection joins; where it does not say, what it refers to does. None for one that is not read."""
    told = view.code("connectionType")
    if told:
        return told if told in (TO_SITE, TO_VNET, TO_CIRCUIT) else None
    referred = {"virtualNetworkGateway2": TO_VNET, "peer": TO_CIRCUIT}
    return next((kind for name, kind in referred.items() if view.inside(name).has("id")), TO_SITE)


def _codes(view: View, name: str) -> Iterator[str]:
    return (value.strip().lower() for _, value in view.values(name) if isinstance(value, str))
