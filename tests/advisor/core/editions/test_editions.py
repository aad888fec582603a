"""Every rule book is whole, and a second one takes content and one module."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.core.advice import SEVERITIES
from advisor.core.decide import decide
from advisor.core.editions import EDITIONS, NoAdvice, book_of, gives_advice
from advisor.core.editions.base import RuleBook, entries_of
from advisor.core.need import Need, NeedRefused, parse_need
from advisor.formats.as_json import to_json
from advisor.wording.sentences import Texts, merged
from faq.knowledge.limits import Catalogue, Limit
from tests.advisor.core.editions import made_up
from tests.advisor.core.rules.test_rules import CASES
from tests.builders import CONTENT, EDITION, advise, catalogue, codes, need, site, sites, vnet

ROOT = Path(__file__).parents[4]
BOOKS = {**EDITIONS, made_up.EDITION: made_up.BOOK}

of_each_edition = pytest.mark.parametrize(("edition", "book"), EDITIONS.items(), ids=EDITIONS.keys())
of_each_book = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS.keys())


@of_each_edition
def test_every_entry_that_a_book_names_is_one_of_the_edition(edition: str, book: RuleBook) -> None:
    entries = {path.stem for path in (CONTENT / edition).glob("*/*.toml")}
    assert set(book.entries.values()) - {None} <= entries


@of_each_book
def test_every_code_has_its_line_and_no_line_is_left_over(book: RuleBook) -> None:
    assert set(book.entries) == {*book.findings, *book.reasons, *book.causes}


@of_each_book
def test_every_severity_is_one_that_there_is(book: RuleBook) -> None:
    assert set(book.findings.values()) <= set(SEVERITIES)


def test_the_first_book_has_the_types_of_the_contract() -> None:
    assert EDITIONS["2016-12"].connection_types == (
        "site-to-site",
        "multi-site",
        "point-to-site",
        "vnet-to-vnet",
        "expressroute",
    )


def test_a_code_that_stands_twice_or_says_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for written in ('[a]\nx = "y"\n[b]\nx = "y"\n', "[a]\nx = true\n", "[a]\nx = 1\n"):
        monkeypatch.setattr(Path, "read_text", lambda path, encoding, written=written: written)
        with pytest.raises(ValueError, match="x: one slug"):
            entries_of("2031-05")


class Watched(Catalogue):
    """Limits that remember which of them were read."""

    def __init__(self, limits: Catalogue) -> None:
        super().__init__(limits.edition, {limit.key: limit for limit in limits})
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Limit:
        self.read.add(key)
        return super().__getitem__(key)


def test_a_book_names_every_limit_that_it_reads_and_no_other() -> None:
    watched = Watched(catalogue())
    for _, changes, _ in CASES:
        decide(need(**changes), watched)
    for sku in ("Basic", "Standard", "HighPerformance"):
        decide(need(sites=sites(3, bandwidth_mbps=12), gateway_sku=sku, bgp=True), watched)
    assert watched.read - {"gateway.vpn_skus_retired"} == set(EDITIONS[EDITION].limit_keys(catalogue()))


@of_each_edition
def test_the_limits_of_an_edition_have_what_its_book_reads(edition: str, book: RuleBook) -> None:
    assert book.missing_limits(catalogue(edition)) == ()


def without(*keys: str) -> Catalogue:
    """The limits of 2016-12 without these."""
    return Catalogue(EDITION, {limit.key: limit for limit in catalogue() if limit.key not in keys})


@pytest.mark.parametrize(
    "missing",
    [("p2s.max_clients",), ("sku.Basic.bgp", "addresses.not_public"), ("gateway.vpn_skus",)],
)
def test_a_limit_that_a_book_reads_and_the_edition_lacks_is_named(missing: tuple[str, ...]) -> None:
    assert EDITIONS[EDITION].missing_limits(without(*missing)) == missing


class TestNoAdvice:
    """Editions without a book, or without limits."""

    @pytest.mark.parametrize(
        ("edition", "limits", "reason"),
        [
            ("2026-06", [*catalogue()], "no-book"),
            (EDITION, [], "no-limits"),
            ("intranet", [], "no-limits"),
        ],
    )
    def test_no_edition_gets_the_rules_of_another(self, edition: str, limits: list[Limit], reason: str) -> None:
        known = Catalogue(edition, {limit.key: limit for limit in limits})
        asked = replace(need(sites=[site()], clients={"count": 5}), edition=edition)
        for ask in (lambda: decide(asked, known), lambda: book_of(known)):
            with pytest.raises(NoAdvice) as refused:
                ask()
            assert (refused.value.edition, refused.value.reason) == (edition, reason)
        assert not gives_advice(known)

    def test_an_edition_with_both_gives_advice(self) -> None:
        assert gives_advice(catalogue())
        assert book_of(catalogue()) is EDITIONS[EDITION]


def made_up_need(**fields: object) -> Need:
    """A need of the made-up edition."""
    return parse_need(fields, made_up.EDITION, {EDITION: catalogue(), made_up.EDITION: made_up.CATALOGUE})


class TestMadeUp:
    """A second book beside the first."""

    def test_its_limits_have_what_its_book_reads(self) -> None:
        assert made_up.BOOK.missing_limits(made_up.CATALOGUE) == ()

    @pytest.mark.parametrize(("count", "sku"), [(1, "Small"), (2, "Small"), (3, "Large")])
    def test_it_chooses_among_its_own_skus(self, count: int, sku: str) -> None:
        advice = decide(made_up_need(sites=sites(count)), made_up.CATALOGUE, books=BOOKS)
        assert advice.edition == made_up.EDITION
        assert advice.gateway is not None
        assert advice.gateway.sku == sku

    def test_an_existing_gateway_has_one_of_its_skus_retired_or_not(self) -> None:
        for sku in ("Small", "Large", "Tiny"):
            assert made_up_need(gateway_sku=sku).gateway_sku == sku
        with pytest.raises(NeedRefused):
            made_up_need(gateway_sku="Basic")

    def test_it_has_one_rule_more_and_one_type_more(self) -> None:
        hub = [vnet(f"VNet {number}") for number in range(5)]
        advice = decide(made_up_need(vnets=hub), made_up.CATALOGUE, books=BOOKS)
        assert codes(advice) == {"too-many-peerings", "bandwidth-shared"}
        assert (advice.findings[0].severity, advice.findings[0].entry) == ("error", "how-many-peerings")
        assert [(found.type, found.tunnels) for found in advice.connections] == [("vnet-peering", 0)]
        assert [found.type for found in advice.alternatives] == list(made_up.BOOK.connection_types)
        assert advice.entries[0] == "how-many-peerings"

    def test_it_is_worded_by_its_own_sentences_and_the_common_ones(self) -> None:
        common = tomllib.loads((ROOT / "advisor/wording/texts/common.toml").read_text(encoding="utf-8"))
        hub = [vnet(f"VNet {number}") for number in range(5)]
        advice = decide(made_up_need(vnets=hub), made_up.CATALOGUE, books=BOOKS)
        told = to_json(advice, Texts(merged(common, made_up.SENTENCES)), "en")
        assert [found["text"] for found in told["findings"]] == [
            "The hub peers with 3 VNets at most: VNet 1, VNet 2, VNet 3, and VNet 4 are too many.",
            "4 tunnels together share the 40 Gbps of one gateway.",
        ]
        assert {reason["text"] for other in told["alternatives"] for reason in other["reasons"]} >= {
            "VNet peering suffices.",
            "There are no sites.",
        }

    def test_the_first_edition_has_neither(self) -> None:
        advice = advise(vnets=[vnet(f"VNet {number}") for number in range(5)])
        assert codes(advice) == {"bandwidth-shared", "vnet-gateways"}
        assert [found.type for found in advice.connections] == ["vnet-to-vnet"]


CODE = re.compile(r"20\d\d(-\d\d)?")


def test_no_code_asks_which_edition_it_is() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("advisor", "faq", "web", "config")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare | ast.MatchValue) and any(map(_is_edition, ast.walk(node)))
    ]
    assert asked == []


def _is_edition(node: ast.AST) -> bool:
    """Whether this is the code of an edition, written out."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CODE.fullmatch(node.value))
