"""The VPN gateways of a deployment with their public addresses, and the clients that the one of the hub serves."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment_parameters import Ask, Why, by_fact
from advisor.core.deployment_plan import Plan
from advisor.core.deployment_resources import ClientAccess, PublicIp, VpnGateway
from advisor.core.parameters import Count, Day, Exactly, Mbps
from advisor.core.protocols import protocol_of
from advisor.core.rules.bgp import asn_of_hub
from advisor.core.rules.naming import hub_name, site_names
from advisor.core.skus import IN_PLACE, retired_skus, sku_flag, sku_key, sku_number
from faq.knowledge.limits import Catalogue

FIRST_GENERATION = 1
"""Of the SKUs for which the catalogue names none: Basic."""


def vpn_gateways(plan: Plan) -> Iterator[VpnGateway]:
    """The gateway of the hub, then one in each VNet that is joined to it by VPN."""
    advised = plan.advice.gateway
    if advised is None or plan.vpn is None:
        return
    exists = plan.gateway_exists
    yield VpnGateway(
        vnet=plan.hub,
        name=Ask("vpn-gateway-name") if exists else f"vpngw-{plan.hub}",
        exists=exists,
        location=None if exists else plan.location(0),
        sku=advised.sku,
        current_sku=plan.need.gateway_sku,
        generation=_generation(plan.catalogue, advised.sku),
        routing=advised.routing,
        active_active=is_active_active(plan),
        asn=_asn_of_hub(plan) if plan.bgp else None,
        addresses=tuple(range(1, addresses_of_hub(plan) + 1)),
        clients=None if exists else clients(plan),
        default_site=None if exists else default_site(plan),
        private_address=bool(plan.design.sites.encrypted),
        whys=tuple(_whys_of_hub_gateway(plan, advised.sku)),
        changes=tuple(_changes(plan)) if exists else (),
    )
    for index in plan.design.others:
        yield _gateway_of_other(plan, index, advised.sku)


def _gateway_of_other(plan: Plan, index: int, sku: str) -> VpnGateway:
    key = plan.keys[0][index]
    return VpnGateway(
        vnet=key,
        name=f"vpngw-{key}",
        exists=False,
        location=plan.location(index),
        sku=sku,
        current_sku=None,
        generation=_generation(plan.catalogue, sku),
        routing="route-based",
        active_active=False,
        asn=Ask("gateway-asn", key) if plan.bgp else None,
        addresses=(1,),
        clients=None,
        default_site=None,
        private_address=False,
        whys=(by_fact(plan.catalogue, "vnet2vnet.gateway_type", "gateway-of-other", sku=sku, hub=hub_name(plan.need)),),
    )


def is_active_active(plan: Plan) -> bool:
    """Whether both instances of the hub's gateway carry tunnels: it is asked for, or a route server beside it needs it,
    and the SKU has it. The finding on public addresses counts them by the same.
    """
    vpn = plan.vpn
    return vpn is not None and vpn.demand.active_active and sku_flag(plan.catalogue, vpn.sku, "active_active")


def addresses_of_hub(plan: Plan) -> int:
    """How many public addresses the VPN gateway of the hub has."""
    return plan.catalogue.number(_addresses_key(plan))


def _addresses_key(plan: Plan) -> str:
    kind = "active_standby"
    if is_active_active(plan):
        kind = "active_active_with_p2s" if plan.design.clients else "active_active"
    return f"gateway.active_active_public_ips.{kind}"


def _generation(catalogue: Catalogue, sku: str) -> int:
    key = f"sku.generation.{sku}"
    return catalogue.number(key) if key in catalogue else FIRST_GENERATION


def _asn_of_hub(plan: Plan) -> int | Ask:
    """A number that cannot be chosen where a route server is, nor here where the gateway has one already."""
    fixed = plan.gateway_exists or (plan.need.transit and plan.design.expressroute)
    return asn_of_hub(plan.need, plan.catalogue, plan.design) if fixed else Ask("gateway-asn")


def default_site(plan: Plan) -> str | None:
    """The local network gateway that traffic to the internet goes to: of the first site on VPN. With BGP its device
    advertises the default route instead.
    """
    if not plan.need.forced_tunneling or plan.bgp or not plan.tunnels:
        return None
    return plan.tunnels[0].key


def public_ips(plan: Plan) -> Iterator[PublicIp]:
    """Those of the hub's gateway, then one for each other gateway."""
    if plan.vpn is None:
        return
    exists = plan.gateway_exists
    zoned = sku_flag(plan.catalogue, plan.vpn.sku, "zone_redundant")
    for number in range(1, addresses_of_hub(plan) + 1):
        yield PublicIp(
            vnet=plan.hub,
            number=number,
            name=Ask("public-ip-name", str(number)) if exists else f"pip-vpngw-{plan.hub}-{number}",
            exists=exists,
            location=None if exists else plan.location(0),
            zones=Ask("zones") if zoned and not exists else None,
            whys=() if exists else tuple(_whys_of_address(plan, number, zoned)),
        )
    for index in plan.design.others:
        key = plan.keys[0][index]
        yield PublicIp(
            vnet=key,
            number=1,
            name=f"pip-vpngw-{key}-1",
            exists=False,
            location=plan.location(index),
            zones=Ask("zones") if zoned else None,
            whys=tuple(_whys_of_first_address(plan, "gateway.active_active_public_ips.active_standby", zoned)),
        )


