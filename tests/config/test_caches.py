"""The Redis that a URL names."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from config.caches import redis_of
from tests.served import ROOT


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("", None),
        ("redis://cache.example.org", {"host": "cache.example.org", "port": 6379, "db": 0}),
        ("redis://127.0.0.1:6380/3", {"host": "127.0.0.1", "port": 6380, "db": 3}),
        ("redis://[2001:db8::1]:6380", {"host": "2001:db8::1", "port": 6380, "db": 0}),
        ("redis://:p%40ss@host", {"host": "host", "port": 6379, "db": 0, "password": "p@ss"}),
        (
            "rediss://gate:p%2Fw@host:6380/1?ssl_ca_certs=/etc/ssl/redis.pem",
            {
                "host": "host",
                "port": 6380,
                "db": 1,
                "ssl": True,
                "ssl_ca_certs": "/etc/ssl/redis.pem",
                "username": "gate",
                "password": "p/w",
            },
        ),
        ("unix:///run/redis/redis.sock", {"unix_socket_path": "/run/redis/redis.sock", "db": 0}),
        (
            "unix://:secret@/run/redis.sock?db=2",
            {"unix_socket_path": "/run/redis.sock", "db": 2, "password": "secret"},
        ),
    ],
)
def test_a_url_says_how_redis_is_reached(url: str, found: dict[str, Any] | None) -> None:
    assert redis_of(url) == found


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("localhost:6379", "write redis:"),
        ("http://host", "write redis:"),
        ("redis://", "write redis:"),
        ("redis:///0", "write redis:"),
        ("redis://host/0#part", "write redis:"),
        ("redis://host /0", "write redis:"),
        ("redis://u:secret@host:many", "write redis:"),
        ("redis://u:secret@host:99999", "write redis:"),
        ("redis://u:secret/word@host", "write redis:"),
        ("redis://u:secret@[host/0", "write redis:"),
        ("redis://u:secret@*.example.org", "write redis:"),
        ("redis://u:secret@host:0", "a port is"),
        ("redis://u:secret@host/name", "is a number"),
        ("redis://u:secret@host/-1", "is a number"),
        ("redis://u:secret@host/²", "is a number"),
        ("redis://u:secret@host?db=1", "has no parameters"),
        ("rediss://u:secret@host?ssl_cert_reqs=none", "the parameters"),
        ("rediss://u:secret@host?ssl_ca_certs=/a&ssl_ca_certs=/b", "the parameters"),
        ("unix://u:secret@host/redis.sock", "from the root"),
        ("unix:///", "from the root"),
        ("unix:///redis.sock?db=x", "is a number"),
    ],
)
def test_a_url_that_is_none_is_refused_without_repeating_it(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        redis_of(url)
    assert "secret" not in str(refused.value)


def test_a_setting_that_is_refused_stops_the_start_without_the_password() -> None:
    environment = os.environ | {
        "CACHE_URL": "redis://u:wachtwoord@host/name",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", "import django; django.setup()"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "CACHE_URL: the database of Redis is a number" in done.stderr
    assert "wachtwoord" not in done.stderr
