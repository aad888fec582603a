"""How prefixes are read, which overlap, where a block is free."""

from __future__ import annotations

import ipaddress
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.core.addressing import (
    AddressError,
    Blocks,
    Prefix,
    find_overlaps,
    highest_free,
    kind_of,
    read_address,
    read_prefix,
    single,
    without,
)
from tests.cpu_time import takes_at_most
from tests.every import examples

MODEST = settings(max_examples=examples(150), deadline=None)

lengths = st.integers(0, 32)


@st.composite
def prefixes(draw: st.DrawFn, within: int = 0, shortest: int = 0) -> Prefix:
    """Prefixes crowded enough to meet each other."""
    length = draw(st.integers(shortest, 32))
    number = draw(st.integers(0, (1 << (32 - within)) - 1))
    return Prefix(number >> (32 - length) << (32 - length), length)


crowded = prefixes(within=24, shortest=24)


@pytest.mark.parametrize("text", ["0.0.0.0/0", "10.20.0.0/16", "255.255.255.255/32", "192.168.1.128/25"])
def test_it_reads_a_prefix_and_writes_it_the_same(text: str) -> None:
    assert str(read_prefix(text)) == text


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("10.1.2.3/16", "host-bits", "10.1.0.0/16"),
        ("10.0.0.1/0", "host-bits", "0.0.0.0/0"),
        ("10.0.0.0/255.255.0.0", "netmask", "10.0.0.0/16"),
        ("10.0.3.7/255.255.255.0", "netmask", "10.0.3.0/24"),
        ("10.0.0.0 255.0.0.0", "netmask", "10.0.0.0/8"),
        ("10.0.0.0/0.0.255.255", "netmask", "10.0.0.0/16"),
        ("10.0.0.0/33", "bad-length", None),
        ("10.0.0.0/-1", "bad-length", None),
        ("10.0.0.0/+8", "bad-length", None),
        ("10.0.0.0/08", "bad-length", "10.0.0.0/8"),
        ("10.0.0.0/", "bad-length", None),
        ("10.0.0.0/8 ", "bad-length", "10.0.0.0/8"),
        ("10.0.0.0/8\n", "bad-length", "10.0.0.0/8"),
        ("10.0.0.0/1６", "bad-length", None),
        ("10.0.0.0/8/8", "bad-length", None),
        ("10.0.0.0", "no-length", None),
        ("010.0.0.0/8", "leading-zero", None),
        ("10.0.00.0/8", "leading-zero", "10.0.0.0/8"),
        ("10.1/16", "not-a-network", None),
        ("10/8", "not-a-network", None),
        ("0x0a.0.0.0/8", "not-a-network", None),
        ("167772160/8", "not-a-network", None),
        ("10.0.0.256/32", "not-a-network", None),
        ("１0.0.0.0/8", "not-a-network", None),
        ("٣.0.0.0/8", "not-a-network", None),
        (" 10.0.0.0/8", "not-a-network", "10.0.0.0/8"),
        ("10.0.0.0\0/8", "not-a-network", None),
        ("tilburg", "not-a-network", None),
        ("", "not-a-network", None),
        ("/", "not-a-network", None),
        ("::/0", "ipv6", None),
        ("2001:db8::/32", "ipv6", None),
        ("::ffff:10.0.0.0/104", "ipv6", None),
        ("fe80::1%eth0/64", "ipv6", None),
        ("1" * 1_000_000, "not-a-network", None),
    ],
)
def test_it_refuses_what_is_no_prefix(text: str, reason: str, suggestion: str | None) -> None:
    def read() -> None:
        with pytest.raises(AddressError) as refused:
            read_prefix(text)
        assert (refused.value.reason, refused.value.suggestion) == (reason, suggestion)

    takes_at_most(0.05, read)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("52.166.10.20/32", "not-an-address"),
        ("052.166.10.20", "leading-zero"),
        ("52.166.10", "not-an-address"),
        ("2001:db8::1", "ipv6"),
        ("", "not-an-address"),
        ("5" * 100, "not-an-address"),
    ],
)
def test_it_refuses_what_is_no_address(text: str, reason: str) -> None:
    with pytest.raises(AddressError) as refused:
        read_address(text)
    assert refused.value.reason == reason


@given(number=st.integers(0, 2**32 - 1), length=lengths)
@MODEST
def test_it_agrees_with_the_standard_library_on_prefixes(number: int, length: int) -> None:
    known = ipaddress.ip_network((number, length), strict=False)
    read = read_prefix(str(known))
    assert (read.first, read.last, read.size) == (
        int(known.network_address),
        int(known.broadcast_address),
        known.num_addresses,
    )
    assert str(read) == str(known)
    assert read_address(str(ipaddress.ip_address(number))) == str(ipaddress.ip_address(number))


