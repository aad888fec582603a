"""Functions of template expressions, each on values that are known or not.

A function on texts of which some are not known gives a text that is not known either, in which their words stand. One
that does not fit its arguments, or is not among these, gives a value that is not known, with its own name as the word.
https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/template-functions
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, signature

from advisor.existing.arm_budget import Budget
from advisor.existing.resources import Unknown

MOST_COPIES = 10_000
LARGEST_NUMBER = 1 << 63
"""What Azure computes with."""

Function = Callable[[Budget, Sequence[object]], object]

_PLACE = re.compile(r"\{\{|\}\}|\{([0-9]{1,4})(?::([^{}]{1,20}))?\}")
_ZEROS = re.compile(r"[dD]([0-9]{1,2})|(0{1,20})")


class DoesNotFitError(Exception):
    """A function does not take such arguments."""


def word_of(value: object) -> str:
    """What stands in a text for a value: a number and yes or no as Azure writes them, the word of an unknown one."""
    if isinstance(value, Unknown):
        return value.word
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int | float):
        return str(value)
    raise DoesNotFitError


def is_partly_unknown(values: Sequence[object]) -> bool:
    """Whether one of several values is not known."""
    return any(isinstance(value, Unknown) for value in values)


def written(budget: Budget, text: str, told_by: Sequence[object]) -> str | Unknown:
    """A text that was put together from some values: not known where one of them is not."""
    budget.made(text)
    return Unknown(text) if is_partly_unknown(told_by) else text


def _takes(function: Callable[..., object], more: int) -> Callable[[int], bool]:
    """Whether a function takes so many values, and so many before them."""
    told = [one.default is Parameter.empty for one in signature(function).parameters.values()]
    least, most = sum(told) - more, len(told) - more
    return lambda count: least <= count <= most


def _text_function(function: Callable[..., str]) -> Function:
    """A function on texts alone, which works on words as well."""
    takes = _takes(function, 0)

    def call(budget: Budget, given: Sequence[object]) -> object:
        if not takes(len(given)) or not all(isinstance(value, str | Unknown) for value in given):
            raise DoesNotFitError
        words = [word_of(value) for value in given]
        budget.reserve(sum(map(len, words)))
        return written(budget, function(*words), given)

    return call


def _known(function: Callable[..., object]) -> Function:
    """A function that needs to know what it is given."""
    takes = _takes(function, 1)

    def call(budget: Budget, given: Sequence[object]) -> object:
        if is_partly_unknown(given) or not takes(len(given)):
            raise DoesNotFitError
        return function(budget, *given)

    return call


def _concat(budget: Budget, given: Sequence[object]) -> object:
    if any(isinstance(value, list) for value in given):
        return _elements(budget, given)
    budget.reserve(sum(len(word_of(value)) for value in given))
    return written(budget, "".join(map(word_of, given)), given)


def _elements(budget: Budget, given: Sequence[object]) -> list[object]:
    """The elements of lists; a list that is not known is one element that is not."""
    found: list[object] = []
    for value in given:
        part = value if isinstance(value, list) else [value]
        budget.spend(len(part))
        found += part
    return found


def _format(budget: Budget, given: Sequence[object]) -> object:
    if not given or not isinstance(given[0], str):
        raise DoesNotFitError
    pattern, values = given[0], given[1:]
    parts: list[str] = []
    used: list[object] = []
    position = 0
    for found in _PLACE.finditer(pattern):
        budget.spend()
        parts.append(pattern[position : found.start()])
        position = found.end()
        if found[1] is None:
            parts.append(found[0][0])
            continue
        if int(found[1]) >= len(values):
            raise DoesNotFitError
        value = values[int(found[1])]
        used.append(value)
        parts.append(budget.made(_formatted(value, found[2] or "")))
    return written(budget, "".join([*parts, pattern[position:]]), used)


def _formatted(value: object, form: str) -> str:
    """A value in a form such as `D2` or `00`, which write noughts before a number."""
    zeros = _ZEROS.fullmatch(form)
    if zeros and isinstance(value, int) and not isinstance(value, bool):
        return str(value).zfill(int(zeros[1]) if zeros[1] else len(zeros[2]))
    return word_of(value)


def _replace(text: str, old: str, new: str) -> str:
    if not old or len(text) // len(old) * max(len(new), 1) > 1 << 20:
        raise DoesNotFitError
    return text.replace(old, new)


def _split(budget: Budget, given: Sequence[object]) -> object:
    if len(given) != 2 or not isinstance(given[0], str | Unknown):
        raise DoesNotFitError
    text, signs = word_of(given[0]), given[1] if isinstance(given[1], list) else [given[1]]
    if not signs or len(signs) > 10 or not all(isinstance(sign, str) and sign for sign in signs):
        raise DoesNotFitError
    budget.reserve(len(text))
    parts = re.split("|".join(re.escape(str(sign)) for sign in signs), text)
    budget.spend(len(parts))
    return [Unknown(part) for part in parts] if isinstance(given[0], Unknown) else parts


def _first(budget: Budget, given: Sequence[object]) -> object:
    return _end(given, 0)


def _last(budget: Budget, given: Sequence[object]) -> object:
    return _end(given, -1)


def _end(given: Sequence[object], place: int) -> object:
    if len(given) != 1:
        raise DoesNotFitError
    value = given[0]
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, str | list) or not value:
        raise DoesNotFitError
    return value[place]


def _length(_budget: Budget, value: object) -> int:
    if not isinstance(value, str | list | Mapping):
        raise DoesNotFitError
    return len(value)


def _empty(_budget: Budget, value: object) -> bool:
    return value is None or _length(_budget, value) == 0


def _equals(budget: Budget, one: object, other: object) -> bool:
    return budget.same(one, other)


def _contains(budget: Budget, container: object, wanted: object) -> bool:
    if isinstance(container, str):
        budget.reserve(len(container))
        return word_of(wanted) in container
    if isinstance(container, list):
        return any(budget.same(one, wanted) for one in container)
    if isinstance(container, Mapping) and isinstance(wanted, str):
        budget.spend(len(container))
        return wanted.lower() in {str(name).lower() for name in container}
    raise DoesNotFitError


def _not(_budget: Budget, value: object) -> bool:
    if not isinstance(value, bool):
        raise DoesNotFitError
    return not value


def _bool(_budget: Budget, value: object) -> bool:
    plain = word_of(value).lower()
    if plain not in ("true", "false", "1", "0"):
        raise DoesNotFitError
    return plain in ("true", "1")


def _int(_budget: Budget, value: object) -> int:
    found = re.fullmatch(r"\s*(-?[0-9]{1,18})\s*", value, re.ASCII) if isinstance(value, str) else None
    if found:
        return int(found[1])
    if isinstance(value, float) and abs(value) < LARGEST_NUMBER:
        return int(value)
    return _whole(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= LARGEST_NUMBER:
        raise DoesNotFitError
    return value


def _counted(function: Callable[[int, int], int]) -> Function:
    """A function of two whole numbers."""

    def call(_budget: Budget, one: object, other: object) -> int:
        try:
            return _whole(function(_whole(one), _whole(other)))
        except ZeroDivisionError:
            raise DoesNotFitError from None

    return _known(call)


def _compared(function: Callable[[int, int], bool]) -> Function:
    def call(_budget: Budget, one: object, other: object) -> bool:
        return function(_whole(one), _whole(other))

    return _known(call)


def _string(budget: Budget, given: Sequence[object]) -> object:
    if len(given) != 1:
        raise DoesNotFitError
    value = given[0]
    if not isinstance(value, list | Mapping):
        return written(budget, word_of(value), given)
    budget.reserve(budget.look_at(value))
    try:
        told = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    except TypeError:  # it holds what is not known
        raise DoesNotFitError from None
    return budget.made(told)


def _create_array(budget: Budget, given: Sequence[object]) -> object:
    budget.spend(len(given))
    return list(given)


def _create_object(budget: Budget, given: Sequence[object]) -> object:
    names, values = given[::2], given[1::2]
    if len(names) != len(values) or not all(isinstance(name, str) for name in names):
        raise DoesNotFitError
    return {str(name): value for name, value in zip(names, values, strict=True)}


def _array(_budget: Budget, value: object) -> object:
    return value if isinstance(value, list) else [value]


def _union(budget: Budget, given: Sequence[object]) -> object:
    known = [value for value in given if not isinstance(value, Unknown)]
    if known and all(isinstance(value, Mapping) for value in known) and len(known) == len(given):
        return _merged(budget, [value for value in known if isinstance(value, Mapping)])
    if not known or not all(isinstance(value, list) for value in known):
        raise DoesNotFitError
    found: list[object] = []
    for element in _elements(budget, given):
        if isinstance(element, Unknown) or not any(budget.same(element, one) for one in found):
            found.append(element)
    return found


def _merged(budget: Budget, objects: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Objects put together: of a name that two have the later counts, but objects are put together themselves."""
    merged: dict[str, object] = {}
    with budget.deeper:
        for one in objects:
            budget.spend(len(one))
            for name, value in one.items():
                before = merged.get(name)
                both = isinstance(before, Mapping) and isinstance(value, Mapping)
                merged[name] = _merged(budget, [before, value]) if both else value  # type: ignore[list-item]
    return merged


