"""Commands of az in Bash, and what parameters are called there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.core.addressing import Prefix
from advisor.core.deployment import Deployment
from advisor.core.deployment_names import underscored
from advisor.core.deployment_parameters import SECRET, TEXTS, Ask, Parameter
from advisor.formats.deployables.quoting import shell

NAMES: Mapping[str, str] = {
    "aad-audience": "AAD_AUDIENCE",
    "asn": "ASN",
    "authorization-key": "AUTHORIZATION_KEY_SECRET",
    "bgp-peer": "BGP_PEER",
    "circuit-mbps": "CIRCUIT_MBPS",
    "circuit-provisioned": "CIRCUIT_PROVISIONED",
    "client-pool": "CLIENT_POOL",
    "connection-protocol": "CONNECTION_PROTOCOL",
    "expressroute-circuit-id": "EXPRESSROUTE_CIRCUIT_ID",
    "expressroute-peering-location": "EXPRESSROUTE_PEERING_LOCATION",
    "expressroute-port-id": "EXPRESSROUTE_PORT_ID",
    "expressroute-provider": "EXPRESSROUTE_PROVIDER",
    "gateway-asn": "GATEWAY_ASN",
    "gateway-subnet": "GATEWAY_SUBNET_PREFIX",
    "key-vault": "KEY_VAULT",
    "location": "LOCATION",
    "prefixes": "PREFIXES",
    "public-ip": "PUBLIC_IP",
    "public-ip-name": "PUBLIC_IP_NAME",
    "radius-server": "RADIUS_SERVER",
    "resource-group": "RESOURCE_GROUP",
    "root-certificate": "ROOT_CERTIFICATE",
    "subscription-id": "SUBSCRIPTION_ID",
    "tenant-id": "TENANT_ID",
    "vnet-prefixes": "VNET_PREFIXES",
    "vpn-gateway-name": "VPN_GATEWAY_NAME",
    "zones": "ZONES",
}
"""What each variable is called; the slug of what it belongs to stands behind it. Keys are read from the key vault."""

WORDS = "_WORDS"
"""Behind the name of a variable with a list: the array of its words."""


@dataclass(frozen=True, slots=True)
class Code:
    """A word of a command as it stands in the file. It holds nothing that somebody typed."""

    text: str


Word = str | int | Prefix | Code
Option = tuple[str, Sequence[Word]]
"""An option with its values; one without values is a flag."""


def options(**given: Word | Sequence[Word] | None) -> list[Option]:
    """Options by name, `vnet_name` for `--vnet-name`; one that is None is left out."""
    return [
        (f"--{name.replace('_', '-')}", [value] if isinstance(value, str | int | Prefix | Code) else list(value))
        for name, value in given.items()
        if value is not None
    ]


def command(name: str, given: Sequence[Option], before: str = "") -> Iterator[str]:
    """A command with one option a line. `before` stands in front of it: what is piped into it."""
    parts = [f"{before}az {name}", *(_option(one) for one in given)]
    for part in parts[:-1]:
        yield f"{part} \\"
    yield parts[-1]


def _option(option: Option) -> str:
    name, values = option
    return "  " + " ".join([name, *map(_word, values)]).strip()


def _word(word: Word) -> str:
    return word.text if isinstance(word, Code) else shell(str(word))


def captured(variable: str, name: str, given: Sequence[Option]) -> Iterator[str]:
    """A command of which a variable gets what it prints, without the line end."""
    one_line = " ".join([f"az {name}", *(_option(one).strip() for one in given)])
    yield f'{variable}="$({one_line})"'


def asked_in_az(deployment: Deployment) -> tuple[Parameter, ...]:
    """The parameters that a script asks for, in order: of what is secret only the name of a secret that may be none."""
    return tuple(
        one
        for one in deployment.parameters
        if "az" in (one.only or ("az",)) and (one.kind != SECRET or one.may_be_empty)
    )


def variable_name(ask: Ask) -> str:
    """What the variable is called that has this value."""
    return NAMES[ask.code] + (f"_{underscored(ask.key).upper()}" if ask.key else "")


def variable(ask: Ask) -> Code:
    """The value of a parameter as one word."""
    return Code(f'"${variable_name(ask)}"')


def variable_words(ask: Ask) -> Code:
    """The values of a parameter that is a list, each as a word."""
    return Code(f'"${{{variable_name(ask)}{WORDS}[@]}}"')


def is_list(parameter: Parameter) -> bool:
    """Whether its values are words, with spaces between them."""
    return parameter.type == TEXTS
