"""Every finding code and rule code of edition 2016-12, with its severity and the FAQ entry that says it.

Codes are public and stay as they are. The order is that of the contract. An entry is None where no entry says it.
"""

from __future__ import annotations

from advisor.core.advice import Finding, Reason
from advisor.core.parameters import Value

SEVERITIES = ("error", "warning", "info")

BANDWIDTH_SHARED = "do-i-get-more-bandwidth-with-more-site-to-site-vpns-than-for-a-single-virtual-network"
BESIDE_EXPRESSROUTE = "can-i-connect-a-virtual-network-with-ipsec-vpns-to-my-expressroute-circuit"
BGP_BESIDE_EXPRESSROUTE = "can-i-use-bgp-for-s2s-vpn-in-an-expressroutes2s-vpn-co-existence-configuration"
BGP_POLICY_BASED = "can-i-use-bgp-with-azure-policy-based-vpn-gateways"
BGP_SKUS = "is-bgp-supported-on-all-azure-vpn-gateway-skus"
BGP_TRANSIT = "does-azure-vpn-gateway-support-bgp-transit-routing"
CLIENT_LIMIT = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"
CLIENT_SYSTEMS = "what-operating-systems-can-i-use-with-point-to-site"
CLIENTS_BESIDE_SITES = "can-i-have-site-to-site-and-point-to-site-configurations-coexist-for-the-same-virtual-network"
CONNECTION_OPTIONS = "what-are-my-cross-premises-connection-options"
DEVICES = "what-should-i-consider-when-selecting-a-vpn-device"
DIFFERENCE = "what-is-the-difference-between-a-site-to-site-connection-and-point-to-site"
EXPRESSROUTE = "what-is-expressroute"
FORCED_TUNNELING = "can-i-configure-forced-tunneling"
GATEWAY_ADDRESS = "can-i-get-my-vpn-gateway-ip-address-before-i-create-it"
GATEWAY_SKUS = "more-information-about-gateway-types-requirements-and-throughput"
GATEWAY_SUBNET = "what-is-the-gateway-subnet-and-why-is-it-needed"
GATEWAY_SUBNET_ALONE = "can-i-deploy-virtual-machines-or-role-instances-to-my-gateway-subnet"
IDLE = "why-does-my-policy-based-vpn-tunnel-go-down-when-traffic-is-idle"
MULTI_SITE = "can-i-connect-to-multiple-sites-from-a-single-virtual-network"
OVERLAP = "can-there-be-overlapping-address-spaces-among-the-connected-virtual-networks-and-on-premises-local-sites"
RECONNECT = "does-point-to-site-support-auto-reconnect-and-ddns-on-the-vpn-clients"
REDUNDANT_TUNNELS = "can-i-have-more-than-one-tunnels-between-azure-vpn-gateway-and-my-on-premises-network"
REGION_CHARGES = "does-azure-charge-for-traffic-between-virtual-networks"
REGIONS = "can-i-connect-virtual-networks-in-different-azure-regions"
ROOT_CERTIFICATES = "can-i-use-my-own-internal-pki-root-ca-for-point-to-site-connectivity"
ROUTE_BASED_ONLY = "which-type-of-gateways-can-support-multi-site-and-vnet-to-vnet-connectivity"
SEVERAL_VNETS_AT_ONCE = (
    "can-i-configure-a-point-to-site-client-to-connect-to-multiple-virtual-networks-at-the-same-time"
)
SOFTWARE_VPN = "can-i-use-software-vpns-to-connect-to-azure"
THROUGHPUT = "how-much-throughput-can-i-expect-through-site-to-site-or-point-to-site-connections"
TRANSIT = "can-i-use-azure-vpn-gateway-to-transit-traffic-between-my-on-premises-sites-or-to-another-virtual-network"
TUNNEL_LIMIT = "how-many-on-premises-sites-and-virtual-networks-can-one-virtual-network-connect-to"
UNLISTED_DEVICE = "what-do-i-do-if-i-have-a-vpn-device-that-isnt-in-the-known-compatible-device-list"

