"""The list of what is shipped: CycloneDX, made from the lock file by `make sbom`."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command of the target writes; by itself it validates that as well, which takes longer."""
    file = tmp_path_factory.mktemp("sbom") / "sbom.json"
    told = subprocess.run(["make", "-n", "sbom", f"SBOM={file}"], cwd=ROOT, capture_output=True, text=True, check=True)
    command = next(line for line in told.stdout.splitlines() if "cyclonedx_py" in line)
    subprocess.run([*shlex.split(command), "--no-validate"], cwd=ROOT, check=True)
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def locked() -> dict[str, tuple[str, set[str]]]:
    """The version and the hashes of each package in the lock file."""
    found: dict[str, tuple[str, set[str]]] = {}
    name = ""
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if pinned := re.match(r"([A-Za-z0-9._-]+)==(\S+)", line):
            name = pinned[1].lower()
            found[name] = (pinned[2], set())
        elif digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found[name][1].add(digest[1])
    return found


def hashes(component: dict[str, Any]) -> set[str]:
    """The digests of a component."""
    return {digest["content"] for link in component["externalReferences"] for digest in link.get("hashes", ())}


def test_it_names_every_locked_package_with_its_version_and_hashes(made: dict[str, Any]) -> None:
    listed = {component["name"].lower(): (component["version"], hashes(component)) for component in made["components"]}
    assert len(listed) > 40
    assert listed == locked()


def test_it_says_whose_it_is_and_is_the_same_each_time(made: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    own = made["metadata"]["component"]
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert (own["name"], own["version"]) == (project["name"], project["version"])
    assert own["licenses"][0]["license"]["id"] == project["license"]
    assert "serialNumber" not in made, "a number that is new each time"
    assert "timestamp" not in made["metadata"]
