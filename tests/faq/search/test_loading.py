"""The terms of search: loaded from their file, kept by editors, and written as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from faq import checks
from faq.models import Edition, TermGroup
from faq.search import indexer, service
from faq.search.loading import sync_terms
from faq.search.terms import SHIPPED, Term, read_terms
from faq.store import content_version


def test_the_shipped_file_has_no_fault() -> None:
    assert checks.terms_file() == []


@pytest.mark.parametrize("text", ["[a]\nnl = 'no list'\n", "[a]\nde = ['x']\n", "no toml"])
def test_a_fault_in_the_file_is_an_error_of_the_check(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "terms.toml"
    broken.write_text(text)
    monkeypatch.setattr(checks, "SHIPPED", broken)
    assert [fault.id for fault in checks.terms_file()] == ["faq.E002"]


@pytest.mark.django_db
def test_what_editors_keep_is_exported_as_a_file_that_reads_the_same(tmp_path: Path) -> None:
    shipped = read_terms(SHIPPED.read_text(encoding="utf-8"))
    sync_terms(shipped)
    TermGroup.objects.create(key="own", nl=["eigen woord"], en=["own word"])
    call_command("export_faq", "--terms", "--output", str(tmp_path / "terms.toml"))
    read = {term.key: term.names for term in read_terms((tmp_path / "terms.toml").read_text(encoding="utf-8"))}
    assert read == {term.key: term.names for term in shipped} | {"own": {"nl": ("eigen woord",), "en": ("own word",)}}


@pytest.mark.django_db
class TestTerms:
    """Editors keep the terms; the content file is loaded, and never over an editor's change."""

    @pytest.mark.usefixtures("own_index")
    def test_a_term_of_an_editor_is_searched_with(self) -> None:
        TermGroup.objects.create(key="zwaluwstaart", nl=["zwaluwstaart", "gatewaysubnet"], en=[])
        indexer.build_index()
        found = service.find("zwaluwstaart", "nl", Edition.objects.get(code="2016-12")).results
        assert "what-is-the-gateway-subnet-and-why-is-it-needed" in [one.slug for one in found[:3]]

    def test_the_file_is_loaded_and_an_editors_change_is_a_conflict(self) -> None:
        one = Term("a", {"nl": ("aa",), "en": ()})
        assert [outcome.status for outcome in sync_terms([one])] == ["new"]
        assert [outcome.status for outcome in sync_terms([one])] == ["unchanged"]
        two = Term("a", {"nl": ("aa", "bb"), "en": ()})
        assert [outcome.status for outcome in sync_terms([two], dry_run=True)] == ["changed"]
        assert [outcome.status for outcome in sync_terms([two])] == ["changed"]
        TermGroup.objects.filter(key="a").update(nl=["van een redacteur"])
        assert [outcome.status for outcome in sync_terms([one])] == ["conflict"]
        assert TermGroup.objects.get(key="a").nl == ["van een redacteur"]
        assert [outcome.status for outcome in sync_terms([one], overwrite=True)] == ["changed"]

    def test_a_change_starts_a_new_content_version(self) -> None:
        before = content_version.current()
        TermGroup.objects.create(key="x", nl=["x"], en=[])
        assert content_version.current() > before
