"""What a security test of an earlier version found: each with the tests that hold it, and here those that try other
inputs of the same kind than the ones that were found.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.contrib import admin
from django.test import Client

from advisor.answers.query_string import PARAMETERS
from faq.knowledge.entry import SourceDocument
from faq.models import Entry
from faq.store.publishing import publish, published_content, save_draft
from tests.every import some
from tests.faq.builders import EXPRESSROUTE, account, content, edition, example, text
from tests.hostile.addresses import every_pattern, model_of, path_of, world
from tests.hostile.report import tell

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]

HELD_BY: dict[str, tuple[str, ...]] = {
    "an edition without limits breaks every page of the advisor": (
        "tests/advisor/test_no_advice.py::test_a_page_explains_and_leads_to_an_edition_that_advises",
        "tests/advisor/test_no_advice.py::test_the_api_refuses_with_the_reason_and_every_other_fault",
        "tests/advisor/test_no_advice.py::test_where_no_edition_advises_the_page_says_so",
    ),
    "a date of a source that nobody can read breaks the page of its entry": (
        "tests/faq/knowledge/test_source_dates.py::test_anything_else_is_refused_with_what_is_meant",
        "tests/faq/editors/test_plain_texts.py::test_every_line_that_is_not_right_is_told_of_at_once_with_the_nearest",
        "tests/hostile/test_findings.py::test_any_date_of_a_source_is_shown_on_every_form_of_its_entry",
    ),
    "pages that take long are neither limited nor turned away": (
        "tests/web/test_request_limits.py::test_a_page_that_takes_long_counts_as_a_form",
        "tests/config/test_request_kinds.py::test_a_request_is_of_a_kind",
    ),
    "a control character in a text breaks the feeds": (
        "tests/web/test_characters.py::test_just_what_a_parser_refuses_is_refused",
        "tests/faq/editors/test_plain_texts.py::test_they_are_refused_in_every_other_form_of_the_admin",
        "tests/faq/documents/test_marks.py::test_characters_that_no_page_can_show_go_and_are_named",
        "tests/hostile/test_findings.py::test_any_character_that_is_stored_leaves_every_form_well_formed",
    ),
    "a character that no font has breaks the PDF": (
        "tests/faq/formats/test_pdf.py::test_a_character_that_no_font_has_is_replaced_and_the_rest_stays",
        "tests/faq/formats/test_pdf.py::test_an_advice_for_a_site_of_any_name_is_a_pdf",
    ),
    "parameters of a header that Python cannot join are a fault": (
        "tests/web/test_request_intake.py::test_no_address_fails_by_one",
        "tests/web/test_request_intake.py::test_no_form_fails_by_its_parts",
        "tests/hostile/fuzz/test_fuzz.py::test_no_part_of_a_request_is_a_fault",
    ),
    "twenty-eight digits of bandwidth are a fault": (
        "tests/hostile/test_findings.py::test_any_huge_number_in_any_field_of_a_design_is_answered",
    ),
    "anybody keeps an account signed out": (
        "tests/web/test_request_limits.py::test_guesses_of_others_do_not_keep_an_account_from_its_own_device",
        "tests/web/test_request_limits.py::test_a_form_without_its_token_locks_nobody_out",
    ),
    "every account of the machine reads the database": (
        "tests/config/test_command_line.py::test_what_the_site_stores_is_for_its_own_account_alone",
    ),
    "a lookup in the address of a list of the admin is a fault": (
        "tests/faq/editors/test_plain_lookups.py::test_it_asks_only_what_every_database_can_look_up",
        "tests/hostile/test_findings.py::test_any_lookup_in_any_list_of_the_admin_is_answered",
    ),
    "a version of something else in the history of an entry is a fault": (
        "tests/faq/editors/test_plain_texts.py::test_a_version_of_something_else_is_no_version_of_an_entry",
        "tests/hostile/test_findings.py::test_the_number_of_something_else_is_found_nowhere",
    ),
    "a reader of drafts sees what visitors wrote": (
        "tests/faq/editors/test_to_do.py::test_what_visitors_wrote_is_for_those_who_read_their_questions",
    ),
    "a secret that is refused is printed": (
        "tests/test_project.py::test_a_setting_that_does_not_fit_stops_the_start_with_its_name_and_the_reason",
        "tests/test_project.py::test_a_database_that_does_not_fit_is_refused_without_telling_its_password",
    ),
    "any host is taken from a setting or a form": (
        "tests/web/test_hosts.py::test_the_site_does_not_start_with_a_setting_that_is_none",
        "tests/faq/editors/test_portals.py::test_an_origin_that_no_browser_can_ask_is_refused",
    ),
    "the form of an answer changes when it is put into it again": (
        "tests/faq/documents/test_round_trip.py::test_an_answer_in_its_form_stays_as_it_is",
        "tests/hostile/fuzz/test_fuzz.py::test_no_input_breaks_what_reads_it",
    ),
    "what is refused fills the log": (
        "tests/web/test_log_lines.py::test_a_request_that_was_refused_is_told_in_one_line",
        "tests/web/test_log_lines.py::test_another_host_adds_a_line_to_the_log",
    ),
    "a document of tens of thousands of questions takes minutes": (
        "tests/faq/documents/test_files.py::test_a_document_of_too_many_questions_is_refused_before_anything_is_loaded",
    ),
    "headers of pages lack points of the Observatory": (
        "tests/config/test_observatory.py::test_a_page_has_135_points",
        "tests/config/test_observatory.py::test_a_script_has_the_digest_of_what_is_sent",
    ),
    "a request without a host is answered": (
        "tests/web/serving/test_protocol.py::test_a_head_is_answered_with_the_status_that_fits",
    ),
    "drafts, and what was withdrawn, are seen": (
        "tests/hostile/test_canaries.py::test_no_token_of_what_is_hidden_is_anywhere",
        "tests/hostile/test_findings.py::test_a_draft_is_as_an_entry_that_never_was",
    ),
    "packages are older than a fix that they need": (
        "tests/test_project.py::test_the_locked_packages_are_new_enough_to_be_safe",
    ),
}
"""Each finding, and the tests that would fail if it came back."""

FORMS = (
    "/nl/faq/{0}/",
    "/en/faq/{0}/",
    "/nl/faq/{0}.md",
    "/nl/faq/{0}.txt",
    "/nl/faq/{0}.html",
    "/nl/faq/{0}.pdf",
    "/api/v1/entries/{0}",
    "/api/v1/entries/{0}?format=markdown",
    "/embed/nl/{0}",
    "/nl/faq/{0}/card.png",
    "/nl/faq/?all=1",
    "/nl/faq.md",
    "/nl/limits/",
    "/nl/search/?q=expressroute",
)
"""Forms of an entry, and what it stands on."""

IN_XML = (
    "/nl/changes.atom",
    "/nl/sections/basics/changes.atom",
    "/sitemap.xml",
    "/opensearch/nl.xml",
    "/oembed?format=xml&url=http%3A%2F%2F127.0.0.1%3A8000%2Fnl%2Ffaq%2F{0}%2F",
)
"""What a parser of XML reads."""

DATES = (
    "18-10-2016",
    "2016-13",
    "2016-10-32",
    "2016-00-10",
    "0000-01",
    "99999-01-01",
    "2016-2-30",
    "1" * 20,
    "oktober 2016",
    "2016-02-30",
    "-",
    "--",
    "2016--",
    "٢٠١٦-١٢",
    "²⁰¹⁶",
    "2016-12-",
    "0",
    "",
    " ",
    "9" * 400,
    "2016-12-05T10:00",
    "{}",
)

CHARACTERS = [
    chr(code) for code in (*range(1, 32), 127, 0x85, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x202E)
]

NUMBERS = (
    "9" * 28,
    "9" * 400,
    "1e400",
    "-" + "9" * 30,
    "0." + "0" * 40 + "1",
    "9" * 28 + "," + "9" * 28,
    "1_000",
    "٣" * 30,
    "NaN",
    "Infinity",
    "0x" + "f" * 30,
    "+" + "1" * 99,
)


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests of a file."""
    parsed = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("finding", HELD_BY)