def _whys_of_address(plan: Plan, number: int, zoned: bool) -> Iterator[Why]:
    key = _addresses_key(plan)
    if number == 1:
        yield from _whys_of_first_address(plan, key, zoned)
    elif key.endswith("with_p2s") and number == plan.catalogue.number(key):
        yield by_fact(plan.catalogue, key, "address-of-clients")
    else:
        yield by_fact(plan.catalogue, key, "address-of-second-instance")


def _whys_of_first_address(plan: Plan, key: str, zoned: bool) -> Iterator[Why]:
    yield by_fact(plan.catalogue, key, "address-count", addresses=Count(plan.catalogue.number(key), "public-address"))
    if zoned:
        yield by_fact(plan.catalogue, "gateway.az_sku_in_region_without_zones", "address-zones")


def clients(plan: Plan) -> ClientAccess | None:
    """How the gateway lets its clients in, or None where there are none."""
    if not plan.design.clients:
        return None
    told = plan.need.clients
    authentication = told.authentication or "certificate"
    count = max(told.root_certificates or 1, 1) if authentication == "certificate" else 0
    entra, radius = authentication == "entra-id", authentication == "radius"
    return ClientAccess(
        pool=told.pool or plan.advice.client_pool or Ask("client-pool"),
        protocol=protocol_of(plan.need),
        authentication=authentication,
        root_certificates=tuple(
            Ask("root-certificate", str(number) if count > 1 else "") for number in range(1, count + 1)
        ),
        tenant=Ask("tenant-id") if entra else None,
        audience=Ask("aad-audience") if entra else None,
        radius_server=Ask("radius-server") if radius else None,
        radius_secret=Ask("radius-secret") if radius else None,
        whys=tuple(_whys_of_clients(plan, authentication)),
    )


def _whys_of_clients(plan: Plan, authentication: str) -> Iterator[Why]:
    if protocol_of(plan.need) == "sstp":
        yield by_fact(plan.catalogue, "p2s.sstp_end", "clients-sstp", until=Day(plan.catalogue.day("p2s.sstp_end")))
    else:
        yield by_fact(plan.catalogue, "p2s.protocols", f"clients-{protocol_of(plan.need)}")
    if authentication == "radius":
        yield by_fact(plan.catalogue, "p2s.radius_on_premises_path", "clients-radius")
    elif authentication == "entra-id":
        yield by_fact(plan.catalogue, "p2s.entra_manual_app_end", "clients-entra-id")
    else:
        yield by_fact(plan.catalogue, "p2s.certificate_types", "clients-certificate")


