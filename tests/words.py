"""Words that must not occur in what a person reads, per language, and what is written instead.

Each row is a pattern (without regard to case), what to write instead, and patterns in which the word is right. Search
terms, phrasings of visitors, names of fields and codes, and quotations of others are no texts of the site: they are
not held to this. `found_in` is the only thing to call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Avoided:
    """A word that must not occur. `unless` are the expressions in which it is right."""

    pattern: str
    instead: str
    unless: tuple[str, ...] = ()


IN_THE_PORTAL = r"\(in de (vertaalde )?portal: [^)]*\)"
"""What the portal calls it, said once where a reader has to find it there."""

DUTCH = (
    # the words of the translated portal
    Avoided(r"\bopenba(ar|re) (IP|IPv4|adres)", "publiek IP-adres", (IN_THE_PORTAL,)),
    Avoided(r"\bopenbaar\b", "publiek", (r"openbaar internet", IN_THE_PORTAL)),
    Avoided(r"\bopenbare\b", "publiek", (r"openbare internet",)),
    Avoided(r"\bverificatie|\bverifi[eë]", "authenticatie, authenticeren"),
    Avoided(r"\bvolgende hop\b", "next hop"),
    Avoided(
        r"\bvooraf gedeelde sleutel",
        "pre-shared key (PSK)",
        (r"\(vooraf gedeelde sleutel\)", r"portal noemt dit een vooraf gedeelde sleutel"),
    ),
    Avoided(r"(?<!sub)\bnetmasker", "subnetmasker"),
    Avoided(r"\bMSS-begrenzing", "MSS-clamping"),
    Avoided(r"\bsamengevatte route", "summaryroute"),
    Avoided(r"\bsleutelvernieuwing", "rekeying"),
    Avoided(
        r"\b(site-naar-site|punt-naar-site|VNet-naar-VNet)\b",
        "site-to-site, point-to-site, VNet-to-VNet",
        (IN_THE_PORTAL, r"\b(S2S|P2S|V2V), in de vertaalde portal [\w-]+", r"\((P2S, )?[\w]+-naar-[\w-]+\)"),
    ),
    # house words
    Avoided(r"\bgereedschap", "tools"),
    Avoided(r"\binstellingendocument", "het document over gateway-instellingen"),
    Avoided(r"\bvereistentabel", "tabel met gatewayvereisten"),
    Avoided(r"\bhaar BGP", "het BGP-gedeelte van de FAQ"),
    Avoided(r"\baanvaard", "accepteert"),
    Avoided(r"\bbeheerd punt\b", "endpoint"),
    # "vraagt" where a thing requires
    Avoided(
        r"\b(gateway|BGP|VPN|ExpressRoute|tunnel(ing)?|tunnels|transit|IPv4-adres|apparaat|naar \S+) vraagt\b",
        "vereist, heeft … nodig",
    ),
    Avoided(r"\bop dit moment\b", "een datum"),
    Avoided(r"\bgedateerd", "waarvan de datum vastligt"),
    # "verbinden" without object
    Avoided(r"\bverbinden elk zelf\b|\bclients? verbindt\b|\btegelijk verbindt\b", "maakt verbinding"),
    Avoided(r"\bverbindt? (na|vanzelf|opnieuw)\b", "maakt opnieuw verbinding"),
    # buttons and saving
    Avoided(r"\bbewaa?r(en|t|de)?\b", "opslaan", (r"bewaartermijn", r"bewaart (uw|geen|de) (gegevens|IP)")),
    Avoided(r"^(Bewaar|Publiceer|Verstuur|Begin opnieuw|Maak een code)\b", "een infinitief: Publiceren"),
    # form of address
    Avoided(r"\b(je|jij|jouw|jullie)\b", "u, uw"),
    # an IP address is an address, a link is none
    Avoided(r"\b(te groot voor een|in het|dit) adres\b", "URL, link", (r"adres (van|dat|is|in|waarop)",)),
    Avoided(r"\bmet als gateway\b", "(gateway: …)"),
)
"""Dutch: as a Dutch network engineer writes."""

ENGLISH = (
    # calques of Dutch
    Avoided(r"\bwith as its\b", "(gateway: …)"),
    Avoided(r"\btake off\b", "remove"),
    Avoided(
        r"\b(at once)\b",
        "at the same time",
        (r"all (errors )?at once", r"every (error|fault) at once", r"wrong at once"),
    ),
    Avoided(r"\bthe need (is|does|has)\b|\ba need\b|\bneeds? that does not fit\b", "design, request"),
    Avoided(r"\ban advice\b|\badvices\b", "advice, a recommendation"),
    Avoided(r"\bsee to\b", "make sure"),
    Avoided(r"\bleads? nowhere\b", "broken link"),
    Avoided(r"\bwhat waits\b|\bnothing waits\b", "to do"),
    Avoided(r"\bat this time\b", "as of a date"),
    Avoided(r"\bdated documents\b", "documents with a known date"),
    # takes, does, gives, keeps
    Avoided(
        r"\b(gateway|BGP|tunneling|tunnel|VPN|ExpressRoute|connection|subnet|it|that) takes\b",
        "requires, needs",
        (r"takes about",),
    ),
    Avoided(r"\bwhat it takes\b|\btakes? (an?\b|/\d)", "requires", (r"that takes (a )?(moment|weeks)",)),
    Avoided(r"\bcan do (BGP|that|it|route)", "supports"),
    Avoided(r"\bdoes (policy|route)-based\b|\bdoes it all\b|\bthat has BGP\b|\bhas no BGP\b", "supports"),
    Avoided(r"\bgive (at least|a name|your|the|one)\b", "enter, provide", (r"give the (clients|device)",)),
    Avoided(r"\bkeep (it )?under\b|\bkept (under|as)\b", "save"),
    Avoided(r"\bkeep up\b|\bkept by hand\b", "maintain"),
    # one thing, one word
    Avoided(r"\bbeside\b", "alongside"),
    Avoided(r"\bannounc", "advertise"),
    Avoided(r"\bpreshared\b", "pre-shared"),
    Avoided(r"\bdatacenter", "data center"),
    Avoided(r"\banew\b", "again, re-create"),
    Avoided(r"\bBGP part\b", "BGP section"),
    Avoided(r"\bsuffices?\b", "is enough"),
    Avoided(r"\bautumn\b", "fall, or the month"),
    Avoided(r"\bways out\b", "options"),
    Avoided(r"\b(connect|comes?) by (site|the VPN)", "with site-to-site, over the VPN"),
    # contrast
    Avoided(r"(asks for|must carry|needs?) [^.;:]{1,40}, and [^.;:]{0,60}\b(allows|carries|supports)\b", "but"),
    # half hints
    Avoided(r"^Such as\b|\bEmpty: ", "For example …; Leave empty to …"),
    # house verbs
    Avoided(r"\bstands? (beside|in the address|there)\b|\brests? on\b|\bcomes? about\b", "is in, is based on"),
    # messages of commands and settings
    Avoided(r"\bthere (is|are): ", "available:"),
    Avoided(r"\b(say yes or no|name (another|an?) (file|folder|backup))\b", "must be …, choose, enter"),
    Avoided(r"\bmend", "fix, correct, repair"),
    Avoided(r"\bthis is no\b", "this is not a"),
    Avoided(r"\bof an? (newer|older) release\b", "from a newer release"),
    Avoided(r"\bat most so many\b|\bto pass over\b", "the largest number of, to skip"),
    Avoided(r"\bgo on\b", "continue"),
    # British spelling
    Avoided(r"\b(colour|behaviour|centre|licence|organis|recognis|summaris)", "American spelling"),
)
"""English: American, with serial comma, as a good handbook writes."""

LISTS_OF_THREE = Avoided(
    r"\b[\w-]+, [\w-]+ (and|or) [\w-]+\b", "a comma before and/or in a list of three", (r"\{[^}]*\}",)
)
"""The serial comma of American English. In long sentences a comma before two words is often no list, so only short
texts are held to it.
"""

WORDS: Mapping[str, tuple[Avoided, ...]] = {"nl": DUTCH, "en": ENGLISH}


def found_in(text: str, language: str, *, is_short: bool = False) -> Iterator[str]:
    """What a text has that must not occur, each with what to write instead. `is_short` also asks for serial commas."""
    lists = (LISTS_OF_THREE,) if is_short and language == "en" else ()
    for avoided in (*WORDS[language], *lists):
        rest = text
        for right in avoided.unless:
            rest = re.sub(right, "", rest, flags=re.IGNORECASE)
        met = re.search(avoided.pattern, rest, flags=re.IGNORECASE)
        if met:
            yield f"{met[0]!r}: write {avoided.instead}"
