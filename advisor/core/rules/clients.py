"""What point-to-site asks of its clients and allows them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.client_pool import client_pool, free_pool
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code, Count, Value, phrase
from advisor.core.protocols import counts_over_sstp, most_clients, uses_certificates
from advisor.core.rules.naming import hub_name
from advisor.core.written_addresses import BITS
from faq.knowledge.limits import Catalogue

RESERVED = 2
"""The first and last address of a pool go to no client."""


def client_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A VNet takes so many clients at once (vpn-gateway-vpn-faq.md 2016-12, point-to-site section)."""
    allowed = most_clients(need, catalogue)
    if (need.clients.count or 0) > allowed:
        yield observed(
            "client-limit-exceeded",
            "clients.count",
            requested=Count(need.clients.at_least, "client"),
            allowed=Count(allowed, "client"),
            excess=need.clients.at_least - allowed,
            vnets=Count(-(-need.clients.at_least // allowed), "vnet"),
            more=_more_clients(need, catalogue),
        )


def _more_clients(need: Need, catalogue: Catalogue) -> Value:
    """What takes more: OpenVPN instead of SSTP, else Virtual WAN, in an edition that knows these; else nothing."""
    users, over_openvpn = "virtual_wan.p2s_users_per_hub", "p2s.max_clients_ikev2_openvpn"
    if users not in catalogue:
        return ""
    if counts_over_sstp(need, catalogue):
        return phrase("more-over-openvpn", allowed=Count(catalogue.number(over_openvpn), "client"))
    return phrase("more-over-wan", allowed=Count(catalogue.number(users), "client"))


def client_system_unsupported(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Point-to-site runs on these versions of Windows (vpn-gateway-vpn-faq.md 2016-12, point-to-site section)."""
    supported = catalogue.members("p2s.client_systems" if "p2s.client_systems" in catalogue else "p2s.client_os")
    wrong = [index for index, system in enumerate(need.clients.systems) if system not in supported]
    systems = dict.fromkeys(need.clients.systems[index] for index in wrong)
    if design.clients and wrong:
        yield observed(
            "client-system-unsupported",
            *(f"clients.systems[{index}]" for index in wrong),
            systems=tuple(Code(system) for system in sorted(systems, key=lambda system: system == "other")),
            supported=tuple(Code(system) for system in supported),
        )


def client_pool_too_small(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Every client takes an address of the pool (vpn-gateway-howto-point-to-site-rm-ps.md 2016-10-17)."""
    pool, count = need.clients.pool, need.clients.at_least
    if not design.clients or pool is None:
        return
    usable = max(pool.size - RESERVED, 0)
    active_active = design.vpn is not None and design.vpn.demand.active_active
    least = _least_pool(active_active, catalogue)
    if usable < count or pool.length > least:
        served = min(count, most_clients(need, catalogue))
        for_clients = BITS - (served + RESERVED - 1).bit_length()
        free = client_pool(need) or free_pool(need, served)
        yield observed(
            "client-pool-too-small",
            "clients.pool",
            variant=_too_small_for(active_active, pool.length > least and for_clients >= least)
            + ("-proposal" if free else ""),
            **({"proposal": str(free)} if free else {}),
            pool=str(pool),
            usable=Count(usable, "address"),
            requested=Count(count, "client"),
            served=Count(served, "client"),
            length=min(least, for_clients),
        )


def _too_small_for(active_active: bool, any_clients: bool) -> str:
    """Whether the pool is too small for any clients, because the gateway is active-active or not, or for so many."""
    if not any_clients:
        return "few"
    return "least-active-active" if active_active else "least"


def _least_pool(active_active: bool, catalogue: Catalogue) -> int:
    """The length of the smallest pool that the edition accepts."""
    key = "p2s.pool_min_prefix.active_active" if active_active else "p2s.pool_min_prefix.active_standby"
    return catalogue.number(key) if key in catalogue else BITS


def root_certificate_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway trusts so many root certificates (vpn-gateway-vpn-faq.md 2016-12, point-to-site section)."""
    allowed, requested = catalogue.number("p2s.max_root_certificates"), need.clients.root_certificates or 0
    if design.clients and requested > allowed and uses_certificates(need, catalogue):
        yield observed(
            "root-certificate-limit-exceeded",
            "clients.root_certificates",
            requested=Count(requested, "certificate"),
            allowed=Count(allowed, "certificate"),
            excess=requested - allowed,
        )


def point_to_site_beside_expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A classic VNet has no clients beside ExpressRoute (expressroute-howto-coexist-classic.md 2016-10-10)."""
    possible = {
        "classic": catalogue.flag("coexist.er_p2s.classic"),
        "resource-manager": catalogue.flag("coexist.er_p2s.resource_manager"),
    }
    if design.clients and design.expressroute and not possible[need.hub.model]:
        yield observed("point-to-site-beside-expressroute", "vnets[0].model", "clients.count", hub=hub_name(need))


def no_auto_reconnect(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Clients do not reconnect by themselves (vpn-gateway-vpn-faq.md 2016-12, point-to-site section)."""
    if design.clients and not catalogue.flag("p2s.auto_reconnect"):
        yield observed("no-auto-reconnect", "clients.count")


def client_pools_must_differ(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Clients of several VNets at once need pools that do not overlap (vpn-gateway-vpn-faq.md 2016-12)."""
    if design.clients and need.clients.vnets > 1:
        yield observed("client-pools-must-differ", "clients.vnets", vnets=Count(need.clients.vnets, "vnet"))
