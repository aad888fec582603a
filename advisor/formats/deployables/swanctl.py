"""The settings of strongSwan for the device of one site: `swanctl.conf`, which loads as it stands.

https://docs.strongswan.org/docs/5.9/swanctl/swanctlConf.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from advisor.core.deployment import Deployment
from advisor.core.device_side import DeviceSide, Peer
from advisor.core.parameters import Exactly
from advisor.formats.deployables.header import Header
from advisor.formats.deployables.site_words import SiteWords, address_commands, bgp_command

IKE_OF_POLICY, ESP_OF_POLICY = "aes256-sha256-modp2048", "aes256gcm128-modp2048"
"""The policy of a connection (AES256, SHA256, DHGroup14; GCMAES256, PFS2048) as strongSwan calls it."""
IKE_BY_DEFAULT, ESP_BY_DEFAULT = "aes256-sha256-modp1024", "aes256-sha256"
"""The strongest of Azure's default offers that strongSwan takes, for a gateway that accepts no policy."""

RENEWED_AFTER = 90
"""Percent of a lifetime after which this side renews: before Azure does, so that the two do not renew together."""
TRIES_IN_TIMEOUT = 3
"""So often this side asks whether Azure is there in the time after which Azure takes the tunnel for down."""
IF_IDS = 40
"""The XFRM interface of the first tunnel has the number after this. Any but 0 would do, which means none."""

ANY = "0.0.0.0/0"

Line = tuple[int, str]
"""How many blocks a line stands in, and what it says."""


