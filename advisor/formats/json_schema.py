"""The advice contract as JSON Schema, for the OpenAPI document: the Need that goes in and the Advice that comes out.

What a schema cannot say (host bits, a subnet within its VNet, names that are alike) is refused with 422 all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.core.editions import EDITIONS
from advisor.core.fields import DEVICES, MODELS, ROUTINGS, SYSTEM_CODES
from advisor.core.kinds import LONGEST_NAME

Schema = dict[str, Any]

TYPES = tuple(dict.fromkeys(type_ for book in EDITIONS.values() for type_ in book.connection_types))
"""The connection types of all rule books."""


def _of(kind: str, **more: Any) -> Schema:
    return {"type": kind} | more


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items} | more


def _object(properties: dict[str, Schema], required: tuple[str, ...] | None = None, **more: Any) -> Schema:
    """An object with just these properties, all of them required unless it says which."""
    needed = list(properties if required is None else required)
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        **more,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(codes: tuple[str, ...], **more: Any) -> Schema:
    return {"type": "string", "enum": list(codes)} | more


CIDR = _of("string", description="An IPv4 network with its length and no host bits, such as 10.20.0.0/16.")
NAME = _of("string", minLength=1, maxLength=LONGEST_NAME, description="Unique among VNets and sites.")
MBPS = _of("number", minimum=0)


def _flag(description: str) -> Schema:
    return _of("boolean", default=False, description=description)


VNET = _object(
    {
        "name": NAME,
        "prefixes": _list(CIDR, default=[], description="IPv4 address space."),
        "subnets": _list(CIDR, default=[], description="Blocks in use, each inside one of the prefixes."),
        "region": _or_null(_of("string", examples=["westeurope"], description="An Azure region, such as westeurope.")),
        "subscription": _or_null(_of("string", description="A label only.")),
        "model": _one_of(MODELS, default=MODELS[0], description="The deployment model."),
    },
    required=("name",),
)

SITE = _object(
    {
        "name": NAME,
        "prefixes": _list(CIDR, default=[], description="IPv4 address space."),
        "device": _one_of(
            DEVICES,
            default=DEVICES[0],
            description="On the validated list; another that meets the parameters; RRAS or other software; none.",
        ),
        "device_routing": _one_of(ROUTINGS, default=ROUTINGS[0], description="What the device can do."),
        "public_ipv4": {
            "anyOf": [_of("boolean"), _of("string", format="ipv4")],
            "default": True,
            "description": "The address, or whether there is one.",
        },
        "bandwidth_mbps": _or_null(MBPS | {"description": "What this site needs."}),
        "tunnels": _of("integer", minimum=1, default=1, description="More than 1 asks for redundancy."),
        "expressroute": _or_null(
            _of("boolean", description="Joins over the circuit, stays on VPN, or (null) as the rules say.")
        ),
    },
    required=("name",),
)

CLIENTS = _object(
    {
        "count": _of("integer", minimum=0, default=0, description="Computers connected at the same time."),
        "systems": _list(_one_of(SYSTEM_CODES), default=[], description="Their operating systems."),
        "pool": _or_null(CIDR | {"description": "The address pool that is handed to them."}),
        "root_certificates": _or_null(_of("integer", minimum=0, description="Trusted roots to upload.")),
        "vnets": _of("integer", minimum=1, default=1, description="VNets that one of them connects to at once."),
    },
    required=(),
)

NEED = _object(
    {
        "edition": _of("string", description="Whose limits apply; the site's default where absent."),
        "vnets": _list(VNET, minItems=1, description="The first is the hub, whose gateway is designed."),
        "sites": _list(SITE, default=[], description="On-premises locations."),
        "clients": CLIENTS,
        "bandwidth_mbps": _or_null(MBPS | {"description": "Total through the gateway; absent: the sum of the sites."}),
        "private_path": _flag("Traffic must not cross the public internet, or latency must be predictable."),
        "expressroute_circuit": _flag("A circuit exists already."),
        "expressroute_backup": _flag("The sites get a VPN as a backup beside ExpressRoute."),
        "transit": _flag("Sites or VNets must reach each other through the hub."),
        "bgp": _flag("Routes are exchanged with BGP over the VPN."),
        "forced_tunneling": _flag("Internet-bound traffic goes back on-premises."),
        "gateway_subnet": _or_null(
            CIDR | {"description": "An existing or planned GatewaySubnet; absent: one is proposed."}
        ),
        "gateway_routing": _or_null(_one_of(ROUTINGS, description="The type of a VPN gateway that exists.")),
        "gateway_sku": _or_null(_of("string", description="The SKU of a VPN gateway that exists.")),
    },
    required=(),
    title="Need",
    examples=[
        {
            "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
            "sites": [{"name": "Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}],
        }
    ],
)


def need_schema(editions: Sequence[str]) -> Schema:
    """The schema of a need on a site that has these editions."""
    edition = NEED["properties"]["edition"] | {"enum": list(editions)}
    return NEED | {"properties": NEED["properties"] | {"edition": edition}}


TEXT = _of("string")
COUNT = _of("integer", minimum=0)
REASON = _object({"rule": TEXT, "text": TEXT, "entry": _or_null(TEXT)})

ADVICE = _object(
    {
        "edition": TEXT,
        "verdict": _one_of(("fits", "fits-with-warnings", "does-not-fit")),
        "connections": _list(
            _object({"type": _one_of(TYPES), "members": _list(TEXT), "tunnels": COUNT, "reasons": _list(REASON)})
        ),
        "gateway": _or_null(
            _object(
                {
                    "routing": _one_of(ROUTINGS),
                    "sku": TEXT,
                    "subnet": _or_null(CIDR),
                    "tunnels": COUNT,
                    "throughput_mbps": MBPS,
                }
            )
        ),
        "expressroute": _or_null(
            _object(
                {
                    "gateway_sku": TEXT,
                    "throughput_mbps": MBPS,
                    "circuit_mbps": _or_null(MBPS),
                    "subnet": _or_null(CIDR),
                }
            )
        ),
        "limits": _list(
            _object(
                {
                    "key": TEXT,
                    "requested": MBPS,
                    "allowed": MBPS,
                    "unit": _one_of(("tunnel", "client", "certificate", "Mbps")),
                    "status": _one_of(("ok", "near", "exceeded")),
                    "source": _or_null(_object({"document": TEXT, "date": TEXT})),
                    "entry": _or_null(TEXT),
                }
            )
        ),
        "findings": _list(
            _object(
                {
                    "code": TEXT,
                    "severity": _one_of(("error", "warning", "info")),
                    "subjects": _list(TEXT),
                    "text": TEXT,
                    "entry": _or_null(TEXT),
                }
            )
        ),
        "alternatives": _list(
            _object({"type": _one_of(TYPES), "chosen": _of("boolean"), "reasons": _list(REASON)}),
            minItems=min(len(book.connection_types) for book in EDITIONS.values()),
            maxItems=max(len(book.connection_types) for book in EDITIONS.values()),
        ),
        "entries": _list(TEXT),
        "client_pool": _or_null(CIDR | {"description": "A pool proposed for clients, where the need gives none."}),
    },
    title="Advice",
)
