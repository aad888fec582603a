"""A script for az, run with a stand-in that notes its arguments and what is piped into it."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

STAND_IN = r"""#!/usr/bin/env bash
input=""
for one in "$@"; do
  if [ "$one" = "@-" ]; then input="$(cat)"; fi
done
{ printf '%s\0' "$#" "$@" "$input"; } >>"$AZ_LOG"
case "$*" in
  "keyvault secret show "*) printf 'value of %s\n' "$7" ;;
  *"--query length(@) "*) printf '%s\n' "${AZ_POLICIES:-0}" ;;
  *"--query id "*) printf '/id/of%s\n' "$(printf '/%s' "$@" | tr -c 'a-z0-9\n' -)" ;;
esac
exit "${AZ_STATUS:-0}"
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of az: its words, and what was piped into it."""

    words: tuple[str, ...]
    piped: str

    @property
    def command(self) -> str:
        """The words before the first option."""
        return " ".join(self.words[: next((at for at, word in enumerate(self.words) if word.startswith("-")), None)])

    def option(self, name: str) -> list[str] | None:
        """The values of an option, None where it is not given."""
        if name not in self.words:
            return None
        rest = self.words[self.words.index(name) + 1 :]
        end = next((at for at, word in enumerate(rest) if word.startswith("--")), len(rest))
        return list(rest[:end])


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to: its status, what it printed and said, its calls, and the files that it left."""

    status: int
    printed: str
    said: str
    calls: tuple[Call, ...]
    left: tuple[str, ...]

    def counts(self) -> Counter[str]:
        """How often each command was called."""
        return Counter(call.command for call in self.calls)

    def of(self, command: str) -> list[Call]:
        """The calls of a command."""
        return [call for call in self.calls if call.command == command]


def required(text: str) -> tuple[str, ...]:
    """The variables that a script cannot do without."""
    return tuple(re.findall(r'^: "\$\{(\w+):\?', text, re.MULTILINE))


def run(text: str, **environment: str) -> Run:
    """Run a script in an empty folder, each variable that it needs filled in by its own name."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        stand_in, script, log = place / "bin" / "az", place / "deploy.sh", place / "log"
        work = place / "work"
        work.mkdir()
        stand_in.parent.mkdir()
        stand_in.write_text(STAND_IN, encoding="utf-8")
        stand_in.chmod(0o755)
        script.write_text(text, encoding="utf-8")
        log.touch()
        variables = {name: f"the {name.lower()}" for name in required(text)}
        done = subprocess.run(
            ["bash", str(script)],
            cwd=work,
            env={"PATH": f"{stand_in.parent}:{os.environ['PATH']}", "AZ_LOG": str(log)} | variables | environment,
            check=False,
            capture_output=True,
            timeout=60,
        )
        left = tuple(sorted(path.name for path in work.iterdir()))
        calls = tuple(_calls(log.read_bytes().decode("utf-8").split("\0")))
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode(), calls, left)


def _calls(words: list[str]) -> list[Call]:
    found, at = [], 0
    while at < len(words) - 1:
        count = int(words[at])
        found.append(Call(tuple(words[at + 1 : at + 1 + count]), words[at + 1 + count]))
        at += count + 2
    return found