def _range(budget: Budget, start: object, count: object) -> object:
    begin, number = _whole(start), _whole(count)
    if not 0 <= number <= MOST_COPIES:
        raise DoesNotFitError
    budget.spend(number)
    return list(range(begin, begin + number))


def _join(budget: Budget, given: Sequence[object]) -> object:
    if len(given) != 2 or not isinstance(given[0], list):
        raise DoesNotFitError
    budget.spend(len(given[0]))
    words, between = [word_of(value) for value in given[0]], word_of(given[1])
    budget.reserve(sum(map(len, words)) + len(words) * len(between))
    return written(budget, between.join(words), given[0])


def _part(budget: Budget, given: Sequence[object], begin: int, end: int | None) -> object:
    """A part of a text, a word, or a list."""
    value = given[0]
    if isinstance(value, list):
        budget.spend(len(value[begin:end]))
        return value[begin:end]
    if not isinstance(value, str | Unknown):
        raise DoesNotFitError
    return written(budget, word_of(value)[begin:end], [value])


def _take(budget: Budget, given: Sequence[object]) -> object:
    if len(given) != 2:
        raise DoesNotFitError
    return _part(budget, given, 0, max(0, _whole(given[1])))


def _skip(budget: Budget, given: Sequence[object]) -> object:
    if len(given) != 2:
        raise DoesNotFitError
    return _part(budget, given, max(0, _whole(given[1])), None)


