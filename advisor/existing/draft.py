"""A need in the making: its values with the place in a file that each comes from, and what the report says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.core.kinds import LONGEST_NAME
from advisor.existing.inventory import Written
from advisor.existing.report import Item
from advisor.existing.resources import Place, in_file_order

NOWHERE = Place("", "")
"""The place of what no file says."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the report before it is known where its member stands in the need: `path` is within the member."""

    code: str
    place: Place
    path: str
    subject: str


@dataclass(slots=True)
class Member:
    """A VNet, a site, or the need itself: its values in the JSON form, and the place of each by its path."""

    name: str
    place: Place
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    understood: list[Note] = field(default_factory=list)
    missing: list[Note] = field(default_factory=list)

    def put(self, name: str, value: object, place: Place | None = None) -> None:
        """Set a value, unless it is not known."""
        if value is not None:
            self.values[name] = value
            self.places[name] = place or self.place

    def put_written(self, name: str, written: Written | None) -> None:
        """Set a value as a file writes it."""
        if written:
            self.put(name, written.value, written.place)

    def put_list(self, name: str, written: Iterable[Written]) -> None:
        """Set a list of values, unless it is empty."""
        values = []
        for index, one in enumerate(written):
            values.append(one.value)
            self.places[f"{name}[{index}]"] = one.place
        if values:
            self.values[name] = values

    def understand(self, code: str, place: Place, subject: str, path: str = "") -> None:
        """Say in the report what was read."""
        self.understood.append(Note(code, place, path, subject))

    def fill(self, other: Member) -> None:
        """Take from another what this one leaves open, and what the report says of that."""
        left_open = [name for name in other.values if name not in self.values]
        self.values |= {name: other.values[name] for name in left_open}
        self.places |= {path: one for path, one in other.places.items() if _top(path).partition("[")[0] in left_open}
        self.missing = [note for note in self.missing if _top(note.path) not in left_open]
        self.missing += [note for note in other.missing if _top(note.path) not in self.values]
        self.understood += other.understood

    def miss(self, code: str, path: str, place: Place | None = None) -> None:
        """Say in the report what would be good to know."""
        self.missing.append(Note(code, place or self.place, path, self.name))


@dataclass(frozen=True, slots=True)
class Draft:
    """A need in its JSON form, the place of each of its values by path, and the parts of the report that name paths."""

    need: Mapping[str, object]
    places: Mapping[str, Place]
    understood: tuple[Item, ...]
    missing: tuple[Item, ...]


def assembled(whole: Member, vnets: list[Member], sites: list[Member], files: Mapping[str, int]) -> Draft:
    """The need of its members, each with a name that no other has, and the report in the order of the files."""
    names = _Names()
    need = dict(whole.values)
    places = dict(whole.places)
    understood, missing = [(note, "") for note in whole.understood], [(note, "") for note in whole.missing]
    for kind, members in (("vnets", vnets), ("sites", sites)):
        if members:
            need[kind] = [{"name": names.free(member.name, kind[:-1])} | member.values for member in members]
        for index, member in enumerate(members):
            path = f"{kind}[{index}]"
            places |= {path: member.place} | {f"{path}.{name}": place for name, place in member.places.items()}
            understood += [(note, path) for note in member.understood]
            missing += [(note, path) for note in member.missing]
    return Draft(need, places, _items(understood, files), _items(missing, files))


def filled(members: Sequence[Member], told: Iterable[Member]) -> list[Member]:
    """All members. A later one with the name of another adds what that one leaves open, such as its bandwidth."""
    by_name = {member.name.casefold(): member for member in reversed(members)}
    new = []
    for one in told:
        known = by_name.get(one.name.casefold())
        if known is None:
            new.append(one)
        else:
            known.fill(one)
    return [*members, *new]


def place_in(places: Mapping[str, Place], path: str) -> Place:
    """Where a value of the need, or what it is part of, comes from; nowhere for what no file says."""
    while path and path not in places:
        path = path.removesuffix("]").rpartition("[")[0] if path.endswith("]") else path.rpartition(".")[0]
    return places.get(path, NOWHERE)


def _items(notes: Iterable[tuple[Note, str]], files: Mapping[str, int]) -> tuple[Item, ...]:
    found = sorted(notes, key=lambda one: in_file_order(one[0].place, files))
    return tuple(Item(note.code, note.place.file, _joined(path, note.path), note.subject) for note, path in found)


def _top(path: str) -> str:
    """The field that a path begins with."""
    return path.partition(".")[0]


def _joined(path: str, inside: str) -> str:
    return f"{path}.{inside}" if path and inside else path or inside


class _Names:
    """Names as a need can hold them: members that Azure tells apart by their resource groups get a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def free(self, name: str, kind: str) -> str:
        """The name, or the first one like it that no member has; that of its kind where it is empty."""
        plain = " ".join(name.split())[:LONGEST_NAME].strip() or kind
        folded, found = plain.casefold(), plain
        while found.casefold() in self._taken:
            self._numbers[folded] = self._numbers.get(folded, 1) + 1
            ending = f"-{self._numbers[folded]}"
            found = plain[: LONGEST_NAME - len(ending)] + ending
        self._taken.add(found.casefold())
        return found
