"""Designs as the addresses of pages have them."""

from __future__ import annotations

from urllib.parse import urlencode

VNETS = (("hub", "10.20.0.0/16"), ("spoke", "10.30.0.0/16"))


def design_of(sites: int, *more: tuple[str, str], vnets: int = 2, clients: int = 90) -> str:
    """The query of a design with this many sites, VNets (at most two), and clients, and with what is added."""
    query = []
    for number in range(1, sites + 1):
        query += [("site", f"Site {number}"), ("site_prefixes", f"192.168.{number}.0/24"), ("site_mbps", "25")]
    for name, prefixes in VNETS[:vnets]:
        query += [("vnet", name), ("vnet_prefixes", prefixes)]
    return urlencode([*query, *([("clients", str(clients))] if clients else []), *more])
