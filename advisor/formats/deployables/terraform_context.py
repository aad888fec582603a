"""What every block of a Terraform file needs: values, reasons, and the addresses of other blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.core.addressing import Prefix
from advisor.core.deployment import Deployment
from advisor.core.deployment_names import underscored
from advisor.core.deployment_parameters import Ask, Why
from advisor.core.deployment_resources import (
    GatewaySubnet,
    IpsecPolicy,
    PublicIp,
    VNet,
)
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.terraform_syntax import Block, Code, Item, Value, block
from advisor.formats.deployables.terraform_variables import reference


@dataclass(frozen=True, slots=True)
class Context:
    """One deployment, in the language of its comments. What is in another subscription has its label at its end."""

    deployment: Deployment
    commentary: Commentary

    def value(self, given: str | int | Prefix | Ask) -> Value:
        """A value that is known, or the variable that has it."""
        if isinstance(given, Ask):
            return reference(self.deployment, given)
        return str(given) if isinstance(given, Prefix) else given

    def prefixes(self, given: tuple[Prefix, ...] | Ask) -> Value:
        """Prefixes that are known, or the variable that has them."""
        return self.value(given) if isinstance(given, Ask) else [str(prefix) for prefix in given]

    def told(self, whys: Iterable[Why]) -> tuple[str, ...]:
        """Reasons as sentences, each once."""
        return tuple(dict.fromkeys(self.commentary.why(why) for why in whys))

    def in_group(self, subscription: str = "") -> Sequence[Item]:
        """Where a resource is made: the provider of its subscription, and the resource group there."""
        group = self.value(Ask("resource-group", subscription))
        provider: list[Item] = [("provider", Code(alias(subscription)))] if subscription else []
        return [*provider, ("resource_group_name", group)]

    def subscriptions(self) -> list[str]:
        """The slugs of the labels of the VNets behind the hub, empty for that of the hub."""
        return list(dict.fromkeys(vnet.subscription for vnet in self.deployment.vnets[1:]))

    def vnets_in(self, subscription: str) -> list[VNet]:
        """The VNets behind the hub in a subscription."""
        return [vnet for vnet in self.deployment.vnets[1:] if vnet.subscription == subscription]

    def common(self, all_whys: Sequence[Sequence[Why]]) -> set[str]:
        """The reasons that each of several has, as sentences."""
        told = [set(self.told(whys)) for whys in all_whys]
        return set.intersection(*told) if told else set()

    def in_order(self, all_whys: Sequence[Sequence[Why]]) -> tuple[str, ...]:
        """The reasons that each of several has."""
        common = self.common(all_whys)
        return tuple(one for one in self.told(all_whys[0]) if one in common)

    def vnet_of_hub(self) -> str:
        """The address of the hub in the file."""
        return block_address("azurerm_virtual_network", f"vnet-{self.deployment.hub.key}", self.deployment.hub.exists)

    def vnets_behind(self, subscription: str) -> str:
        """The address of the block of the VNets behind the hub in a subscription."""
        return block_address(
            "azurerm_virtual_network", f"vnets{label_suffix(subscription)}", self.deployment.hub.exists
        )

    def subnet(self, subnet: GatewaySubnet) -> str:
        """The address of the block of a GatewaySubnet of the hub."""
        return block_address("azurerm_subnet", f"gateway-subnet-{subnet.vnet}", subnet.exists)

    def subnet_of_hub(self) -> Code:
        """The id of the hub's GatewaySubnet."""
        (subnet,) = (one for one in self.deployment.subnets if one.vnet == self.deployment.hub.key)
        return Code(f"{self.subnet(subnet)}.id")

    def public_ip(self, address: PublicIp) -> str:
        """The address in the file of a public address of the hub."""
        return block_address("azurerm_public_ip", f"pip-vpngw-{address.vnet}-{address.number}", address.exists)

    def vpn_gateway(self) -> str:
        """The address in the file of the VPN gateway of the hub."""
        gateway = self.deployment.vpn_gateways[0]
        return block_address("azurerm_virtual_network_gateway", f"vpngw-{gateway.vnet}", gateway.exists)

    def circuit_address(self) -> str:
        """The address of the block of the circuit."""
        return block_address("azurerm_express_route_circuit", f"erc-{self.deployment.hub.key}", exists=False)

    def expressroute_gateway_address(self) -> str:
        """The address of the block of the ExpressRoute gateway."""
        return block_address("azurerm_virtual_network_gateway", f"ergw-{self.deployment.hub.key}", exists=False)


def alias(subscription: str) -> str:
    """The provider of a further subscription."""
    return f"azurerm.{underscored('subscription', subscription)}"


def label_suffix(subscription: str) -> str:
    """What stands behind the name of a block in another subscription."""
    return f"_{underscored(subscription)}" if subscription else ""


def block_address(kind: str, slug: str, exists: bool) -> str:
    """The address of a block: that of a data source for what exists."""
    return f"{'data.' if exists else ''}{kind}.{underscored(slug)}"


def head_of(address: str) -> str:
    """What stands before the brace of the block with this address."""
    kind, name = address.removeprefix("data.").split(".")
    return f'{"data" if address.startswith("data.") else "resource"} "{kind}" "{name}"'


def for_each(name: str, subscription: str = "") -> Item:
    """The argument that makes a block once for each item of a map."""
    return "for_each", Code(f"local.{name}{label_suffix(subscription)}")


def each(name: str) -> Code:
    """A value of the item that a block is made for."""
    return Code(f"each.value.{name}")


def is_same(values: Mapping[str, Value]) -> bool:
    """Whether all of several values are one."""
    return len({repr(value) for value in values.values()}) == 1


def ip_configuration(number: int, subnet: Code, address: Code | None) -> Block:
    """The block that puts a gateway into its subnet, with a public address where it has one."""
    return block(
        "ip_configuration",
        ("name", f"ipConfig{number}"),
        ("private_ip_address_allocation", "Dynamic"),
        ("subnet_id", subnet),
        *([("public_ip_address_id", address)] if address else []),
    )


def policy(policy: IpsecPolicy | None) -> list[Item]:
    """The block with the policy of a connection, or nothing."""
    if policy is None:
        return []
    return [
        block(
            "ipsec_policy",
            ("ike_encryption", policy.ike_encryption),
            ("ike_integrity", policy.ike_integrity),
            ("dh_group", policy.dh_group),
            ("ipsec_encryption", policy.ipsec_encryption),
            ("ipsec_integrity", policy.ipsec_integrity),
            ("pfs_group", policy.pfs_group),
            ("sa_lifetime", policy.sa_lifetime_seconds),
            ("sa_datasize", policy.sa_size_kilobytes),
        )
    ]
