"""Groups of words and abbreviations for one thing."""

from __future__ import annotations

import pytest

from faq.search.terms import SHIPPED, Meaning, Term, TermsRefused, Thesaurus, read_terms
from faq.search.words import words_of


def test_a_name_is_recognised_in_any_spelling_and_language() -> None:
    thesaurus = Thesaurus([Term("space", {"nl": ("adresruimte",), "en": ("address space",)})])
    for words, language in [
        (["welke", "adresruimten"], "nl"),
        (["welke", "address", "space"], "nl"),
        (["my", "addressspace"], "en"),
    ]:
        assert Meaning(1, len(words), "space") in thesaurus.meanings(words, language)


def test_the_shipped_terms_can_be_read_and_name_things_in_both_languages() -> None:
    terms = read_terms(SHIPPED.read_text(encoding="utf-8"))
    assert len(terms) > 100
    assert all(term.names["nl"] and term.names["en"] for term in terms)


@pytest.fixture(scope="module")
def shipped() -> Thesaurus:
    return Thesaurus(read_terms(SHIPPED.read_text(encoding="utf-8")))


SAID = {
    "nl": [
        ("er hangt een kastje in de meterkast", "vpn-device"),
        ("wij hebben een FortiGate", "vpn-device"),
        ("op de UniFi van de zaak", "vpn-device"),
        ("achter een Ziggo-modem", "behind-nat"),
        ("de KPN-modem staat in bridge", "internet-provider"),
        ("wij bellen in met de laptop", "point-to-site"),
        ("hun inbelverbinding doet niks", "point-to-site"),
        ("een client-to-site-VPN", "point-to-site"),
        ("mensen die thuis werken", "home-worker"),
        ("de monteurs van de buitendienst", "client"),
        ("de loods in Tiel", "site"),
        ("een tweede pand erbij", "multi-site"),
        ("de server op de zaak", "on-premises"),
        ("ons cloudnetwerk", "vnet"),
        ("een cloudrouter kopen", "vpn-gateway"),
        ("de lijn naar Microsoft", "connect"),
        ("een dark fiber", "expressroute"),
        ("over het gewone internet", "backbone"),
        ("wat is het wachtwoord van de tunnel", "preshared-key"),
        ("het codewoord van de lijn", "preshared-key"),
        ("dezelfde IP-adressen als de buren", "overlap"),
        ("de tunnel klapt er steeds uit", "flapping"),
        ("de tunnel klapt eruit", "drop"),
        ("zij kunnen er niet bij", "unreachable"),
        ("de wifi op de camping", "proxy"),
        ("een collega die uit dienst is", "revoke"),
        ("het IP-adres wisselt steeds", "changing-ip"),
        ("een laptop met Ubuntu", "linux"),
        ("de lijn als vangnet", "failover"),
        ("hoe duur is dat", "cost"),
    ],
    "en": [
        ("the box in the meter cupboard", "vpn-device"),
        ("we run pfSense on it", "vpn-device"),
        ("a Meraki at the office", "vpn-device"),
        ("it sits behind a cable modem", "behind-nat"),
        ("dial-in for the sales team", "point-to-site"),
        ("they dial in from a hotel", "point-to-site"),
        ("a client-to-site VPN", "point-to-site"),
        ("staff who work at home", "home-worker"),
        ("our depot in Leeds", "site"),
        ("a second office", "multi-site"),
        ("in our server room", "on-premises"),
        ("the cloud network", "vnet"),
        ("the VNG is stuck", "vpn-gateway"),
        ("the pipe is full", "connect"),
        ("the line to Microsoft", "connect"),
        ("a leased line", "expressroute"),
        ("dark fiber from the telecom", "expressroute"),
        ("over the ordinary internet", "backbone"),
        ("the password of the VPN", "preshared-key"),
        ("the shared secret", "preshared-key"),
        ("both use the same addresses", "overlap"),
        ("the IP ranges clash", "overlap"),
        ("the tunnel flaps", "flapping"),
        ("we got kicked out", "drop"),
        ("I can't get to the server", "unreachable"),
        ("the guest wifi blocks it", "proxy"),
        ("a former employee", "revoke"),
        ("the IP keeps changing", "changing-ip"),
        ("our people on Linux", "linux"),
        ("a safety net for the line", "failover"),
    ],
}
"""What people say on the floor, and what they mean."""


@pytest.mark.parametrize(
    ("language", "text", "key"), [(language, text, key) for language, said in SAID.items() for text, key in said]
)
def test_what_people_say_on_the_floor_is_understood(shipped: Thesaurus, language: str, text: str, key: str) -> None:
    assert key in {meaning.key for meaning in shipped.meanings(words_of(text), language)}


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("en", "during the night", "cost"),
        ("nl", "gedurende de nacht", "cost"),
        ("en", "a dozen offices", "vpn-device"),
        ("en", "a unified network", "vpn-device"),
        ("en", "storing the key", "downtime"),
        ("nl", "hij plant een venster", "site"),
        ("nl", "in de praktijk", "site"),
        ("nl", "een gateway bouwen", "site"),
        ("en", "on-premises network", "site"),
        ("en", "the number of tunnels", "address-space"),
    ],
)
def test_an_ordinary_word_is_not_taken_for_a_name(shipped: Thesaurus, language: str, text: str, key: str) -> None:
    assert key not in {meaning.key for meaning in shipped.meanings(words_of(text), language)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a]\nnl = 1", r"\[a\] nl"),
        ("[a]\nfr = []", r"\[a\]"),
        ("a = 1", r"\[a\]"),
        ("[a]\nnl = ['?!']", "nl"),
        ("[a", "table declaration"),
    ],
)
def test_a_terms_file_with_a_fault_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(TermsRefused, match=reason):
        read_terms(text)
