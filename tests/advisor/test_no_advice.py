"""An edition without limits, or without a rule book, gives no advice: every surface says so, and which editions do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from advisor.answers.saved_designs import keep
from advisor.models import HelpKey
from advisor.pages.help_links import advice_faults
from advisor.service import advising_editions
from config.interfaces.mcp_tools import TOOLS, Refused
from faq.models import Edition
from faq.store.limit_rows import read_limits, write_limits
from tests.builders import EDITION, site
from tests.kept_reads import reads_kept_for_one_test

pytestmark = pytest.mark.django_db

SITE = "site=Tilburg&site_prefixes=192.168.10.0%2F24"
NEED = {"sites": [site("Tilburg", "192.168.10.0/24")], "clients": {"count": 5}}
PAGES = [
    "/advice/",
    "/advice/steps/what/",
    "/advice/steps/gateway/",
    "/advice/steps/check/",
    "/advice/result/",
    "/advice/result/markdown/",
    "/advice/result/json/",
    "/advice/result/svg/",
    "/advice/open/",
    "/advice/case/",
]
SAID = {
    "nl": {"intranet": "geen limieten", "2026-06": "geen adviesregels"},
    "en": {"intranet": "no limits", "2026-06": "no rules"},
}


@pytest.fixture(autouse=True)
def _one_advises(db: None) -> Iterator[None]:
    """Of the shipped editions only the one of the examples gives advice."""
    with reads_kept_for_one_test():
        for other in Edition.objects.exclude(code=EDITION):
            write_limits(other, {})
        yield


@pytest.fixture(params=["intranet", "2026-06"])
def silent(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An edition that gives no advice: imported from a document, without limits; or with limits and no book."""
    code: str = request.param
    if code == "intranet":
        (tmp_path / "faq.md").write_text("# Netwerk\n\n## Wat is een tunnel?\n\nEen buis.\n")
        call_command(
            "import_faq", str(tmp_path / "faq.md"), "--lang", "nl", "--edition", code, "--json", stdout=StringIO()
        )
        assert read_limits(Edition.objects.get(code=code)) == {}
    else:
        made = Edition.objects.create(code=code, date=date(2026, 6, 1), name_nl=code, name_en=code)
        write_limits(made, read_limits(Edition.objects.get(code=EDITION)))
    return code


def links(page: str) -> list[str]:
    """Where the page of an edition that gives no advice leads on to."""
    listed = re.search(r"<ul><li>.*?</ul>", page, re.DOTALL)
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', listed[0])] if listed else []


def test_only_editions_with_a_book_and_limits_advise(silent: str) -> None:
    assert silent in Edition.objects.values_list("code", flat=True)
    assert advising_editions() == (EDITION,)


