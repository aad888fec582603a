"""Resources in REST form to the inventory: the one reader of what Azure, a template or Terraform says.

Only the properties that are named here are read. Keys and passwords are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from advisor.core.need import MOST_ITEMS
from advisor.core.refusals import FieldError
from advisor.existing.inventory import (
    EXPRESSROUTE,
    VPN,
    Blocks,
    Circuit,
    Clients,
    Connection,
    Gateway,
    Inventory,
    LocalGateway,
    Peering,
    Subnet,
    VNet,
    Written,
)
from advisor.existing.properties_without_field import properties_without_field
from advisor.existing.references import Reference, named, reference, subscription_of
from advisor.existing.report import Item, SetupRefused
from advisor.existing.resource_types import (
    CIRCUIT,
    CONNECTION,
    GATEWAY,
    LOCAL_GATEWAY,
    PARTS,
    PEERING,
    ROUTE_SERVER,
    SUBNETS,
    VIRTUAL_WAN,
    VNETS,
    WITHOUT_FIELD,
    shown_type,
)
from advisor.existing.resources import TERRAFORM, Place, Resource, Unknown, View
from advisor.existing.settings import (
    asn_of,
    authentication_of,
    kind_of_connection,
    protocol_of,
    together,
    written_in,
)

MOST_READ = 2 * MOST_ITEMS
"""Resources, subnets, peerings and prefixes in all files together: those that are left out count as well, and take
time.
"""

_KINDS = {"vpn": VPN, "expressroute": EXPRESSROUTE}
_EXPRESSROUTE_SKUS = ("ergw", "ultraperformance")
"""How the SKUs begin that only a gateway for ExpressRoute has."""

_ROUTINGS = {"routebased": "route-based", "policybased": "policy-based"}


def inventory_of(resources: Iterable[Resource]) -> Inventory:
    """What the resources say, each resource as often as it stands there, and what of them is not read.

    Raises `SetupRefused` (`too-many-items`) for far more than any need holds.
    """
    listed = list(resources)
    reader = _Reader()
    reader.refuse_too_many(listed)
    for resource in listed:
        reader.read(resource)
    return reader.inventory


class _Reader:
    def __init__(self) -> None:
        self._vnets: list[VNet] = []
        self._subnets: list[Subnet] = []
        self._peerings: list[Peering] = []
        self._gateways: list[Gateway] = []
        self._local_gateways: list[LocalGateway] = []
        self._connections: list[Connection] = []
        self._circuits: list[Circuit] = []
        self._ignored: list[tuple[Place, Item]] = []
        self._other_types: set[tuple[str, str]] = set()
        self._counted = 0
        self._by_type: Mapping[str, Callable[[Resource, View], None]] = {
            **dict.fromkeys(VNETS, self._vnet),
            **dict.fromkeys(SUBNETS, self._child_subnet),
            PEERING: self._child_peering,
            GATEWAY: self._gateway,
            LOCAL_GATEWAY: self._local_gateway,
            CONNECTION: self._connection,
            CIRCUIT: self._circuit,
        }

    @property
    def inventory(self) -> Inventory:
        return Inventory(
            tuple(self._vnets),
            tuple(self._subnets),
            tuple(self._peerings),
            tuple(self._gateways),
            tuple(self._local_gateways),
            tuple(self._connections),
            tuple(self._circuits),
            tuple(self._ignored),
        )

    def refuse_too_many(self, resources: Sequence[Resource]) -> None:
        """Raise `SetupRefused` where the resources alone, without what is in them, are more than are read."""
        self._refuse_over(sum(_weight(resource.type) for resource in resources if resource.type in self._by_type))

    def read(self, resource: Resource) -> None:
        if (resource.file, resource.type) in self._other_types:
            return
        view = resource.view
        read = self._by_type.get(resource.type)
        if read:
            self._count(_weight(resource.type))
            read(resource, view)
            for place in properties_without_field(resource.type, view):
                self._ignore("no-field", view.here, place, _name(view, _references(resource, view)))
        elif resource.type in WITHOUT_FIELD:
            self._ignore("no-field", view.here, view.here, _name(view, _references(resource, view)))
        elif VIRTUAL_WAN.fullmatch(resource.type) and view.code("kind") != ROUTE_SERVER:
            self._ignore_type("virtual-wan", resource, view)
        elif resource.type not in PARTS:
            self._ignore_type("other-resource-type", resource, view)

    def _ignore(self, code: str, owner: Place, place: Place, subject: str) -> None:
        self._ignored.append((owner, Item(code, place.file, place.path, subject)))

    def _ignore_type(self, code: str, resource: Resource, view: View) -> None:
        """Name a type once for each file: an export has hundreds of some."""
        self._other_types.add((resource.file, resource.type))
        self._ignore(code, view.here, view.here, shown_type(view.text("type") or resource.type))

    def _count(self, number: int = 1) -> None:
        """Note one more resource, subnet, peering or prefix. Too many are refused before they take time."""
        self._counted += number
        self._refuse_over(self._counted)

    def _refuse_over(self, counted: int) -> None:
        if counted > MOST_READ:
            parameters = (("items", counted), ("allowed", MOST_READ))
            raise SetupRefused((FieldError("", None, "too-many-items", parameters),))

    def _vnet(self, resource: Resource, view: View) -> None:
        references = _references(resource, view)
        name = _name(view, references)
        prefixes = self._blocks(view.inside("addressSpace"), "addressPrefixes", name)
        classic = resource.type == VNETS[1]
        id_ = view.word("id") or ""
        self._vnets.append(
            VNet(name, view.here, references, prefixes, view.text("location"), subscription_of(id_), classic)
        )
        for subnet in view.members("subnets"):
            self._subnet(subnet, references[0])
        for peering in view.members("virtualNetworkPeerings"):
            self._peering(peering, references[0])

    def _child_subnet(self, resource: Resource, view: View) -> None:
        own = _references(resource, view)
        self._subnet(view, _referred(view, "virtualNetwork") or own[0].parent, own)

    def _subnet(self, view: View, vnet: Reference | None, own: tuple[Reference, ...] = ()) -> None:
        self._count()
        name = (view.word("name") or "").rpartition("/")[2]
        blocks = [self._blocks(view, written, name) for written in ("addressPrefix", "addressPrefixes")]
        known = own or tuple(filter(None, (reference(view.word("id") or ""),)))
        self._subnets.append(Subnet(name.lower(), view.here, vnet, together(blocks), known))

    def _child_peering(self, resource: Resource, view: View) -> None:
        self._peering(view, _referred(view, "virtualNetwork") or _references(resource, view)[0].parent)

    def _peering(self, view: View, vnet: Reference | None) -> None:
        self._count()
        name = (view.word("name") or "").rpartition("/")[2]
        spaces = ("remoteAddressSpace", "remoteVirtualNetworkAddressSpace")
        said = next((view.inside(space) for space in spaces if view.inside(space).has("addressPrefixes")), None)
        prefixes = self._blocks(said, "addressPrefixes", name) if said else Blocks()
        remote = _referred(view, "remoteVirtualNetwork")
        gives, uses = view.flag("allowGatewayTransit"), view.flag("useRemoteGateways")
        self._peerings.append(Peering(name, view.here, vnet, remote, prefixes, gives, uses))

    def _gateway(self, resource: Resource, view: View) -> None:
        references, sku = _references(resource, view), written_in(view.inside("sku"), "name")
        name = _name(view, references)
        kind = _KINDS.get(view.code("gatewayType"))
        if kind is None and view.code("gatewayType"):
            self._ignore("other-gateway", view.here, view.here, name)
            return
        named_sku = str(sku.value).lower() if sku else ""
        self._gateways.append(
            Gateway(
                name=name,
                place=view.here,
                references=references,
                kind=kind or (EXPRESSROUTE if named_sku.startswith(_EXPRESSROUTE_SKUS) else VPN),
                subnet=next(filter(None, (_referred(ip, "subnet") for ip in view.members("ipConfigurations"))), None),
                sku=sku,
                routing=_ROUTINGS.get(view.code("vpnType")),
                active_active=view.flag("activeActive"),
                bgp=view.flag("enableBgp"),
                asn=asn_of(view),
                clients=self._clients(view, name),
                forced_tunneling=view.inside("gatewayDefaultSite").has("id"),
            )
        )

    def _clients(self, gateway: View, name: str) -> Clients | None:
        view = gateway.inside("vpnClientConfiguration")
        pools = self._blocks(view.inside("vpnClientAddressPool"), "addressPrefixes", name)
        if not pools.written and pools.complete:
            return None
        where = gateway.place("vpnClientConfiguration")
        roots = sum(1 for _ in view.values("vpnClientRootCertificates"))
        pool = next(iter(pools.written), None)
        return Clients(where, pool, protocol_of(view), authentication_of(view), roots or None)

    def _local_gateway(self, resource: Resource, view: View) -> None:
        references = _references(resource, view)
        name = _name(view, references)
        prefixes = self._blocks(view.inside("localNetworkAddressSpace"), "addressPrefixes", name)
        peer = f"{view.inside('bgpSettings').text('bgpPeeringAddress')}/32"
        without_peer = tuple(block for block in prefixes.written if block.value != peer)
        address: Written | bool | None = written_in(view, "gatewayIpAddress")
        if address is None and (view.has("fqdn") or isinstance(view.value("fqdn"), Unknown)):
            address = True
        self._local_gateways.append(
            LocalGateway(
                name,
                view.here,
                references,
                Blocks(without_peer, prefixes.complete),
                address,
                asn_of(view),
            )
        )

    def _connection(self, resource: Resource, view: View) -> None:
        references, kind = _references(resource, view), kind_of_connection(view)
        name = _name(view, references)
        if kind is None:
            self._ignore("no-field", view.here, view.here, name)
            return
        self._connections.append(
            Connection(
                name=name,
                place=view.here,
                references=references,
                kind=kind,
                gateway=_referred(view, "virtualNetworkGateway1"),
                local=_referred(view, "localNetworkGateway2"),
                other=_referred(view, "virtualNetworkGateway2"),
                circuit=_referred(view, "peer"),
                bgp=view.flag("enableBgp"),
                policy_based=view.flag("usePolicyBasedTrafficSelectors"),
                over_private_peering=view.flag("useLocalAzureIpAddress"),
            )
        )

    def _circuit(self, resource: Resource, view: View) -> None:
        references = _references(resource, view)
        self._circuits.append(Circuit(_name(view, references), view.here, references))

    def _blocks(self, view: View, name: str, subject: str) -> Blocks:
        """The IPv4 prefixes of a list. The first of IPv6 goes into the report, and stands for the others."""
        written, complete, has_ipv6 = [], True, False
        for place, value in view.values(name):
            self._count()
            if isinstance(value, Unknown):
                complete = False
            elif isinstance(value, str) and ":" in value:
                if not has_ipv6:
                    self._ignore("ipv6-prefix", view.here, place, subject)
                has_ipv6 = True
            elif value != "":
                written.append(Written(value.strip() if isinstance(value, str) else value, place))
        return Blocks(tuple(written), complete)


def _references(resource: Resource, view: View) -> tuple[Reference, ...]:
    """What a resource is known by: its id, else its name, and its address in Terraform. At least one."""
    by_id = reference(view.word("id") or "")
    by_name = named(resource.type, view.word("name") or "", group=view.word("resourceGroup") or "")
    by_address = reference(f"{TERRAFORM}{resource.address}") if resource.address else None
    return tuple(filter(None, (by_id or by_name, by_address)))


def _name(view: View, references: tuple[Reference, ...]) -> str:
    """The name of a resource without those of its parents; from what it is known by, where it does not say one."""
    written = view.word("name") or ""
    return written.rpartition("/")[2].strip() or references[0].name


def _weight(type_: str) -> int:
    """As how many a resource counts: a connection refers to as many others."""
    return 4 if type_ == CONNECTION else 1


def _referred(view: View, name: str) -> Reference | None:
    """The resource that a property refers to, which is what its id says, whatever stands next to it."""
    return reference(view.inside(name).word("id") or "")
