"""A deployment as a script for az in Bash. It runs nothing but az, printf and what is built into the shell."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Parameter
from advisor.core.parameters import Count
from advisor.formats.deployables import quoting
from advisor.formats.deployables.az_resources import checks, outputs, resources
from advisor.formats.deployables.az_script import Script
from advisor.formats.deployables.az_syntax import WORDS, asked_in_az, is_list, variable_name
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.header import Header

PSK = """\
psk() {
  az keyvault secret show --vault-name "$KEY_VAULT" --name "$1" --query value --output tsv
}"""
"""Prints a secret of the key vault, to be piped into the command that needs it."""

ZONES = """\
ZONE_OPTIONS=()
if [ -n "$ZONES" ]; then
  ZONE_OPTIONS=(--zone "${ZONES_WORDS[@]}")
fi"""

COMMANDS = ("bash -n deploy.sh", "bash deploy.sh")
"""What checks the file, and what runs it."""


def write(deployment: Deployment, header: Header, language: str) -> str:
    """The file `deploy.sh`, with comments and messages in a language."""
    return "\n".join(_lines(deployment, Commentary(header, "az", language))) + "\n"


def _lines(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    yield "#!/usr/bin/env bash"
    for said in _head(deployment, commentary):
        yield from quoting.comment(said, "#")
    yield ""
    yield "set -euo pipefail"
    for parameter in asked_in_az(deployment):
        yield ""
        yield from _parameter(parameter, commentary)
    if any(one.code == "key-vault" for one in deployment.parameters):
        yield ""
        yield from quoting.comment(commentary.say("secret"), "#")
        yield PSK
    script = Script(deployment, commentary)
    for group in (checks(script), resources(script), outputs(script)):
        for lines in group:
            yield ""
            yield from lines


def _head(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    yield from commentary.head(deployment)
    yield commentary.say("first-existing" if deployment.hub.exists else "first-new")
    if any(one.code == "key-vault" for one in deployment.parameters):
        yield commentary.say("keys")
    minutes = Count(deployment.catalogue.number("gateway.creation_time"), "minute")
    yield commentary.say("run", minutes=minutes)
    yield from COMMANDS


def _parameter(parameter: Parameter, commentary: Commentary) -> Iterator[str]:
    """A check that a value is there, or its default; a list becomes an array of its words."""
    name = variable_name(parameter.ask)
    told = commentary.description(parameter)
    yield from quoting.comment(told, "#")
    if is_list(parameter):
        yield from quoting.comment(commentary.say("list"), "#")
    if parameter.may_be_empty:
        # without a colon: a value that is given as empty stays so
        yield f'{name}="${{{name}-{_default(parameter)}}}"'
    elif parameter.default is not None:
        yield f'{name}="${{{name}:-{_default(parameter)}}}"'
    else:
        yield f': "${{{name}:?{quoting.shell_message(told)}}}"'
    if is_list(parameter):
        yield f"read -r -a {name}{WORDS} < <(printf '%s\\n' \"${name}\")"
    if parameter.code == "zones":
        yield ZONES


def _default(parameter: Parameter) -> str:
    """A default as it stands in double quotes: letters, digits and hyphens, which need no escape."""
    match parameter.default:
        case None:
            return ""
        case bool():
            return "true" if parameter.default else "false"
        case tuple():
            return " ".join(map(quoting.shell, parameter.default))
        case _:
            return quoting.shell(str(parameter.default))
