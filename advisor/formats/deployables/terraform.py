"""A deployment as one Terraform file for the azurerm provider, without modules and without a backend."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Ask
from advisor.core.parameters import Count
from advisor.formats.deployables import quoting
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.header import Header
from advisor.formats.deployables.terraform_context import Context, alias
from advisor.formats.deployables.terraform_maps import maps
from advisor.formats.deployables.terraform_resources import resources
from advisor.formats.deployables.terraform_syntax import Block, Code, block, lines_of
from advisor.formats.deployables.terraform_variables import reference, variables

TERRAFORM_VERSION = ">= 1.9"
"""The first whose conditions of variables can name other values."""

PROVIDER_VERSION = ">= 4.62, < 6.0"
"""`bgp_enabled` came with 4.62, and `terraform init` takes the newest; `enable_bgp` is gone in 5.0."""

COMMANDS = ("terraform init", "terraform plan -out main.tfplan", "terraform apply main.tfplan")
"""What prepares the folder, what checks the file, and what runs it."""


def write(deployment: Deployment, header: Header, language: str) -> str:
    """The file `main.tf`, with comments in a language."""
    return "\n".join(_lines(deployment, Commentary(header, "terraform", language))) + "\n"


def _lines(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    for said in _head(deployment, commentary):
        yield from quoting.comment(said, "#")
    for one in _blocks(deployment, commentary):
        yield ""
        yield from lines_of(one)


def _head(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    yield from commentary.head(deployment)
    yield commentary.say("first-existing" if deployment.hub.exists else "first-new")
    yield commentary.say("state")
    minutes = Count(deployment.catalogue.number("gateway.creation_time"), "minute")
    yield commentary.say("run", minutes=minutes)
    yield from COMMANDS
    if any(one.code == "shared-key" for one in deployment.parameters):
        yield commentary.say("keys")


def _blocks(deployment: Deployment, commentary: Commentary) -> Iterator[Block]:
    yield _versions()
    yield from _providers(deployment)
    yield from variables(deployment, commentary)
    context = Context(deployment, commentary)
    yield from maps(context)
    yield from resources(context)
    yield from _outputs(context)


def _versions() -> Block:
    azurerm = {"source": "hashicorp/azurerm", "version": PROVIDER_VERSION}
    return block(
        "terraform", ("required_version", TERRAFORM_VERSION), block("required_providers", ("azurerm", azurerm))
    )


def _providers(deployment: Deployment) -> Iterator[Block]:
    for label in ("", *deployment.subscriptions):
        yield block(
            'provider "azurerm"',
            *([("alias", alias(label).partition(".")[2])] if label else []),
            ("subscription_id", reference(deployment, Ask("subscription-id", label))),
            block("features"),
        )


def _outputs(context: Context) -> Iterator[Block]:
    """The addresses that devices connect to and, with BGP, those that the gateway speaks from."""
    if not context.deployment.vpn_gateways:
        return
    gateway = context.deployment.vpn_gateways[0]
    addresses = [one for one in context.deployment.public_ips if one.vnet == gateway.vnet]
    yield block(
        'output "gateway_public_ips"',
        ("description", context.commentary.say("public-ips")),
        ("value", [Code(f"{context.public_ip(one)}.ip_address") for one in addresses]),
    )
    if gateway.bgp:
        yield block(
            'output "gateway_bgp_peers"',
            ("description", context.commentary.say("bgp-peers")),
            ("value", Code(f"{context.vpn_gateway()}.bgp_settings")),
        )