FINDINGS: dict[str, tuple[str, str | None]] = {
    "overlapping-prefixes": ("error", OVERLAP),
    "more-overlaps": ("error", OVERLAP),
    "tunnel-limit-exceeded": ("error", TUNNEL_LIMIT),
    "policy-based-single-tunnel": ("error", ROUTE_BASED_ONLY),
    "gateway-routing-mismatch": ("error", GATEWAY_ADDRESS),
    "gateway-sku-too-small": ("error", GATEWAY_SKUS),
    "bandwidth-exceeds-gateway": ("error", GATEWAY_SKUS),
    "bandwidth-exceeds-expressroute": ("error", EXPRESSROUTE),
    "no-vpn-device": ("error", DIFFERENCE),
    "no-public-ipv4": ("error", DIFFERENCE),
    "public-ipv4-not-public": ("error", DIFFERENCE),
    "redundant-tunnels-need-bgp": ("error", REDUNDANT_TUNNELS),
    "bgp-not-supported": ("error", BGP_SKUS),
    "transit-not-across-expressroute": ("error", BESIDE_EXPRESSROUTE),
    "forced-tunneling-needs-route-based": ("error", FORCED_TUNNELING),
    "forced-tunneling-needs-site": ("error", FORCED_TUNNELING),
    "client-limit-exceeded": ("error", CLIENT_LIMIT),
    "client-system-unsupported": ("error", CLIENT_SYSTEMS),
    "client-pool-too-small": ("error", CLIENT_LIMIT),
    "root-certificate-limit-exceeded": ("error", ROOT_CERTIFICATES),
    "point-to-site-beside-expressroute": ("error", BESIDE_EXPRESSROUTE),
    "gateway-subnet-too-small": ("error", GATEWAY_SUBNET),
    "gateway-subnet-outside-vnet": ("error", GATEWAY_SUBNET),
    "gateway-subnet-in-use": ("error", GATEWAY_SUBNET_ALONE),
    "gateway-subnet-no-room": ("error", GATEWAY_SUBNET),
    "bandwidth-exceeds-vpn": ("warning", EXPRESSROUTE),
    "private-path-not-for-clients": ("warning", CONNECTION_OPTIONS),
    "private-path-not-for-backup": ("warning", CONNECTION_OPTIONS),
    "transit-needs-bgp": ("warning", BGP_TRANSIT),
    "transit-static-error-prone": ("warning", TRANSIT),
    "classic-and-resource-manager-mixed": ("warning", None),
    "device-not-validated": ("warning", UNLISTED_DEVICE),
    "gateway-subnet-below-recommended": ("warning", GATEWAY_SUBNET),
    "nothing-to-connect": ("info", CONNECTION_OPTIONS),
    "existing-circuit-unused": ("info", EXPRESSROUTE),
    "software-vpn": ("info", SOFTWARE_VPN),
    "policy-based-idle-timeout": ("info", IDLE),
    "bandwidth-shared": ("info", BANDWIDTH_SHARED),
    "throughput-not-guaranteed": ("info", THROUGHPUT),
    "backup-slower-than-circuit": ("info", BESIDE_EXPRESSROUTE),
    "inter-region-charges": ("info", REGION_CHARGES),
    "peering-possible": ("info", REGIONS),
    "vnets-can-share-circuit": ("info", EXPRESSROUTE),
    "no-auto-reconnect": ("info", RECONNECT),
    "client-pools-must-differ": ("info", SEVERAL_VNETS_AT_ONCE),
}
"""Severity and entry of each finding code."""

WHY: dict[str, str | None] = {
    "one-site": DIFFERENCE,
    "several-sites": MULTI_SITE,
    "clients": DIFFERENCE,
    "several-vnets": REGIONS,
    "private-path": EXPRESSROUTE,
    "circuit-exists": EXPRESSROUTE,
    "bandwidth": EXPRESSROUTE,
    "site-asks-expressroute": EXPRESSROUTE,
    "backup": BESIDE_EXPRESSROUTE,
}
"""Entry of each rule that chooses a connection."""

WHY_NOT: dict[str, str | None] = {
    "no-sites": CONNECTION_OPTIONS,
    "one-site-only": MULTI_SITE,
    "more-than-one-site": ROUTE_BASED_ONLY,
    "no-device": DIFFERENCE,
    "sites-over-expressroute": EXPRESSROUTE,
    "no-clients": DIFFERENCE,
    "one-vnet": CONNECTION_OPTIONS,
    "vpn-suffices": CONNECTION_OPTIONS,
}
"""Entry of each rule that leaves a connection out."""

RULE_ENTRIES = WHY | WHY_NOT


def finding(code: str, *subjects: str, variant: str = "", entry: str | None = None, **parameters: Value) -> Finding:
    """A finding with the severity and, unless another is given, the entry of its code."""
    severity, usual_entry = FINDINGS[code]
    return Finding(code, severity, subjects, tuple(parameters.items()), entry or usual_entry, variant)


def reason(rule: str, *, variant: str = "", **parameters: Value) -> Reason:
    """A reason with the entry of its rule."""
    return Reason(rule, tuple(parameters.items()), RULE_ENTRIES[rule], variant)
