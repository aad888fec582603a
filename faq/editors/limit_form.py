"""The form in which an editor changes a limit: its value, its source and date, and what others say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, cast

from babel.lists import format_list
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faq.editors.choices import known_sources
from faq.editors.limit_values import read_value, value_fields, value_typed
from faq.editors.plain_texts import PlainTextForm
from faq.knowledge.changed_limits import Leaf, written_source
from faq.knowledge.limits_file import LimitError
from faq.knowledge.source_dates import ACCEPTED, date_parts
from faq.models import Limit
from faq.store.limit_changes import file_leaf, lacking, present_leaf
from faq.store.publishing import hold_edition
from web.languages import LANGUAGES

LONGEST_DOCUMENT = 200

TEXTS = {
    "shown": {"nl": _("In words, in Dutch"), "en": _("In words, in English")},
    "note": {"nl": _("Note in Dutch"), "en": _("Note in English")},
}
CONFLICT = {
    "source": _("Another source"),
    "nl": _("What it says, in Dutch"),
    "en": _("What it says, in English"),
}
NEW_SOURCE = {"title": _("Title of a new source"), "url": _("Address of a new source")}


class LimitForm(PlainTextForm):
    """A limit on one page. It writes nothing: `leaf()` is what the admin publishes."""

    basis = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Limit
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.before = present_leaf(kwargs["instance"])
        self.of_files = file_leaf(kwargs["instance"])
        kwargs["initial"] = _initial(self.before)
        super().__init__(*args, **kwargs)
        self.sources = _sources(self.instance, self.before)

    def own_fields(self) -> dict[str, forms.Field]:
        """The fields of this limit: those of its value are of its kind."""
        return _fields(self.before)

    def clean(self) -> dict[str, Any]:
        """Every fault, each at its field, with what was given and what is right."""
        hold_edition(self.instance.edition)
        self._clean_basis()
        self.value, faults = read_value(self.before, self.cleaned_data)
        for name, fault in faults:
            self.add_error(name, fault)
        for name in TEXTS:
            self._clean_pair(name, _("Fill in both languages, or neither."))
        self._clean_source("source")
        for number in range(_conflict_rows(self.before)):
            self._clean_conflict(f"conflict_{number}")
        if (url := self.cleaned_data.get("source_url", "")) and not url.startswith("https://"):
            text = _("“%(given)s” does not begin with https://.")
            self.add_error("source_url", forms.ValidationError(text, params={"given": url}))
        if not self.errors:
            self._clean_whole()
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Nothing: the row holds what the files say, and some fields here have the names of its columns."""

    def _clean_basis(self) -> None:
        """Refuse once what was begun before somebody else's change, and let a second save go over it knowingly."""
        self.before = present_leaf(self.instance)
        begun, now = self.cleaned_data.get("basis"), basis_of(self.before)
        if begun and begun != now:
            data = cast(QueryDict, self.data).copy()
            data["basis"] = now
            self.data = data
            text = _(
                "Somebody else changed this limit while you worked on it: it is now as shown above the form. What you "
                "typed is still here. Save again to overwrite that change."
            )
            self.add_error(None, forms.ValidationError(text, code="basis"))

    def _clean_pair(self, name: str, told: Any) -> None:
        given = [f"{name}_{language}" for language in LANGUAGES]
        empty = [field for field in given if field in self.fields and not self.cleaned_data.get(field, True)]
        if len(empty) == 1:
            self.add_error(empty[0], told)

    def _clean_source(self, name: str) -> None:
        line = self.cleaned_data.get(name)
        if not line:
            return
        document, _bar, when = (part.strip() for part in line.rpartition("|"))
        if not document or date_parts(when) is None or len(document) > LONGEST_DOCUMENT:
            accepted = format_list(ACCEPTED, style="or", locale=get_language() or "")
            text = _(
                "“%(given)s” is not a document with a date after a bar, such as guide.md | 2016-12. The date is one "
                "like %(accepted)s."
            )
            self.add_error(name, forms.ValidationError(text, params={"given": line, "accepted": accepted}))
        else:
            self.cleaned_data[name] = f"{document} | {when}"

    def _clean_conflict(self, row: str) -> None:
        told = _("Another source needs a document with its date, and a text in both languages.")
        names = [f"{row}_{part}" for part in CONFLICT]
        if any(self.cleaned_data.get(name) for name in names):
            for name in names:
                if not self.cleaned_data.get(name, True):
                    self.add_error(name, told)
            self._clean_source(names[0])

    def _clean_whole(self) -> None:
        """Refuse what the catalogue or a reader of it, such as the advisor, cannot work with."""
        first = next(iter(value_fields(self.before)))
        try:
            lacked = lacking(self.instance.edition, self.instance.key, self.leaf())
        except LimitError as refused:
            self.add_error(first, "; ".join(reason for _key, reason in refused.problems))
            return
        if lacked:
            text = _("With this value the advisor needs limits that this edition lacks: %(keys)s.")
            self.add_error(first, forms.ValidationError(text, params={"keys": ", ".join(lacked)}))

    def leaf(self) -> Leaf:
        """The limit as it stands in a form without faults."""
        data, before = self.cleaned_data, self.before
        found = {name: before[name] for name in ("unit", "entry", "name", "valid_from", "valid_to") if name in before}
        found["range" if "range" in before else "value"] = self.value
        for name in TEXTS:
            if texts := {code: text for code in LANGUAGES if (text := data.get(f"{name}_{code}"))}:
                found[name] = texts
        found["checked"] = data["checked"].isoformat()
        found["source"] = self._source(data["source"], {name: data.get(f"source_{name}") for name in NEW_SOURCE})
        numbered = (f"conflict_{number}" for number in range(_conflict_rows(before)))
        rows = [row for row in numbered if data.get(f"{row}_source")]
        if rows:
            found["conflicts"] = [
                {
                    "source": self._source(data[f"{row}_source"]),
                    "text": {language: data[f"{row}_{language}"] for language in LANGUAGES},
                }
                for row in rows
            ]
        return found

    def _source(self, line: str, said: dict[str, Any] | None = None) -> dict[str, str]:
        """A source in full: as the edition knows it, or a new one with what was said of it."""
        if line in self.sources:
            return self.sources[line]
        document, _bar, when = line.rpartition(" | ")
        return {"document": document, "date": when} | {name: text for name, text in (said or {}).items() if text}

    @property
    def known_sources(self) -> list[str]:
        """What a source can be picked from."""
        return sorted({*known_sources(self.instance.edition), *self.sources})

    def parts(self) -> Iterator[BoundField]:
        """The fields that are shown, in their order."""
        return (field for field in self if not field.is_hidden)


