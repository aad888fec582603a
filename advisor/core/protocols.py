"""How clients connect and prove who they are, by the dates on which that ends; in 2016-12 there is one way."""

from __future__ import annotations

from datetime import date

from advisor.core.need import Need
from faq.knowledge.limits import Catalogue

DEFAULT_PROTOCOL = "openvpn"
"""It fits wherever another does."""


def day_of(need: Need, catalogue: Catalogue) -> date:
    """The day of which the advice holds: the one that is asked for, else the start of the edition.

    Raises ValueError for an edition without a date, of which nothing is known to change.
    """
    day = need.as_of or catalogue.start
    if day is None:
        raise ValueError(f"edition {catalogue.edition} has no date")
    return day


def exists(need: Need) -> bool:
    """Whether there is a VPN gateway already."""
    return need.gateway_sku is not None or need.gateway_routing is not None


def protocol_of(need: Need) -> str:
    """The protocol of the clients."""
    return need.clients.protocol or DEFAULT_PROTOCOL


def counts_over_sstp(need: Need, catalogue: Catalogue) -> bool:
    """Whether the clients count as over SSTP: it is asked for, and still works on that day."""
    return protocol_of(need) == "sstp" and day_of(need, catalogue) < catalogue.day("p2s.sstp_end")


def most_clients(need: Need, catalogue: Catalogue) -> int:
    """How many clients a gateway allows at most, over their protocol where that matters."""
    return catalogue.number(most_clients_key(need, catalogue))


def most_clients_key(need: Need, catalogue: Catalogue) -> str:
    """The key of how many clients the largest gateway allows."""
    if "p2s.max_clients_ikev2_openvpn" not in catalogue:
        return "p2s.max_clients"
    return "p2s.max_clients_sstp" if counts_over_sstp(need, catalogue) else "p2s.max_clients_ikev2_openvpn"


def uses_certificates(need: Need, catalogue: Catalogue) -> bool:
    """Whether the gateway checks certificates itself; always in an edition that knows nothing else."""
    return "p2s.auth_combinations" not in catalogue or need.clients.authentication in {None, "certificate"}
