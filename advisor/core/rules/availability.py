"""What keeps a gateway up, what it takes and serves, and what the smallest SKU leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation, observed
from advisor.core.parameters import Code, Count, phrase
from advisor.core.rules.kept_gateway import fate_of_gateway
from advisor.core.rules.naming import hub_name, site_names, site_paths
from advisor.core.rules.ways_out import recreation_minutes
from advisor.core.skus import IN_PLACE, SMALLEST, expressroute_key, expressroute_throughputs, sku_flag, sku_number
from faq.knowledge.limits import Catalogue


def endpoint_limit_exceeded(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A gateway serves so many endpoints (about-gateway-skus.md 2026-06-11)."""
    largest = tuple(_largest(need, catalogue, design))
    kind, sku, allowed = min(largest, key=lambda one: one[2], default=("", "", 0))
    if largest and (need.endpoints or 0) > allowed:
        yield observed(
            "endpoint-limit-exceeded",
            "endpoints",
            gateway=Code(kind),
            sku=sku,
            requested=Count(need.endpoints or 0, "endpoint"),
            allowed=Count(allowed, "endpoint"),
            excess=(need.endpoints or 0) - allowed,
            vnets=Count(-(-(need.endpoints or 0) // allowed), "vnet"),
        )


def _largest(need: Need, catalogue: Catalogue, design: Design) -> Iterator[tuple[str, str, int]]:
    """Each gateway of the design, the largest SKU that it can have, and the endpoints that it then serves."""
    if design.vpn:
        sku = design.vpn.skus[-1]
        yield "vpn-gateway", sku, sku_number(catalogue, sku, "vms_supported")
    if design.expressroute:
        sku = [*expressroute_throughputs(catalogue, encrypted=need.expressroute_encryption)][-1]
        yield "expressroute-gateway", sku, catalogue.number(expressroute_key(catalogue, sku, "vms"))


def active_active_advised(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """With both instances active a failover costs no connection (about-active-active-gateways.md 2024-07-22)."""
    if not design.vpn or not design.sites.tunnels or need.active_active or need.dev_test or design.vpn.sku == SMALLEST:
        return
    kind = "active_active_with_p2s" if design.clients else "active_active"
    yield observed(
        "active-active-advised",
        *site_paths(design.sites.tunnels),
        "active_active",
        hub=hub_name(need),
        sites=site_names(need, design.sites.tunnels),
        addresses=Count(catalogue.number(f"gateway.active_active_public_ips.{kind}"), "public-address"),
    )


def public_ip_addresses(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """Each instance that carries tunnels, and then the clients too, take an address (vpn-gateway-vpn-faq.md 2026)."""
    if design.vpn is None:
        return
    kind = "active_standby"
    if design.vpn.demand.active_active and sku_flag(catalogue, design.vpn.sku, "active_active"):
        kind = "active_active_with_p2s" if design.clients else "active_active"
    addresses = catalogue.number(f"gateway.active_active_public_ips.{kind}")
    yield observed(
        "public-ip-addresses",
        *(("active_active",) if need.active_active else ()),
        variant=_which_addresses(need, fate_of_gateway(need, catalogue, design, design.vpn)),
        hub=hub_name(need),
        addresses=Count(addresses, "public-address"),
        more=phrase("more-addresses", addresses=Count(addresses - 1, "public-address")) if addresses > 1 else "",
    )


def _which_addresses(need: Need, fate: str) -> str:
    """Whether the addresses are new, are there, come of the migration, or that this depends on what is done."""
    if fate in {"new", "remade", "recreate"}:
        return "new"
    if fate in {"not-enough", "beyond"}:
        return "undecided"
    migrates = need.gateway_sku is not None and not need.gateway_sku.startswith((IN_PLACE, SMALLEST))
    return "migrated" if migrates else "existing"


def basic_sku_limits(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """The smallest SKU is for development and testing (about-gateway-skus.md 2026-06-11)."""
    if design.vpn and SMALLEST in {design.vpn.sku, need.gateway_sku}:
        yield observed(
            "basic-sku-limits",
            *(("gateway_sku",) if need.gateway_sku else ()),
            hub=hub_name(need),
            minutes=recreation_minutes(catalogue),
        )


def single_circuit(need: Need, catalogue: Catalogue, design: Design) -> Iterator[Observation]:
    """A circuit at one location goes down with that location (expressroute-faqs.md 2026-03-31)."""
    if design.expressroute and not design.sites.backup:
        yield observed(
            "single-circuit",
            *site_paths(design.sites.circuit),
            "expressroute_backup",
            variant="private" if need.private_path else "",
            sites=site_names(need, design.sites.circuit),
        )
