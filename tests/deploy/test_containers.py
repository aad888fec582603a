"""deploy/Containerfile and deploy/compose.yaml, without an engine: what they name is there, and their commands run."""

from __future__ import annotations

import fnmatch
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from tests.deploy.conftest import place_with_data, wait_until_alive
from tests.deploy.nginx import CONFIGURATION
from tests.deploy.units import Place, sandboxed, services, unit
from tests.served import ROOT
from web.serving.alive import is_alive

CONTAINERFILE = ROOT / "deploy/Containerfile"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "gatewijzer"}

PYTHON = ".venv/bin/python"


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile with what follows each."""
    lines = [line for line in CONTAINERFILE.read_text().splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def copied() -> list[tuple[str, str]]:
    """What the Containerfile copies from the project, and to where."""
    return [
        (source, target)
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for *sources, target in [rest.split()]
        for source in sources
    ]


def last(name: str) -> str:
    """What follows the last instruction of a name."""
    return [rest for given, rest in instructions() if given == name][-1]


def commands() -> Iterator[list[str]]:
    """Every command of the services of systemd and of the containers that runs manage.py, with its arguments."""
    of_units = [word for service in services() for word in service.all("ExecStart")]
    of_containers = [json.loads(last("CMD"))]
    of_compose = [service["command"] for service in OURS.values()]
    lines = [*of_units, *(line for command in (*of_containers, *of_compose) for line in _lines(command))]
    for line in lines:
        for arguments in re.findall(r"manage\.py ([^|'\n]+)", line):
            yield shlex.split(re.sub(r"\$\$\(.*?\)", "day", arguments))


def _lines(command: list[str]) -> list[str]:
    return command[-1].splitlines() if command[0] == "sh" else [" ".join(command)]


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_takes_the_arguments_that_it_gets(command: list[str]) -> None:
    name, *arguments = command
    made = load_command_class(get_commands()[name], name)
    made.create_parser("manage.py", name).parse_args(arguments)


def test_the_image_is_built_from_what_the_project_has() -> None:
    assert len(copied()) > 8
    allowed = [line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"]
    for source, _ in copied():
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, name) for name in allowed), source


def test_the_image_has_a_python_that_the_project_supports() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    images = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    assert set(images) == {f"python:{needed.removeprefix('>=')}-slim"}


def test_the_image_installs_only_what_is_locked_with_a_hash() -> None:
    (install,) = [rest for name, rest in instructions() if name == "RUN" and " pip install" in rest]
    assert "--require-hashes" in install
    assert "requirements.lock" in install


def test_the_image_does_not_run_as_root() -> None:
    users = [rest for name, rest in instructions() if name in ("USER", "CMD")]
    assert users[0] == "gatewijzer"
    assert any(name == "RUN" and rest.endswith(" gatewijzer") and "useradd" in rest for name, rest in instructions())


def test_the_site_runs_from_what_the_image_has(prepared_on_sqlite: Path) -> None:
    """The commands of the build, the site, and the check of its health, in a folder with what is copied alone, to which
    their account cannot write.
    """
    with place_with_data(prepared_on_sqlite) as place:
        image = place.folder / "image"
        for source, target in copied():
            _copy(ROOT / source, image / target)
        for name, rest in instructions():
            if name == "RUN" and ("pybabel" in rest or "compileall" in rest):
                _run(place, image, rest)
        assert len(list(image.glob("locale/*/LC_MESSAGES/django.mo"))) == 2
        # what they may do is what the service may: an engine confines them less
        confined = sandboxed(place, unit("gatewijzer"))
        confined[-1] = json.dumps(json.loads(confined[-1]) | {"folder": str(image)})
        environment = place.environment(unit("gatewijzer"))
        log = (place.folder / "gatewijzer.service.log").open("wb")
        serve = [*confined, *place.command(shlex.join(json.loads(last("CMD"))))]
        site = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
        try:
            wait_until_alive(place, site)
            healthy = place.command(last("HEALTHCHECK").partition("CMD ")[2].strip("[]").replace(",", ""))
            assert subprocess.run([*confined, *healthy], env=environment, check=False).returncode == 0
        finally:
            site.terminate()
            site.wait(timeout=float(COMPOSE["services"]["site"]["stop_grace_period"].removesuffix("s")))
            log.close()
        assert not is_alive(str(place.socket))
        assert subprocess.run([*confined, *healthy], env=environment, check=False).returncode == 1


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    else:
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def _run(place: Place, image: Path, line: str) -> None:
    command = line.replace(".venv/bin/pybabel", str(Path(sys.executable).with_name("pybabel")))
    subprocess.run(place.command(command), cwd=image, check=True, capture_output=True)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_container_may_do_little(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "restart" in service
    assert "ports" not in service or name == "proxy"


def test_what_the_containers_name_is_there() -> None:
    for service in OURS.values():
        assert (ROOT / "deploy" / service["env_file"]).exists()
        assert (
            ROOT / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]
        ).resolve() == CONTAINERFILE
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or source == "./tls" or (ROOT / "deploy" / source).exists()


def test_the_site_has_a_volume_for_all_that_it_stores() -> None:
    targets = {volume.split(":")[1] for volume in COMPOSE["services"]["site"]["volumes"]}
    assert targets == set(json.loads(last("VOLUME")))


def test_the_proxy_has_every_file_that_its_configuration_names() -> None:
    text = re.sub(r"#.*", "", CONFIGURATION.read_text())
    targets = [volume.split(":")[1] for volume in COMPOSE["services"]["proxy"]["volumes"]]
    named = re.findall(r"(?:unix:|certificate |certificate_key )(/[^;]+)", text)
    named += [f"{root}/nginx-pages" for root in re.findall(r"root (/[^;]+)", text)]
    assert len(named) == 4
    for path in named:
        assert any(path.startswith(target) for target in targets), path


def test_containers_end_and_are_bounded_as_the_services_are() -> None:
    site, service = COMPOSE["services"]["site"], unit("gatewijzer")
    assert site["stop_grace_period"] == f"{service.one('TimeoutStopSec')}s"
    assert site["mem_limit"].upper() == service.one("MemoryMax")
    assert str(site["pids_limit"]) == service.one("TasksMax")
    assert service.one("ExecStart").endswith(" ".join(site["command"]))
    assert json.loads(last("CMD")) == site["command"]
