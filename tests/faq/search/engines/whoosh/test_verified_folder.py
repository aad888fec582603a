"""An index is read only where it is whole and as it was written."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from faq.search.engine import Health, IndexUnusable, Matches, Query
from faq.search.engines import verified_folder
from faq.search.engines.whoosh.engine import WhooshEngine
from tests.every import EVERY, some
from tests.faq.search.builders import DOCUMENTS, TERMS


@pytest.fixture
def engine(tmp_path: Path, index_of_documents: Path) -> WhooshEngine:
    """An engine with a few documents, of content version 7."""
    shutil.copytree(index_of_documents, tmp_path / "index")
    return WhooshEngine(tmp_path / "index")


def matches(engine: WhooshEngine, query: str, language: str = "nl", **narrowed: str) -> Matches:
    """What a query finds."""
    return engine.search(Query(query, language, narrowed.pop("edition", "e"), **narrowed), 7, 10)


def found(engine: WhooshEngine, query: str, language: str = "nl", **narrowed: str) -> list[str]:
    """The slugs that a query finds in the reader's language."""
    return [hit.slug for hit in matches(engine, query, language, **narrowed).own]


def test_an_index_of_another_content_version_is_not_searched(engine: WhooshEngine) -> None:
    with pytest.raises(IndexUnusable, match="content version 7, not 8"):
        engine.search(Query("tunnel", "nl", "e"), 8, 10)


def test_a_new_index_takes_the_place_of_the_old_one_whole(engine: WhooshEngine) -> None:
    assert found(engine, "tunnel")
    engine.index(DOCUMENTS[:1], [], 8)
    assert [hit.slug for hit in engine.search(Query("tunnel", "nl", "e"), 8, 10).own] == ["tunnel"]
    assert len([path for path in engine._sealed.folder.iterdir() if path.is_dir()]) == 1


DAMAGES = ("flip", "truncate", "empty", "delete", "folder", "pipe", "loop")


def damage(path: Path, how: str) -> None:
    """Damage a file in one of the ways."""
    whole = path.read_bytes()
    if how == "flip":
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        return
    if how == "truncate":
        path.write_bytes(whole[: len(whole) // 2])
        return
    path.unlink()
    if how == "empty":
        path.write_bytes(b"")
    elif how == "folder":
        path.mkdir()
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "loop":
        path.symlink_to(path.name)


@pytest.mark.parametrize("how", some(DAMAGES, 3))
def test_a_damaged_index_is_noticed_before_it_is_read(engine: WhooshEngine, how: str) -> None:
    files = sorted(engine._sealed._current().iterdir())
    for number in range(len(files) + 1):  # and the pointer to them
        inside = sorted(engine._sealed._current().iterdir())
        path = inside[number] if number < len(files) else engine._sealed.folder / "current"
        assert matches(engine, "tunnel").own
        engine.verify(7)
        whole = path.read_bytes()
        damage(path, how)
        with pytest.raises(IndexUnusable):
            matches(WhooshEngine(engine._sealed.folder), "tunnel")
        with pytest.raises(IndexUnusable):
            engine.verify(7)  # which has it in its memory
        assert matches(engine, "tunnel").own
        if EVERY or number % len(DAMAGES) == DAMAGES.index(how):
            engine.index(DOCUMENTS, TERMS, 7)  # which makes it whole again
        else:
            put_back(path, whole)


def put_back(path: Path, whole: bytes) -> None:
    """A damaged file as it was, which takes less time than a new index."""
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_bytes(whole)


def test_files_are_read_again_only_after_somebody_wrote_to_them(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.verify(7)
    monkeypatch.setattr(verified_folder, "_verified", lambda path, digest: pytest.fail(f"{path} is read again"))
    engine.verify(7)
    with pytest.raises(IndexUnusable, match="content version 7, not 8"):
        engine.verify(8)


def test_a_pointer_cannot_lead_out_of_the_folder(engine: WhooshEngine) -> None:
    (engine._sealed.folder / "current").write_text("../../etc")
    with pytest.raises(IndexUnusable):
        matches(WhooshEngine(engine._sealed.folder), "tunnel")


def test_an_index_of_an_older_form_is_not_searched(engine: WhooshEngine) -> None:
    sealed = engine._sealed._current() / "sealed.json"
    sealed.write_text(json.dumps(json.loads(sealed.read_text()) | {"form": 0}))
    with pytest.raises(IndexUnusable, match="of form"):
        matches(WhooshEngine(engine._sealed.folder), "tunnel")


def test_a_build_that_fails_leaves_the_old_index(engine: WhooshEngine) -> None:
    def fails(done: int, steps: int) -> None:
        if done == 5:
            raise OSError("the disk is full")

    changed = [replace(one, answer="Iets anders.") for one in DOCUMENTS]
    with pytest.raises(OSError, match="full"):
        engine.index(changed, TERMS, 8, fails)
    assert engine.health() == Health(7, len(DOCUMENTS))
    assert found(engine, "tunnel") == ["tunnel", "gateway"]
    assert len([path for path in engine._sealed.folder.iterdir() if path.is_dir()]) == 1


@pytest.mark.parametrize("seal", ['{"form":11,"content_version":7,"files":{}}', "{}", "[]", "[" * 100_000, "null", "7"])
def test_a_seal_that_was_made_up_is_no_index(engine: WhooshEngine, seal: str) -> None:
    (engine._sealed._current() / "sealed.json").write_text(seal)
    with pytest.raises(IndexUnusable):
        matches(WhooshEngine(engine._sealed.folder), "tunnel")


@pytest.mark.parametrize("name", ["current", "sealed.json", "spaces.json"])
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(engine: WhooshEngine, name: str) -> None:
    folder = engine._sealed.folder if name == "current" else engine._sealed._current()
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(IndexUnusable):
        matches(WhooshEngine(engine._sealed.folder), "tunnel")
