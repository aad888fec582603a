"""Prefixes and addresses: how they are read, which of them overlap, where a block is free.

IPv4 only; netaddr reads the addresses, the rest is arithmetic on whole numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from netaddr import INET_PTON, AddrFormatError, IPAddress

from advisor.core.written_addresses import BITS, address_meant, is_mask, is_range, network_meant

LONGEST_TEXT = 64
"""No address, prefix or netmask is longer; what is longer is not looked at."""

_LENGTH = re.compile(r"0|[1-9][0-9]?")
_LEADING_ZERO = re.compile(r"(?:[0-9]+\.)*0[0-9]+(?:\.[0-9]+)*")


class AddressError(ValueError):
    """A text that is no address or prefix: `reason` is a code of the texts, `suggestion` what is evidently meant."""

    def __init__(self, reason: str, suggestion: str | None = None) -> None:
        self.reason = reason
        self.suggestion = suggestion
        super().__init__(reason)


@dataclass(frozen=True, slots=True, order=True)
class Prefix:
    """A block of IPv4 addresses: its first address as a number and its length, without host bits."""

    first: int
    length: int

    @property
    def size(self) -> int:
        """How many addresses the block holds."""
        return 1 << (BITS - self.length)

    @property
    def last(self) -> int:
        """The last address, as a number."""
        return self.first + self.size - 1

    def overlaps(self, other: Prefix) -> bool:
        """Whether the two blocks share an address."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Prefix) -> bool:
        """Whether every address of this block is one of the other's."""
        return other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        return f"{IPAddress(self.first, 4)}/{self.length}"


def read_prefix(text: str) -> Prefix:
    """Read `10.20.0.0/16`: four octets, a length, no host bits. Raises `AddressError`, with what is evidently meant."""
    if len(text) > LONGEST_TEXT:
        raise AddressError("not-a-network")
    try:
        return _prefix(text)
    except AddressError as refused:
        if is_range(text):
            raise AddressError("address-range", network_meant(text)) from None
        raise AddressError(refused.reason, refused.suggestion or network_meant(text)) from None


def _prefix(text: str) -> Prefix:
    address, separator, length = text.partition("/" if "/" in text else " ")
    number = _number(address, "not-a-network")
    if not separator:
        raise AddressError("no-length")
    if not _LENGTH.fullmatch(length):
        if is_mask(length):
            raise AddressError("netmask")
        raise AddressError("bad-length")
    if int(length) > BITS:
        raise AddressError("bad-length")
    prefix = _cut(number, int(length))
    if prefix.first != number:
        raise AddressError("host-bits", str(prefix))
    return prefix


def read_address(text: str) -> str:
    """Read one IPv4 address as four octets. Raises `AddressError`, with what is evidently meant."""
    if len(text) > LONGEST_TEXT:
        raise AddressError("not-an-address")
    try:
        return str(IPAddress(_number(text, "not-an-address"), 4))
    except AddressError as refused:
        raise AddressError(refused.reason, address_meant(text)) from None


def single(address: str) -> Prefix:
    """The block that holds nothing but this address."""
    return Prefix(int(IPAddress(address, 4)), BITS)


def _number(text: str, reason: str) -> int:
    if ":" in text:
        raise AddressError("ipv6")
    if _LEADING_ZERO.fullmatch(text):
        raise AddressError("leading-zero")
    try:
        return int(IPAddress(text, 4, flags=INET_PTON))
    except (AddrFormatError, ValueError):
        raise AddressError(reason) from None


def _cut(number: int, length: int) -> Prefix:
    host_bits = BITS - length
    return Prefix(number >> host_bits << host_bits, length)