def _substring(budget: Budget, given: Sequence[object]) -> object:
    if not 2 <= len(given) <= 3 or isinstance(given[0], list):
        raise DoesNotFitError
    begin = max(0, _whole(given[1]))
    return _part(budget, given, begin, begin + max(0, _whole(given[2])) if len(given) > 2 else None)


def _resource_id(budget: Budget, given: Sequence[object]) -> object:
    """An id: where a subscription or resource group is not told, or not known, it begins with `/providers`."""
    place = next((place for place, value in enumerate(given[:3]) if _is_type(value)), None)
    if place is None or place + 1 == len(given):
        raise DoesNotFitError
    scopes = ("subscriptions", "resourceGroups")[2 - place :] if place else ()
    before = "".join(
        f"/{scope}/{value}" for scope, value in zip(scopes, given[:place], strict=True) if isinstance(value, str)
    )
    return _id(budget, before, given[place:])


def _extension_resource_id(budget: Budget, given: Sequence[object]) -> object:
    if len(given) < 3:
        raise DoesNotFitError
    found = _id(budget, word_of(given[0]).rstrip("/"), given[1:])
    return Unknown(word_of(found)) if isinstance(given[0], Unknown) else found


def _is_type(value: object) -> bool:
    return isinstance(value, str) and "." in value.partition("/")[0] and "/" in value.strip("/")


