"""A folder of files that is put in place whole and read only when nothing in it has changed. Pure: no Django.

Each version is written in a folder of its own, flushed to disk, and listed with the digest of every file; then one
pointer is renamed. A reader gets the bytes of every file, or none.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from faq.search.engine import Health, IndexUnusable
from faq.store.disk import flush

SEAL = "sealed.json"

_Marks = Mapping[Path, tuple[int, ...]]

UNREADABLE = (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError)
"""What a seal raises that is missing, damaged, or made up."""


class SealedFolder:
    """Versions of the files of an index; `form` tells their layout, and what made them: others are not read."""

    def __init__(self, folder: Path, form: int | str) -> None:
        self.folder, self.form = folder, form
        self._found_whole: _Marks | None = None

    @contextmanager
    def replaced(self, content_version: int, documents: int) -> Iterator[Path]:
        """An empty folder to write into, which takes the place of the one before when all went well."""
        self._make_folder()
        with self._lock():
            name = f"{content_version}-{secrets.token_hex(4)}"
            built = self.folder / name
            built.mkdir(mode=0o750)
            try:
                yield built
                self._seal(built, {"form": self.form, "content_version": content_version, "documents": documents})
                self._point_at(name)
            finally:
                self._drop_all_but_current()

    def read(self, content_version: int | None = None) -> dict[str, bytes]:
        """Every file of the current version. Raises `IndexUnusable` where one is missing or not as it was written, or
        where the version is of another form, or of an earlier content version than the one that is given."""
        with _faults_told():
            folder = self._current()
            digests = self._digests(folder, content_version)
            return {name: _verified(folder / name, digest) for name, digest in digests.items()}

    def verified_names(self, content_version: int) -> Collection[str]:
        """The names of the files that `read` would return. Raises `IndexUnusable` as that does. Files that have not
        changed on disk since they were last found whole are not read again."""
        with _faults_told():
            folder = self._current()
            digests = self._digests(folder, content_version)
            marks = {path: _mark(path) for path in (folder / SEAL, *(folder / name for name in digests))}
            if marks != self._found_whole:
                for name, digest in digests.items():
                    _verified(folder / name, digest)
                self._found_whole = marks
            return digests.keys()

    def usable_files(self) -> dict[str, bytes]:
        """Every file of the current version; none where that is damaged or of another form."""
        try:
            return self.read()
        except IndexUnusable:
            return {}

    def health(self) -> Health:
        """What the current version says of itself; its files are not verified."""
        try:
            seal = json.loads(_read(self._current() / SEAL))
            return Health(seal["content_version"], seal["documents"])
        except (*UNREADABLE, IndexUnusable):
            return Health(None, 0)

    def _digests(self, folder: Path, content_version: int | None) -> Mapping[str, str]:
        """The digest of each file of a version, by its own list, whose layout and content version are looked at."""
        seal = json.loads(_read(folder / SEAL))
        if seal["form"] != self.form:
            raise IndexUnusable(f"the index is of form {seal['form']}, not {self.form}")
        if content_version is not None and seal["content_version"] < content_version:
            raise IndexUnusable(f"the index is of content version {seal['content_version']}, not {content_version}")
        return dict(seal["files"])

    def _make_folder(self) -> None:
        """Make the folder; a file or a link to nothing that stands in its place goes."""
        if not self.folder.is_dir() and (self.folder.is_symlink() or self.folder.exists()):
            self.folder.unlink()
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _current(self) -> Path:
        try:
            name = _read(self.folder / "current").decode().strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise IndexUnusable("there is no index") from fault
        if not name.replace("-", "").isalnum():
            raise IndexUnusable("the pointer is damaged")
        return self.folder / name

    def _seal(self, built: Path, told: dict[str, Any]) -> None:
        files = {}
        for path in sorted(built.iterdir()):
            files[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
            flush(path)
        (built / SEAL).write_text(json.dumps(told | {"files": files}))
        flush(built / SEAL)
        flush(built)

    def _point_at(self, name: str) -> None:
        pointer = self.folder / "current.new"
        pointer.write_text(name)
        flush(pointer)
        pointer.replace(self.folder / "current")
        flush(self.folder)

    def _drop_all_but_current(self) -> None:
        try:
            current = self._current()
        except IndexUnusable:
            current = None
        for old in self.folder.iterdir():
            if old.is_dir() and old != current:
                shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, also for what is no file: a pipe would keep its reader waiting."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


@contextmanager
def _faults_told() -> Iterator[None]:
    """What a file raises that is missing or damaged is raised as `IndexUnusable`."""
    try:
        yield
    except UNREADABLE as fault:
        raise IndexUnusable("the index cannot be read") from fault


def _mark(path: Path) -> tuple[int, ...]:
    """What changes with a file whenever somebody writes to it or puts another in its place."""
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def _verified(path: Path, digest: str) -> bytes:
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise IndexUnusable(f"{path.name} is damaged")
    return data