SPECIAL_BLOCKS: tuple[tuple[Prefix, str], ...] = tuple(
    (read_prefix(block), kind)
    for block, kind in (
        ("0.0.0.0/8", "this-network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-nat"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocols"),
        ("192.0.2.0/24", "documentation"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
"""What each block that is not for the internet is for (RFC 6890, RFC 5771). Whether one counts, the catalogue says."""


def kind_of(block: Prefix) -> str:
    """What a block that is not for the internet is for; `reserved` where this list does not know it."""
    return next((kind for special, kind in SPECIAL_BLOCKS if block.within(special)), "reserved")


class Blocks:
    """The addresses that some prefixes cover, as the outermost of those prefixes in address order."""

    def __init__(self, prefixes: Iterable[Prefix]) -> None:
        self._blocks: list[Prefix] = []
        for prefix in sorted(prefixes):
            if not self._blocks or prefix.last > self._blocks[-1].last:
                self._blocks.append(prefix)
        self._firsts = [block.first for block in self._blocks]

    def last_overlapping(self, block: Prefix) -> Prefix | None:
        """The highest of the prefixes that overlaps this block."""
        index = bisect_right(self._firsts, block.last) - 1
        return self._blocks[index] if index >= 0 and self._blocks[index].last >= block.first else None

    def hold(self, block: Prefix) -> bool:
        """Whether the block lies inside one single prefix."""
        found = self.last_overlapping(block)
        return found is not None and block.within(found)


def enclosing(prefix: Prefix) -> Iterator[Prefix]:
    """Every larger block that holds this one, the largest first."""
    return (_cut(prefix.first, length) for length in range(prefix.length))


def without(prefix: Prefix, taken: Iterable[Prefix]) -> tuple[Prefix, ...]:
    """What remains of a prefix outside the blocks that are taken: as few prefixes as possible, in address order."""
    remaining: list[Prefix] = []
    first = prefix.first
    for block in sorted(block for block in taken if block.overlaps(prefix)):
        if block.last >= first:
            remaining += _prefixes_between(first, block.first - 1)
            first = block.last + 1
    return (*remaining, *_prefixes_between(first, prefix.last))


def _prefixes_between(first: int, last: int) -> Iterator[Prefix]:
    """The fewest prefixes that hold the addresses from the first to the last, and no others."""
    while first <= last:
        bits = min((first & -first).bit_length() - 1 if first else BITS, (last - first + 1).bit_length() - 1)
        yield Prefix(first, BITS - bits)
        first += 1 << bits


def highest_free(prefixes: Iterable[Prefix], used: Iterable[Prefix], length: int) -> Prefix | None:
    """The highest aligned block of this length inside one of the prefixes that overlaps nothing used."""
    return highest_outside(prefixes, (Blocks(used),), length)


def highest_outside(prefixes: Iterable[Prefix], taken: Sequence[Blocks], length: int) -> Prefix | None:
    """The same, for blocks that were sorted before."""
    found = (_highest_in(prefix, taken, length) for prefix in prefixes if prefix.length <= length)
    return max((block for block in found if block), default=None)


def _highest_in(prefix: Prefix, taken: Sequence[Blocks], length: int) -> Prefix | None:
    size = 1 << (BITS - length)
    first = prefix.last + 1 - size
    while first >= prefix.first:
        block = Prefix(first, length)
        obstacle = next(filter(None, (blocks.last_overlapping(block) for blocks in taken)), None)
        if obstacle is None:
            return block
        first = obstacle.first // size * size - size
    return None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two members, by index, with the index of the first prefix of each that overlaps the other's."""

    member: int
    prefix: int
    other: int
    other_prefix: int


def find_overlaps(members: Sequence[Sequence[Prefix]], at_most: int) -> tuple[list[Overlap], int]:
    """The first pairs of members of which prefixes overlap, and how many pairs there are in all.

    One sweep in address order: blocks are nested or disjoint, so what overlaps a block are those open around it and
    those inside it. Sets of members are bits of whole numbers, which keeps 10,000 prefixes within a second.
    """
    masks = _overlap_masks(members)
    met = [_union(of_member) & ~(1 << index) for index, of_member in enumerate(masks)]
    pairs = ((index, index + 1 + offset) for index, others in enumerate(met) for offset in _bits(others >> (index + 1)))
    overlaps = [_first_overlap(members, masks, *pair) for pair, _ in zip(pairs, range(at_most), strict=False)]
    return overlaps, sum(others.bit_count() for others in met) // 2


def _overlap_masks(members: Sequence[Sequence[Prefix]]) -> list[list[int]]:
    """For each prefix of each member, the members that have a prefix which overlaps it, as bits."""
    masks = [[0] * len(prefixes) for prefixes in members]
    open_blocks: list[_OpenBlock] = []

    def close() -> None:
        block = open_blocks.pop()
        masks[block.member][block.index] = block.around | block.inside
        if open_blocks:
            open_blocks[-1].inside |= block.inside | 1 << block.member

    swept = sorted(
        (prefix, member, index) for member, prefixes in enumerate(members) for index, prefix in enumerate(prefixes)
    )
    for prefix, member, index in swept:
        while open_blocks and open_blocks[-1].last < prefix.first:
            close()
        around = open_blocks[-1].around | 1 << open_blocks[-1].member if open_blocks else 0
        open_blocks.append(_OpenBlock(prefix.last, member, index, around))
    while open_blocks:
        close()
    return masks


@dataclass(slots=True)
class _OpenBlock:
    """A block that the sweep is in, with the members met around it and inside it so far."""

    last: int
    member: int
    index: int
    around: int
    inside: int = 0


def _first_overlap(
    members: Sequence[Sequence[Prefix]], masks: Sequence[Sequence[int]], member: int, other: int
) -> Overlap:
    prefix = next(index for index, mask in enumerate(masks[member]) if mask >> other & 1)
    block = members[member][prefix]
    other_prefix = next(index for index, candidate in enumerate(members[other]) if candidate.overlaps(block))
    return Overlap(member, prefix, other, other_prefix)


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
