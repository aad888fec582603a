"""The form of a file, told by what is in it: the name of a file says nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.core.fields import FIELDS
from advisor.core.refusals import Wrong

NEED = "need"
AZURE = "azure"
"""Resources as Azure's REST API, the az command, or Resource Graph writes them: one, a list, or a page of a list."""
ARM_TEMPLATE = "arm-template"
ARM_PARAMETERS = "arm-parameters"
TERRAFORM_STATE = "terraform-state"
"""A state file of version 4."""
TERRAFORM_VALUES = "terraform-values"
"""`terraform show -json` of a state."""
TERRAFORM_PLAN = "terraform-plan"
"""`terraform show -json` of a plan."""
TABLE = "table"

STATE_VERSION = 4

_TEMPLATE_SCHEMA = re.compile(r"deploymenttemplate\.json#?\Z", re.IGNORECASE)
_PARAMETERS_SCHEMA = re.compile(r"deploymentparameters\.json#?\Z", re.IGNORECASE)
_NEED_FIELDS = frozenset(FIELDS) - {"name"}
"""`name` is a field of a need that everything else has as well."""

_LISTS = ("value", "data")
"""Where a page of resources has them: `value` for the REST API, `data` for Resource Graph."""

SHOW_JSON = "terraform show -json"
BUILD = "az bicep build"
BUILD_PARAMETERS = "az bicep build-params"

_SOURCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^[ \t]*+using[ \t]++(?:'|none\b)", re.MULTILINE), BUILD_PARAMETERS),
    (
        re.compile(
            r"^[ \t]*+(?:targetScope[ \t]*+=|(?:resource|module)[ \t]++\w++[ \t]++'|param[ \t]++\w++[ \t]++[\w'\[(]"
            r"|(?:var|output|type|func)[ \t]++\w++[^\n=]*+=|@(?:sys\.)?\w++\()",
            re.MULTILINE,
        ),
        BUILD,
    ),
    (
        re.compile(
            r"^[ \t]*+(?:(?:terraform|locals|moved|import|removed)[ \t]*+\{"
            r'|(?:provider|variable|output|module)[ \t]++"?[\w-]++"?[ \t]*+\{'
            r'|(?:resource|data|ephemeral)[ \t]++"?[\w-]++"?[ \t]++"?[\w-]++"?[ \t]*+\{)',
            re.MULTILINE,
        ),
        SHOW_JSON,
    ),
)
"""How source that has to be run first begins one of its lines, and what makes a form of it that is read."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a document is, and its place where it is wrapped in another: the template of an export."""

    form: str
    value: object
    place: str = ""


def form_of(document: object) -> Found:
    """The form of a JSON document. Raises `Wrong`: `not-understood`, or `unsupported-version` with what to run."""
    if isinstance(document, list):
        if not document or any(_is_azure(member) for member in document[:100]):
            return Found(AZURE, document)
        raise Wrong("not-understood")
    if not isinstance(document, Mapping):
        raise Wrong("not-understood")
    form = _form_of_terraform(document) or _form_of_template(document)
    if form:
        return Found(form, document)
    wrapped = document.get("template")
    if isinstance(wrapped, Mapping) and _form_of_template(wrapped) == ARM_TEMPLATE:
        return Found(ARM_TEMPLATE, wrapped, "template")
    if _is_azure(document):
        return Found(AZURE, document)
    if _NEED_FIELDS.intersection(document):
        return Found(NEED, document)
    raise Wrong("not-understood")


def source_of(text: str) -> str | None:
    """What has to be run to get a form that is read, where a text is the source of a deployment."""
    return next((command for begins, command in _SOURCES if begins.search(text)), None)


def resources_in(document: object, place: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every resource of a document of the form `azure` with its place, such as `value[0]`.

    Lists of lists (of `jq --slurp`), pages, and what `az … create` puts around its answer (`newVNet`) are opened.
    """
    if isinstance(document, list):
        for index, member in enumerate(document):
            if _is_azure(member):
                yield from resources_in(member, f"{place}[{index}]")
    elif isinstance(document, Mapping):
        if _is_resource(document):
            yield place, document
            return
        for name, inside in _inside(document):
            yield from resources_in(inside, f"{place}.{name}" if place else name)


def _is_azure(document: object) -> bool:
    if isinstance(document, list):
        return any(_is_azure(member) for member in document[:100])
    if not isinstance(document, Mapping):
        return False
    return _is_resource(document) or any(_is_azure(inside) or inside == [] for _, inside in _inside(document))


def _inside(document: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What a page, or the answer of a command, holds."""
    for name in _LISTS:
        if isinstance(inside := document.get(name), list):
            yield name, inside
    if len(document) == 1:
        name, only = next(iter(document.items()))
        if isinstance(only, Mapping):
            yield name, only


def _is_resource(document: Mapping[str, object]) -> bool:
    """Whether an object is a resource of Azure: by its id, or by its type where it has a name."""
    lower = {name.lower(): value for name, value in document.items() if len(name) <= len("type")}
    found, kind = lower.get("id"), lower.get("type")
    if isinstance(found, str) and "/providers/" in found.lower():
        return True
    return isinstance(kind, str) and kind.lower().startswith("microsoft.") and "/" in kind and "name" in lower


def _form_of_terraform(document: Mapping[str, object]) -> str | None:
    version = document.get("version")
    if {"terraform_version", "lineage", "serial"}.intersection(document) and "version" in document:
        if isinstance(version, bool) or version != STATE_VERSION:
            raise Wrong("unsupported-version", instead=SHOW_JSON)
        return TERRAFORM_STATE
    told = {"planned_values", "values", "terraform_version"}.intersection(document)
    if "format_version" in document and (told or len(document) == 1):  # alone it is all that an empty state says
        return TERRAFORM_PLAN if "planned_values" in document else TERRAFORM_VALUES
    if "@level" in document or _is_terraform_source(document):
        raise Wrong("unsupported-version", instead=SHOW_JSON)
    return None


def _is_terraform_source(document: Mapping[str, object]) -> bool:
    """Whether an object is a configuration in Terraform's JSON: resources by their type and name."""
    resources = document.get("resource")
    return isinstance(resources, Mapping) and any(re.match(r"[a-z0-9]+_", kind) for kind in resources)


def _form_of_template(document: Mapping[str, object]) -> str | None:
    schema = document.get("$schema")
    if isinstance(schema, str):
        if _TEMPLATE_SCHEMA.search(schema):
            return ARM_TEMPLATE
        if _PARAMETERS_SCHEMA.search(schema):
            return ARM_PARAMETERS
    if "contentVersion" not in document:
        return None
    if isinstance(document.get("resources"), list | Mapping):
        return ARM_TEMPLATE
    return ARM_PARAMETERS if isinstance(document.get("parameters"), Mapping) else None