@given(text=st.text(st.sampled_from("0123456789./x: -"), max_size=24) | st.text(max_size=40))
@MODEST
def test_it_reads_no_more_than_the_standard_library(text: str) -> None:
    try:
        read = read_prefix(text)
    except AddressError:
        return
    assert str(ipaddress.IPv4Network(text, strict=True)) == str(read) == text


@given(one=prefixes(), other=prefixes())
@MODEST
def test_overlap_and_inclusion_agree_with_the_standard_library(one: Prefix, other: Prefix) -> None:
    known, known_other = ipaddress.IPv4Network(str(one)), ipaddress.IPv4Network(str(other))
    assert one.overlaps(other) == known.overlaps(known_other)
    assert one.within(other) == known.subnet_of(known_other)
    assert Blocks([other]).hold(one) == one.within(other)


def test_an_address_alone_is_a_block_of_one() -> None:
    assert str(single("52.166.10.20")) == "52.166.10.20/32"


@given(members=st.lists(st.lists(crowded, max_size=4), max_size=8), at_most=st.integers(0, 30))
@MODEST
def test_overlaps_are_those_of_comparing_all_with_all(members: list[list[Prefix]], at_most: int) -> None:
    expected = []
    for (member, own), (other, others) in combinations(enumerate(members), 2):
        pairs = [(i, j) for i, a in enumerate(own) for j, b in enumerate(others) if a.overlaps(b)]
        if pairs:
            expected.append((member, pairs[0][0], other, pairs[0][1]))
    overlaps, count = find_overlaps(members, at_most)
    assert count == len(expected)
    assert [(o.member, o.prefix, o.other, o.other_prefix) for o in overlaps] == expected[:at_most]


@given(
    space=st.lists(prefixes(within=20, shortest=20), max_size=4),
    used=st.lists(crowded, max_size=8),
    length=st.integers(24, 32),
)
@MODEST
def test_the_free_block_is_the_highest_that_trying_all_finds(
    space: list[Prefix], used: list[Prefix], length: int
) -> None:
    size = 1 << (32 - length)
    tried = [Prefix(first, length) for prefix in space for first in range(prefix.first, prefix.last + 2 - size, size)]
    free = [
        block
        for block in tried
        if any(block.within(prefix) for prefix in space) and not any(block.overlaps(other) for other in used)
    ]
    assert highest_free(space, used, length) == max(free, default=None)


SPREAD = [[Prefix(number << 12, 20)] for number in range(10_000)]
ALIKE = [[Prefix(10 << 24, 8)]] * 5_000
NESTED = [[Prefix(0, number % 33)] for number in range(10_000)]
MANY = [[Prefix((number * 15 + member) << 12, 20) for number in range(660)] + [Prefix(0, 0)] for member in range(15)]


@pytest.mark.parametrize(
    ("members", "pairs"),
    [(SPREAD, 0), (ALIKE, 5_000 * 4_999 // 2), (NESTED, 10_000 * 9_999 // 2), (MANY, 105)],
    ids=["spread", "alike", "nested", "many prefixes"],
)
def test_ten_thousand_prefixes_take_less_than_a_second(members: list[list[Prefix]], pairs: int) -> None:
    takes_at_most(1, lambda: find_overlaps(members, 100))
    overlaps, count = find_overlaps(members, 100)
    assert count == pairs
    assert len(overlaps) == min(pairs, 100)


@given(whole=prefixes(within=20, shortest=20), taken=st.lists(prefixes(within=20, shortest=20), max_size=6))
@MODEST
def test_what_remains_of_a_prefix_is_all_that_nobody_has_in_the_fewest_prefixes(
    whole: Prefix, taken: list[Prefix]
) -> None:
    left = [ipaddress.IPv4Network(str(whole))]
    for block in (ipaddress.IPv4Network(str(prefix)) for prefix in taken):
        left = [
            part
            for one in left
            if not one.subnet_of(block)
            for part in (one.address_exclude(block) if block.subnet_of(one) else [one])
        ]
    assert [str(prefix) for prefix in without(whole, taken)] == [
        str(part) for part in ipaddress.collapse_addresses(left)
    ]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("192.168.0.0/16", "private"),
        ("10.1.2.3/32", "private"),
        ("100.64.0.0/10", "carrier-nat"),
        ("192.0.2.0/24", "documentation"),
        ("52.0.0.0/8", "reserved"),
    ],
)
def test_a_block_that_is_not_for_the_internet_has_a_kind(block: str, kind: str) -> None:
    assert kind_of(read_prefix(block)) == kind
