"""Give every command of the scenarios to the parser of azure-cli. The argument is the Python that has azure-cli."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from advisor.formats.deployables.az import write
from tests.advisor.formats.deployables.az_runs import required, run
from tests.advisor.formats.deployables.scenarios import HEADER, of_scenarios

NO_SUCH_COMMAND = ["network", "vnet-gateway", "create", "--no-such-option", "1"]
"""Must be refused, else the parser is not what it seems."""


VALUES = {"LOCATION": "westeurope", "ASN": "65010", "PREFIXES": "10.9.0.0/16 10.10.0.0/16", "CIRCUIT_MBPS": "500"}
"""What fills in a variable whose name begins so; any other has its own name."""

CHOICES: tuple[dict[str, str], ...] = ({}, {"AUTHORIZATION_KEY_SECRET": "erc", "CIRCUIT_PROVISIONED": "true"})
"""What is filled in to take each way that a script has."""


def filled_in(text: str) -> dict[str, str]:
    """A value for each variable that a script cannot do without, of its kind."""
    return {
        name: next((value for start, value in VALUES.items() if name.startswith(start)), name.lower())
        for name in required(text)
    }


def commands() -> list[list[str]]:
    """Each command that a script of a scenario runs, once, on both ways where there are two."""
    found: dict[tuple[str, ...], None] = {}
    for _, deployment in of_scenarios():
        text = write(deployment, HEADER, "en")
        for chosen in CHOICES:
            found |= dict.fromkeys(call.words for call in run(text, **filled_in(text), **chosen).calls)
    return [list(words) for words in found]


def refused(python: str, asked: list[list[str]]) -> list[str]:
    """What the parser says of each command, an empty text where it takes it."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [python, str(Path(__file__).parent / "parse.py")],
            input=json.dumps(asked),
            env=os.environ | {"AZURE_CONFIG_DIR": folder, "AZURE_CORE_COLLECT_TELEMETRY": "no"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    answers: list[str] = json.loads(done.stdout.splitlines()[-1])
    return answers


def main(python: str) -> int:
    """Print the commands that are refused. Returns the exit status: 0 where none is."""
    asked = commands()
    *answers, of_none = refused(python, [*asked, NO_SUCH_COMMAND])
    wrong = [(words, answer) for words, answer in zip(asked, answers, strict=True) if answer]
    for words, answer in wrong:
        print(f"az {' '.join(words)}\n  {answer.strip()}", file=sys.stderr)
    print(f"azure-cli takes {len(asked) - len(wrong)} of {len(asked)} commands")
    return 1 if wrong or not of_none else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
