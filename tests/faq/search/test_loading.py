"""The file with the terms of search: written as it is read, and its faults told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from faq import checks
from faq.models import TermGroup
from faq.search.loading import sync_terms
from faq.search.terms import SHIPPED, read_terms


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
