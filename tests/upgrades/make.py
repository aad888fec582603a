"""`python -m tests.upgrades.make COMMIT [--record]`: the data of an earlier release, for the tests of upgrades.

It makes them with the code of that release, in a worktree, and with the packages of today.
"""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.served import ROOT
from tests.upgrades.story import EDITION, SLUGS

HERE = ROOT / "tests/upgrades"

TERMS = """[site-to-site]
nl = ["site-to-site", "s2s"]
en = ["site-to-site", "s2s"]
"""

ENTRY = """order = {order}
connection_types = ["site-to-site"]
deployment_models = ["resource-manager"]
checked = 2026-11-23

[[sources]]
document = "vpn-gateway-vpn-faq.md"
date = "2016-12"

[nl]
question = "Wat is {slug}?"
answer = "{text} ({slug}, nl)"
asked_as = []

[en]
question = "What is {slug}?"
answer = "{text} ({slug}, en)"
asked_as = []
"""


def content_folder(folder: Path, release: Path, text: str, *, with_limits: bool = True) -> Path:
    """The limits of a release, or only their sources, with the entries of the story, whose answers have a text."""
    edition = folder / EDITION
    (edition / "story").mkdir(parents=True)
    shipped = release / "faq/content" / EDITION
    (folder / "terms.toml").write_text(TERMS)
    lines = (shipped / "limits.toml").read_text().splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("[") and ".per_vnet" in line)
    kept = [line for line in lines[: None if with_limits else first] if not line.startswith("entry = ")]
    (edition / "limits.toml").write_text("".join(kept))
    told = (shipped / "edition.toml").read_text()
    head = told.partition("[[sections]]")[0].partition("[[changes]]")[0]
    (edition / "edition.toml").write_text(head + '\n[[sections]]\nslug = "story"\nnl = "Verhaal"\nen = "Story"\n')
    for order, slug in enumerate(SLUGS, start=1):
        (edition / f"story/{slug}.toml").write_text(ENTRY.format(order=order, slug=slug, text=text))
    return folder


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """The code of a commit."""
    with tempfile.TemporaryDirectory() as made:
        tree = Path(made) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), commit], cwd=ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def main(arguments: Sequence[str]) -> None:
    """Write `COMMIT.sqlite3.xz`, and with --record `COMMIT.statements.xz`."""
    commit = arguments[0]
    with checkout(commit) as tree, tempfile.TemporaryDirectory() as made:
        data = Path(made) / "data"
        content = content_folder(Path(made) / "content", tree, "As it was")
        environment = os.environ | {"GATEWIJZER_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}

        def run(*command: str) -> None:
            subprocess.run([sys.executable, *command], cwd=tree, env=environment, check=True)

        run("manage.py", "migrate", "--verbosity", "0", "--skip-checks")
        run("manage.py", "sync", "--content", str(content), "--terms", str(content / "terms.toml"))
        run(str(HERE / "story.py"), "make")
        small = Path(made) / "small.sqlite3"
        with sqlite3.connect(data / "gatewijzer.sqlite3") as database:
            database.execute("VACUUM INTO ?", (str(small),))
        database.close()
        (HERE / f"{commit}.sqlite3.xz").write_bytes(lzma.compress(small.read_bytes(), preset=9))
        if "--record" in arguments:
            statements = Path(made) / "statements"
            run(str(HERE / "story.py"), "record", str(statements))
            (HERE / f"{commit}.statements.xz").write_bytes(lzma.compress(statements.read_bytes(), preset=9))


if __name__ == "__main__":
    main(sys.argv[1:])
