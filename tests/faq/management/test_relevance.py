"""`manage.py relevance`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from faq.models import Edition
from faq.search.judging import judged_editions, judged_files
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


def shipped() -> Edition:
    """The edition that comes with the project."""
    return Edition.objects.get(code="2016-12")


class TestRelevance:
    """Floors, and the edition that is measured."""

    def test_relevance_is_above_its_floors_and_a_drop_is_a_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out = StringIO()
        call_command("relevance", stdout=out)
        assert [line.split()[0] for line in out.getvalue().splitlines() if " queries " in line] == [
            f"{code}/{half}/{language}.tsv"
            for code in ("2016-12", "2026")
            for half in ("tuning", "test")
            for language in ("nl", "en")
        ]
        assert out.getvalue().count(" all ") == 8
        assert "recognized at wrongly said, by threshold" in out.getvalue()
        from faq.management.commands import relevance

        monkeypatch.setattr(relevance, "FLOORS", {"2016-12": {"nl": (1.0, 1.0), "en": (0.5, 0.5)}})
        with pytest.raises(CommandError, match="nl S@1"):
            call_command("relevance", stdout=StringIO())

    def test_every_edition_with_judged_queries_has_floors(self) -> None:
        from faq.management.commands.relevance import FLOORS

        judged = {code: {path.stem for path in judged_files(code)} for code in judged_editions()}
        assert {code: set(floors) for code, floors in FLOORS.items()} == judged

    @pytest.mark.usefixtures("own_index")
    def test_relevance_measures_the_edition_that_is_named(self, tmp_path: Path) -> None:
        published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        queries = tmp_path / "more.tsv"
        queries.write_text("nl\tplain\tzwaluwstaart\twhat-is-a-tunnel\n", encoding="utf-8")
        out = StringIO()
        call_command("relevance", queries, "--edition", "2020-01", stdout=out)
        assert [line.split()[:4] for line in out.getvalue().splitlines()[1:3]] == [
            ["nl", "plain", "1", "1.000"],
            ["nl", "all", "1", "1.000"],
        ]
        with pytest.raises(CommandError, match="available: 2016-12, 2020-01, 2026"):
            call_command("relevance", "--edition", "1999", stdout=StringIO())