def _id(budget: Budget, before: str, given: Sequence[object]) -> str | Unknown:
    """The id of a type, `Microsoft.Network/virtualNetworks/subnets`, and the names of a resource and its parents."""
    if not _is_type(given[0]):
        raise DoesNotFitError
    provider, *types = word_of(given[0]).strip("/").split("/")
    names = [word_of(name) for name in given[1:]]
    if len(names) == 1:  # all of them in one text
        names = names[0].split("/")
    if len(names) != len(types):
        raise DoesNotFitError
    budget.spend(len(names))
    pairs = (f"/{type_}/{name}" for type_, name in zip(types, names, strict=True))
    return written(budget, f"{before}/providers/{provider}{''.join(pairs)}", given[1:])


def _items(budget: Budget, value: object) -> object:
    if not isinstance(value, Mapping):
        raise DoesNotFitError
    budget.spend(2 * len(value))
    return [{"key": name, "value": value[name]} for name in sorted(value, key=str.lower)]


def _json(_budget: Budget, value: object) -> object:
    """A text as JSON: of no more than a word, which templates write for what has no function, such as `null`."""
    plain = word_of(value).strip()
    words: dict[str, object] = {"null": None, "true": True, "false": False, "[]": [], "{}": {}}
    if plain not in words:
        raise DoesNotFitError
    return words[plain]


FUNCTIONS: Mapping[str, Function] = {
    "resourceid": _resource_id,
    "subscriptionresourceid": _resource_id,
    "tenantresourceid": _resource_id,
    "extensionresourceid": _extension_resource_id,
    "concat": _concat,
    "format": _format,
    "tolower": _text_function(lambda text: text.lower()),
    "toupper": _text_function(lambda text: text.upper()),
    "trim": _text_function(lambda text: text.strip()),
    "replace": _text_function(_replace),
    "split": _split,
    "join": _join,
    "first": _first,
    "last": _last,
    "string": _string,
    "createarray": _create_array,
    "createobject": _create_object,
    "union": _union,
    "array": _known(_array),
    "length": _known(_length),
    "empty": _known(_empty),
    "equals": _known(_equals),
    "contains": _known(_contains),
    "not": _known(_not),
    "bool": _known(_bool),
    "int": _known(_int),
    "range": _known(_range),
    "take": _take,
    "skip": _skip,
    "substring": _substring,
    "items": _known(_items),
    "json": _known(_json),
    "startswith": _known(lambda _, text, begin: word_of(text).lower().startswith(word_of(begin).lower())),
    "endswith": _known(lambda _, text, end: word_of(text).lower().endswith(word_of(end).lower())),
    "null": lambda _, given: None,
    "true": lambda _, given: True,
    "false": lambda _, given: False,
    "add": _counted(lambda one, other: one + other),
    "sub": _counted(lambda one, other: one - other),
    "mul": _counted(lambda one, other: one * other),
    "div": _counted(lambda one, other: abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1)),
    "mod": _counted(lambda one, other: abs(one) % abs(other) * (1 if one >= 0 else -1)),
    "min": _counted(min),
    "max": _counted(max),
    "less": _compared(lambda one, other: one < other),
    "lessorequals": _compared(lambda one, other: one <= other),
    "greater": _compared(lambda one, other: one > other),
    "greaterorequals": _compared(lambda one, other: one >= other),
}
"""Those that are given their arguments as values, by name in lower case."""
