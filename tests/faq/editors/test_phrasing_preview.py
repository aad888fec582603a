"""What a phrasing would do: the same by the index that readers search as by one that is built for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.editors import phrasing_preview
from faq.editors.phrasing_preview import preview
from faq.search import indexer
from faq.store import content_version
from faq.store.editions import default_edition

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Three judged queries: one that moves."""
    judged = tmp_path / "en.tsv"
    lines = ["expressroute or vpn\twhat-is-the-difference", "bgp\twhat-is-bgp", f"leased line\t{SLUG}"]
    judged.write_text("".join(f"en\tplain\t{line}\n" for line in lines), encoding="utf-8")
    monkeypatch.setattr(phrasing_preview, "judged_files", lambda code: (judged,) if code == "2016-12" else ())


def test_the_running_index_tells_the_ranks_before_as_a_new_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def counting(folder: Path) -> object:
        built.append(folder)
        return indexer.new_engine(folder)

    monkeypatch.setattr(phrasing_preview, "new_engine", counting)
    with_running = preview(default_edition(), SLUG, "en", "zeppelin moorings")
    assert len(built) == 1
    content_version.advance()
    assert preview(default_edition(), SLUG, "en", "zeppelin moorings") == with_running
    assert len(built) == 3
    assert with_running is not None
    assert (with_running.itself.before, with_running.itself.after, with_running.judged) == (0, 1, 3)


def test_a_text_that_readers_do_not_see_has_no_preview() -> None:
    assert preview(default_edition(), "no-such-entry", "en", "x") is None
