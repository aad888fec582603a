"""The parameters of a Bicep file: what is to be filled in as lines of comment, and where each secret is kept."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import NUMBER, SECRET, SET, TEXTS, Parameter
from advisor.formats.deployables.bicep import asked_in_bicep, comments, default_of
from advisor.formats.deployables.bicep_syntax import Symbols, Value, written
from advisor.formats.deployables.commentary import Commentary
from advisor.formats.deployables.header import Header

SECRET_NAMES = {"radius-secret": "radius", "authorization-key": "expressroute-authorization"}
"""What secrets are called in the key vault; a pre-shared key is `psk-` and whose it is."""


def write(deployment: Deployment, header: Header, language: str) -> str:
    """The file `main.bicepparam`, with comments in a language."""
    return "\n".join(_lines(deployment, Commentary(header, "bicepparam", language))) + "\n"


def _lines(deployment: Deployment, commentary: Commentary) -> Iterator[str]:
    symbols = Symbols(deployment)
    for said in commentary.head(deployment):
        yield from comments(said)
    yield from comments(commentary.say("fill-in"))
    yield from comments(commentary.say("vault"))
    yield ""
    yield "using 'main.bicep'"
    for parameter in asked_in_bicep(deployment):
        yield ""
        yield from comments(commentary.description(parameter))
        yield from _line(symbols.parameter(parameter.ask), parameter)


def _line(name: str, parameter: Parameter) -> Iterator[str]:
    """A parameter that is filled in here, or how it can be."""
    if parameter.kind == SECRET and not parameter.may_be_empty:
        yield f"param {name} = {_secret(parameter)}"
        return
    if parameter.kind == SECRET:
        yield f"// param {name} = {_secret(parameter)}"
        yield f"param {name} = ''"
        return
    value = default_of(parameter) if parameter.kind == SET else _empty(parameter)
    if parameter.code == "tenant-id":
        value = _empty(parameter)  # a file of parameters cannot ask for the tenant
    if value is not None:
        first, *rest = written(value)
        yield f"// param {name} = {first}"
        yield from (f"// {line}" for line in rest)


def _empty(parameter: Parameter) -> Value:
    """A value of the type, to be replaced."""
    if parameter.type == NUMBER:
        return 0
    return [] if parameter.type == TEXTS else ""


def _secret(parameter: Parameter) -> str:
    """Where a secret is kept. Only literal texts can stand there."""
    name = SECRET_NAMES.get(parameter.code) or f"psk-{parameter.ask.key}"
    return f"az.getSecret('<subscription>', '<resource group>', '<vault>', '{name}')"
