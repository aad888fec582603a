"""The value of a limit as an editor types it, by what kind of value the limit has; refused with what is right.

The kind never changes: whoever reads a limit as a number, as yes or no, or as a list finds one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.knowledge.changed_limits import Leaf, written_value
from faq.knowledge.limits_file import LARGEST
from faq.knowledge.source_dates import date_parts
from faq.knowledge.units import SYSTEMS
from web.languages import LANGUAGES

BOUNDS = {
    "Mbps": (1, LARGEST),
    "asn": (0, 2**32 - 1),
    "percent": (0, 100),
    "port": (1, 65535),
    "prefix-length": (0, 128),
}
"""The least and the largest number of units that have bounds of their own."""

LONGEST = 2_000
"""Characters of a value in words."""

LANGUAGE_VALUES = {"nl": _("Value in Dutch"), "en": _("Value in English")}


def value_fields(leaf: Leaf) -> dict[str, forms.Field]:
    """The fields in which a limit is typed, by name."""
    value = leaf.get("range", leaf.get("value"))
    if "range" in leaf:
        return {"value_from": _line(_("From")), "value_to": _line(_("To"))}
    if isinstance(value, bool):
        choices = [("yes", _("yes")), ("no", _("no"))]
        return {"value": forms.ChoiceField(label=_("Value"), choices=choices, widget=forms.RadioSelect)}
    if isinstance(value, Mapping):
        area = forms.Textarea(attrs={"rows": 4, "cols": 60})
        return {
            f"value_{language}": forms.CharField(label=LANGUAGE_VALUES[language], max_length=LONGEST, widget=area)
            for language in LANGUAGES
        }
    if isinstance(value, list):
        area = forms.Textarea(attrs={"rows": min(len(value) + 2, 16), "cols": 40})
        return {"value": forms.CharField(label=_("Values"), help_text=_("One per line."), widget=area)}
    return {"value": _line(_("Value"))}


def value_typed(leaf: Leaf) -> dict[str, str]:
    """What stands in those fields for a limit."""
    value = leaf.get("range", leaf.get("value"))
    if "range" in leaf:
        return {"value_from": written_value(value[0]), "value_to": written_value(value[1])}
    if isinstance(value, Mapping):
        return {f"value_{language}": value[language] for language in LANGUAGES}
    return {"value": written_value(value)}


def read_value(leaf: Leaf, typed: Mapping[str, Any]) -> tuple[Any, list[tuple[str, forms.ValidationError]]]:
    """The value that was typed in the fields of a limit, and each fault with the name of its field. With faults the
    value is None. A field that is missing from `typed` has a fault of its own already.
    """
    faults: list[tuple[str, forms.ValidationError]] = []
    found: list[Any] = []
    present = leaf.get("range", leaf.get("value"))
    examples = dict(_examples(leaf, present))
    for name in value_fields(leaf):
        try:
            given = str(typed.get(name, "")).strip()
            found.append(_read(given, examples[name], leaf["unit"], is_list=_is_list(leaf)))
        except forms.ValidationError as fault:
            faults += [(name, fault)] if name in typed else []
    if faults or len(found) != len(examples) or any(name not in typed for name in examples):
        return None, faults
    if "range" in leaf:
        if found[0] >= found[1]:
            text = _("“%(given)s” is not more than “%(low)s”, where the range begins.")
            params = {"given": typed["value_to"], "low": typed["value_from"]}
            return None, [("value_to", forms.ValidationError(text, params=params))]
        return found, []
    return (dict(zip(LANGUAGES, found, strict=True)) if isinstance(present, Mapping) else found[0]), []


def _is_list(leaf: Leaf) -> bool:
    return isinstance(leaf.get("value"), list)


def _examples(leaf: Leaf, present: Any) -> Iterator[tuple[str, Any]]:
    """A value of the right kind for each field."""
    names = list(value_fields(leaf))
    if "range" in leaf:
        return zip(names, present, strict=True)
    if isinstance(present, Mapping):
        return zip(names, present.values(), strict=True)
    return iter([(names[0], present[0] if _is_list(leaf) else present)])


def _read(given: str, example: Any, unit: str, *, is_list: bool) -> Any:
    if not is_list:
        return _read_one(given, example, unit)
    lines = [line.strip() for line in given.splitlines() if line.strip()]
    faults: list[forms.ValidationError] = []
    found: list[Any] = []
    for line in lines:
        try:
            one = _read_one(line, example, unit)
        except forms.ValidationError as fault:
            faults.append(fault)
            continue
        if one in found:
            faults.append(forms.ValidationError(_("“%(given)s” is in the list twice."), params={"given": line}))
        found.append(one)
    if faults:
        raise forms.ValidationError(faults)
    return found


def _read_one(given: str, example: Any, unit: str) -> Any:
    if isinstance(example, bool):
        return given == "yes"
    if isinstance(example, int | float):
        return _number(given, example, unit)
    if unit == "date" and (date_parts(given) is None or len(given) != len("2016-12-05")):
        raise forms.ValidationError(
            _("“%(given)s” is not a date such as %(example)s."), params={"given": given, "example": example}
        )
    if unit == "system" and given not in SYSTEMS:
        text = _("“%(given)s” is not a system that this site knows. It knows %(known)s.")
        raise forms.ValidationError(text, params={"given": given, "known": ", ".join(SYSTEMS)})
    if unit == "network" and not _is_network(given):
        text = _("“%(given)s” is not a network such as %(example)s.")
        raise forms.ValidationError(text, params={"given": given, "example": example})
    return given


def _number(given: str, example: float, unit: str) -> float:
    low, high = BOUNDS.get(unit, (0, LARGEST))
    is_whole = isinstance(example, int)
    try:
        number = int(given) if is_whole else float(given.replace(",", "."))
        plain = given.isascii() and (given.isdecimal() or not is_whole)
    except ValueError:
        plain, number = False, 0
    if not plain or not low <= number <= high:
        text = (
            _("“%(given)s” is not a whole number from %(low)s to %(high)s, in digits only, such as %(example)s.")
            if is_whole
            else _("“%(given)s” is not a number from %(low)s to %(high)s, such as %(example)s.")
        )
        raise forms.ValidationError(
            text, params={"given": given, "low": str(low), "high": str(high), "example": str(example)}
        )
    return number


def _is_network(given: str) -> bool:
    """Whether a text is a prefix (`10.0.0.0/8`), or the first and last address of a block with a hyphen between."""
    first, hyphen, last = given.partition("-")
    try:
        if hyphen:
            return IPv4Address(first) <= IPv4Address(last)
        IPv4Network(given)
    except (AddressValueError, NetmaskValueError, ValueError):
        return False
    return "/" in given


def _line(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200)
