"""What is shown of an answer beside the short one, and which words are marked."""

from __future__ import annotations

import pytest

from faq.models import Edition
from faq.search.passages import mark_of_name, mark_of_words, marked, passage, unmarked
from faq.search.service import Result, find

SAID = "Hooguit 10 met Basic en 30 met HighPerformance."
ANSWER = f"""{SAID}
Gateway · Tunnels · Doorvoer
Basic · 10 · 100 Mbit/s
Standard · 10 · 100 Mbit/s
HighPerformance · 30 · 200 Mbit/s
Hebt u meer tunnels nodig?
Met HighPerformance zijn het er hooguit 30, met Basic 10.
Een extra tunnel naar dezelfde vestiging telt opnieuw mee. Clients hebben een eigen maximum.
Neem voor meer vestigingen ExpressRoute."""


def looked_for(*typed: str) -> frozenset[str]:
    """What marks words that were typed in Dutch."""
    return frozenset(mark_of_words([word], "nl") for word in typed)


class TestPassages:
    """What an answer adds to the short one."""

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            (("tunnel", "vestiging"), "Een extra tunnel naar dezelfde vestiging telt opnieuw mee."),
            (("vestigingen", "expressroute"), "Neem voor meer vestigingen ExpressRoute."),
            (("highperformance", "doorvoer"), "HighPerformance · Doorvoer: 200 Mbit/s"),
            (("highperformance", "tunnels"), "HighPerformance · Tunnels: 30 · Doorvoer: 200 Mbit/s"),
            (("zwaluwstaart",), ""),
            (("hebt", "nodig"), ""),
        ],
    )
    def test_it_is_the_sentence_or_the_row_that_was_looked_for_and_says_more(
        self, typed: tuple[str, ...], shown: str
    ) -> None:
        found = unmarked(passage(ANSWER, "nl", looked_for(*typed), SAID))
        assert found.startswith(shown) if shown else not found

    @pytest.mark.parametrize("typed", ["basic", "hooguit", "gateway", "standard"])
    def test_it_never_says_the_same_again_in_nearly_the_same_words(self, typed: str) -> None:
        found = unmarked(passage(ANSWER, "nl", looked_for(typed), SAID))
        assert "hooguit 30" not in found
        assert "Hooguit" not in found

    def test_a_row_that_says_nothing_new_is_left_out(self) -> None:
        text = "Kort.\nSKU · Tunnels\nBasic · 10\nHighPerformance · 30"
        assert unmarked(passage(text, "nl", looked_for("basic"), "Kort.")) == "Basic · Tunnels: 10"
        assert passage(text, "nl", looked_for("basic"), "Hooguit 10 met Basic.") == []

    def test_of_a_table_whose_every_row_holds_what_was_looked_for_none_is_shown(self) -> None:
        text = "Kort.\nSKU · Tunnels\nBasic, route-based · 10\nStandard, route-based · 20"
        assert passage(text, "nl", looked_for("route-based"), "Kort.") == []

    def test_a_long_sentence_is_cut_between_words(self) -> None:
        text = "lang stuk " * 50 + "woord ander nieuw " * 10
        shown = unmarked(passage(text, "nl", looked_for("woord")))
        assert 200 < len(shown) < 320
        assert shown.endswith("…")
        assert passage("", "nl", frozenset()) == []


MARKS = [
    (
        "gatewaysubnet",
        "Het gatewaysubnet, of gateway-subnet, van de VPN-gateway en het subnet.",
        ["gatewaysubnet", "gateway-subnet"],
    ),
    ("gatewaysubnet", "In GatewaySubnet draait de gatewayservice.", ["GatewaySubnet"]),
    ("gateway", "Een VPN-gateway staat in het gatewaysubnet.", ["VPN-gateway"]),
    ("site", "Een site met point-to-site of site-to-site.", ["site"]),
    ("rekening", "Houd rekening met tijd, houd er rekening mee; de rekening volgt.", ["rekening"]),
    ("instantie", "In eerste instantie werkt de tweede instantie niet.", ["instantie"]),
    ("tunnels", "Eén tunnel, twee tunnels, geen tunnellimiet.", ["tunnel", "tunnels"]),
    ("maximum", "Het maximum is een grens.", ["maximum"]),
]
"""A typed word, a text, and what is marked there."""


@pytest.mark.parametrize(("typed", "text", "words"), MARKS)
def test_only_whole_words_that_were_typed_are_marked(typed: str, text: str, words: list[str]) -> None:
    assert [piece for piece, hit in marked(text, "nl", looked_for(typed)) if hit] == words


@pytest.mark.parametrize("typed", ["hoeveel", "waarom", "niet", "de", "kan", "how", "many", "why"])
def test_a_word_that_asks_or_carries_no_meaning_marks_nothing(typed: str) -> None:
    assert mark_of_words([typed], "nl") == ""


def test_a_name_is_marked_as_it_is_spelled_also_in_several_words() -> None:
    names = frozenset(mark_of_name(name, "nl") for name in ("vooraf gedeelde sleutel", "duur", "client"))
    text = "De vooraf gedeelde sleutel kan langer duren dan clients; een gedeelde map niet."
    assert [piece for piece, hit in marked(text, "nl", names) if hit] == ["vooraf gedeelde sleutel", "clients"]


QUERIES = [
    ("nl", "2016-12", "hoeveel tunnels highperformance", {"hoeveel", "maximum", "grens", "hooguit"}),
    ("nl", "2016-12", "factuur betalen met creditcard", {"rekening", "duren", "mee"}),
    ("nl", "2016-12", "gatewaysubnet", {"gateway", "vpn-gateway", "subnet", "gatewayservice"}),
    ("nl", "2026", "hoeveel thuiswerkers tegelijk", {"hoeveel", "maximum"}),
    ("en", "2026", "how many tunnels", {"how", "many", "how many", "maximum", "limit"}),
    ("en", "2016-12", "why is my vpn slow", {"why", "is", "my"}),
]
"""A search, and words that it must not mark."""


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "edition", "query", "unasked"), QUERIES)
def test_a_search_marks_what_was_typed_or_its_meaning(
    language: str, edition: str, query: str, unasked: set[str]
) -> None:
    results = find(query, language, Edition.objects.get(code=edition)).results
    assert marks_in(results) & unasked == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "synonym"),
    [("wat kost een gateway", "prijs"), ("throughput", "doorvoer"), ("gateway subnet", "gatewaysubnet")],
)
def test_a_search_marks_what_else_the_thing_is_called(query: str, synonym: str) -> None:
    assert synonym in marks_in(find(query, "nl", Edition.objects.get(code="2026")).results)


@pytest.mark.django_db
def test_no_passage_of_a_search_is_the_short_answer_again() -> None:
    for query in ("hoeveel tunnels", "gatewaysubnet", "psk wijzigen", "bgp", "expressroute"):
        for one in find(query, "nl", Edition.objects.get(code="2026")).results:
            assert one.plain_summary[:40] not in unmarked(one.passage)
            assert unmarked(one.passage).rstrip(".") not in one.plain_summary or not one.passage
            assert one.excerpt


def marks_in(results: tuple[Result, ...]) -> set[str]:
    """All that is marked in results, in lower case."""
    pieces = (piece for one in results for shown in (one.question, one.summary, one.passage) for piece in shown)
    return {text.casefold() for text, hit in pieces if hit}
