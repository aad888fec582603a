"""`manage.py relevance`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from faq.management.commands import relevance, weigh_meaning
from faq.models import Edition
from faq.search import indexer
from faq.search.engines.meaning.encoder import Vectors
from faq.search.judging import Judged, judged_editions, judged_files
from tests.faq.builders import edition, published, text
from tests.faq.search.engines.meaning.builders import LettersModel

pytestmark = pytest.mark.django_db


def shipped() -> Edition:
    """The edition that comes with the project."""
    return Edition.objects.get(code="2016-12")


class TestRelevance:
    """Floors, and the edition that is measured."""

    @pytest.mark.any_database
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
        monkeypatch.setattr(relevance, "FLOORS", {"2016-12": {"nl": (1.0, 1.0), "en": (0.5, 0.5)}})
        with pytest.raises(CommandError, match="nl S@1"):
            call_command("relevance", "--edition", "2016-12", stdout=StringIO())

    def test_every_edition_with_judged_queries_has_floors(self) -> None:
        judged = {code: {path.stem for path in judged_files(code)} for code in judged_editions()}
        assert {code: set(floors) for code, floors in relevance.FLOORS.items()} == judged

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


class Chauffeurs(LettersModel):
    """Takes every question for one about drivers of trucks."""

    def of_question(self, text: str) -> Vectors:
        """The vector of that."""
        return super().of_question("vrachtwagenchauffeurs")


class TestMeaning:
    """The second opinion by meaning, measured beside the engine by itself."""

    @pytest.fixture
    def queries(self, own_index: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
        """Judged queries of entries that only a second opinion tells apart; each is answered by the second."""
        settings.VECTORS_DIR = tmp_path_factory.mktemp("vectors")
        own = edition()
        for slug, answer in (("a-first", "Met een teller."), ("b-second", "Met vrachtwagenchauffeurs.")):
            published(own, slug=slug, texts={"nl": text(question="Hoe meet ik een zaagblad?", answer=answer)})
        words = ("meten", "zaagblad", "meet", "zaagbladen", "een zaagblad meten", "zaagblad meet")
        return [Judged("nl", "long", query, ("b-second",)) for query in words]

    @pytest.fixture
    def _model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(indexer, "SentenceModel", Chauffeurs)
        for module in (relevance, weigh_meaning):
            monkeypatch.setattr(module, "unfit", lambda: None)

    @pytest.mark.usefixtures("_model")
    def test_both_are_measured(
        self, queries: list[Judged], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path_factory.mktemp("queries") / "more.tsv"
        path.write_text("".join(f"nl\tlong\t{one.query}\tb-second\n" for one in queries), encoding="utf-8")
        out = StringIO()
        call_command("relevance", path, "--edition", "2020-01", "--meaning", stdout=out)
        lines = out.getvalue().splitlines()
        assert [line.split()[:5] for line in lines[2:4]] == [
            ["nl", "all", "6", "0.000", "0.000"],
            ["nl", "with", "meaning", "6", "1.000"],
        ]
        assert lines[4] == "    first: 6 won, 0 lost; long +6"

        monkeypatch.setattr(weigh_meaning, "SentenceModel", Chauffeurs)
        monkeypatch.setattr(weigh_meaning, "judged_editions", lambda: ["2020-01"])
        monkeypatch.setattr(weigh_meaning, "judged_queries", lambda code: queries)
        parts = iter((0, 1, 2, 3, 4, 0))
        monkeypatch.setattr(weigh_meaning, "part_of", lambda slug: next(parts))
        call_command("weigh_meaning", stdout=(out := StringIO()), stderr=StringIO())
        told = [line.split() for line in out.getvalue().splitlines() if line.startswith("2020-01 nl")]
        assert [row[2:] for row in told if row[2] in ("0", "50")] == [["0", "0.000", "0.500"], ["50", "1.000", "1.000"]]

    def test_without_the_model_it_says_so_and_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(relevance, "unfit", lambda: "the package is not installed")
        monkeypatch.setattr(weigh_meaning, "unfit", lambda: "the package is not installed")
        out = StringIO()
        assert relevance.Command(stdout=out)._with_meaning(indexer.engine_by_itself()) is None
        assert "not measured: the package is not installed. `make meaning` installs it." in out.getvalue()
        with pytest.raises(CommandError, match="`make meaning`"):
            call_command("weigh_meaning")
