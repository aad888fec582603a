"""What to do after an advice, in the order of the work: what takes weeks first, and nothing for what exists already.

Each step is a function like a rule: it sees the design and tells, with its names, blocks and SKUs, what is to be done.
The rule book of an edition says which steps it has.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.client_pool import client_pool
from advisor.core.design import Design
from advisor.core.gateways import expressroute_gateway
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Count, Mbps, Phrase, Value, phrase
from advisor.core.protocols import exists
from advisor.core.rules.circuit import with_units
from advisor.core.rules.kept_gateway import fate_of_gateway, stands
from advisor.core.rules.naming import clients_of, hub_name, member_names, site_names, vnet_names
from advisor.core.rules.other_vnets import block_to_propose
from advisor.core.rules.ways_out import bgp_causes
from faq.knowledge.limits import Catalogue


def order_circuit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A connectivity provider delivers a circuit, which takes longest (expressroute-faqs.md 2016-10-10)."""
    gateway = expressroute_gateway(need, catalogue, design)
    if gateway and not need.expressroute_circuit:
        yield observed(
            "order-circuit",
            variant="unknown" if gateway.circuit_mbps is None else "known",
            circuit=Mbps(gateway.circuit_mbps or 0),
            sites=site_names(need, design.sites.circuit),
        )


def find_out(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Prefixes and public addresses that are still unknown: nothing can be set up without them."""
    missing = tuple(_missing(need, design))
    if missing:
        yield observed("find-out", missing=missing)


def _missing(need: Need, design: Design) -> Iterator[Phrase]:
    vnets = [index for index, vnet in enumerate(need.vnets) if not vnet.prefixes]
    sites = [index for index, site in enumerate(need.sites) if not site.prefixes]
    if vnets or sites:
        yield phrase("missing-prefixes", members=member_names(need, vnets, sites))
    without_address = tuple(index for index in design.sites.tunnels if need.sites[index].public_ipv4 is True)
    if without_address:
        yield phrase("missing-addresses", sites=site_names(need, without_address))


def gateway_subnet(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Gateways stand in a subnet of their own with a fixed name (vpn-gateway-vpn-faq.md 2016-12)."""
    subnet = design.subnet
    if subnet is None or subnet.given is not None or exists(need):
        return
    yield observed(
        "create-gateway-subnet",
        variant="block" if subnet.block else "size",
        hub=hub_name(need),
        block=str(subnet.block),
        length=subnet.proposed_length,
    )


def expressroute(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The circuit is linked to a gateway of its own kind (expressroute-howto-linkvnet-arm.md 2016-10-10)."""
    gateway = expressroute_gateway(need, catalogue, design)
    if gateway:
        yield observed(
            "create-expressroute-gateway",
            variant="existing" if need.expressroute_circuit else "new",
            sku=with_units(need, catalogue, design, gateway.gateway_sku),
            hub=hub_name(need),
            sites=site_names(need, design.sites.circuit),
        )


def public_addresses(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Each instance, and the clients of both, have an address (point-to-site-certificate-gateway.md 2025-03-10)."""
    if design.vpn is None or stands(need, catalogue, design):
        return
    of_both = "active_active_with_p2s" if design.clients else "active_active"
    key = f"gateway.active_active_public_ips.{of_both if need.active_active else 'active_standby'}"
    yield observed(
        "create-public-addresses",
        addresses=Count(catalogue.number(key), "public-address"),
        hub=hub_name(need),
    )


def vpn_gateway(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway is made once; one that exists is kept where it can be (vpn-gateway-vpn-faq.md 2016-12)."""
    vpn = design.vpn
    if vpn is None or (fate := fate_of_gateway(need, catalogue, design, vpn)) == "stays":
        return
    yield observed(
        "vpn-gateway",
        variant=fate,
        hub=hub_name(need),
        sku=vpn.sku,
        routing=vpn.routing,
        minutes=Count(catalogue.number("gateway.creation_time"), "minute"),
    )


def other_gateways(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """VNet-to-VNet takes a gateway and a connection on each side (vpn-gateway-vnet-vnet-rm-ps.md 2016-08-31)."""
    if design.others:
        yield observed(
            "create-other-gateways",
            vnets=vnet_names(need, design.others),
            blocks=tuple(block_to_propose(need, index, catalogue) for index in design.others),
            hub=hub_name(need),
        )


def peerings(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A peering is made from both sides (virtual-network-peering-overview.md 2025)."""
    if design.peered:
        yield observed("create-peerings", vnets=vnet_names(need, design.peered), hub=hub_name(need))


def site_connections(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A site is described in Azure, joined by a connection, and its device is set up alike
    (vpn-gateway-howto-site-to-site-resource-manager-portal.md 2016-10-14).
    """
    if design.sites.tunnels:
        model = "classic" if need.hub.model == "classic" else "resource-manager"
        yield observed("connect-sites", variant=model, sites=site_names(need, design.sites.tunnels))


def bgp(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """BGP is set on the gateway and on each connection (vpn-gateway-bgp-resource-manager-ps.md 2016-04-15)."""
    members = member_names(need, design.others, design.bgp_sites)
    if need.bgp and members and not any(bgp_causes(need, catalogue, design)):
        yield observed("turn-on-bgp", hub=hub_name(need), members=members)


def clients(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Clients get an address from a pool, and prove who they are (vpn-gateway-vpn-faq.md 2016-12)."""
    if not design.clients:
        return
    pool = client_pool(need) or need.clients.pool
    yield observed(
        "set-up-clients",
        variant=need.clients.authentication or "certificate",
        clients=clients_of(need),
        pool=phrase("pool-of-clients", pool=str(pool)) if pool else phrase("pool-to-choose"),
    )


def try_connections(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Nothing goes over a connection before it is seen to work in both directions."""
    sites = tuple(sorted({*design.sites.tunnels, *design.sites.circuit}))
    members: tuple[Value, ...] = member_names(need, (*design.others, *design.peered), sites)
    if design.clients:
        members = (*members, phrase("the-clients"))
    if members:
        yield observed("test-connections", members=members)


def forced_tunneling(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Internet traffic is moved last: until the tunnels work it would go nowhere
    (vpn-gateway-about-forced-tunneling.md 2016).
    """
    if need.forced_tunneling and (design.sites.tunnels or design.sites.circuit):
        yield observed("turn-on-forced-tunneling", hub=hub_name(need))
