"""How clients connect and sign in under today's rules: what has ended, what ends, and what goes together."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code, Day
from advisor.core.protocols import DEFAULT_PROTOCOL, day_of, exists, protocol_of
from advisor.core.rules.kept_gateway import stands
from advisor.core.skus import SMALLEST
from faq.knowledge.limits import Catalogue

BY_ENTRA = "entra-id"


def protocol_retired(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """SSTP cannot be enabled any more, and ends (ikev2-openvpn-from-sstp.md 2025-09-29)."""
    if design.clients and protocol_of(need) == "sstp" and _has_ended(need, catalogue, design):
        yield observed(
            "protocol-retired",
            "clients.protocol",
            variant=_why_not_sstp(need, catalogue),
            enabled_until=Day(catalogue.day("p2s.sstp_enable_end")),
            until=Day(catalogue.day("p2s.sstp_end")),
        )


def protocol_retiring(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """SSTP works for a while where it is enabled (ikev2-openvpn-from-sstp.md 2025-09-29)."""
    if design.clients and protocol_of(need) == "sstp" and not _has_ended(need, catalogue, design):
        on_existing = "basic" if need.gateway_sku == SMALLEST else "others"
        yield observed(
            "protocol-retiring",
            "clients.protocol",
            variant=on_existing if stands(need, catalogue, design) else "new",
            enabled_until=Day(catalogue.day("p2s.sstp_enable_end")),
            until=Day(catalogue.day("p2s.sstp_end")),
        )


def _has_ended(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether SSTP has ended: on a gateway that stands it works longer than it can be enabled."""
    end = catalogue.day("p2s.sstp_end" if stands(need, catalogue, design) else "p2s.sstp_enable_end")
    return day_of(need, catalogue) >= end


def _why_not_sstp(need: Need, catalogue: Catalogue) -> str:
    """Whether it works nowhere any more, or cannot be enabled, on a new gateway or on one that is made again."""
    if not exists(need):
        return "new"
    return "existing" if day_of(need, catalogue) >= catalogue.day("p2s.sstp_end") else "remade"


def protocol_does_not_fit_system(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """SSTP is for Windows alone (point-to-site-about.md 2026-08-17)."""
    if design.clients and protocol_of(need) == "sstp":
        yield from _unfit_systems("protocol-does-not-fit-system", need, catalogue.members("p2s.sstp_client_systems"))


def authentication_does_not_fit_system(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Entra ID needs a client that some systems do not have (point-to-site-about.md 2026-08-17)."""
    if design.clients and need.clients.authentication == BY_ENTRA:
        without = catalogue.members("p2s.entra_client_systems_without")
        fit = tuple(system for system in need.clients.systems if system not in without)
        yield from _unfit_systems("authentication-does-not-fit-system", need, fit)


def _unfit_systems(code: str, need: Need, fit: tuple[str, ...]) -> Iterator[Observation]:
    wrong = [index for index, system in enumerate(need.clients.systems) if system not in fit]
    if wrong:
        systems = dict.fromkeys(need.clients.systems[index] for index in wrong)
        yield observed(
            code,
            *(f"clients.systems[{index}]" for index in wrong),
            systems=tuple(Code(system) for system in sorted(systems, key=lambda system: system == "other")),
        )


def authentication_needs_openvpn(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Entra ID goes over OpenVPN alone (point-to-site-about.md 2026-08-17)."""
    if design.clients and need.clients.authentication == BY_ENTRA and protocol_of(need) != DEFAULT_PROTOCOL:
        yield observed(
            "authentication-needs-openvpn",
            "clients.protocol",
            "clients.authentication",
            protocol=Code(protocol_of(need)),
        )


def authentication_not_on_basic(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The smallest SKU knows certificates alone (about-gateway-skus.md 2026-06-11)."""
    asked = need.clients.authentication
    if design.clients and design.vpn and asked in {BY_ENTRA, "radius"} and need.gateway_sku == SMALLEST:
        yield observed(
            "authentication-not-on-basic",
            "clients.authentication",
            "gateway_sku",
            authentication=Code(asked),
            advised=design.vpn.sku,
        )


def client_system_out_of_support(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A system that its maker no longer supports still connects (vpn-gateway-vpn-faq.md 2026-06-04)."""
    ended = catalogue.members("p2s.client_systems_out_of_support")
    old = [index for index, system in enumerate(need.clients.systems) if system in ended]
    if design.clients and old:
        yield observed(
            "client-system-out-of-support",
            *(f"clients.systems[{index}]" for index in old),
            systems=tuple(Code(system) for system in dict.fromkeys(need.clients.systems[index] for index in old)),
        )


def radius_needs_site_to_site(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A RADIUS server on-premises is reached over site-to-site alone (vpn-gateway-vpn-faq.md 2026-06-04)."""
    if design.clients and need.clients.authentication == "radius" and not design.sites.tunnels:
        yield observed("radius-needs-site-to-site", "clients.authentication")
