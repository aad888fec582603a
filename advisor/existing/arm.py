"""Templates of Azure Resource Manager, with their parameters files, to resources in REST form.

Loops are unrolled, nested templates are read in their own scope or that of the template around them, and linked ones
are left out: nothing is fetched. Values of secure parameters are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from advisor.core.refusals import Refusals, Wrong
from advisor.existing.arm_evaluation import NO_LOOPS, Evaluator, Given, Loops, Scope, lowered, truth, turn
from advisor.existing.arm_functions import DoesNotFitError, word_of
from advisor.existing.documents import Document, refuse
from advisor.existing.forms import ARM_PARAMETERS, ARM_TEMPLATE
from advisor.existing.report import Item, SetupRefused
from advisor.existing.resource_types import CIRCUIT, CONNECTION, GATEWAY, LOCAL_GATEWAY, PEERING, SUBNETS, VNETS
from advisor.existing.resources import Resource, Unknown

_DEPLOYMENT = "microsoft.resources/deployments"
_READ = frozenset((*VNETS, *SUBNETS, PEERING, GATEWAY, LOCAL_GATEWAY, CONNECTION, CIRCUIT))
"""The types of which the properties are read. Of others it is enough that there is such a resource."""

_VALUES = ("id", "location", "sku", "properties")
"""What is read of them, with the name."""

_KIND = "kind"
"""What is read of every resource: it distinguishes a Route Server from a hub of Virtual WAN."""

MOST_FAULTS = 100
"""Resources with a fault; behind so many the rest is not read."""

_INNER = "inner"


@dataclass(frozen=True, slots=True)
class Templates:
    """The resources of templates, in their order, and what of them is left out: resources under a condition that is
    false, and linked templates.
    """

    resources: tuple[Resource, ...]
    ignored: tuple[Item, ...]


def read_templates(documents: Sequence[Document]) -> Templates:
    """Read those documents that are templates, each with the parameters files that are meant for it.

    Raises `SetupRefused` for expressions that are too long or too deep, and for templates that take too much work.
    """
    reader = _Reader()
    templates = [one for one in documents if one.form == ARM_TEMPLATE and isinstance(one.value, Mapping)]
    parameters = [one for one in documents if one.form == ARM_PARAMETERS and isinstance(one.value, Mapping)]
    for document in templates:
        template = document.value if isinstance(document.value, Mapping) else {}
        given = _given(document, [one for one in parameters if _is_for(one, document, templates)])
        reader.read(_At(document, "", Scope(template, given)), template)
    if reader.refusals.count:
        raise SetupRefused(reader.refusals.all())
    return Templates(tuple(reader.resources), tuple(reader.ignored))


def _is_for(parameters: Document, template: Document, templates: Sequence[Document]) -> bool:
    """Whether a parameters file is meant for a template: for the one that it is named after (`hub.parameters.json` for
    `hub.json`), if there is one, else for every template.
    """
    called = PurePath(parameters.file).name.lower()
    named_after = [one for one in templates if called.startswith(f"{PurePath(one.file).stem.lower()}.")]
    return not named_after or template in named_after


def _given(template: Document, files: Sequence[Document]) -> dict[str, Given]:
    """The values of parameters files by name. One that is a reference to a key vault has no value."""
    given: dict[str, Given] = {}
    for file in files:
        told = lowered(lowered(file.value).get("parameters"))
        for name, one in told.items():
            if "value" in (parts := lowered(one)):
                given[name] = Given(parts["value"])
    return given


@dataclass(frozen=True, slots=True)
class _At:
    """Where a list of resources is: its document and place, what its expressions see, and the resource around it."""

    document: Document
    place: str
    scope: Scope
    loops: Loops = field(default_factory=dict)
    type: str = ""
    name: object = ""

    def inside(self, step: str) -> str:
        return f"{self.place}.{step}" if self.place else step


class _Reader:
    def __init__(self) -> None:
        self.resources: list[Resource] = []
        self.ignored: list[Item] = []
        self.refusals = Refusals()
        self._evaluator = Evaluator()

    def read(self, at: _At, holder: Mapping[str, object]) -> None:
        """Read the resources of a template, or those inside a resource; by their names, or as a list."""
        raw = lowered(holder).get("resources")
        steps: Iterator[tuple[str, object]] = iter(())
        if isinstance(raw, list):
            steps = ((f"resources[{number}]", one) for number, one in enumerate(raw))
        elif isinstance(raw, Mapping):
            steps = ((f"resources.{name}", one) for name, one in raw.items())
        for step, one in steps:
            if self._evaluator.budget.is_spent or self.refusals.count >= MOST_FAULTS:
                return
            if isinstance(one, Mapping):
                place = at.inside(step)
                try:
                    self._copies(at, place, one)
                except Wrong as wrong:
                    refuse(self.refusals, at.document.file, at.document.at(place), wrong)

    def _copies(self, at: _At, place: str, raw: Mapping[str, object]) -> None:
        """Read a resource as often as its loop says."""
        told = lowered(raw)
        type_ = _type_of(told, at.type)
        if type_ is None or truth(told.get("existing")):
            return
        loop = lowered(told.get("copy"))
        if not loop or type_ not in (*_READ, _DEPLOYMENT):
            self._one(at, place, type_, told, at.loops)
            return
        name = loop.get("name")
        count = self._evaluator.count(loop.get("count"), at.scope, at.loops)
        turns: range | list[Unknown] = [Unknown("copyIndex")] if count is None else range(count)
        for number in turns:
            self._one(at, place, type_, told, turn(at.loops, name if isinstance(name, str) else "", number))
        if count == 0:
            self._ignore("condition-false", at, place, self._name(at, type_, told, at.loops))

    def _one(self, at: _At, place: str, type_: str, told: Mapping[str, object], loops: Loops) -> None:
        name = self._name(at, type_, told, loops)
        if truth(self._evaluator.value(told.get("condition", True), at.scope, loops)) is False:
            self._ignore("condition-false", at, place, name)
            return
        if type_ == _DEPLOYMENT:
            self._deployment(at, place, told, loops, name)
            return
        body: dict[str, object] = {"name": name}
        if _KIND in told:
            body[_KIND] = self._evaluator.value(told[_KIND], at.scope, loops)
        if type_ in _READ:
            body |= {key: self._evaluator.value(told[key], at.scope, loops) for key in _VALUES if key in told}
            self._evaluator.budget.look_at(body)
        self.resources.append(Resource(at.document.file, at.document.at(place), type_, body))
        self.read(_At(at.document, place, at.scope, loops, type_, name), told)

    def _deployment(self, at: _At, place: str, told: Mapping[str, object], loops: Loops, name: object) -> None:
        """Read the template inside a deployment; a linked one is not fetched."""
        properties = lowered(told.get("properties"))
        template = properties.get("template")
        if not isinstance(template, Mapping):
            self._ignore("linked-template", at, place, name)
            return
        options = lowered(properties.get("expressionevaluationoptions"))
        is_inner = str(options.get("scope", "")).lower() == _INNER
        given = {
            parameter: Given(parts["value"], at.scope, loops)
            for parameter, one in lowered(properties.get("parameters")).items()
            if "value" in (parts := lowered(one))
        }
        scope = Scope(template, given, None if is_inner else at.scope)
        inside = NO_LOOPS if is_inner else loops
        self.read(_At(at.document, f"{place}.properties.template", scope, inside), template)

    def _name(self, at: _At, type_: str, told: Mapping[str, object], loops: Loops) -> object:
        """The name of a resource, with those of the resources that it stands in."""
        own = self._evaluator.value(told.get("name"), at.scope, loops)
        try:
            written = word_of(own)
        except DoesNotFitError:
            own, written = Unknown(""), ""
        if not at.type or not type_.startswith(f"{at.type}/") or written.count("/") == type_.count("/") - 1:
            return own if isinstance(own, Unknown) else written
        whole = f"{word_of(at.name)}/{written}"
        return Unknown(whole) if isinstance(own, Unknown) or isinstance(at.name, Unknown) else whole

    def _ignore(self, code: str, at: _At, place: str, name: object) -> None:
        self.ignored.append(Item(code, at.document.file, at.document.at(place), word_of(name)))


def _type_of(told: Mapping[str, object], around: str) -> str | None:
    """The type of a resource in lower case, with that of the resource that it stands in."""
    written = told.get("type")
    if not isinstance(written, str) or not written:
        return None
    type_ = written.lower().partition("@")[0].strip("/")
    return f"{around}/{type_}" if around and "." not in type_.partition("/")[0] else type_
