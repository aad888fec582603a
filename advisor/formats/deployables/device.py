"""What to set on the VPN device of one site, whichever it is: Markdown with two tables and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Ask
from advisor.core.deployment_resources import IpsecPolicy
from advisor.core.device_side import DeviceSide, Peer
from advisor.formats.deployables.header import Header
from advisor.formats.deployables.site_words import SiteWords, address_commands, bgp_command, escaped

Row = tuple[str, ...]

ON_DEVICES = {
    "AES256": "AES-256 (CBC)",
    "SHA256": "SHA-256 (HMAC-SHA2-256)",
    "DHGroup2": "2 (MODP 1024)",
    "DHGroup14": "14 (MODP 2048)",
    "GCMAES256": "AES-256-GCM (ICV 16)",
    "PFS2048": "14 (MODP 2048)",
}
"""What devices call what Azure calls otherwise."""

PORTS = ("RFC 7296", "RFC 3948", "RFC 4303")
"""Which numbers IKE, NAT traversal, and ESP have: those are of the internet, not of Azure."""


def write(deployment: Deployment, header: Header, language: str) -> str:
    """The file for the site that the options of the deployment name, or for the only one."""
    words = SiteWords(deployment, header, "device", language)
    side = words.side
    commands = [*address_commands(side), *([bgp_command(side)] if side.access.bgp else [])]
    parts = [
        [f"# {words.say('title', site=escaped(side.access.typed), hub=escaped(side.hub.typed))}"],
        [words.say("what")],
        [words.edition()],
        *([[f"<{header.link}>"]] if header.link else []),
        [f"## {words.say('ends')}"],
        [*_table(_ends_head(side, words), _ends(side, words))],
        [words.say("addresses")],
        ["```sh", *commands, "```"],
        [f"## {words.say('settings')}"],
        [*_table(_settings_head(words), _settings(side, words))],
        [f"## {words.say('notes')}"],
        [f"- {note}" for note in _notes(side, words)],
        *_found(side, words),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _ends_head(side: DeviceSide, words: SiteWords) -> Row:
    return words.say("what-column"), words.say("azure-column"), escaped(side.access.typed), words.say("source-column")


def _ends(side: DeviceSide, words: SiteWords) -> Iterator[Row]:
    """The ends of each tunnel, the networks behind both, and BGP."""
    for peer in side.peers:
        yield _which(side, peer, words), f"`{peer.gateway_word}`", f"`{peer.device_word}`", ""
    yield words.say("networks"), _networks(side, words), _listed(side.own_prefixes) or words.say("not-told"), ""
    yield _selectors(side, words)
    if side.access.bgp:
        own = side.access.asn or "SITE_ASN"
        yield words.say("asn"), f"`{side.gateway_asn}`", f"`{own}`", words.source("bgp.default_asn")
        for peer in side.peers:
            address = f"`GATEWAY_BGP_IP_{peer.number}`"
            yield words.say("bgp-peer", number=peer.number), address, "`SITE_BGP_IP`", words.source("bgp.peer_ip")
        timers = words.say("timers-value", **words.timers())
        yield words.say("timers"), timers, words.say("same"), words.source("bgp.timers.keepalive")


def _which(side: DeviceSide, peer: Peer, words: SiteWords) -> str:
    """What the address of an end is called."""
    way = "private-address" if peer.over_circuit else "public-address"
    return words.say(f"{way}-of", number=peer.number) if len(side.peers) > 1 else words.say(way)


def _networks(side: DeviceSide, words: SiteWords) -> str:
    """The prefixes behind Azure, by VNet."""
    return "<br>".join(
        f"{escaped(name)}: {_listed(prefixes) or words.say('not-told')}" for name, prefixes in side.access.reached
    )


def _listed(prefixes: Iterable[object]) -> str:
    return ", ".join(f"`{prefix}`" for prefix in prefixes)


def _selectors(side: DeviceSide, words: SiteWords) -> Row:
    """Any to any, or each pair of prefixes, with how many of those there may be."""
    if not side.by_selectors:
        return words.say("selectors"), "`0.0.0.0/0`", "`0.0.0.0/0`", ""
    allowed = side.catalogue["s2s.traffic_selector_policies"]
    pairs = words.say("pairs", count=side.pairs, allowed=allowed.value) if side.pairs else words.say("pairs-unknown")
    return words.say("selectors"), pairs, words.say("mirrored"), words.of(allowed)


def _settings_head(words: SiteWords) -> Row:
    columns = ("setting-column", "azure-column", "device-column", "source-column")
    return tuple(words.say(column) for column in columns)


def _settings(side: DeviceSide, words: SiteWords) -> Iterator[Row]:
    """What both sides agree on, in Azure's words and in those of devices."""
    policy = side.policy
    chosen = words.source("s2s.pfs" if policy else "s2s.dh_group_default")
    yield _version(side, words)
    for code, azure in _ike(policy):
        yield words.say(code), f"`{azure}`", ON_DEVICES[azure], chosen
    phase_1, phase_2 = side.fact("s2s.ike_phase1_lifetime"), side.fact("s2s.ike_phase2_lifetime")
    fixed = words.say("fixed", value=words.shown_of(phase_1))
    yield words.say("ike-lifetime"), fixed, f"{phase_1.value} s", words.of(phase_1)
    for code, azure in _ipsec(policy):
        yield words.say(code), f"`{azure}`", ON_DEVICES[azure], chosen
    if policy:
        yield words.say("esp-integrity"), f"`{policy.ipsec_integrity}`", words.say("within-gcm"), chosen
        yield words.say("pfs"), f"`{policy.pfs_group}`", ON_DEVICES[policy.pfs_group], chosen
    else:
        yield words.say("pfs"), "`None`", words.say("off"), words.source("s2s.pfs")
    seconds = policy.sa_lifetime_seconds if policy else phase_2.value
    yield words.say("esp-lifetime"), words.measured(seconds, phase_2), f"{seconds} s", words.of(phase_2)
    by_traffic = side.fact("s2s.ike_phase2_lifetime_kb")
    kilobytes = policy.sa_size_kilobytes if policy else by_traffic.value
    yield words.say("esp-traffic"), words.measured(kilobytes, by_traffic), f"{kilobytes} KB", words.of(by_traffic)
    dpd = side.catalogue["s2s.dpd_timeout.default"]
    yield words.say("dpd"), words.measured(side.dpd_seconds, dpd), words.say("dpd-device"), words.of(dpd)
    for peer in dict.fromkeys(peer.connection.shared_key.key for peer in side.peers):
        rules = words.say("key-rules", **words.key_rules())
        yield words.say("key"), words.say("key-place", name=f"`psk-{peer}`"), rules, words.source("s2s.psk_charset")


