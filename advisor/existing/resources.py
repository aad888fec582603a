"""A resource of Azure in REST form, whichever reader found it, and how its values are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

TERRAFORM = "terraform:"
"""How an id begins that Azure has not given yet; Terraform's address of the resource follows."""

_PARTS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that a file leaves open, such as a parameter without a value. `word` is what stands for it in a name or
    an id: `vnetName` for `[parameters('vnetName')]`, with what is known around it.
    """

    word: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the name of a file, and a path in it."""

    file: str
    path: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}" if self.path else self.file


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource with its place (`resources[3]`, `value[0]`) in a file.

    `type` is in lower case, such as `microsoft.network/virtualnetworks/subnets`. `body` is what the file says: `id`,
    `name` (of a child resource with its parents': `hub/GatewaySubnet`), `location`, and its properties, either under
    `properties` (REST, ARM) or next to those (az). What cannot be known is an `Unknown`. `written` has the path in the
    file of each property that the file calls otherwise (`properties.addressSpace`: `values.address_space`).
    `address` is what Terraform calls the resource; an id may be that address behind `terraform:`.
    """

    file: str
    path: str
    type: str
    body: Mapping[str, object]
    written: Mapping[str, str] = field(default_factory=dict)
    address: str = ""

    @property
    def place(self) -> Place:
        """The place of the resource."""
        return Place(self.file, self.path)

    @property
    def view(self) -> View:
        """Its values."""
        return View(self, "", self.body)

    def place_of(self, path: str) -> Place:
        """The place of one of its values, by the path in its body."""
        known = next((known for known in sorted(self.written, key=len, reverse=True) if path.startswith(known)), None)
        if known is None:
            return Place(self.file, _joined(self.path, path))
        return Place(self.file, _joined(self.path, self.written[known] + path[len(known) :]))


class View:
    """The values of an object in a resource by name, without regard to case and to whether they stand under
    `properties`. What is null or of another type than is asked for counts as absent.
    """

    __slots__ = ("_found", "_resource")

    def __init__(self, resource: Resource, path: str, body: Mapping[str, object]) -> None:
        self._resource = resource
        self._found: dict[str, tuple[str, object]] = {}
        inner = next((value for name, value in body.items() if str(name).lower() == "properties"), None)
        if isinstance(inner, Mapping):
            self._add(_joined(path, "properties"), inner)
        self._add(path, body)

    def _add(self, path: str, body: Mapping[str, object]) -> None:
        for name, value in body.items():
            if value is not None:
                self._found.setdefault(str(name).lower(), (_joined(path, str(name)), value))

    def place(self, name: str) -> Place:
        """Where a value stands; the place of the resource where it is absent."""
        return self._resource.place_of(self._found[name.lower()][0]) if name.lower() in self._found else self.here

    @property
    def here(self) -> Place:
        """The place of the resource."""
        return self._resource.place

    def value(self, name: str) -> object:
        """A value as it stands there, or None."""
        return self._found.get(name.lower(), ("", None))[1]

    def text(self, name: str) -> str | None:
        """A text without space around it; None where it is empty or cannot be known."""
        value = self.value(name)
        return (value.strip() or None) if isinstance(value, str) else None

    def word(self, name: str) -> str | None:
        """A text, or what stands for it where it cannot be known."""
        value = self.value(name)
        return (value.word.strip() or None) if isinstance(value, Unknown) else self.text(name)

    def code(self, name: str) -> str:
        """A text in lower case, empty where there is none."""
        return (self.text(name) or "").lower()

    def flag(self, name: str) -> bool:
        """Whether a value is true; templates write it as a text too."""
        value = self.value(name)
        return value is True or (isinstance(value, str) and value.strip().lower() == "true")

    def number(self, name: str) -> int | None:
        """A whole number, also where it is written as a text."""
        value = self.value(name)
        if isinstance(value, str) and value.strip().isdecimal() and value.strip().isascii() and len(value) < 20:
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def has(self, name: str) -> bool:
        """Whether something stands there that says anything: no empty list or object, not false, not nought."""
        value = self.value(name)
        return bool(value) and (not isinstance(value, str) or bool(value.strip()))

    def inside(self, name: str) -> View:
        """An object, an empty one where there is none. Of a list it is the first: so Terraform writes one block."""
        path, value = self._found.get(name.lower(), ("", None))
        if isinstance(value, list | tuple):
            return next(self.members(name), View(self._resource, path, {}))
        return View(self._resource, path, value if isinstance(value, Mapping) else {})

    def members(self, name: str) -> Iterator[View]:
        """The objects of a list."""
        for path, item in self._items(name):
            if isinstance(item, Mapping):
                yield View(self._resource, path, item)

    def values(self, name: str) -> Iterator[tuple[Place, object]]:
        """The values of a list that are not null, each with its place; a value that is no list is the only one."""
        for path, item in self._items(name):
            if item is not None:
                yield self._resource.place_of(path), item

    def _items(self, name: str) -> Iterator[tuple[str, object]]:
        path, value = self._found.get(name.lower(), ("", None))
        if isinstance(value, list | tuple):
            yield from ((f"{path}[{index}]", item) for index, item in enumerate(value))
        elif value is not None:
            yield path, value


def in_file_order(place: Place, files: Mapping[str, int]) -> tuple[object, ...]:
    """The key that sorts places by file, and in a file by path: `value[2]` comes before `value[10]`."""
    parts = _PARTS.split(place.path)
    return files.get(place.file, -1), [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name and not name.startswith("[") else f"{path}{name}"
