"""Designs as the addresses of pages have them."""

from __future__ import annotations

from urllib.parse import urlencode


def design_of(sites: int, *more: tuple[str, str]) -> str:
    """The query of a design with this many sites, two VNets, clients, and what is added."""
    named = [(f"Site {n}", f"192.168.{n}.0/24", "25") for n in range(1, sites + 1)]
    columns = zip(("site", "site_prefixes", "site_mbps"), zip(*named, strict=True), strict=True)
    query = [(name, value) for name, values in columns for value in values]
    vnets = [("vnet", "hub"), ("vnet_prefixes", "10.20.0.0/16"), ("vnet", "spoke"), ("vnet_prefixes", "10.30.0.0/16")]
    return urlencode([*query, *vnets, ("clients", "90"), *more])
