"""What was linked to, or saved, before still opens, byte for byte, on every page: others hold the address."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from advisor.answers.query_string import address_of, typed
from advisor.answers.typed import raw_need, typed_of
from advisor.core.need import Need, parse_need
from advisor.formats.as_json import need_to_json
from advisor.models import KeptDesign
from tests.builders import EDITION, catalogue, need, site, vnet

EVERYTHING = (
    "edition=2016-12&site=Den+Haag&site=Breda&site=Kiosk&site_prefixes=192.168.1.0/24,192.168.2.0/24&site_prefixes="
    "&site_prefixes=&site_mbps=12.5&site_mbps=1+Gbps&site_mbps=&site_device=unlisted:policy-based&site_device=software"
    "&site_device=none&site_ip=52.166.10.20&site_ip=no&site_ip=&site_tunnels=2&site_tunnels=&site_tunnels="
    "&site_via=vpn&site_via=expressroute&site_via=&vnet=hub&vnet=spoke&vnet_prefixes=10.20.0.0/16&vnet_prefixes="
    "&vnet_region=westeurope&vnet_region=&vnet_subnets=10.20.1.0/24&vnet_subnets=&vnet_model=classic&vnet_model="
    "&vnet_subscription=Productie&vnet_subscription=&clients=40&pool=172.16.201.0/24&systems=windows-10,macos&roots=0"
    "&client_vnets=2&mbps=90&subnet=10.20.255.224/27&routing=route-based&sku=Standard&private=1&circuit=1&backup=1"
    "&transit=1&bgp=1&forced=1"
)
"""An address with every parameter of a design, as it was written before a design had rows of fields."""

ITS_NEED: dict[str, Any] = {
    "edition": "2016-12",
    "vnets": [
        vnet(
            "hub",
            "10.20.0.0/16",
            subnets=["10.20.1.0/24"],
            region="westeurope",
            subscription="Productie",
            model="classic",
        ),
        vnet("spoke"),
    ],
    "sites": [
        site(
            "Den Haag",
            "192.168.1.0/24",
            "192.168.2.0/24",
            bandwidth_mbps=12.5,
            device="unlisted",
            device_routing="policy-based",
            public_ipv4="52.166.10.20",
            tunnels=2,
            expressroute=False,
        ),
        site("Breda", bandwidth_mbps=1000, device="software", public_ipv4=False, expressroute=True),
        site("Kiosk", device="none"),
    ],
    "clients": {
        "count": 40,
        "systems": ["windows-10", "macos"],
        "pool": "172.16.201.0/24",
        "root_certificates": 0,
        "vnets": 2,
    },
    "bandwidth_mbps": 90,
    "private_path": True,
    "expressroute_circuit": True,
    "expressroute_backup": True,
    "transit": True,
    "bgp": True,
    "forced_tunneling": True,
    "gateway_subnet": "10.20.255.224/27",
    "gateway_routing": "route-based",
    "gateway_sku": "Standard",
}


def need_at(address: str) -> Need:
    """The need that an address says."""
    return parse_need(raw_need(typed(QueryDict(address)))[0], EDITION, {EDITION: catalogue()})


def test_an_old_link_says_every_field() -> None:
    assert need_at(EVERYTHING) == need(**ITS_NEED)
    assert need_at(address_of(typed_of(need_at(EVERYTHING)))) == need(**ITS_NEED)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("clients=40", {"clients": {"count": 40}}),
        ("site=Tilburg&site_device=validated&bgp=yes&transit=0", {"sites": [site("Tilburg")], "bgp": True}),
        ("site_prefixes=10.1.0.0/24;10.2.0.0/24", {"sites": [site("Site 1", "10.1.0.0/24", "10.2.0.0/24")]}),
        ("site=A&site_ip=nee&site_mbps=200+Mbit/s", {"sites": [site("A", public_ipv4=False, bandwidth_mbps=200)]}),
        ("site=A&site_device=:policy-based", {"sites": [site("A", device_routing="policy-based")]}),
        ("site=&site=B&site_mbps=&site_mbps=5", {"sites": [site("B", bandwidth_mbps=5)]}),
        ("vnet_prefixes=10.0.0.0/16&vnet_model=resource-manager", {"vnets": [vnet("VNet 1", "10.0.0.0/16")]}),
        ("mbps=1,25+Gbit/s&want=sites&unknown=routes", {"bandwidth_mbps": 1250}),
    ],
)
def test_old_ways_to_write_an_address_are_read(address: str, fields: dict[str, Any]) -> None:
    assert need_at(address) == need(**fields)


@pytest.mark.django_db
def test_a_design_saved_before_opens(client: Client) -> None:
    saved(EVERYTHING)
    design = client.get("/nl/advice/result/design/?design=K7QFM2XDRT&want=sites&want=clients&want=vnets").json()
    assert design == need_to_json(need(**ITS_NEED))
    page = client.get("/nl/advice/?design=K7QFM2XDRT").content.decode()
    assert 'value="192.168.1.0/24,192.168.2.0/24"' in page
    assert client.get("/nl/advice/steps/check/?design=K7QFM2XDRT").status_code == 200


@pytest.mark.django_db
def test_an_advice_saved_before_opens(client: Client) -> None:
    before = client.post("/en/advice/case/", {"address": "site=Tilburg&unknown=routes"}).headers["Location"]
    shown = KeptDesign.objects.get().shown
    KeptDesign.objects.all().delete()
    saved("edition=2016-12&site=Tilburg&vnet=vnet&unknown=routes", json.loads(zlib.decompress(shown)))
    page = client.get("/en/advice/case/K7QFM2XDRT/").content.decode()
    assert "Tilburg" in page
    assert "Changed since" not in page
    assert before.startswith("/en/advice/case/")


def saved(query: str, shown: Any = None) -> None:
    """A row as the table of saved designs has had it from the first."""
    written = zlib.compress(json.dumps(shown, ensure_ascii=False).encode()) if shown else b""
    KeptDesign.objects.create(
        code="K7QFM2XDRT", kept_at=timezone.now(), query=zlib.compress(query.encode()), shown=written, size=1
    )
