"""Networks in other notations: refused, with the one reading as a suggestion."""

from __future__ import annotations

import pytest

from advisor.core.addressing import AddressError, read_address, read_prefix
from advisor.core.notations import SEVERAL

NOTATIONS = [
    ("192.168.10.0 255.255.255.0", "netmask", "192.168.10.0/24"),
    ("192.168.10.0/255.255.255.0", "netmask", "192.168.10.0/24"),
    ("192.168.10.0 / 255.255.255.0", None, "192.168.10.0/24"),
    ("192.168.10.0  255.255.255.0", None, "192.168.10.0/24"),
    ("192.168.10.0 mask 255.255.255.0", None, "192.168.10.0/24"),
    ("192.168.10.7 255.255.255.0", "netmask", "192.168.10.0/24"),
    ("192.168.10.0 0.0.0.255", "netmask", "192.168.10.0/24"),
    ("10.0.0.0/0.255.255.255", "netmask", "10.0.0.0/8"),
    ("10.1.2.3 255.255.255.255", "netmask", "10.1.2.3/32"),
    ("0.0.0.0 0.0.0.0", "netmask", "0.0.0.0/0"),
    ("10.1.2.3 0.0.0.0", None, None),  # all addresses by a netmask, one by a wildcard mask
    ("10.0.0.0 255.0.255.0", "bad-length", None),
    ("10.1.2.3/16", "host-bits", "10.1.0.0/16"),
    ("192.168.0.00/24", "leading-zero", "192.168.0.0/24"),
    ("192.168.001.000/24", "leading-zero", "192.168.1.0/24"),
    ("192.168.001.005/24", "leading-zero", "192.168.1.0/24"),
    ("192.168.08.0/24", "leading-zero", "192.168.8.0/24"),  # 08 is no octal number
    ("010.0.0.0/8", "leading-zero", None),  # ten, or eight where it is octal
    ("10.0.0.0/08", "bad-length", "10.0.0.0/8"),
    ("10.0.0.0/016", "bad-length", None),
    ("10.0.0.0 /8", None, "10.0.0.0/8"),
    ("10.0.0.0/ 8", None, "10.0.0.0/8"),
    (" 10.0.0.0/8 ", None, "10.0.0.0/8"),
    ("10.0.0.0-10.0.0.255", "address-range", "10.0.0.0/24"),
    ("10.0.0.0 - 10.0.0.255", "address-range", "10.0.0.0/24"),
    ("10.0.0.0 – 10.0.3.255", "address-range", "10.0.0.0/22"),
    ("10.0.0.0-255", "address-range", "10.0.0.0/24"),
    ("10.0.0.5-10.0.0.5", "address-range", "10.0.0.5/32"),
    ("10.0.0.1-10.0.0.254", "address-range", None),
    ("10.0.0.128-10.0.1.127", "address-range", None),
    ("10.0.1.0-10.0.0.0", "address-range", None),
    ("10.0.0.*", None, "10.0.0.0/24"),
    ("10.0.*.*", None, "10.0.0.0/16"),
    ("10.*.0.0", None, None),
    ("10.0.0.0", "no-length", None),
    ("10.0.0.0/33", "bad-length", None),
    ("10.0.0.256/24", None, None),
    ("10.0.0/24", None, None),
    ("fd00::/8", "ipv6", None),
    ("kantoor", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "reason", "suggestion"), NOTATIONS)
def test_it_is_refused_with_its_one_reading(text: str, reason: str | None, suggestion: str | None) -> None:
    with pytest.raises(AddressError) as refused:
        read_prefix(text)
    assert refused.value.suggestion == suggestion
    assert reason in (None, refused.value.reason)
    if suggestion:
        assert str(read_prefix(suggestion)) == suggestion


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("52.166.010.20", None),
        ("52.166.001.20", "52.166.1.20"),
        ("52.166.1.20/32", "52.166.1.20"),
        ("52.166.1.20/24", None),
    ],
)
def test_so_is_an_address(text: str, suggestion: str | None) -> None:
    with pytest.raises(AddressError) as refused:
        read_address(text)
    assert refused.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("10.0.0.0 255.0.0.0 192.168.0.0/255.255.0.0", ["10.0.0.0/8", "192.168.0.0/16"]),
        ("10.0.3.7 255.255.255.0 10.0.0.0 0.0.0.255", ["10.0.3.7 255.255.255.0", "10.0.0.0/24"]),
        ("10.0.0.0 / 8, 11.0.0.0/8", ["10.0.0.0/8", "11.0.0.0/8"]),
        ("10.0.0.0 - 10.0.0.255 11.0.0.0/8", ["10.0.0.0-10.0.0.255", "11.0.0.0/8"]),
        ("10.0.0.0/8 11.0.0.0/8", ["10.0.0.0/8", "11.0.0.0/8"]),
        ("10.0.0.0/24 255.255.255.0", ["10.0.0.0/24", "255.255.255.0"]),
        ("windows-10, macos", ["windows-10", "macos"]),
    ],
)
def test_several_stay_whole(text: str, apart: list[str]) -> None:
    assert SEVERAL.read(text) == apart
