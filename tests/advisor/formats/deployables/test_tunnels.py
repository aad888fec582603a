"""swanctl.conf against a gateway that is set as Azure sets its own: the tunnel comes up, and traffic goes through it.

Both are strongSwan, each in a network namespace of its own. One design runs with the tests; `make tunnels` runs all.
Where routes choose among tunnels, that takes interfaces of the kernel that not every one has: there only the tunnels
are looked at.
"""

from __future__ import annotations

import fcntl
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from advisor.formats.deployables import swanctl
from tests.advisor.formats.deployables import charon
from tests.advisor.formats.deployables.designs import PUBLIC, deployed, tilburg
from tests.builders import site, vnet
from tests.every import some

GATEWAY = ("20.50.1.1", "20.50.1.2")
IN_AZURE, ON_SITE = "10.20.0.4", "192.168.10.5"
KEY = "Only+this+test+knows+it"  # of the namespaces of a test

IKE = "AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048"
ESP = "AES_GCM_16-256"


@dataclass(frozen=True)
class Azure:
    """How the gateway is set: with the policy of a connection, unless it has its default offers only."""

    version: int = 2
    ike: str = "aes256-sha256-modp2048"
    esp: str = "aes256gcm128-modp2048"
    instances: int = 1
    local: tuple[str, ...] = ("0.0.0.0/0",)
    remote: tuple[str, ...] = ("0.0.0.0/0",)


@dataclass(frozen=True)
class Case:
    """A design, the gateway for it, and with which algorithms the two agree."""

    fields: dict[str, Any] = field(default_factory=dict)
    azure: Azure = field(default_factory=Azure)
    ike: str = IKE
    esp: str = ESP


BASIC = Azure(ike="aes256-sha256-modp1024,aes256-sha1-modp1024,3des-sha1-modp1024", esp="aes256-sha256,aes256-sha1")
WEAK = {"ike": IKE.replace("2048", "1024"), "esp": "AES_CBC-256/HMAC_SHA2_256_128"}

