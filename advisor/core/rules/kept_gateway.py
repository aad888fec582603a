"""What stands already, or is wished of the gateway: what can stay as it is, and both instances that carry tunnels."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design, VpnGateway, lacking
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import AnyOf, Count, Mbps
from advisor.core.protocols import exists
from advisor.core.rules.naming import hub_name, policy_based_paths, site_names, site_paths
from advisor.core.rules.vpn_gateway import beyond_policy_based
from advisor.core.rules.ways_out import has_classic, must_be_replaced
from advisor.core.skus import goes_up_in_place, sku_number, skus_with
from faq.knowledge.limits import Catalogue

COUNTED = frozenset({"tunnels", "load", "clients", "endpoints"})
"""What a SKU can lack of which a design can ask less, by the codes of `lacking`."""


def existing_gateway(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway that does what is needed can stay (vpn-gateway-about-vpn-gateway-settings.md 2016-10-18)."""
    vpn = design.vpn
    existing = tuple(found for found in (need.gateway_routing, need.gateway_sku) if found is not None)
    if vpn is None or not existing or _of_another_type(need, design, vpn):
        return
    throughput = Mbps(sku_number(catalogue, vpn.sku, "throughput"))
    yield observed(
        "existing-gateway",
        *(("gateway_routing",) if need.gateway_routing else ()),
        *(("gateway_sku",) if need.gateway_sku else ()),
        variant=fate_of_gateway(need, catalogue, design, vpn),
        existing=existing,
        hub=hub_name(need),
        sku=vpn.sku,
        allows=(*([Count(vpn.demand.tunnels, "tunnel")] if vpn.demand.tunnels else []), throughput),
    )


def _of_another_type(need: Need, design: Design, vpn: VpnGateway) -> bool:
    """Whether the error on its type names it already."""
    other_type = need.gateway_routing not in {None, vpn.routing}
    other_sku = vpn.existing is not None and vpn.existing not in vpn.skus
    if vpn.policy_based_sites:
        return other_type or other_sku
    return other_sku and not (vpn.policy_based and _has_software(need, design))


def _has_software(need: Need, design: Design) -> bool:
    return any(need.sites[index].device == "software" for index in design.sites.tunnels)


def fate_of_gateway(need: Need, catalogue: Catalogue, design: Design, vpn: VpnGateway) -> str:
    """What becomes of the VPN gateway, which every sentence about an existing one goes by.

    `new`: there is none yet. `stays`, `migrates`, `resize`, and `routing` (its SKU is not given): it can stay, as it
    is, with its successor, or with a larger SKU. `remade` and `recreate`: it is made again, for its SKU or its subnet.
    `not-enough`: it has to be made again, or the design to ask less. `beyond`: no gateway is enough (2026 only).
    """
    if not exists(need):
        return "new"
    allowed = catalogue.number("s2s.tunnels_policy_based_gateway")
    too_much = vpn.policy_based and (_has_software(need, design) or any(beyond_policy_based(need, design, allowed)))
    other_sku = vpn.existing is not None and vpn.existing not in vpn.skus
    if other_sku or too_much or (vpn.policy_based and _asks_more_today(need, catalogue, design)):
        return "not-enough"
    if not vpn.fitting:
        return "beyond" if _could_stay(need, catalogue, vpn) and not must_be_replaced(need, design) else "not-enough"
    if must_be_replaced(need, design):
        return "recreate"
    if need.gateway_sku is None:
        return "stays" if vpn.policy_based and not has_classic(catalogue) else "routing"
    if vpn.existing not in vpn.fitting:
        return "resize" if goes_up_in_place(catalogue, need.gateway_sku) else "remade"
    return "stays" if vpn.existing == need.gateway_sku else "migrates"


def _could_stay(need: Need, catalogue: Catalogue, vpn: VpnGateway) -> bool:
    """Whether a gateway of today can stay once the design asks less of what is counted (2026 only)."""
    if has_classic(catalogue):
        return False
    if need.gateway_sku is None or goes_up_in_place(catalogue, need.gateway_sku):
        return True
    return all(lack in COUNTED for lack in lacking(need.gateway_sku, vpn.demand, catalogue))


def stands(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether there is a VPN gateway that is not made again."""
    made_again = {"new", "remade", "recreate", "not-enough"}
    return design.vpn is not None and fate_of_gateway(need, catalogue, design, design.vpn) not in made_again


def _asks_more_today(need: Need, catalogue: Catalogue, design: Design) -> bool:
    """Whether a design of today asks of a policy-based gateway what only another one has (2026 only)."""
    vpn = design.vpn
    if vpn is None or has_classic(catalogue):
        return False
    wishes = vpn.demand.bgp or need.active_active or need.forced_tunneling or bool(design.peered)
    return wishes or any(lacking(vpn.sku, vpn.demand, catalogue))


def kept_gateway_subnet(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway subnet has just that name, and nothing but gateways in it (vpn-gateway-vpn-faq.md 2016-12)."""
    subnet = design.subnet
    if subnet is None or subnet.given is None or must_be_replaced(need, design):
        return
    yield observed(
        "kept-gateway-subnet",
        "gateway_subnet",
        variant="existing" if exists(need) else "",
        given=str(subnet.given),
        hub=hub_name(need),
        name=str(catalogue["gateway.subnet_name"].value),
    )


def active_active(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Each instance has an address and a tunnel to each device (vpn-gateway-highlyavailable.md 2016-09-24)."""
    vpn = design.vpn
    if need.active_active and vpn and _has_active_active(need, catalogue, vpn):
        yield observed(
            "active-active",
            *site_paths(design.sites.tunnels),
            "active_active",
            variant="sites" if design.sites.tunnels else "no-sites",
            hub=hub_name(need),
            sku=vpn.sku,
            sites=site_names(need, design.sites.tunnels),
        )


def active_active_not_supported(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Only some SKUs have it (vpn-gateway-table-gwtype-aggtput-include.md 2016-10)."""
    vpn = design.vpn
    if need.active_active and vpn and not _has_active_active(need, catalogue, vpn):
        policy_based = vpn.policy_based
        paths = policy_based_paths(need, design) if policy_based else ()
        yield observed(
            "active-active-not-supported",
            *(path for path in paths if path.startswith("sites")),
            *(path for path in paths if path.startswith("gateway")),
            *(("gateway_sku",) if need.gateway_sku else ()),
            "active_active",
            variant="policy-based" if policy_based else "sku",
            hub=hub_name(need),
            sku=need.gateway_sku or vpn.sku,
            skus=AnyOf(skus_with(catalogue, "active_active")),
        )


def _has_active_active(need: Need, catalogue: Catalogue, vpn: VpnGateway) -> bool:
    return (vpn.existing or vpn.sku) in skus_with(catalogue, "active_active") and not vpn.policy_based
