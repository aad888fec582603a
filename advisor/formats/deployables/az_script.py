"""What every command of a script for az needs: values, reasons, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.core.addressing import Prefix
from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Ask, Why
from advisor.core.deployment_resources import (
    VpnGateway,
)
from advisor.formats.deployables import quoting
from advisor.formats.deployables.az_syntax import (
    Code,
    Option,
    Word,
    command,
    options,
    variable,
    variable_words,
)
from advisor.formats.deployables.commentary import Commentary

QUIET: list[Option] = [("--output", ["none"])]
FROM_INPUT = Code("@-")
"""What az reads from the command before it, so that it stands on no command line."""


@dataclass(frozen=True, slots=True)
class Script:
    """Writes the commands for one deployment: those of one resource each between empty lines."""

    deployment: Deployment
    commentary: Commentary

    def word(self, given: str | int | Prefix | Ask) -> Word:
        """A value that is known, or the variable that has it."""
        return variable(given) if isinstance(given, Ask) else given

    def words(self, given: tuple[Prefix, ...] | Ask) -> list[Word]:
        """Prefixes that are known, or the variable that has them."""
        return [variable_words(given)] if isinstance(given, Ask) else list(given)

    def told(self, whys: Iterable[Why]) -> Iterator[str]:
        """Reasons as lines of comment."""
        for said in dict.fromkeys(self.commentary.why(why) for why in whys):
            yield from quoting.comment(said, "#")

    def group_of(self, vnet: str) -> list[Option]:
        """The resource group of a VNet and, where it is not chosen already, its subscription."""
        label = self.deployment.vnet(vnet).subscription
        given = options(resource_group=variable(Ask("resource-group", label)))
        return [*options(subscription=variable(Ask("subscription-id", label))), *given] if label else given

    def name_of(self, vnet: str) -> str:
        """What a VNet is called in Azure."""
        return self.deployment.vnet(vnet).name

    def gateway_of(self, vnet: str) -> VpnGateway:
        """The VPN gateway of a VNet."""
        return next(one for one in self.deployment.vpn_gateways if one.vnet == vnet)

    def made(self, vnet: str, kind: str, given: list[Option], whys: Iterable[Why] = ()) -> list[str]:
        """A command that makes something in the resource group of a VNet, below its reasons."""
        return [*self.told(whys), *command(f"network {kind}", [*self.group_of(vnet), *given, *QUIET])]

    def at(self, location: Ask | None) -> Word | None:
        """The variable with a region."""
        return variable(location) if location else None