def test_a_finding_is_held_by_tests_that_exist(finding: str) -> None:
    for named in HELD_BY[finding]:
        path, _, name = named.partition("::")
        assert name in names_in(path), named


def test_any_date_of_a_source_is_shown_on_every_form_of_its_entry(client: Client) -> None:
    entry = example()
    given = some(DATES, 7)
    for written in given:
        publish(entry, replace(published_content(entry), sources=(SourceDocument("guide.md", written),)))
        for form in FORMS[:8]:
            assert client.get(form.format(entry.slug)).status_code == 200, (written, form)
    tell("stored texts of a kind that was a fault", len(given) * 8)


def test_any_character_that_is_stored_leaves_every_form_well_formed(client: Client, settings: Any) -> None:
    settings.DEFAULT_EDITION = "2020-01"
    settings.ORIGIN = "http://127.0.0.1:8000"
    made = edition()
    entry, given = Entry(edition=made), some(CHARACTERS, 9)
    for character in given:
        odd = f"a{character}b"
        texts = {code: text(question=f"Wat {odd}?", answer=f"Een {odd}.", asked_as=(odd,)) for code in ("nl", "en")}
        publish(entry, content(texts=texts, sources=(SourceDocument(odd, "2016"),)))
        made.name_nl = made.description_nl = odd
        made.save()
        made.sections.update(title_nl=odd, introduction_nl=odd)
        for form in FORMS[:12]:
            assert client.get(form.format(entry.slug)).status_code == 200, (ascii(character), form)
        for form in IN_XML:
            answer = client.get(form.format(entry.slug))
            assert answer.status_code == 200, (ascii(character), form)
            ElementTree.fromstring(answer.getvalue())  # noqa: S314 -- our own
        named = quote(f"site={odd}&vnet={odd}&name={odd}", safe="=&")
        drawing = client.get(f"/nl/advice/result/svg/?{named}&edition=2016-12")
        assert drawing.status_code in (200, 302, 400, 404, 422), ascii(character)
    tell("stored texts of a kind that was a fault", len(given) * (len(FORMS) + len(IN_XML)))