class TestPages:
    """For people."""

    @pytest.mark.any_database
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("asked", ["", SITE])
    def test_a_page_explains_and_leads_to_an_edition_that_advises(
        self, client: Client, silent: str, language: str, asked: str
    ) -> None:
        for path in PAGES:
            answer = client.get(f"/{language}{path}?edition={silent}&{asked}")
            page = answer.content.decode()
            assert (answer.status_code, answer.templates[0].name) == (200, "advisor/pages/no_advice.html"), path
            assert SAID[language][silent] in page, path
            assert '<meta name="robots" content="noindex">' in page, path
            (link,) = links(page)
            there, _, query = link.partition("?")
            assert there == f"/{language}{path}"
            assert QueryDict(query).dict() == QueryDict(f"edition={EDITION}&{asked}").dict(), path
            followed = client.get(link, follow=True)
            assert followed.status_code == 200, path
            assert "no_advice" not in str([template.name for template in followed.templates]), path

    def test_the_masthead_leads_to_advice_only_where_there_is_any(self, client: Client, silent: str) -> None:
        for path in ("", "faq/", "limits/", "search/?q=bgp", "about/", "no-such-page/"):
            sign = "&" if "?" in path else "?"
            without = masthead(client.get(f"/nl/{path}{sign}edition={silent}"))
            assert "/nl/advice/" not in without, path
            assert "/nl/faq/" in without, path
            assert "/nl/advice/" in masthead(client.get(f"/nl/{path}")), path

    def test_in_a_frame_it_is_explained_in_the_frame(self, client: Client, silent: str) -> None:
        answer = client.get(f"/embed/nl/advice?edition={silent}&{SITE}", follow=True)
        page = answer.content.decode()
        assert SAID["nl"][silent] in page
        assert 'class="masthead"' not in page
        assert links(page)[0].startswith("/embed/nl/advice")
        assert client.get(links(page)[0], follow=True).status_code == 200

    def test_what_is_posted_gets_no_advice_and_is_not_kept(self, client: Client, silent: str) -> None:
        for path, posted in (
            ("/nl/advice/case/", {"address": SITE}),
            ("/nl/advice/open/", {"design_json": json.dumps(NEED)}),
            ("/nl/advice/steps/sites/", {"go": "next", "site": "Tilburg"}),
        ):
            answer = client.post(f"{path}?edition={silent}", {"edition": silent} | posted, follow=True)
            assert SAID["nl"][silent] in answer.content.decode(), path

    def test_where_htmx_asks_it_is_no_success(self, client: Client, silent: str) -> None:
        answer = client.post("/nl/advice/", {"edition": silent, "site": "A"}, headers={"HX-Request": "true"})
        assert answer.status_code == 422

    def test_a_kept_design_of_such_an_edition_is_not_judged_by_another(self, client: Client, silent: str) -> None:
        code = keep(f"edition={silent}&{SITE}", client="test")
        page = client.get(f"/nl/advice/result/?design={code}").content.decode()
        assert SAID["nl"][silent] in page
        (link,) = links(page)
        assert "verdict" in client.get(link).content.decode()

    def test_a_kept_design_is_judged_by_its_own_edition_where_the_default_advises_nothing(
        self, client: Client, silent: str, settings: Any
    ) -> None:
        settings.DEFAULT_EDITION = silent
        code = keep(f"edition={EDITION}&{SITE}", client="test")
        for path in ("", "result/", "steps/gateway/"):
            page = client.get(f"/nl/advice/{path}?design={code}")
            assert page.templates[0].name != "advisor/pages/no_advice.html"
            assert page.status_code == 200

    def test_a_kept_advice_is_shown_after_its_edition_stopped(self, client: Client) -> None:
        answer = client.post("/nl/advice/case/", {"address": SITE})
        before = client.get(answer.headers["Location"])
        write_limits(Edition.objects.get(code=EDITION), {})
        after = client.get(answer.headers["Location"])
        assert (before.status_code, after.status_code) == (200, 200)
        assert "192.168.10.0/24" in after.content.decode()

    def test_a_kept_advice_is_compared_with_its_own_edition_whatever_the_default_is(
        self, client: Client, silent: str, settings: Any
    ) -> None:
        kept = client.post("/nl/advice/case/", {"address": SITE}).headers["Location"]
        settings.DEFAULT_EDITION = silent
        write_limits(Edition.objects.get(code=EDITION), with_more_throughput())
        page = client.get(kept)
        assert f"edition={EDITION}" in page.context["address"]
        changed = page.context["changed"]
        assert changed is not None
        assert any("150" in change.after for change in changed)

    def test_a_help_link_to_a_filled_in_wizard_explains(self, client: Client, silent: str) -> None:
        HelpKey.objects.create(key="vpn-form.advice", advice="want=clients&clients=40")
        page = client.get(f"/help/vpn-form.advice?lang=en&edition={silent}", follow=True).content.decode()
        assert SAID["en"][silent] in page
        assert links(page) == [f"/en/advice/steps/what/?want=clients&clients=40&edition={EDITION}"]

    def test_a_filled_in_wizard_of_such_an_edition_is_a_fault(self, silent: str) -> None:
        default = Edition.objects.get(code=EDITION)
        assert any(silent in fault for fault in advice_faults(f"edition={silent}&clients=40", default))
        assert list(advice_faults("clients=40", default)) == []
        assert list(advice_faults("", Edition.objects.get(code=silent))) == []

    def test_where_no_edition_advises_the_page_says_so(self, client: Client) -> None:
        write_limits(Edition.objects.get(code=EDITION), {})
        page = client.get("/en/advice/").content.decode()
        assert "No edition of this site gives advice." in page
        assert links(page) == []


