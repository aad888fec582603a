"""The static files as they are sent: our own scripts and stylesheets without comments and layout.

The sources in `static/` stay as they were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SMALLER: dict[str, Callable[[str], str]] = {"css": rcssmin.cssmin, "js": rjsmin.jsmin}
"""What leaves comments and layout out, by the ending of a name."""

Sources = dict[str, tuple[Storage, str]]


class SmallerStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """As WhiteNoise collects static files: a name with a hash for each, and each compressed once. The files of other
    packages, which are in folders of their own, are collected as they are.
    """

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """What the collected files are sent as; `paths` has where each name comes from."""
        yield from super().post_process(paths if dry_run else dict(self._smaller(paths)), dry_run, **options)

    def _smaller(self, paths: Sources) -> Iterator[tuple[str, tuple[Storage, str]]]:
        for name, (source, path) in paths.items():
            smaller = None if "/" in name else SMALLER.get(name.rpartition(".")[2])
            if smaller is None:
                yield name, (source, path)
                continue
            with source.open(path) as file:
                written = file.read().decode()
            self.delete(name)
            self.save(name, ContentFile(smaller(written).encode()))
            yield name, (self, name)