def test_any_huge_number_in_any_field_of_a_design_is_answered(client: Client) -> None:
    tried = 0
    pages = (
        "/nl/advice/",
        "/nl/advice/result/",
        "/en/advice/result/markdown/",
        "/nl/advice/result/json/",
        "/nl/advice/editions/",
    )
    for at, name in enumerate(some(sorted(PARAMETERS), 3)):
        for number in some(NUMBERS, len(NUMBERS), at % len(NUMBERS)):
            for page in some(pages, 3, at % 3):
                asked = f"{page}?edition=2026&site=a&vnet=b&clients=2&{name}={quote(number)}"
                assert client.get(asked).status_code < 500, asked
                tried += 1
    fields = ("bandwidth_mbps", "tunnels", "asn", "prefixes")
    for number in some(NUMBERS, 3):
        for field in fields:
            for raw in (number, json.dumps(number)):
                body = f'{{"edition":"2026","sites":[{{"name":"a","{field}":{raw}}}],"clients":{{"count":{raw}}}}}'
                answer = client.post("/api/v1/advice", body, content_type="application/json")
                assert answer.status_code in (200, 400, 422), body
                tried += 1
    tell("numbers in fields of a design", tried)


def lookups() -> Iterator[tuple[str, str]]:
    """Every list of the admin with every lookup on each of its fields, and on those of what they lead to."""
    for model in admin.site._registry:
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for field in model._meta.get_fields():
            for lookup in (
                "",
                "__contains",
                "__regex",
                "__in",
                "__isnull",
                "__year",
                "__range",
                "__gt",
                "__pk",
                "__0",
                "__draft__x",
            ):
                yield place, f"{field.name}{lookup}"


def test_any_lookup_in_any_list_of_the_admin_is_answered(client: Client) -> None:
    client.force_login(account(None))
    values = ("x", "9" * 28, "(", "1,2,x", "\x7f")
    asked = some(lookups(), 41)
    for at, (place, lookup) in enumerate(asked):
        answer = client.get(f"{place}?{lookup}={quote(values[at % len(values)])}")
        assert answer.status_code in (200, 302, 400, 403), (place, lookup)
    tell("lookups in lists of the admin", len(asked))


def test_the_number_of_something_else_is_found_nowhere(client: Client) -> None:
    there = world()
    client.force_login(account(None))
    named = [one for one in every_pattern() if one.startswith("admin/") and "%(" in one and model_of(one)]
    tried = 0
    for at, pattern in enumerate(some(named, 4)):
        known = there.arguments(pattern)
        numbers = {
            name for name in ("object_id", "pk", "id", "version", "place", "_0", "_1") if f"%({name})s" in pattern
        }
        for name in sorted(numbers):
            for other in some(("0", "987654", "9" * 18, "9" * 40, "x", "1"), 3, at % 3):
                answer = client.get(path_of(pattern, known | {name: other}))
                assert answer.status_code < 500, (pattern, name, other)
                tried += 1
    tell("numbers of other objects", tried)


def test_a_draft_is_as_an_entry_that_never_was(client: Client) -> None:
    draft = Entry(edition=example().edition)
    save_draft(draft, content(slug="what-is-a-draft", section="bgp", limits=()))
    for form in (*FORMS[:10], "/faq/{0}", "/nl/faq/{0}/changes/", "/nl/faq/{0}/feedback/"):
        there = client.get(form.format("what-is-a-draft"))
        never = client.get(form.format("what-is-a-trade"))
        assert there.status_code == never.status_code, form
        assert there.getvalue().replace(b"draft", b"trade") == never.getvalue(), form
    assert client.get(FORMS[0].format(EXPRESSROUTE)).status_code == 200
