"""Who may read the figures of the site, and what they are where nobody serves."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("networks", "client_address", "status"),
    [
        ([], "127.0.0.1", 404),
        (["127.0.0.1"], "127.0.0.1", 200),
        (["10.2.0.0/16"], "10.2.3.4", 200),
        (["10.2.0.0/16"], "10.3.0.1", 404),
        (["2001:db8::/32"], "2001:db8::7", 200),
        (["2001:db8::/32"], "192.0.2.1", 404),
        (["0.0.0.0/0"], "", 404),
    ],
)
def test_only_the_named_addresses_may_read_them(
    client: Client, settings: Any, networks: list[str], client_address: str, status: int
) -> None:
    settings.METRICS_FROM = [ip_network(network) for network in networks]
    assert client.get("/metrics", REMOTE_ADDR=client_address).status_code == status


def test_behind_a_proxy_the_client_counts(client: Client, settings: Any) -> None:
    settings.METRICS_FROM, settings.PROXIES = [ip_network("10.2.0.0/16")], 1
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="10.2.3.4").status_code == 200
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="10.2.3.4, 192.0.2.1").status_code == 404


def test_they_tell_of_each_part_and_of_the_index(client: Client, settings: Any) -> None:
    settings.METRICS_FROM = [ip_network("127.0.0.1")]
    answer = client.get("/metrics")
    told = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    for part in ("database", "writing", "index", "quotas"):
        assert f'gatewijzer_part_well{{part="{part}"}}' in told
    assert "gatewijzer_content_version " in told
    assert "gatewijzer_index_documents " in told
