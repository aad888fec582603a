"""What a deployment has to be told beside the design, and why something in it is as it is: codes, no language."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.core.parameters import Parameters, Value
from faq.knowledge.limits import Catalogue, Source

TEXT, TEXTS, NUMBER, YES_NO = "text", "texts", "number", "yes-no"
"""What a parameter holds; `texts` is a list of them."""

REQUIRED, SECRET, SET = "required", "secret", "set"
"""How a parameter is filled in: it has no default, or is kept where nobody reads it, or has a default."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is there, or is as it is: a code of the sentences for comments with what fills it.

    `entry` is the slug of the FAQ entry that says so; where there is none, `source` is the document that does.
    """

    code: str
    parameters: Parameters = ()
    entry: str | None = None
    source: Source | None = None


def why(code: str, entry: str | None = None, **parameters: Value) -> Why:
    """A reason that the design itself gives, with the entry that tells more."""
    return Why(code, tuple(parameters.items()), entry)


def by_fact(catalogue: Catalogue, key: str, code: str, **parameters: Value) -> Why:
    """A reason that a fact of the edition gives, with its entry and its source. Raises `UnknownLimit`."""
    fact = catalogue[key]
    return Why(code, tuple(parameters.items()), fact.entry, fact.source)


@dataclass(frozen=True, slots=True)
class Ask:
    """A value that the design does not know: the parameter that holds it.

    `key` is the slug of what it belongs to (a site, a tunnel, a VNet, a label), empty where there is one only. Each
    language makes a name of the code, or of code and key, or an item of a map with this key.
    """

    code: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a deployment.

    `default` is None exactly where `kind` is `required` or `secret`, but for `tenant-id`, whose default each format
    has or has not. `sentence` is the code of its description, which `about` fills with whose it is. `allowed` are the
    values it can have, where those can be listed. `only` are the formats that ask for it, empty where all do.
    """

    ask: Ask
    kind: str
    type: str
    default: str | int | bool | tuple[str, ...] | None
    sentence: str
    about: Parameters = ()
    allowed: tuple[str | int, ...] = ()
    only: tuple[str, ...] = ()
    may_be_empty: bool = False

    @property
    def code(self) -> str:
        """What it holds."""
        return self.ask.code


ORDER = (
    "location",
    "subscription-id",
    "resource-group",
    "key-vault",
    "vnet-prefixes",
    "gateway-subnet",
    "zones",
    "vpn-gateway-name",
    "public-ip-name",
    "gateway-asn",
    "client-pool",
    "root-certificate",
    "tenant-id",
    "aad-audience",
    "radius-server",
    "radius-secret",
    "public-ip",
    "prefixes",
    "asn",
    "bgp-peer",
    "connection-protocol",
    "shared-key",
    "expressroute-circuit-id",
    "authorization-key",
    "expressroute-provider",
    "expressroute-peering-location",
    "expressroute-port-id",
    "circuit-mbps",
    "circuit-provisioned",
)
"""The codes of all parameters, in the order in which they stand."""