def _whys_of_hub_gateway(plan: Plan, sku: str) -> Iterator[Why]:
    if plan.gateway_exists:
        yield by_fact(plan.catalogue, "gateway.public_ip_changes_on_recreate", "gateway-exists")
        return
    fact = sku_key(plan.catalogue, sku, "throughput")
    throughput = sku_number(plan.catalogue, sku, "throughput")
    tunnels = Count(sku_number(plan.catalogue, sku, "s2s_tunnels"), "tunnel")
    yield by_fact(plan.catalogue, fact, "gateway-sku", sku=sku, throughput=Mbps(throughput), tunnels=tunnels)
    if is_active_active(plan):
        yield by_fact(plan.catalogue, "gateway.active_active_advised", "gateway-active-active")
    if plan.bgp and not isinstance(asn := _asn_of_hub(plan), Ask):
        yield by_fact(plan.catalogue, "coexist.vpn_asn", "gateway-asn-fixed", asn=Exactly(asn))
    yield from _whys_of_forced_tunneling(plan)
    if plan.design.sites.encrypted:
        yield by_fact(plan.catalogue, "s2s_over_expressroute.skus", "gateway-private-address")


def _whys_of_forced_tunneling(plan: Plan) -> Iterator[Why]:
    if not plan.need.forced_tunneling or not plan.tunnels:
        return
    first = site_names(plan.need, plan.design.sites.tunnels[:1])
    if plan.bgp:
        yield by_fact(plan.catalogue, "bgp.advertise_default_route", "forced-by-bgp")
    elif len(plan.tunnels) > 1:
        yield by_fact(plan.catalogue, "forced_tunneling.mechanism", "forced-to-first-site", site=first)
    else:
        yield by_fact(plan.catalogue, "forced_tunneling.mechanism", "forced-to-site", site=first)


def _changes(plan: Plan) -> Iterator[Why]:
    """What of the design a gateway that is there may not have yet; it is changed by hand."""
    yield from _change_of_sku(plan)
    if plan.bgp:
        yield by_fact(plan.catalogue, "bgp.default_asn", "change-bgp", asn=Exactly(_hub_number(plan)))
    if is_active_active(plan):
        yield by_fact(plan.catalogue, "gateway.active_active_advised", "change-active-active")
    if plan.design.clients:
        yield by_fact(plan.catalogue, "p2s.protocols", "change-clients")
    if site := default_site(plan):
        yield by_fact(plan.catalogue, "forced_tunneling.mechanism", "change-default-site", site=f"lgw-{site}")
    elif plan.need.forced_tunneling and plan.bgp:
        yield by_fact(plan.catalogue, "bgp.advertise_default_route", "forced-by-bgp")
    if plan.design.sites.encrypted:
        yield by_fact(plan.catalogue, "s2s_over_expressroute.skus", "change-private-address")


def _change_of_sku(plan: Plan) -> Iterator[Why]:
    """Up in place, or to what a retired SKU became. One that has to be made again does not fit the design."""
    current, advised = plan.need.gateway_sku, plan.vpn.sku if plan.vpn else None
    if advised is None or current is None or current == advised:
        return
    if current not in retired_skus(plan.catalogue):
        yield by_fact(plan.catalogue, "gateway.upgrade_within_az", "change-sku", current=current, sku=advised)
    elif current.startswith(IN_PLACE):
        yield by_fact(plan.catalogue, "gateway.upgrade_non_az_to_az", "change-sku", current=current, sku=advised)
    else:
        yield by_fact(plan.catalogue, "gateway.legacy_migration", "change-sku-migrate", current=current, sku=advised)


def _hub_number(plan: Plan) -> int:
    return asn_of_hub(plan.need, plan.catalogue, plan.design)