def write(deployment: Deployment, header: Header, language: str) -> str:
    """The file for the site that the options of the deployment name, or for the only one."""
    words = SiteWords(deployment, header, "swanctl", language)
    side = words.side
    lines = [
        *words.head(_before(side, words)),
        "",
        "connections {",
        *("    " * depth + said for depth, said in _connections(side, words)),
        "}",
        "",
        *words.comments(_key(side, words)),
        "include azure-*.secrets.conf",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def connection_name(side: DeviceSide, peer: Peer) -> str:
    """What the connection to an address of the gateway is called, and its only child."""
    return f"azure-{side.hub.key}-{peer.number}"


def renewed(seconds: int) -> int:
    """When this side renews what lives so long, in seconds."""
    return seconds * RENEWED_AFTER // 100


def _before(side: DeviceSide, words: SiteWords) -> Iterator[str]:
    """What must exist first, and what checks the file and runs it."""
    yield words.say("first")
    yield words.say("addresses")
    yield from (f"  {command}" for command in address_commands(side))
    unknown = [peer.gateway_word for peer in side.peers if peer.gateway_ip is None]
    unknown += dict.fromkeys(peer.device_word for peer in side.peers if peer.device_ip is None)
    if unknown:
        yield words.say("replace", words=tuple(unknown))
    yield words.say("run", hub=side.hub.key)
    yield "  swanctl --load-all"
    yield from (f"  swanctl --initiate --child {connection_name(side, peer)}" for peer in side.peers)
    yield "  swanctl --list-sas"
    if side.devices > 1:
        yield words.say("more-devices", count=side.devices)
    yield words.say("mss", mss=words.exactly("s2s.mss_clamp"), source=words.source("s2s.mss_clamp"))
    yield f"  iptables -t mangle -A FORWARD {_leaving(side)} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss " + str(
        side.catalogue["s2s.mss_clamp"].value
    )
    if side.by_routes:
        yield from _interfaces(side, words)


def _leaving(side: DeviceSide) -> str:
    """How the firewall knows what leaves through a tunnel."""
    return "-o azure+" if side.by_routes else "-m policy --dir out --pol ipsec"


def _interfaces(side: DeviceSide, words: SiteWords) -> Iterator[str]:
    """How the interface of each tunnel is made, and what is routed into it."""
    yield words.say("interfaces")
    mtu = side.catalogue["s2s.tunnel_mtu"].value
    for peer in side.peers:
        yield f"  ip link add azure{peer.number} type xfrm dev eth0 if_id {IF_IDS + peer.number}"
        yield f"  ip link set azure{peer.number} mtu {mtu} up"
    if side.access.bgp:
        yield words.say("bgp-routes", asn=Exactly(side.gateway_asn or 0), **words.timers())
        yield f"  {bgp_command(side)}"
        destinations = [(peer, f"GATEWAY_BGP_IP_{peer.number}/32") for peer in side.peers]
    else:
        yield words.say("routes")
        destinations = [(peer, str(prefix)) for peer in side.peers for prefix in side.azure_prefixes]
    for peer, destination in destinations:
        yield f"  ip route add {destination} dev azure{peer.number} metric {peer.number}"


def _connections(side: DeviceSide, words: SiteWords) -> Iterator[Line]:
    for peer in side.peers:
        yield 1, f"{connection_name(side, peer)} {{"
        yield from ((2, line) for line in words.comments(_about(side, peer, words)))
        yield from ((2, line) for line in _ends(side, peer, words))
        yield from ((2, line) for line in _ike(side, peer, words))
        for end, address in (("local", peer.device_word), ("remote", peer.gateway_word)):
            yield from ((2, f"{end} {{"), (3, "auth = psk"), (3, f"id = {address}"), (2, "}"))
        yield 2, "children {"
        for number, selectors in enumerate(_selectors(side, words), start=1):
            yield 3, f"{connection_name(side, peer)}{f'-{number}' if number > 1 else ''} {{"
            yield from ((4, line) for line in selectors)
            yield from ((4, line) for line in _esp(side, peer, words))
            yield 3, "}"
        yield from ((2, "}"), (1, "}"))


def _about(side: DeviceSide, peer: Peer, words: SiteWords) -> Iterator[str]:
    """Which of several tunnels this is."""
    if side.gateway.active_active:
        instance = (peer.number - 1) % len({one.number for one in side.peers if one.connection is peer.connection}) + 1
        yield words.say("instance", number=instance)
    if peer.over_circuit:
        yield words.say("over-circuit")
    elif any(one.over_circuit for one in side.peers):
        yield words.say("over-internet")


def _ends(side: DeviceSide, peer: Peer, words: SiteWords) -> Iterator[str]:
    if side.policy_based_gateway:
        yield from words.comments([words.say("ike-version-1", source=words.source("gateway.ike_by_type"))])
    yield f"version = {1 if side.policy_based_gateway else 2}"
    behind_nat = side.access.behind_nat and not peer.over_circuit
    told = []
    if behind_nat:
        told.append(words.say("behind-nat", source=words.source("s2s.behind_nat_allowed")))
    if peer.device_ip is None:
        told.append(words.say("address-unknown", word=peer.device_word))
    yield from words.comments(told)
    yield f"local_addrs = {'%any' if behind_nat or peer.device_ip is None else peer.device_ip}"
    yield f"remote_addrs = {peer.gateway_word}"


def _ike(side: DeviceSide, peer: Peer, words: SiteWords) -> Iterator[str]:
    lifetime = side.fact("s2s.ike_phase1_lifetime")
    weak, policy, timeout = words.exactly("s2s.dh_group_default"), peer.connection.policy, peer.connection.dpd_seconds
    code, fact = ("policy", "s2s.dh_group_default") if policy else ("default-offers", "s2s.custom_policy_skus")
    yield from _once(peer, words, words.say(code, group=weak, source=words.source(fact)))
    yield f"proposals = {IKE_OF_POLICY if policy else IKE_BY_DEFAULT}"
    yield from _once(peer, words, words.say("ike-lifetime", seconds=lifetime.value, source=words.of(lifetime)))
    yield f"rekey_time = {renewed(lifetime.value)}s"
    yield from _once(peer, words, words.say("dpd", seconds=timeout, source=words.source("s2s.dpd_timeout.default")))
    yield f"dpd_delay = {timeout // TRIES_IN_TIMEOUT}s"
    yield "mobike = no"
    yield "keyingtries = 0"


def _once(peer: Peer, words: SiteWords, told: str) -> Iterator[str]:
    """What holds for every tunnel is told at the first."""
    return words.comments([told] if peer.number == 1 else [])


def _selectors(side: DeviceSide, words: SiteWords) -> Iterator[list[str]]:
    """What may go through the tunnel, for each child: there is one, but for IKEv1, of which a child has one pair. Where
    the design does not say, the line waits for it, and the file loads.
    """
    if side.access.bgp:
        yield [*words.comments([words.say("any-by-bgp")]), f"local_ts = {ANY}", f"remote_ts = {ANY}"]
    elif side.policy_based_gateway and side.pairs:
        for own, azure in product(side.own_prefixes, side.azure_prefixes):
            yield [f"local_ts = {own}", f"remote_ts = {azure}"]
    else:
        yield [*_of_site(side, words), *_listed("remote_ts", side.azure_prefixes, words.say("no-remote"), words)]


def _of_site(side: DeviceSide, words: SiteWords) -> Iterator[str]:
    if side.by_selectors and side.pairs:
        source, allowed = words.source("s2s.traffic_selector_policies"), side.catalogue["s2s.traffic_selector_policies"]
        yield from words.comments([words.say("pairs", count=side.pairs, allowed=allowed.value, source=source)])
    if side.forced:
        yield from words.comments([words.say("any-by-forced")])
        yield f"local_ts = {ANY}"
    else:
        yield from _listed("local_ts", side.own_prefixes, words.say("no-local"), words)


def _listed(setting: str, prefixes: Iterable[object], where_none: str, words: SiteWords) -> Iterator[str]:
    listed = ", ".join(map(str, prefixes))
    if listed:
        yield f"{setting} = {listed}"
    else:
        yield from words.comments([where_none, f"{setting} = PREFIXES"])


def _esp(side: DeviceSide, peer: Peer, words: SiteWords) -> Iterator[str]:
    policy, by_default = peer.connection.policy, side.fact("s2s.ike_phase2_lifetime")
    lifetime = policy.sa_lifetime_seconds if policy else by_default.value
    yield f"esp_proposals = {ESP_OF_POLICY if policy else ESP_BY_DEFAULT}"
    yield from _once(peer, words, words.say("esp-lifetime", seconds=lifetime, source=words.of(by_default)))
    yield f"rekey_time = {renewed(lifetime)}s"
    yield f"life_time = {lifetime}s"
    yield "start_action = start"
    yield "close_action = start"
    yield "dpd_action = restart"
    if side.by_routes:
        yield f"if_id_in = {IF_IDS + peer.number}"
        yield f"if_id_out = {IF_IDS + peer.number}"


def _key(side: DeviceSide, words: SiteWords) -> Iterator[str]:
    """Where the key is, and in what form: none stands here."""
    yield words.say("key", hub=side.hub.key)
    yield "  secrets {"
    by_key: dict[str, list[Peer]] = {}
    for peer in side.peers:
        by_key.setdefault(peer.connection.key, []).append(peer)
    for key, peers in by_key.items():
        yield f"      ike-{key} {{"
        yield from (f"          id-{peer.number} = {peer.gateway_word}" for peer in peers)
        yield f'          secret = "{words.say("key-placeholder")}"'
        yield "      }"
    yield "  }"
    yield words.say("key-rules", **words.key_rules())