def _version(side: DeviceSide, words: SiteWords) -> Row:
    """The version of IKE: a device may need the older one, a policy-based gateway has no other."""
    version = "IKEv1" if side.policy_based_gateway else "IKEv2"
    may_be_older = any(isinstance(peer.connection.protocol, Ask) for peer in side.peers)
    on_device = words.say("version-of-device") if may_be_older else version
    return words.say("version"), version, on_device, words.source("gateway.ike_by_type")


def _ike(policy: IpsecPolicy | None) -> Iterator[tuple[str, str]]:
    """The algorithms of phase 1: those of the policy, else the best of the default offers."""
    yield "ike-encryption", policy.ike_encryption if policy else "AES256"
    yield "ike-integrity", policy.ike_integrity if policy else "SHA256"
    yield "dh-group", policy.dh_group if policy else "DHGroup2"


def _ipsec(policy: IpsecPolicy | None) -> Iterator[tuple[str, str]]:
    """Those of phase 2; where encryption protects integrity as well, that is told apart."""
    yield "esp-encryption", policy.ipsec_encryption if policy else "AES256"
    if policy is None:
        yield "esp-integrity", "SHA256"


def _notes(side: DeviceSide, words: SiteWords) -> Iterator[str]:
    yield words.say("ports", source=PORTS)
    yield words.say("mss", value=words.shown("s2s.mss_clamp"), source=words.source("s2s.mss_clamp"))
    if side.policy is None:
        yield words.say("default-offers", source=words.source("s2s.custom_policy_skus"))
    else:
        yield words.say("why-policy", source=words.source("s2s.dh_group_default"))
    if side.access.behind_nat and not all(peer.over_circuit for peer in side.peers):
        yield words.say("behind-nat", source=words.source("s2s.behind_nat_allowed"))
    if side.gateway.active_active:
        yield words.say("active-active")
    if side.devices > 1:
        yield words.say("more-devices", count=side.devices)
    if any(peer.over_circuit for peer in side.peers):
        yield words.say("over-circuit")
    if side.forced:
        yield words.say("forced")
    if side.access.bgp:
        yield words.say("bgp-address", source=words.source("bgp.peer_ip_not_public_ip"))
    if side.policy_based_gateway:
        idle = side.catalogue["s2s.idle_timeout_policy_based"]
        yield words.say("idle", value=words.shown_of(idle), source=words.of(idle))


def _found(side: DeviceSide, words: SiteWords) -> list[list[str]]:
    """What the advice says of this site."""
    told = [words.header.findings[place] for place in side.access.findings]
    if not told:
        return []
    listed = [f"- **{severity}** `{code}`: {escaped(text)}" for severity, code, text in told]
    return [[f"## {words.say('found')}"], listed]
