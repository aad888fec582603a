"""What the files for the device of a site say alike: sentences, facts with their source, and commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from advisor.core.deployment import Deployment
from advisor.core.device_side import DeviceSide, device_side
from advisor.core.parameters import Exactly, Value
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.header import Header
from advisor.formats.deployables.quoting import LONGEST_COMMENT, plain
from faq.knowledge.limits import Limit
from faq.knowledge.units import show_measured

LONGEST_LINE = LONGEST_COMMENT - 18
"""Characters of a line of a comment behind its mark, with room for the deepest block that one stands in."""
GROUP = '--resource-group "$RESOURCE_GROUP"'
MARKS = r"\`*_[]<>#|&~"
"""Signs that mean something in Markdown."""
COMMAND = "  "
"""How a line begins that is to be copied, and so is not broken."""


class SiteWords:
    """Says things about one site in one language, by the codes of the table of one format."""

    def __init__(self, deployment: Deployment, header: Header, table: str, language: str) -> None:
        self.side = device_side(deployment)
        self.header = header
        self._deployment = deployment
        self._commentary = Commentary(header, table, language)
        self._language = language
        self.say = self._commentary.say

    def edition(self) -> str:
        """The edition, what came of the design, and how new the facts are."""
        return [*self._commentary.head(self._deployment)][1]

    def head(self, before: Iterable[str]) -> Iterator[str]:
        """What stands above a file as comments: what it is, what was found, what it needs, and how it is run."""
        side = self.side
        yield from self.comments([self.say("what", site=side.access.typed, hub=side.hub.typed)])
        yield from self.comments(self._commentary.head(self._deployment))
        yield "#"
        yield from self.comments(before)

    def source(self, key: str) -> str:
        """The document of a fact, with its date."""
        return self.of(self.side.catalogue[key])

    def of(self, fact: Limit) -> str:
        """The document of a fact that was looked up before, with its date."""
        return f"{fact.source.document}, {fact.source.date}"

    def shown(self, key: str) -> str:
        """A fact as a reader reads it, with its unit."""
        return self.shown_of(self.side.catalogue[key])

    def shown_of(self, fact: Limit) -> str:
        """The same of a fact that was looked up before."""
        return fact.shown(self._language)

    def measured(self, number: int, fact: Limit) -> str:
        """A number with the unit of a fact."""
        return show_measured(number, fact.unit, self._language)

    def exactly(self, key: str) -> Exactly:
        """A number that names something, such as a group."""
        return Exactly(self.side.catalogue[key].value)

    def timers(self) -> dict[str, Value]:
        """How BGP keeps time, and which number Azure has."""
        return {
            "keepalive": self.exactly("bgp.timers.keepalive"),
            "hold": self.exactly("bgp.timers.hold"),
            "source": self.source("bgp.timers.keepalive"),
        }

    def key_rules(self) -> dict[str, Value]:
        """What Azure takes as a key."""
        return {
            "least": self.exactly("s2s.psk_min_length"),
            "most": self.exactly("s2s.psk_max_length"),
            "characters": self.shown("s2s.psk_charset"),
            "source": self.source("s2s.psk_charset"),
        }

    def comments(self, said: Iterable[str]) -> Iterator[str]:
        """Sentences and commands as comments, each sentence over as many lines as it fills."""
        for one in said:
            lines = (
                [one]
                if one.startswith(COMMAND)
                else wrap(plain(one), LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
            )
            yield from (f"# {line}" for line in lines)


def escaped(text: str) -> str:
    """What somebody typed, in Markdown: its signs stand for themselves."""
    return "".join(f"\\{sign}" if sign in MARKS else sign for sign in plain(text))


def address_commands(side: DeviceSide) -> Iterator[str]:
    """The commands that show the addresses of the gateway, in the order of its tunnels."""
    if any(peer.over_circuit for peer in side.peers):
        yield f"{_show(side)} --query 'ipConfigurations[].[privateIPAddress || privateIpAddress][]' --output tsv"
    if not all(peer.over_circuit for peer in side.peers):
        for name in side.address_names:
            yield f"az network public-ip show {GROUP} --name {name} --query ipAddress --output tsv"


def bgp_command(side: DeviceSide) -> str:
    """The command that shows from which addresses the gateway speaks BGP."""
    return f"{_show(side)} --query 'bgpSettings.bgpPeeringAddresses[].defaultBgpIpAddresses[]' --output tsv"


def _show(side: DeviceSide) -> str:
    return f"az network vnet-gateway show {GROUP} --name {side.gateway_name}"