def with_more_throughput() -> dict[str, Any]:
    """The limits of the edition, of which Basic carries more."""
    limits = read_limits(Edition.objects.get(code=EDITION))
    limits["sku"]["Basic"]["throughput"]["value"] = 150
    return limits


def masthead(answer: Any) -> str:
    """The masthead of a page."""
    return str(answer.content.decode().partition("<header")[2].partition("</header>")[0])


class TestPrograms:
    """For programs."""

    @pytest.mark.parametrize(
        ("lang", "told"),
        [
            ("nl", "In editie {} wordt geen advies gegeven, alleen in 2016-12."),
            ("en", "There is no advice in edition {}, only in 2016-12."),
        ],
    )
    def test_the_api_refuses_with_the_reason_and_every_other_fault(
        self, client: Client, silent: str, lang: str, told: str
    ) -> None:
        raw = NEED | {"edition": silent, "bgp": 1, "gateway_sku": "Anything"}
        answer = client.post(f"/api/v1/advice?lang={lang}", json.dumps(raw), content_type="application/json")
        assert answer.status_code == 422
        errors = {error["path"]: error["reason"] for error in answer.json()["errors"]}
        assert list(errors) == ["edition", "bgp"]
        assert errors["edition"] == told.format(silent)

    def test_a_need_that_names_no_edition_gets_no_other_than_the_default(
        self, client: Client, silent: str, settings: Any
    ) -> None:
        settings.DEFAULT_EDITION = silent
        answer = client.post("/api/v1/advice", json.dumps(NEED), content_type="application/json")
        assert answer.status_code == 422
        assert [(error["path"], error["value"]) for error in answer.json()["errors"]] == [("edition", silent)]
        named = client.post("/api/v1/advice", json.dumps(NEED | {"edition": EDITION}), content_type="application/json")
        assert named.json()["edition"] == EDITION

    def test_where_no_edition_advises_the_api_says_so(self, client: Client) -> None:
        write_limits(Edition.objects.get(code=EDITION), {})
        answer = client.post("/api/v1/advice?lang=en", json.dumps(NEED), content_type="application/json")
        assert [error["reason"] for error in answer.json()["errors"]] == ["No edition of this site gives advice."]

    def test_the_api_document_offers_the_editions_that_advise(self, client: Client, silent: str) -> None:
        told = client.get("/api/v1/openapi.json").json()
        schema = told["paths"]["/api/v1/advice"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        need = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert need["properties"]["edition"]["enum"] == [EDITION]

    def test_an_assistant_is_told(self, silent: str) -> None:
        advise = next(tool for tool in TOOLS if tool.name == "advise")
        with pytest.raises(Refused, match=f"edition {silent}, only in 2016-12"):
            advise.call({"need": NEED | {"edition": silent}, "lang": "en"})

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_the_command_refuses(self, silent: str, form: str, tmp_path: Path) -> None:
        (tmp_path / "need.json").write_text(json.dumps(NEED | {"edition": silent}))
        out, err = StringIO(), StringIO()
        with pytest.raises(SystemExit) as stopped:
            call_command("advise", str(tmp_path / "need.json"), "--format", form, stdout=out, stderr=err)
        assert stopped.value.code == 2
        assert f"In editie {silent} wordt geen advies gegeven" in out.getvalue() + err.getvalue()
