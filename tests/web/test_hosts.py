"""Hosts, origins, ports, and URLs as somebody types them, wherever that is."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, settings
from hypothesis import strategies as some

from config import settings as parsers
from config.databases import database_of
from config.management.commands.serve import Command as Serve
from web.hosts import LOOPBACK, HostFault, host_name, network, port_number, web_origin, web_url

NO_HOST = [
    *["", "*", "*.example", ".example", "a..b", "-a", "a-", "a b", "a" * 64, "a." * 200, "a/b", "a.", "[::1", "::1]"],
    *["1.2.3", "256.1.1.1", "0x7f.1", "2130706433", "fe80::1%eth0", "[::g]", "faß.de", "a\u200db.example", "a\u0000b"],
    *["user@a.example", "a.example:80", "a?b", "a#b", "a\\b"],
]


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("a", "a"),
        ("A.Example", "a.example"),
        ("a-b.example.org", "a-b.example.org"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[2001:DB8:0::1]", "2001:db8::1"),
        ("gate_wijzer", "gate_wijzer"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
    ],
)
def test_a_name_or_an_address_is_written_in_one_way(typed: str, host: str) -> None:
    assert host_name(typed) == host


@pytest.mark.parametrize("typed", NO_HOST)
def test_anything_else_is_no_host(typed: str) -> None:
    with pytest.raises(HostFault):
        host_name(typed)
    if ":" not in typed:
        with pytest.raises(HostFault):
            web_origin(f"https://{typed}:8443")


@pytest.mark.parametrize("typed", ["0", "65536", "99999", "-1", "port", "", " 80", "٣", "80.0", "1" * 30])
def test_a_port_is_from_1_to_65535(typed: str) -> None:
    with pytest.raises(HostFault, match="1 to 65535"):
        port_number(typed)
    with pytest.raises(HostFault):
        web_origin(f"https://a.example:{typed}")
    assert (port_number("1"), port_number("65535")) == (1, 65_535)


@pytest.mark.parametrize(
    ("typed", "code", "meant"),
    [
        ("https://*.example.org", "wildcard", "https://example.org"),
        ("https://a..b", "name", "https://a.b"),
        ("https://a.example:99999", "port", "https://a.example"),
        ("https://user:pw@a.example", "credentials", "https://a.example"),
        ("https://a.example/path?x", "path", "https://a.example"),
        ("http://a.example", "https", "https://a.example"),
        ("a.example:8443", "https", "https://a.example:8443"),
        ("https:/a.example", "https", "https://a.example"),
        ("https://a.example\n", "characters", "https://a.example"),
        ("javascript:alert(1)", "https", ""),
        ("https://", "name", ""),
    ],
)
def test_the_fault_says_what_was_typed_and_the_nearest_that_is_right(typed: str, code: str, meant: str) -> None:
    with pytest.raises(HostFault) as told:
        web_origin(typed, plain_for=LOOPBACK)
    assert (told.value.code, told.value.meant) == (code, meant)
    assert "pw" not in str(told.value)
    if meant:
        assert str(told.value).endswith(f" Did you mean {meant}?")


@settings(max_examples=300)
@given(some.text(max_size=40) | some.from_regex(r"https?://[a-z0-9.:@/\\*_-]{0,30}", fullmatch=True))
def test_what_is_written_in_the_one_way_stays_as_it_is(typed: str) -> None:
    checks: list[Callable[[str], str]] = [host_name, web_origin, lambda text: web_url(text, may_be_plain=True)]
    for check in checks:
        try:
            once = check(typed)
        except HostFault as fault:
            once = fault.meant
        assert not once or check(once) == once


def test_a_url_keeps_its_path_and_loses_no_secret_in_a_fault() -> None:
    assert web_url("HTTPS://Hook.Example:443/A?b=C", may_be_plain=False) == "https://hook.example/A?b=C"
    for typed in ("https://u:hunter2@a..b/x", "https://u:hun/ter2@a.example", "u:hunter2@a.example"):
        with pytest.raises(HostFault) as told:
            web_url(typed, may_be_plain=False)
        assert "ter2" not in str(told.value)


def test_a_network_begins_at_its_first_address() -> None:
    assert str(network("10.2.0.0/16")) == "10.2.0.0/16"
    with pytest.raises(HostFault, match=r"10\.2\.0\.0/16"):
        network("10.2.0.9/16")
    for typed in ("10.0.0.0/33", "a", "*"):
        with pytest.raises(HostFault):
            network(typed)


SETTINGS: list[tuple[Callable[[str], Any], str]] = [
    (parsers._hosts, "{}"),
    (parsers._hosts, "fine.example {}"),
    (parsers._origin, "https://{}"),
    (parsers._contact, "https://{}/"),
    (parsers._contact, "mailto:somebody@{}"),
    (database_of, "postgresql://u:p@{}/name"),
]


@pytest.mark.parametrize(("parse", "form"), SETTINGS)
@pytest.mark.parametrize("host", ["*", "a..b", "-a.example", "a" * 64 + ".example", "256.1.1.1", "a.b."])
def test_every_setting_with_a_host_is_checked(parse: Callable[[str], Any], form: str, host: str) -> None:
    with pytest.raises(ValueError, match=r".") as told:
        parse(form.format(host))
    assert parse is not database_of or host not in str(told.value), "a piece of the password may stand there"


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_every_setting_and_option_with_a_port_is_checked(port: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        database_of(f"postgresql://u:p@host:{port}/name")
    with pytest.raises(ValueError, match=r"."):
        parsers._origin(f"https://a.example:{port}")
    parser = ArgumentParser()
    Serve().add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--port", port])
    with pytest.raises(SystemExit):
        parser.parse_args(["--host", "a..b"])


def test_the_site_itself_has_no_underscore_and_may_have_an_address() -> None:
    with pytest.raises(HostFault, match="gate-wijzer"):
        parsers._hosts("gate_wijzer")
    assert parsers._hosts("A.example, ::1") == ["a.example", "::1"]


def test_a_password_in_a_setting_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for given_value in ("https://root:hunter2@a.example", "root:hunter2@a.example", "https://a:hunter2@*"):
        monkeypatch.setenv("GATEWIJZER_ORIGIN", given_value)
        with pytest.raises(ImproperlyConfigured) as told:
            parsers._read("GATEWIJZER_ORIGIN", "", parsers._origin)
        assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "value"), [("GATEWIJZER_ORIGIN", "https://*"), ("GATEWIJZER_SECRET_KEY", "hunter2-hunter2")]
)
def test_the_site_does_not_start_with_a_setting_that_is_none(name: str, value: str, tmp_path: Path) -> None:
    environment = os.environ | {name: value, "GATEWIJZER_DATA": str(tmp_path)}
    started = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert started.returncode != 0
    assert name in started.stderr.splitlines()[-1]
    assert "hunter2" not in started.stderr