def basis_of(leaf: Leaf) -> str:
    """A mark of what an editor starts from, to notice a change by somebody else in between."""
    return hashlib.sha256(json.dumps(leaf, sort_keys=True).encode()).hexdigest()[:16]


def _conflict_rows(leaf: Leaf) -> int:
    return len(leaf.get("conflicts", ())) + 1


def _fields(leaf: Leaf) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = dict(value_fields(leaf))
    for name, labels in TEXTS.items():
        if name == "note" or "shown" in leaf:
            fields |= {f"{name}_{language}": _text(label) for language, label in labels.items()}
    if "shown" in leaf:
        fields["shown_nl"].help_text = _("Readers see these words instead of the value: change them together.")
    picked = forms.TextInput(attrs={"list": "known-sources", "size": 60})
    help_text = _(
        "document | date, such as guide.md | 2016-12-05. Pick one from the list, or write a new one, with its section "
        "after the document."
    )
    fields["source"] = forms.CharField(label=_("Source"), max_length=220, widget=picked, help_text=help_text)
    fields |= {
        f"source_{name}": forms.CharField(label=label, required=False, max_length=300, widget=_wide())
        for name, label in NEW_SOURCE.items()
    }
    fields["checked"] = forms.DateField(label=_("Checked on"), widget=AdminDateWidget)
    for number in range(_conflict_rows(leaf)):
        for part, label in CONFLICT.items():
            name = f"conflict_{number}_{part}"
            fields[name] = _text(label) if part in LANGUAGES else _optional(label, picked)
    return fields


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "cols": 60})
    )


def _optional(label: Any, widget: forms.Widget) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=220, widget=widget)


def _wide() -> forms.TextInput:
    return forms.TextInput(attrs={"size": 60})


def _initial(leaf: Leaf) -> dict[str, Any]:
    found: dict[str, Any] = dict(value_typed(leaf))
    for name in TEXTS:
        found |= {f"{name}_{language}": leaf.get(name, {}).get(language, "") for language in LANGUAGES}
    for number, conflict in enumerate(leaf.get("conflicts", ())):
        found[f"conflict_{number}_source"] = written_source(conflict["source"])
        found |= {f"conflict_{number}_{language}": conflict["text"][language] for language in LANGUAGES}
    return found | {
        "source": written_source(leaf["source"]),
        "checked": leaf.get("checked"),
        "basis": basis_of(leaf),
    }


def _sources(limit: Limit, leaf: Leaf) -> dict[str, dict[str, str]]:
    """The sources of the limits of an edition in full, by how they are typed."""
    of_edition = [
        {name: value for name in ("document", "date", "title", "url", "copy_date") if (value := getattr(source, name))}
        for source in limit.edition.limit_sources.all()
    ]
    own = [leaf["source"], *(conflict["source"] for conflict in leaf.get("conflicts", ()))]
    return {written_source(source): dict(source) for source in (*own, *of_edition)}