CASES = {
    "one tunnel": Case(),
    "active-active": Case({"active_active": True}, Azure(instances=2)),
    "BGP": Case({"bgp": True, "sites": [tilburg(asn=65010)]}),
    "BGP and active-active": Case(
        {"active_active": True, "bgp": True, "sites": [tilburg(asn=65010)]}, Azure(instances=2)
    ),
    "behind NAT": Case({"sites": [tilburg(behind_nat=True)]}),
    "forced tunneling": Case({"forced_tunneling": True}),
    "several prefixes": Case({"vnets": [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.30.0.0/16")]}),
    "traffic selectors": Case(
        {"sites": [tilburg(device_routing="policy-based")]}, Azure(local=("10.20.0.0/16",), remote=("192.168.10.0/24",))
    ),
    "Basic": Case({"gateway_sku": "Basic"}, BASIC, **WEAK),
    "policy-based gateway": Case(
        {
            "gateway_sku": "Basic",
            "gateway_routing": "policy-based",
            "vnets": [vnet("hub", "10.20.0.0/16", "10.21.0.0/16")],
            "sites": [site("Tilburg", "192.168.10.0/24", "192.168.11.0/24", public_ipv4=PUBLIC)],
        },
        Azure(
            version=1,
            ike=BASIC.ike,
            esp=BASIC.esp,
            local=("10.20.0.0/16", "10.21.0.0/16"),
            remote=("192.168.10.0/24", "192.168.11.0/24"),
        ),
        **WEAK,
    ),
}

NETWORK = """
mkdir -p /run/netns
for end in azure site; do ip netns add $end; ip -n $end link set lo up; done
ip link add outside netns azure type veth peer name outside netns site
for address in {gateway}; do ip -n azure addr add $address/32 dev outside; done
ip -n site addr add {public}/32 dev outside
for end in azure site; do ip -n $end link set outside up; done
for address in {gateway}; do ip -n site route add $address/32 dev outside; done
ip -n azure route add {public}/32 dev outside
for address in {in_azure} 10.21.0.4 10.30.0.4; do ip -n azure addr add $address/32 dev lo; done
for address in {on_site} 192.168.11.5; do ip -n site addr add $address/32 dev lo; done
"""

DAEMON = """
ip netns exec {end} bash -c 'mount -t tmpfs tmpfs /run; STRONGSWAN_CONF={folder}/strongswan.conf exec {charon}' &
for tenth in $(seq 100); do [ -S {folder}/vici ] && break; sleep 0.1; done
"""

TRAFFIC = """
ip netns exec azure python3 -c '
import socket
talking, _ = socket.create_server(("{in_azure}", 7000)).accept()
talking.sendall(b"hello from azure")
' &
sleep 0.3
ip netns exec site python3 -c '
import socket
asking = socket.create_connection(("{in_azure}", 7000), timeout=5, source_address=("{on_site}", 0))
print(asking.recv(100).decode())
'
"""


def gateway_conf(azure: Azure) -> str:
    """The file of a gateway: each instance waits for the device, and has an interface for its tunnel."""
    pairs = [(local, remote) for local in azure.local for remote in azure.remote]
    return (
        "connections {\n"
        + "".join(
            f"""instance-{number} {{
    version = {azure.version}
    local_addrs = {GATEWAY[number - 1]}
    proposals = {azure.ike}
    local {{ auth = psk
        id = {GATEWAY[number - 1]} }}
    remote {{ auth = psk
        id = {PUBLIC} }}
    children {{ {children(azure, pairs)} }}
}}
"""
            for number in range(1, azure.instances + 1)
        )
        + f'}}\nsecrets {{ ike-site {{ id-1 = {PUBLIC}\nsecret = "{KEY}" }} }}\n'
    )


def children(azure: Azure, pairs: list[tuple[str, str]]) -> str:
    """What an instance lets through: any to any, or each pair of prefixes."""
    return "".join(
        f"""pair-{at} {{ local_ts = {local}
    remote_ts = {remote}
    esp_proposals = {azure.esp} }}
"""
        for at, (local, remote) in enumerate(pairs, start=1)
    )


def secrets_of(conf: str) -> str:
    """The file with the key, made as the comment in swanctl.conf says."""
    commented = conf.partition("(chmod 0600):\n")[2]
    form = [line.removeprefix("# ") for line in commented.splitlines() if line.startswith("#   ")]
    return re.sub(r'secret = ".*"', f'secret = "{KEY}"', "\n".join(form)) + "\n"


def waits(folder: Path, tunnels: int) -> str:
    """Wait until so many tunnels are up."""
    listed = charon.swanctl(folder, "--list-sas")
    return f"for tenth in $(seq 80); do [ $({listed} | grep -c INSTALLED) -ge {tunnels} ] && break; sleep 0.1; done\n"


def script(case: Case, conf: str, folder: Path) -> str:
    """Both ends, started in order: the gateway, then the device, which makes the tunnels, and sends through them."""
    azure, device = folder / "a", folder / "s"
    by_routes = "if_id_in" in conf
    for end, written in ((azure, gateway_conf(case.azure)), (device, conf)):
        end.mkdir()
        charon.settings(end, carries=True, routes=not by_routes)
        (end / "swanctl.conf").write_text(written)
    (device / "azure-hub.secrets.conf").write_text(secrets_of(conf))
    listed = charon.swanctl(device, "--list-sas")
    addresses = {"gateway": " ".join(GATEWAY), "public": PUBLIC, "in_azure": IN_AZURE, "on_site": ON_SITE}
    return "\n".join(
        (
            "mount -t tmpfs tmpfs /run",
            NETWORK.format(**addresses),
            DAEMON.format(end="azure", folder=azure, charon=charon.CHARON),
            DAEMON.format(end="site", folder=device, charon=charon.CHARON),
            f"{charon.swanctl(azure, '--load-all', f'--file {azure}/swanctl.conf')} >/dev/null",
            f"{charon.swanctl(device, '--load-all', f'--file {device}/swanctl.conf')} >/dev/null",
            waits(device, conf.count("esp_proposals = ")),
            "" if by_routes else TRAFFIC.format(**addresses),
            charon.swanctl(device, "--list-sas"),
            f"{charon.swanctl(device, '--rekey', '--child azure-hub-1')} >/dev/null; echo renewed",
            f"for tenth in $(seq 50); do {listed} | grep -q REKEYED || break; sleep 0.1; done; {listed}",
        )
    )


def test_what_was_started_ends_with_the_script(tmp_path: Path) -> None:
    charon.require()
    with (tmp_path / "held").open("w") as held:
        charon.run(f"flock {held.name} sleep 300 &\nuntil ! flock --nonblock {held.name} true; do sleep 0.1; done")
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("called", some(CASES, len(CASES)))
def test_the_tunnel_comes_up_and_carries_traffic(called: str, tmp_path: Path) -> None:
    charon.require()
    case = CASES[called]
    conf = swanctl.write(*deployed(gateway_ips=GATEWAY[: case.azure.instances], **case.fields), "en")
    told, _, renewed = charon.run(script(case, conf, tmp_path)).partition("renewed\n")
    assert re.findall(r"^  (AES_CBC\S+)", told, re.MULTILINE) == [case.ike] * case.azure.instances
    esp = re.findall(r"INSTALLED, TUNNEL(?:-in-UDP)?, ESP:(\S+)", told)
    assert esp == [case.esp] * conf.count("esp_proposals = ")
    renewed_esp = re.findall(r"INSTALLED, TUNNEL(?:-in-UDP)?, ESP:(\S+)", renewed)
    with_secrecy = f"{case.esp}/MODP_2048" if case.esp == ESP else case.esp
    assert with_secrecy in renewed_esp, renewed
    if "if_id_in" not in conf:
        assert "hello from azure" in told
        carried = [int(number) for number in re.findall(r"^ +out +[0-9a-f]+,\s+(\d+) bytes", told, re.MULTILINE)]
        assert sum(number > 0 for number in carried) == 1
