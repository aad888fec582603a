"""What belongs together in a plan of Terraform, which knows no ids yet: the references of its configuration."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

_KEY = r'\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\]'
_MODULE = re.compile(rf"module\.([\w-]+)({_KEY})?\.")
_RESOURCE = re.compile(rf"((?:data\.)?(?!module\.)[\w-]+\.[\w-]+)({_KEY})?(?=\.|\Z)")

MOST_STEPS = 200_000
"""Of following references, in a whole plan; one reference takes a few."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts: the modules, each with its key (`[0]`, empty where it has none), then
    `azurerm_subnet.gateway` and the key of the instance.
    """

    modules: tuple[tuple[str, str], ...]
    resource: str
    key: str


def parsed(address: str) -> Address | None:
    """The parts of an address such as `module.hub["a"].azurerm_subnet.gateway[0]`."""
    modules, position = [], 0
    while found := _MODULE.match(address, position):
        modules.append((found[1], found[2] or ""))
        position = found.end()
    last = _RESOURCE.match(address, position)
    return Address(tuple(modules), last[1], last[2] or "") if last else None


class Configuration:
    """The configuration of a plan: which resource an argument of another one refers to."""

    def __init__(self, root: object, addresses: Iterable[str]) -> None:
        self._root = root
        self._left = MOST_STEPS
        self._instances: dict[tuple[tuple[tuple[str, str], ...], str], list[str]] = {}
        self._arguments: dict[tuple[tuple[str, ...], str], Mapping[object, object]] = {}
        for address in addresses:
            if one := parsed(address):
                self._instances.setdefault((one.modules, one.resource), []).append(address)

    def referred(self, address: str, argument: str, types: Collection[str]) -> str | None:
        """The address of the resource of one of these types that an argument (`ip_configuration.subnet_id`) of a
        resource refers to; None where the configuration does not tell, or not which instance.
        """
        own = parsed(address)
        if own is None:
            return None
        resource = self._resource(own)
        expression = _inside(resource.get("expressions"), argument.split("."))
        found = self._followed(own, _references(expression), resource, set(), types)
        return next(found, None)

    def _followed(
        self,
        own: Address,
        references: Iterable[str],
        resource: Mapping[object, object],
        seen: set[tuple[object, str]],
        types: Collection[str],
    ) -> Iterator[str]:
        """The addresses that references lead to, through variables and outputs of modules."""
        for written in references:
            if (own.modules, written) in seen or self._left <= 0:
                continue
            seen.add((own.modules, written))
            self._left -= 1
            first, _, rest = written.partition(".")
            name = rest.partition(".")[0].partition("[")[0]
            if first == "each":
                yield from self._followed(own, _references(resource.get("for_each_expression")), resource, seen, types)
            elif first == "var" and own.modules:
                outer = Address(own.modules[:-1], "", own.modules[-1][1])
                call = self._call(own.modules)
                told = _references(_inside(call.get("expressions"), [name]))
                yield from self._followed(outer, told, call, seen, types)
            elif first == "module":
                yield from self._from_output(own, written, resource, seen, types)
            elif (found := _RESOURCE.match(written)) and found[1].removeprefix("data.").partition(".")[0] in types:
                yield from self._instance(own, found[1], found[2] or "")

    def _from_output(
        self,
        own: Address,
        written: str,
        resource: Mapping[object, object],
        seen: set[tuple[object, str]],
        types: Collection[str],
    ) -> Iterator[str]:
        found = re.match(rf"module\.([\w-]+)({_KEY})?\.([\w-]+)", written)
        if not found:
            return
        key = found[2] or next((key for key in (own.key, "") if self._has_module((*own.modules, (found[1], key)))), "")
        inner = Address((*own.modules, (found[1], key)), "", own.key)
        outputs = _mapping(_mapping(self._call(inner.modules).get("module")).get("outputs"))
        told = _references(_mapping(outputs.get(found[3])).get("expression"))
        yield from self._followed(inner, told, resource, seen, types)

    def _instance(self, own: Address, resource: str, key: str) -> Iterator[str]:
        """The instance that is meant: the one with the key, else the one with the key of what refers to it, else the
        only one.
        """
        there = self._instances.get((own.modules, resource), [])
        for wanted in filter(None, (key, own.key)):
            same = [address for address in there if address.endswith(f"{resource}{wanted}")]
            if same:
                yield same[0]
                return
        if len(there) == 1 and not key:
            yield there[0]

    def _has_module(self, modules: tuple[tuple[str, str], ...]) -> bool:
        return any(known[: len(modules)] == modules for known, _ in self._instances)

    def _module(self, modules: tuple[tuple[str, str], ...]) -> Mapping[object, object]:
        module = _mapping(self._root)
        for name, _ in modules:
            module = _mapping(_mapping(_mapping(module.get("module_calls")).get(name)).get("module"))
        return module

    def _call(self, modules: tuple[tuple[str, str], ...]) -> Mapping[object, object]:
        """What the configuration says of a module where it is called."""
        outer = self._module(modules[:-1])
        return _mapping(_mapping(outer.get("module_calls")).get(modules[-1][0]))

    def _resource(self, own: Address) -> Mapping[object, object]:
        names = tuple(name for name, _ in own.modules)
        if (names, "") not in self._arguments:
            self._arguments[names, ""] = {}
            resources = self._module(own.modules).get("resources")
            for one in resources if isinstance(resources, list) else []:
                if isinstance(one, Mapping) and isinstance(one.get("address"), str):
                    self._arguments[names, one["address"]] = one
        return self._arguments.get((names, own.resource), {})


def _mapping(value: object) -> Mapping[object, object]:
    return value if isinstance(value, Mapping) else {}


def _inside(value: object, names: list[str]) -> object:
    """The expression of an argument; that of a block is a list with one member for each block."""
    for name in names:
        value = value[0] if isinstance(value, list) and value else value
        value = _mapping(value).get(name)
    return value


def _references(expression: object) -> list[str]:
    found = _mapping(expression).get("references")
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
