"""Networks and addresses as people and devices write them, and the one that is evidently meant.

Nothing here is taken silently: what is not a network in the contract's notation is refused, with this as a suggestion.
"""

from __future__ import annotations

import re

BITS = 32

_OCTETS = r"[0-9]{1,4}(?:\.[0-9]{1,4}){3}"
_NETWORK = re.compile(rf"({_OCTETS})\s*/\s*([0-9]{{1,4}})")
_MASKED = re.compile(rf"({_OCTETS})(?:\s*/\s*|\s+)(?:mask\s+|netmask\s+)?({_OCTETS})", re.IGNORECASE)
_RANGE = re.compile(rf"({_OCTETS})\s*(?:[-\u2013\u2014]|\s(?:to|tot|t/m)\s)\s*({_OCTETS}|[0-9]{{1,4}})", re.IGNORECASE)
_STARS = re.compile(r"[0-9]{1,4}(?:\.(?:[0-9]{1,4}|\*)){3}")
_SINGLE = re.compile(rf"({_OCTETS})(?:\s*/\s*32)?")


def network_meant(text: str) -> str | None:
    """The network, as an address and its length without host bits, that a text evidently means; None where it means
    none, or can mean more than one: a range that is no single block, `010.0.0.0/8` (ten or, octal, eight).
    """
    plain = text.strip()
    if found := _NETWORK.fullmatch(plain):
        return _network(_address(found[1]), _number(found[2], BITS))
    if found := _MASKED.fullmatch(plain):
        number, mask = _address(found[1]), _address(found[2])
        return None if number is None or mask is None else _network(number, _length(mask, number))
    if found := _RANGE.fullmatch(plain):
        return _of_range(found[1], found[2])
    if "*" in plain and _STARS.fullmatch(plain) and "*." not in plain.replace("*.*", "**"):
        stars = plain.count("*")
        return _network(_address(plain.replace("*", "0")), BITS - 8 * stars)
    return None


def masked_network(text: str) -> str | None:
    """The network that an address with a netmask or a wildcard mask is, such as `10.0.0.0 255.0.0.0`; None for any
    other text, and for an address inside the network.
    """
    found = _MASKED.fullmatch(text.strip())
    meant = network_meant(text) if found else None
    return meant if found and meant and meant.partition("/")[0] == found[1] else None


def address_meant(text: str) -> str | None:
    """The one address that a text evidently means, if it means one."""
    found = _SINGLE.fullmatch(text.strip())
    number = _address(found[1]) if found else None
    return None if number is None else _written(number)


def is_mask(text: str) -> bool:
    """Whether a text is a netmask or a wildcard mask, and so stands behind an address rather than for itself."""
    number = _address(text) if re.fullmatch(_OCTETS, text) else None
    return number is not None and _length(number, 0) is not None


def is_range(text: str) -> bool:
    """Whether a text is two addresses with a hyphen between them."""
    return _RANGE.fullmatch(text.strip()) is not None


def _of_range(first: str, last: str) -> str | None:
    """The block that a range is, if it is just one. Its end may be the last octet alone."""
    begin = _address(first)
    end = _address(last if "." in last else f"{first.rpartition('.')[0]}.{last}")
    if begin is None or end is None or end < begin:
        return None
    size = end - begin + 1
    return _network(begin, BITS + 1 - size.bit_length()) if size & (size - 1) == 0 and begin % size == 0 else None


def _network(number: int | None, length: int | None) -> str | None:
    if number is None or length is None:
        return None
    host_bits = BITS - length
    return f"{_written(number >> host_bits << host_bits)}/{length}"


def _length(mask: int, number: int) -> int | None:
    """The length of a netmask (`255.255.255.0`) or a wildcard mask (`0.0.0.255`). All nought or all ones can be either:
    it is a netmask where that is the length of all addresses, or of one.
    """
    ones = (1 << BITS) - 1
    if mask == 0:
        return 0 if number == 0 else None
    for candidate in (mask, mask ^ ones):
        if candidate | (candidate - 1) == ones:  # ones, then noughts
            return candidate.bit_count()
    return None


def _address(text: str) -> int | None:
    """Four octets as a number; None where one has no reading or two."""
    octets = [_number(octet, 255) for octet in text.split(".")]
    number = 0
    for octet in octets:
        if octet is None:
            return None
        number = number << 8 | octet
    return number


def _number(digits: str, most: int) -> int | None:
    """A number of an address. Behind a nought some programs read octal, so it counts only where that is the same."""
    number = int(digits)
    if digits != str(number) and set(digits) <= set("01234567") and int(digits, 8) != number:
        return None
    return number if number <= most else None


def _written(number: int) -> str:
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
