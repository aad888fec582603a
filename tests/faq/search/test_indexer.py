"""The index of this site: built at any time, and built again when it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.models import Edition
from faq.search import indexer, service
from faq.search.engine import IndexUnusable, Query
from faq.store import content_version
from tests.faq.builders import edition, published, text

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
