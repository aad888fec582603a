"""The limits beside an answer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from faq.knowledge.limits import Limit
from faq.models import Entry
from faq.pages.limit_facts import IN_SIGHT, Facts, beside
from faq.search.words import is_function_word
from faq.store.editions import catalogue_of, known_editions
from tests.faq.limit_builders import both, limit
from web.languages import LANGUAGES


def groups(*limits: Limit) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(group.title, [(fact.name, fact.value) for fact in group.facts]) for group in beside(limits, "en").shown]


def test_limits_of_one_kind_stand_under_one_title() -> None:
    told = groups(
        limit("sku.A.tunnels", 3, "Tunnels on A"),
        limit("sku.B.tunnels", 4, "Tunnels on B"),
        limit("sku.A.clients", 128, "Clients on A"),
    )
    assert told == [("Tunnels", [("A", "3"), ("B", "4")]), ("", [("Clients on A", "128")])]


def test_limits_that_only_follow_each_other_stay_apart() -> None:
    told = groups(
        limit("p2s.max_clients", 3, "Clients at once"),
        limit("p2s.max_routes", 4, "Routes of a client"),
        limit("bgp.max_routes", 5, "Routes of a neighbor"),
    )
    assert [title for title, _ in told] == ["", "Routes"]
    assert told[1][1] == [("client", "4"), ("neighbor", "5")]


def test_a_note_that_all_have_is_said_once() -> None:
    alike = beside([limit(f"sku.{n}.speed", 1, f"Speed of {n}", note=both("Estimate.")) for n in "AB"], "en").shown[0]
    assert alike.note == "Estimate."
    apart = beside(
        [limit("sku.A.speed", 1, "Speed of A", note=both("Estimate.")), limit("sku.B.speed", 1, "Speed of B")], "en"
    ).shown[0]
    assert apart.note == ""


def test_what_is_too_much_at_a_glance_is_folded_and_counted() -> None:
    many = [limit(f"{'abcdefghijkl'[n]}.{n}", n, f"Name{n}") for n in range(IN_SIGHT + 3)]
    told = beside(many, "en")
    assert sum(len(group.facts) for group in told.shown) == IN_SIGHT
    assert told.folded_count == 3
    assert beside(many[:IN_SIGHT], "en").folded == ()


def test_a_value_of_several_words_is_set_as_text() -> None:
    def is_long(value: object, unit: str) -> bool:
        (group,) = beside([limit("x.y", value, "Name", unit)], "en").shown
        return group.facts[0].is_long

    assert not is_long(1000, "Mbps")
    assert not is_long(28800, "second")
    assert is_long(("Basic", "Standard", "HighPerformance"), "sku")
    assert is_long(both("only over a provider's circuit"), "text")


def test_no_limits_are_no_facts() -> None:
    assert beside([], "nl").shown == beside([], "nl").folded == ()
    assert Facts(()).title == ""


def test_what_joins_the_values_of_a_kind_is_in_neither_title_nor_name() -> None:
    told = groups(
        limit("circuit.50.vnets", 20, "VNets per circuit of 50 Mbps, with premium"),
        limit("circuit.100.vnets", 25, "VNets per circuit of 100 Mbps, with premium"),
    )
    assert told == [("VNets per circuit with premium", [("50 Mbps", "20"), ("100 Mbps", "25")])]
    told = groups(
        limit("circuit.small.vnets", 20, "VNets per circuit of 50 Mbps, with premium"),
        limit("circuit.large.vnets", 25, "VNets per circuit of 10 Gbps, with premium"),
    )
    assert told == [("VNets per circuit with premium", [("50 Mbps", "20"), ("10 Gbps", "25")])]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_shipped_title_joins_words_that_no_name_has_beside_each_other(language: str) -> None:
    for edition in known_editions():
        catalogue = catalogue_of(edition)
        for entry in Entry.objects.filter(edition=edition):
            told = beside([catalogue[key] for key in entry.limits], language)
            for group in (*told.shown, *told.folded):
                names = [fact.limit.name[language] for fact in group.facts]
                pairs = {pair for name in names for pair in pairwise(name.split())}
                joined = [
                    pair
                    for pair in pairwise(group.title.split())
                    if is_function_word(pair[0].lower(), language) and pair not in pairs
                ]
                assert not joined, group.title
                assert not [fact.name for fact in group.facts if fact.name.endswith(",")], group.title
