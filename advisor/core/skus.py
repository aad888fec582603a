"""The SKUs of VPN gateways, as the catalogue of an edition lists them."""

from __future__ import annotations

from faq.knowledge.limits import Catalogue


def vpn_skus(catalogue: Catalogue) -> tuple[str, ...]:
    """The SKUs that a new VPN gateway can have, from small to large."""
    return catalogue.members("gateway.vpn_skus")


def existing_skus(catalogue: Catalogue) -> tuple[str, ...]:
    """The SKUs that a gateway which exists can have: those, and where the edition has any, those that were retired."""
    retired = "gateway.vpn_skus_retired"
    return vpn_skus(catalogue) + (catalogue.members(retired) if retired in catalogue else ())
