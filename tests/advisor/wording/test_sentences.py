"""Sentences in two languages for every code, and the facts that fill them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from advisor.core.advice import Finding, Reason
from advisor.core.editions import EDITIONS
from advisor.core.editions.e2016_12 import BOOK
from advisor.core.need import NeedRefused
from advisor.core.parameters import Code, Count, Mbps, Names, phrase
from advisor.formats.as_json import errors_to_json, to_json
from advisor.formats.drawing.topology import KINDS
from advisor.wording import sentences as texts_module
from advisor.wording.sentences import TEXTS_OF, Texts, common_texts, load_texts, merged
from faq.knowledge.connection_types import CONNECTION_TYPES
from tests.builders import CONTENT, EDITION, advise, need, site, sites

ROOT = Path(texts_module.__file__).parents[2]


FILES = sorted((ROOT / "advisor/wording/texts").glob("*.toml"))


TEXTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}


RAW: dict[str, Any] = merged(TEXTS["common"], TEXTS[EDITION])


def sentences(raw: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    for code, found in raw[kind].items():
        if "nl" in found or "en" in found:
            yield code, {language: text for language, text in found.items() if isinstance(text, str)}
        for variant, inner in found.items():
            if isinstance(inner, dict):
                yield f"{code}.{variant}", inner


ALL = [
    (f"{file}.{kind}.{code}", found)
    for file, raw in TEXTS.items()
    for kind in ("findings", "rules", "refusals", "words", "drawing", "steps", "verdicts")
    if kind in raw
    for code, found in sentences(raw, kind)
]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_code_has_its_sentence_and_no_sentence_is_left_over(edition: str) -> None:
    raw, book = merged(TEXTS["common"], TEXTS[TEXTS_OF[edition]]), EDITIONS[edition]
    codes = {code for other in EDITIONS.values() for code in other.findings}
    assert set(book.findings) <= set(raw["findings"]) <= codes
    assert set(book.reasons) <= set(raw["rules"]) <= {code for other in EDITIONS.values() for code in other.reasons}
    own = TEXTS[TEXTS_OF[edition]]
    assert set(own["findings"]) <= set(book.findings)
    assert set(own.get("rules", {})) <= set(book.reasons)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_that_gives_advice_has_all_its_sentences(edition: str) -> None:
    raw = merged(TEXTS["common"], TEXTS[TEXTS_OF[edition]])
    book = EDITIONS[edition]
    assert set(book.findings) <= set(raw["findings"])
    assert set(book.reasons) <= set(raw["rules"])
    assert set(book.causes) <= set(raw["words"])
    assert {f"key-{KINDS[type_]}" for type_ in book.connection_types} <= set(raw["drawing"])
    errors = {code for code, severity in book.findings.items() if severity == "error"} - {"overlapping-prefixes"}
    assert {f"mark-{code}" for code in errors} <= set(raw["drawing"])


def test_every_table_by_edition_has_each_that_gives_advice_and_no_other() -> None:
    assert set(TEXTS_OF) == set(EDITIONS)
    assert set(TEXTS_OF.values()) == set(TEXTS) - {"common", "deployables", "forms", "setups"}


def test_the_types_stand_in_one_list() -> None:
    lists = [
        path.relative_to(ROOT).as_posix()
        for folder in ("advisor", "faq", "config", "web")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and {one.value for one in node.elts if isinstance(one, ast.Constant)} >= set(CONNECTION_TYPES)
    ]
    assert lists == ["faq/knowledge/connection_types.py"]


def test_an_editions_own_sentence_goes_before_the_common_one() -> None:
    common = {"findings": {"a": {"nl": "1", "en": "1"}, "b": {"nl": "2", "en": "2", "more": {"nl": "3", "en": "3"}}}}
    own = {"findings": {"b": {"nl": "4", "en": "4"}}, "words": {"c": {"nl": "5", "en": "5"}}}
    assert merged(common, own) == {"findings": {"a": common["findings"]["a"], "b": own["findings"]["b"]}} | {
        "words": own["words"]
    }


def test_both_languages_say_it_with_the_same_facts() -> None:
    for code, found in ALL:
        assert set(found) == {"nl", "en"}, code
        dutch, english = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in found.values())
        assert dutch == english, code
        assert found["nl"] == found["nl"].strip(), code
        assert found["en"] == found["en"].strip(), code


def test_every_noun_has_both_numbers() -> None:
    for noun in RAW["nouns"].values():
        assert {language: set(forms) for language, forms in noun.items()} == {
            "nl": {"one", "other"},
            "en": {"one", "other"},
        }


def test_every_reason_of_refusal_has_a_sentence_and_no_sentence_is_left_over() -> None:
    core = ROOT / "advisor" / "core"
    said = {
        node.args[0].value
        for path in core.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Wrong", "AddressError"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert set(RAW["refusals"]) == said | {"more-errors", "not-a-network", "not-an-address"}


def test_every_entry_is_one_of_the_edition() -> None:
    entries = {path.stem for path in (CONTENT / EDITION).glob("*/*.toml")}
    assert set(BOOK.entries.values()) - {None} <= entries


def test_numbers_are_shown_as_readers_write_them() -> None:
    found = Finding(
        "bandwidth-exceeds-expressroute",
        "error",
        (),
        (
            ("requested", Mbps(12_500)),
            ("sku", "Ultra"),
            ("allowed", Mbps(10_000)),
            ("excess", Mbps(2_500)),
            ("vnets", Count(2, "vnet")),
        ),
    )
    assert "12,5 Gbit/s" in load_texts(EDITION).finding(found, "nl")
    assert "12.5 Gbps" in load_texts(EDITION).finding(found, "en")
    reason = Reason("clients", (("clients", Count(1500, "client")),))
    assert "1.500 clients maken tegelijk" in load_texts(EDITION).reason(reason, "nl")
    assert "1,500 clients connect at the same time" in load_texts(EDITION).reason(reason, "en")
    one = Reason("several-sites", (("sites", Count(1, "site")),))
    assert load_texts(EDITION).reason(one, "en").startswith("1 site ")


def test_lists_are_shown_as_readers_write_them() -> None:
    found = Finding(
        "client-system-unsupported",
        "error",
        (),
        (
            ("systems", (Code("macos"), Code("linux"), Code("other"))),
            ("supported", (Code("windows-8.1"), Code("windows-10"))),
        ),
    )
    assert load_texts(EDITION).finding(found, "nl") == (
        "Point-to-site werkt niet op macOS, Linux of andere systemen; wel op Windows 8.1 en Windows 10. Zet voor de "
        "andere systemen een eigen VPN-server op in Azure, of sluit hun locatie aan met site-to-site: dan hebben de "
        "computers zelf geen VPN-client nodig."
    )
    assert load_texts(EDITION).finding(found, "en") == (
        "Point-to-site does not work on macOS, Linux, or other systems. Supported: Windows 8.1 and Windows 10. For "
        "other systems, set up your own VPN server in Azure, or connect their location with site-to-site, where the "
        "computers themselves need no VPN client."
    )


def test_a_long_list_is_shortened() -> None:
    advice = advise(sites=sites(50, device="unlisted"))
    (found,) = (found for found in advice.findings if found.code == "device-not-validated")
    assert load_texts(EDITION).finding(found, "en").count("Site ") == 20
    assert "30 more" in load_texts(EDITION).finding(found, "en")
    assert "en nog 30" in load_texts(EDITION).finding(found, "nl")


def test_names_are_text_and_no_placeholders() -> None:
    advice = advise(sites=[site("{sku} {0}")])
    assert "{sku} {0}" in load_texts(EDITION).reason(advice.connections[0].reasons[0], "nl")


def test_a_number_of_any_size_is_shown() -> None:
    shown = to_json(advise(sites=sites(3, bandwidth_mbps=999_999_999, tunnels=999_999_999)), load_texts(EDITION), "nl")
    assert shown["limits"][0]["requested"] == 3 * 999_999_999
    json.dumps(shown)


def test_an_error_says_what_is_wrong_in_the_language() -> None:
    with pytest.raises(NeedRefused) as refused:
        need(sites=[site("a", "10.1.2.3/16")], clients={"count": -1})
    shown = errors_to_json(refused.value.errors, common_texts(), "en")
    assert shown == {
        "errors": [
            {
                "path": "sites[0].prefixes[0]",
                "value": "10.1.2.3/16",
                "reason": "This is an address inside a network: the host bits must be zero.",
                "suggestion": "10.1.0.0/16",
            },
            {
                "path": "clients.count",
                "value": -1,
                "reason": "The number must be 0 or more.",
                "suggestion": None,
            },
        ]
    }
    dutch = errors_to_json(refused.value.errors, common_texts(), "nl")["errors"]
    assert dutch[1]["reason"] == "Hier hoort 0 of meer."


@pytest.mark.parametrize("module", ["advisor.core.decide", "advisor.wording.sentences", "advisor.formats.as_json"])
def test_the_core_is_imported_without_django(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def filled(template: str, language: str = "en", **parameters: Any) -> str:
    """A template of an edition that has no other, filled."""
    raw = RAW | {"findings": {"a": {"nl": template, "en": template}}}
    return Texts(raw).finding(Finding("a", "info", (), tuple(parameters.items())), language)


class TestFilling:
    @pytest.mark.parametrize(
        ("template", "names", "nl", "en"),
        [
            ("{sites}", ["Breda"], "Site Breda", "Site Breda"),
            ("{sites}", ["Breda", "Goes"], "De sites Breda en Goes", "Sites Breda and Goes"),
            ("{sites}", ["Site 1", "site 2"], "Site 1 en site 2", "Site 1 and site 2"),
            ("{sites}", ["Site"], "De site", "The site"),
            ("{sites}", ["Sitea"], "Site Sitea", "Site Sitea"),
            ("({sites:comma})", ["a", "b", "c"], "(a, b, c)", "(a, b, c)"),
            ("{sites:or}", ["A", "B", "C"], "A, B of C", "A, B, or C"),
            ("{sites:Has|Have}", ["a"], "Has", "Has"),
            ("{sites:Has|Have}", ["a", "b"], "Have", "Have"),
            ("{sites}", ["{sites} | {0}"], "Site {sites} | {0}", "Site {sites} | {0}"),
        ],
    )
    def test_names_stand_behind_what_they_are_names_of(self, template: str, names: list[str], nl: str, en: str) -> None:
        sites_named = Names("site", tuple(names))
        assert filled(template, "nl", sites=sites_named) == nl
        assert filled(template, "en", sites=sites_named) == en

    def test_names_in_a_list_of_kinds_are_between_brackets(self) -> None:
        members = (Names("vnet", ("a", "b")), Names("site", ("c",)))
        assert filled("{members}", "nl", members=members) == "De VNets (a, b) en site c"
        assert filled("{members}", "en", members=members) == "VNets (a, b) and site c"

    def test_phrases_are_filled_with_their_own_facts(self) -> None:
        ways = (phrase("way-keep-to", allowed=Count(1, "tunnel")), phrase("way-one-tunnel"))
        assert filled("{ways:or}.", ways=ways) == "Limit the design to 1 tunnel or ask for 1 tunnel per site."
        assert filled("{ways:sentences}", ways=ways) == "Limit the design to 1 tunnel Ask for 1 tunnel per site"

    @pytest.mark.parametrize("template", ["{sites:nor}", "{sku:is|are}"])
    def test_what_cannot_be_filled_is_an_error(self, template: str) -> None:
        with pytest.raises(ValueError, match=r"^no "):
            filled(template, sites=Names("site", ("a",)), sku="Basic")
