"""From a design to what is deployed for it: resources and parameters, no language and no text of any format.

A format writes a `Deployment` down. What it leaves out, no format has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.core.advice import Advice, Finding
from advisor.core.deployment_asks import parameters
from advisor.core.deployment_circuit import circuit, circuit_connection, expressroute_gateway
from advisor.core.deployment_gateways import public_ips, vpn_gateways
from advisor.core.deployment_limits import is_deployable
from advisor.core.deployment_parameters import Parameter
from advisor.core.deployment_plan import Plan
from advisor.core.deployment_resources import (
    Circuit,
    CircuitConnection,
    ExpressRouteGateway,
    GatewaySubnet,
    LocalGateway,
    Peering,
    PublicIp,
    SiteAccess,
    SiteConnection,
    VNet,
    VNetConnection,
    VpnGateway,
)
from advisor.core.deployment_sites import local_gateways, site_accesses, site_connections, vnet_connections
from advisor.core.deployment_vnets import gateway_subnets, peerings, vnets
from advisor.core.need import Need
from advisor.core.parameters import Count, Parameters
from faq.knowledge.limits import Catalogue

EXISTING, NEW = "existing", "new"
VNETS = (EXISTING, NEW)
"""Whether the VNets are there, or are made."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked beside the need: whether VNets are made, and for the files of a device whose they are and, once
    they are known, the addresses of the gateway.
    """

    vnets: str = EXISTING
    site: str | None = None
    gateway_ips: tuple[str, ...] = ()


class DeploymentRefused(ValueError):  # noqa: N818
    """A design, or a format of it, that no file is made for: `reason` is a code of the texts with what fills it.

    `findings` are the errors of a design that does not fit.
    """

    def __init__(self, reason: str, parameters: Parameters = (), findings: tuple[Finding, ...] = ()) -> None:
        self.reason = reason
        self.parameters = parameters
        self.findings = findings
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Deployment:
    """All that is deployed for a design, each group in the order of the need.

    `catalogue` has the limits of the edition, for what a file says beside the resources. The first of `vnets` is the
    hub, and its gateway the first of `vpn_gateways`. `subscriptions` are the slugs of the labels of further
    subscriptions. `sites` are those that take a tunnel, `other_sites` the names of those that do not.
    """

    edition: str
    verdict: str
    options: Options
    catalogue: Catalogue
    parameters: tuple[Parameter, ...]
    vnets: tuple[VNet, ...]
    subnets: tuple[GatewaySubnet, ...] = ()
    public_ips: tuple[PublicIp, ...] = ()
    local_gateways: tuple[LocalGateway, ...] = ()
    vpn_gateways: tuple[VpnGateway, ...] = ()
    circuit: Circuit | None = None
    expressroute_gateway: ExpressRouteGateway | None = None
    site_connections: tuple[SiteConnection, ...] = ()
    vnet_connections: tuple[VNetConnection, ...] = ()
    circuit_connection: CircuitConnection | None = None
    peerings: tuple[Peering, ...] = ()
    sites: tuple[SiteAccess, ...] = ()
    other_sites: tuple[str, ...] = ()
    subscriptions: tuple[str, ...] = ()

    @property
    def hub(self) -> VNet:
        """The VNet with the gateways of the design."""
        return self.vnets[0]

    @property
    def resources(self) -> tuple[object, ...]:
        """Everything in it, in the order in which it is written."""
        return tuple(self._resources())

    def _resources(self) -> Iterator[object]:
        yield from self.vnets
        yield from self.subnets
        yield from self.public_ips
        yield from self.local_gateways
        yield from self.vpn_gateways
        yield from (one for one in (self.circuit, self.expressroute_gateway) if one)
        yield from self.site_connections
        yield from self.vnet_connections
        yield from (one for one in (self.circuit_connection,) if one)
        yield from self.peerings

    def vnet(self, key: str) -> VNet:
        """The VNet with this slug. Raises StopIteration where there is none."""
        return next(vnet for vnet in self.vnets if vnet.key == key)


def deployment_of(need: Need, advice: Advice, catalogue: Catalogue, options: Options) -> Deployment:
    """What to deploy for a need and its advice. Raises `DeploymentRefused` where there is nothing that would work, and
    ValueError for an option that there is not.
    """
    if options.vnets not in VNETS:
        raise ValueError(f"no such way to have VNets: {options.vnets!r}")
    if not is_deployable(catalogue):
        raise DeploymentRefused("edition-not-deployable", (("edition", need.edition),))
    if advice.verdict == "does-not-fit":
        errors = tuple(found for found in advice.findings if found.severity == "error")
        raise DeploymentRefused("does-not-fit", (("errors", Count(len(errors), "error")),), errors)
    if not advice.connections:
        raise DeploymentRefused("nothing-to-deploy")
    plan = Plan(need, advice, catalogue, options.vnets)
    deployment = Deployment(
        edition=need.edition,
        verdict=advice.verdict,
        options=options,
        catalogue=catalogue,
        parameters=(),
        vnets=tuple(vnets(plan)),
        subnets=tuple(gateway_subnets(plan)),
        public_ips=tuple(public_ips(plan)),
        local_gateways=tuple(local_gateways(plan)),
        vpn_gateways=tuple(vpn_gateways(plan)),
        circuit=circuit(plan),
        expressroute_gateway=expressroute_gateway(plan),
        site_connections=tuple(site_connections(plan)),
        vnet_connections=tuple(vnet_connections(plan)),
        circuit_connection=circuit_connection(plan),
        peerings=tuple(peerings(plan)),
        sites=tuple(site_accesses(plan)),
        other_sites=tuple(site.name for index, site in enumerate(need.sites) if index not in plan.design.sites.tunnels),
        subscriptions=tuple(plan.subscriptions.values()),
    )
    return replace(deployment, parameters=parameters(plan, deployment.resources))
