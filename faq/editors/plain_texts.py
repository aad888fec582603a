"""Forms whose texts every form of a page can hold: they are checked where an editor types them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from faq.knowledge.entry import LARGEST_ORDER
from web.characters import named, unholdable, with_plain_breaks


def holdable_validator(value: str | Iterable[str]) -> None:
    """Refuse a text, or texts, with characters that not every form of a page can hold. Each of them is named."""
    text = value if isinstance(value, str) else "\n".join(map(str, value))
    if found := unholdable(text):
        characters = ", ".join(map(named, found))
        raise ValidationError(_("Remove this invisible character: %(characters)s."), params={"characters": characters})


class PlainTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form of an editor. Breaks that office programs write become plain ones (spaces, where there is one line), other
    characters that not every page can hold are refused at their field, and a number for the order has an upper bound.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.own_fields()
        data = cast(QueryDict, self.data).copy()
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField) and field.max_value is None:
                field.max_value = LARGEST_ORDER
                field.validators.append(forms.IntegerField(max_value=LARGEST_ORDER).validators[-1])
            if isinstance(field, forms.CharField):
                field.validators.append(holdable_validator)
                if isinstance(typed := data.get(key := self.add_prefix(name)), str):
                    data[key] = _in_form_of(field, with_plain_breaks(typed))
        self.data = data

    def own_fields(self) -> dict[str, forms.Field]:
        """The fields that a form has for what it changes, and not for every one of its kind."""
        return {}


def _in_form_of(field: forms.CharField, text: str) -> str:
    return text if isinstance(field.widget, forms.Textarea) else text.replace("\n", " ")
