"""What people write in tables: above a column, and in a cell for one of its choices, in every language of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from django.utils.translation import override

from advisor.core.field_parameters import rows_of
from advisor.wording.labels import CHOICE_NAMES, FIELD_NAMES, NO_CHOICE, column_label
from web.languages import LANGUAGES

MASK = "mask"
"""A column of netmasks or prefix lengths, which belong to the networks in another."""

_USUAL: Mapping[str, Mapping[str, str]] = {
    "site": {
        "name": (
            "name naam names namen site sites site-name sitenaam location locations locatie locaties location-name "
            "vestiging vestigingen vestigingsnaam branch branches branch-office branch-name filiaal filialen office "
            "offices kantoor kantoren place plaats city stad campus datacenter"
        ),
        "ip": (
            "ip ip-address ip-adres public-ip publiek-ip public-ip-address publiek-ip-adres public-ipv4 publiek-ipv4 "
            "public-address publiek-adres wan wan-ip wan-address wan-adres external-ip extern-ip external-address "
            "extern-adres internet-ip peer-ip gateway-ip openbaar-ip openbaar-ip-adres"
        ),
        "device": (
            "device devices apparaat apparaten vpn-device vpn-apparaat vpn-apparatuur device-type type-apparaat "
            "router firewall appliance"
        ),
        "mbps": (
            "mbps mbit mbits mb/s mbit/s gbps gbit gbit/s gb/s bandwidth bandbreedte speed snelheid capacity "
            "capaciteit throughput doorvoer link-speed lijnsnelheid"
        ),
        "tunnels": "tunnels tunnel number-of-tunnels aantal-tunnels tunnelcount",
        "via": "via path pad route connection verbinding",
        "nat": "nat behind-nat achter-nat",
    },
    "vnet": {
        "name": "name naam names namen vnet vnets vnet-name vnet-naam virtual-network virtueel-netwerk hub-vnet",
        "region": "region regio regions regios azure-region azure-regio location locatie",
        "subnets": "subnets subnet subnetten subnets-in-use used-subnets gebruikte-subnetten",
        "subscription": "subscription subscriptions subscription-name abonnement abonnementen abonnementsnaam",
        "model": "model deployment-model implementatiemodel",
    },
}
_IN_ANY: Mapping[str, str] = {
    "prefixes": (
        "prefix prefixes prefixen network networks netwerk netwerken net subnet subnets subnetten range ranges reeks "
        "reeksen bereik bereiken ip-range ip-ranges ip-reeks ip-bereik address-range address-ranges adresbereik "
        "adresreeks address-space adresruimte cidr cidrs block blocks blok blokken lan lans lan-subnet lan-network "
        "lan-netwerk local-network lokaal-netwerk ip-subnet ip-network ip-netwerk ipv4 ipv4-prefix"
    ),
    "asn": "asn as as-number as-nummer bgp-asn bgp-as",
    MASK: (
        "mask masks netmask netmasks network-mask masker maskers netmasker netwerkmasker subnet-mask subnetmasker "
        "length prefix-length lengte prefixlengte"
    ),
}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "site_device": {
        "validated": "listed on-the-list op-de-lijst tested getest",
        "unlisted": "not-on-the-list not-validated niet-op-de-lijst niet-gevalideerd",
        "software": "rras windows-server-rras routing-and-remote-access",
        "none": "no nee geen geen-apparaat no-device",
    },
    "site_via": {"expressroute": "er circuit express-route", "vpn": "s2s site-to-site ipsec"},
    "vnet_model": {"resource-manager": "arm azure-resource-manager", "classic": "asm klassiek service-management"},
}
"""Other words for choices than their labels, by parameter and code."""

_NOT_SAID = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")


def plain(written: str) -> str:
    """A word of a table without case, spaces, and signs: `Prefix(es)` and `prefix` are the same."""
    return _letters(_IN_BRACKETS.sub(" ", written)) or _letters(written)


@cache
def columns_called(kind: str) -> Mapping[str, str]:
    """The column of rows (`site`, `vnet`) that is meant by what can stand above it, as `plain` writes it. Where a word
    is used for two columns, the one that is particular to these rows counts.
    """
    words = {word: column for column, word in _usual_words(_IN_ANY)}
    words |= {word: column for column, word in _usual_words(_USUAL[kind])}
    for column in rows_of()[kind].columns:
        words |= dict.fromkeys(map(plain, _labels_of_column(kind, column)), column)
    return words


@cache
def choices_called(parameter: str) -> Mapping[str, str]:
    """The code that is meant by a word for one of the choices of a parameter, as `plain` writes it; empty for a
    parameter that is not one of choices.
    """
    labels = CHOICE_NAMES.get(parameter, {})
    words = {word: code for code, word in _usual_words(_CHOICES.get(parameter, {}))}
    for language in LANGUAGES:
        with override(language):
            words |= {plain(str(label)): code for code, label in labels.items()}
            words |= {plain(str(label)): "" for code, label in NO_CHOICE.items() if code == parameter}
    return words | {plain(code): code for code in labels}


def _labels_of_column(kind: str, column: str) -> Iterator[str]:
    parameter = kind if column == "name" else f"{kind}_{column}"
    yield parameter
    yield column
    for language in LANGUAGES:
        with override(language):
            yield str(FIELD_NAMES[parameter])
            yield column_label(kind, column)


def _usual_words(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for meant, written in words.items():
        yield from ((meant, plain(word)) for word in written.split())


def _letters(written: str) -> str:
    return _NOT_SAID.sub("", written.casefold())
