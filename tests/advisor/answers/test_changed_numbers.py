"""What if there were more of something: a design with other numbers."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from advisor.answers.changed_numbers import MOST_MORE, with_numbers
from advisor.answers.query_string import address_of, typed


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", "site=A&site=B&site_mbps=5&site_mbps=3&clients=40"),
        ("clients=50", "site=A&site=B&site_mbps=5&site_mbps=3&clients=50"),
        ("clients=", "site=A&site=B&site_mbps=5&site_mbps=3"),
        ("roots=3&mbps=1+Gbps", "site=A&site=B&site_mbps=5&site_mbps=3&clients=40&roots=3&mbps=1+Gbps"),
        ("site_mbps=&site_mbps=8", "site=A&site=B&site_mbps=&site_mbps=8&clients=40"),
        ("site_tunnels=2", "site=A&site=B&site_mbps=5&site_mbps=3&site_tunnels=2&site_tunnels=&clients=40"),
        ("site_mbps=1&site_mbps=2&site_mbps=3", "site=A&site=B&site_mbps=1&site_mbps=2&clients=40"),
        ("more=1", "site=A&site=B&site=Site+3&site_mbps=5&site_mbps=3&site_mbps=3&clients=40"),
    ],
)
def test_what_is_given_takes_the_place_of_what_was_said(given: str, address: str) -> None:
    said = typed(QueryDict("site=A&site=B&site_mbps=5&site_mbps=3&clients=40"))
    assert address_of(with_numbers(said, QueryDict(given))) == address


def test_a_site_that_is_added_takes_no_name_that_is_taken() -> None:
    said = typed(QueryDict("site=Site+2&site_prefixes=10.0.0.0/24&site_device=software"))
    more = with_numbers(said, QueryDict("more=2")).sites[1:]
    assert [(row["name"], row["prefixes"], row["device"]) for row in more] == [
        ("Site 3", "", "software"),
        ("Site 4", "", "software"),
    ]


def test_no_more_sites_are_added_than_so_many() -> None:
    assert len(with_numbers(typed(QueryDict("")), QueryDict("more=9999")).sites) == MOST_MORE
