"""What a deployment can be and one format of it cannot: each check raises `DeploymentRefused` with a code of the texts.

What no format can be, `deployment_of` refuses.
"""

from __future__ import annotations

from advisor.core.deployment import Deployment, DeploymentRefused
from advisor.core.deployment_resources import SiteAccess
from advisor.core.parameters import AnyOf, Count, Names

MOST_RESOURCES = 800
MOST_PARAMETERS = 256
"""Of one template: https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits"""

REACHING_SUBSCRIPTIONS = ("Terraform", "az")
"""The formats that reach more than one subscription."""


def check_bicep(deployment: Deployment) -> None:
    """One Bicep file is deployed into one resource group, and is a template of limited size."""
    if deployment.subscriptions:
        raise DeploymentRefused(
            "several-subscriptions",
            (("subscriptions", len(deployment.subscriptions) + 1), ("formats", AnyOf(REACHING_SUBSCRIPTIONS))),
        )
    resources = sum(not getattr(resource, "exists", False) for resource in deployment.resources)
    parameters = sum("bicep" in (one.only or ("bicep",)) for one in deployment.parameters)
    if resources > MOST_RESOURCES or parameters > MOST_PARAMETERS:
        raise DeploymentRefused(
            "too-many-resources",
            (
                ("resources", Count(resources, "resource")),
                ("most_resources", MOST_RESOURCES),
                ("parameters", Count(parameters, "parameter")),
                ("most_parameters", MOST_PARAMETERS),
            ),
        )


def check_az(deployment: Deployment) -> None:
    """`az network vnet-gateway create` makes a gateway active-active of two addresses, and clients need a third."""
    for gateway in deployment.vpn_gateways:
        if gateway.active_active and gateway.clients:
            raise DeploymentRefused("az-active-active-clients", (("addresses", len(gateway.addresses)),))


def check_nothing(deployment: Deployment) -> None:
    """A format that every deployment can be written in."""


def check_site(deployment: Deployment) -> None:
    """The files of a device are those of one site that takes a tunnel."""
    chosen_site(deployment)


def chosen_site(deployment: Deployment) -> SiteAccess:
    """The site that is asked for, or the only one that takes a tunnel. Raises `DeploymentRefused` for no such site."""
    name = deployment.options.site
    on_vpn = tuple(site.typed for site in deployment.sites)
    if name is None:
        if len(deployment.sites) == 1:
            return deployment.sites[0]
        if deployment.sites:
            raise DeploymentRefused("which-site", (("sites", Names("site", on_vpn)),))
        raise DeploymentRefused("site-not-on-vpn")
    for site in deployment.sites:
        if site.typed.casefold() == name.casefold():
            return site
    if name.casefold() in {other.casefold() for other in deployment.other_sites}:
        raise DeploymentRefused("site-not-on-vpn", (("site", Names("site", (name,))),))
    raise DeploymentRefused("no-such-site", (("site", name), ("sites", on_vpn)))
