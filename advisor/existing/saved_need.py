"""A need among the files, with the place of each of its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.existing.draft import Member
from advisor.existing.need import Members
from advisor.existing.resources import Place

_UNDERSTOOD = {"vnets": "vnet", "sites": "site"}


def members_of_need(need: Mapping[str, object], at: Callable[[str], Place]) -> Members:
    """The members of a need in its JSON form; `at` gives the place of a path in it. A list that holds anything but
    members with names stays as it is, for the reader of needs to refuse.
    """
    whole = Member("", at(""))
    lists: dict[str, list[Member]] = {"vnets": [], "sites": []}
    for name, value in need.items():
        members = _members(name, value, at) if name in lists else None
        if members is None:
            whole.put(name, value, at(name))
        else:
            lists[name] = members
    return Members(whole, lists["vnets"], lists["sites"])


def _members(kind: str, written: object, at: Callable[[str], Place]) -> list[Member] | None:
    if not isinstance(written, list):
        return None
    members = []
    for index, values in enumerate(written):
        if not isinstance(values, Mapping) or not isinstance(values.get("name"), str):
            return None
        path = f"{kind}[{index}]"
        member = Member(values["name"], at(path))
        for name, value in values.items():
            if name != "name":
                member.put(str(name), value, at(f"{path}.{name}"))
        member.understand(_UNDERSTOOD[kind], member.place, member.name)
        members.append(member)
    return members
