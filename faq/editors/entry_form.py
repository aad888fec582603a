"""The form in which an editor works on an entry: its facts, and Dutch and English side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, cast

from babel.lists import format_list
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from faq.editors.choices import known_limits, known_related, known_sources, nearest
from faq.editors.fault_words import fault_said
from faq.editors.plain_texts import PlainTextForm
from faq.knowledge.connection_types import CONNECTION_TYPES, DEPLOYMENT_MODELS
from faq.knowledge.differences import changed_parts
from faq.knowledge.entry import (
    MAX_ANSWER,
    EntryContent,
    SourceDocument,
    Text,
    is_slug,
    limit_references,
    parts_of,
    reference_faults,
)
from faq.knowledge.soft_lines import unwrapped, wrapped_like
from faq.knowledge.source_dates import ACCEPTED, date_meant, date_parts
from faq.models import Edition, Entry, Section, host_fault
from faq.pages.labels import CONNECTION_TYPE_NAMES, DEPLOYMENT_MODEL_NAMES
from faq.store.editions import catalogue_of
from faq.store.publishing import hold_edition, languages_behind, working_content
from web.hosts import HostFault, web_url
from web.languages import ENGLISH_NAMES, LANGUAGES


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows, "cols": 60}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The lines that say something, without the space around them."""
        text = str(super().to_python(value) or "")
        return tuple(line.strip() for line in text.splitlines() if line.strip())


def _question(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )


def _answer(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 18, "cols": 60, "spellcheck": "true"})
    return forms.CharField(label=label, required=False, max_length=MAX_ANSWER, widget=widget)


class EntryForm(PlainTextForm):
    """All of an entry on one page. It never writes the entry's columns: the admin drafts or publishes `content()`."""

    connection_types = forms.MultipleChoiceField(
        label=_("Connection types"),
        required=False,
        choices=[(code, CONNECTION_TYPE_NAMES[code]) for code in CONNECTION_TYPES],
        widget=forms.CheckboxSelectMultiple,
    )
    deployment_models = forms.MultipleChoiceField(
        label=_("Deployment models"),
        required=False,
        choices=[(code, DEPLOYMENT_MODEL_NAMES[code]) for code in DEPLOYMENT_MODELS],
        widget=forms.CheckboxSelectMultiple,
    )
    checked = forms.DateField(label=_("Checked on"), required=False, widget=AdminDateWidget)
    limits = LinesField(label=_("Limits it states"), help_text=_("One key per line, such as p2s.max_clients."))
    related = LinesField(label=_("Related entries"), help_text=_("One slug per line."))
    former_slugs = LinesField(label=_("Former slugs"), rows=2, help_text=_("One per line; each leads to this entry."))
    sources = LinesField(
        label=_("Sources"),
        help_text=_(
            "One a line: document | date, such as guide.md | 2016-10-18. A month (2016-10) or a year (2016) will do."
        ),
    )
    nl_question = _question(_("Question in Dutch"))
    en_question = _question(_("Question in English"))
    nl_answer = _answer(_("Answer in Dutch"))
    en_answer = _answer(_("Answer in English"))
    nl_asked_as = LinesField(label=_("Asked as, in Dutch"), rows=8, help_text=_("One phrasing per line."))
    en_asked_as = LinesField(label=_("Asked as, in English"), rows=8, help_text=_("One phrasing per line."))

    small_change = forms.BooleanField(
        label=_("Small change (spelling, layout)"),
        required=False,
        help_text=_("The translation stays up to date, and the feed of changes does not mention it."),
    )
    in_step = forms.BooleanField(
        label=_("The texts say the same"), required=False, help_text=_("No translation is outdated.")
    )
    basis = forms.CharField(required=False, widget=forms.HiddenInput)
    accepted_sources = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = ("edition", "section", "slug", "order", "owner", "review_on")

    def __init__(self, *args: Any, content: EntryContent | None = None, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if content is None and instance is not None and instance.pk:
            content = working_content(instance)
        if content is not None and instance is not None:
            kwargs["initial"] = _initial(content, instance.edition) | kwargs.get("initial", {})
        if instance is not None and instance.pk:
            kwargs["initial"]["basis"] = basis_of(instance)
        super().__init__(*args, **kwargs)
        self.publishing = "_publish" in self.data
        self.begun_from = content
        self._prepare_pickers()
        if "owner" in self.fields:
            owners = get_user_model()._default_manager.filter(is_staff=True, is_active=True)
            cast(forms.ModelChoiceField, self.fields["owner"]).queryset = owners
        section = self.fields["section"]
        if isinstance(section, forms.ModelChoiceField):
            known = Section.objects.select_related("edition")
            section.queryset = known.filter(edition=instance.edition) if instance and instance.pk else known

    def _prepare_pickers(self) -> None:
        """Tell the script of the pickers where the choices of each list are."""
        for name in PICKED:
            attributes = self.fields[name].widget.attrs
            attributes |= {"data-choices": reverse("admin:faq_entry_choices", args=[name]), "data-pick": PICK}
            if self.instance.pk:
                attributes["data-edition"] = self.instance.edition_id

    @property
    def changed_data(self) -> list[str]:
        """The fields that are different from the entry as it was: where lines end is no difference."""
        if not self.is_bound or not hasattr(self, "cleaned_data"):
            return []
        own = [name for name in ("owner", "review_on") if name in self.fields and self._is_other(name)]
        if self._before is None:
            return [name for name in self.fields if self.cleaned_data.get(name)]
        return [*changed_parts(self._before, self.content()), *own]

    def _is_other(self, name: str) -> bool:
        initial, given = self.initial.get(name), self.cleaned_data.get(name)
        return initial != getattr(given, "pk", given)

    @cached_property
    def _before(self) -> EntryContent | None:
        """The entry as it is in the database."""
        kept = Entry.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        return working_content(kept) if kept else None

    def clean_sources(self) -> tuple[SourceDocument, ...]:
        """Each line's document and date. Every line that is not right is told of at once."""
        found, faults = [], []
        for line in self.cleaned_data["sources"]:
            document, bar, when = (part.strip() for part in line.rpartition("|"))
            if not (bar and document and when):
                faults.append(forms.ValidationError(_("Write “%(line)s” as document | date."), params={"line": line}))
            elif date_parts(when) is None:
                faults.append(_no_date(line, document, when))
            elif document.lower().startswith(("http:", "https:")):
                faults += _no_url(document)
            found.append(SourceDocument(document, when))
        if faults:
            raise forms.ValidationError(faults)
        return tuple(found)

    def clean_former_slugs(self) -> tuple[str, ...]:
        """Slugs, each in the form of one."""
        slugs: tuple[str, ...] = self.cleaned_data["former_slugs"]
        for slug in slugs:
            if not is_slug(slug):
                raise forms.ValidationError(_("“%(slug)s” is not a slug."), params={"slug": slug})
        return slugs

    def clean(self) -> dict[str, Any]:
        """What must hold before anybody can read it: a section of this edition, a whole text, limits that exist."""
        super().clean()
        self._clean_basis()
        edition, section = self._edition(), self.cleaned_data.get("section")
        if edition and section and section.edition_id != edition.pk:
            self.add_error("section", _("This section belongs to another edition."))
        if edition:
            self._refuse_unknown(edition)
        for language in LANGUAGES:
            self._clean_text(language, edition)
        if not any(self.cleaned_data.get(f"{language}_question") for language in LANGUAGES):
            self.add_error("nl_question", _("Write the question in Dutch, in English, or in both."))
        return self.cleaned_data

    def _clean_basis(self) -> None:
        """Refuse once what was begun before somebody else's change, and let a second save go over it knowingly. Until
        this form is saved nobody else saves one of the edition.
        """
        if edition := self._edition():
            hold_edition(edition)
        begun = self.cleaned_data.get("basis")
        if not (begun and self.instance.pk):
            return
        present = Entry.objects.select_for_update().filter(pk=self.instance.pk).first()
        if present is None:
            self.add_error(None, _("Somebody else deleted this entry while you worked on it."))
        elif begun != (now := basis_of(present)):
            data = cast(QueryDict, self.data).copy()
            data["basis"] = now
            self.data = data
            self.add_error(
                None,
                _(
                    "Somebody else changed this entry while you worked on it. Compare, then save again to overwrite "
                    "that change."
                ),
            )

    def _refuse_unknown(self, edition: Edition) -> None:
        """Refuse limits and entries that are not there, with the nearest that is. What was there before stays, with a
        warning. A source that is new and much like another is asked about once.
        """
        self._refuse("limits", known_limits(edition), _unknown_limit)
        self._refuse("related", known_related(edition), _unknown_entry)
        accepted = str(self.cleaned_data.get("accepted_sources", "")).split("\n")
        documents = sorted({line.rpartition(" | ")[0] for line in known_sources(edition)})
        asked = [source for source in self._new("sources") if source.document not in (*documents, *accepted)]
        near = [(source.document, meant) for source in asked if (meant := nearest(source.document, documents))]
        if near:
            data = cast(QueryDict, self.data).copy()
            data["accepted_sources"] = "\n".join(document for document, _meant in near)
            self.data = data
            self.add_error("sources", [_new_source(*one) for one in near])

    def _refuse(self, name: str, known: Sequence[str], told: Callable[[str, str | None], Any]) -> None:
        unknown = [given for given in self._new(name) if given not in known]
        if unknown:
            self.add_error(name, [told(given, nearest(given, known)) for given in unknown])

    def _new(self, name: str) -> list[Any]:
        """What is in a list that was not there before."""
        there = (getattr(content, name) for content in (self._before, self.begun_from) if content)
        old = {given for given_before in there for given in given_before}
        return [given for given in self.cleaned_data.get(name, ()) if given not in old]

    def _edition(self) -> Edition | None:
        return self.instance.edition if self.instance.pk else self.cleaned_data.get("edition")

    def _clean_text(self, language: str, edition: Edition | None) -> None:
        question = self.cleaned_data.get(f"{language}_question")
        answer = self.cleaned_data.get(f"{language}_answer")
        if question and not answer:
            self.add_error(f"{language}_answer", _("There is a question without an answer."))
        if answer and not question:
            self.add_error(f"{language}_question", _("There is an answer without a question."))
        if self.publishing and edition and answer:
            catalogue = catalogue_of(edition)
            for key in limit_references(answer):
                if key not in catalogue:
                    missing = _("The limit %(key)s is not in the catalogue of edition %(edition)s.")
                    values = {"key": key, "edition": edition.code}
                    self.add_error(f"{language}_answer", forms.ValidationError(missing, params=values))

    def content(self) -> EntryContent:
        """The entry as it stands in the form. Of a form that does not hold, what can be read of it."""
        data = self.cleaned_data
        section = data.get("section")
        return EntryContent(
            slug=data.get("slug", self.instance.slug),
            section=section.slug if section else "",
            order=data.get("order") or 1,
            connection_types=self._in_order("connection_types"),
            deployment_models=self._in_order("deployment_models"),
            limits=tuple(data.get("limits", ())),
            related=tuple(data.get("related", ())),
            former_slugs=tuple(data.get("former_slugs", ())),
            sources=tuple(data.get("sources", ())),
            checked=data.get("checked"),
            texts={
                language: Text(
                    data[f"{language}_question"].strip(),
                    self._laid_out(language, data[f"{language}_answer"].replace("\r\n", "\n").strip()),
                    tuple(data.get(f"{language}_asked_as", ())),
                )
                for language in LANGUAGES
                if data.get(f"{language}_question") and data.get(f"{language}_answer")
            },
        )

    def _in_order(self, name: str) -> tuple[str, ...]:
        """What was ticked, in the order that it was stored in."""
        given = tuple(self.cleaned_data.get(name, ()))
        stored: tuple[str, ...] = getattr(self.begun_from, name, ())
        return stored if set(stored) == set(given) else given

    def _laid_out(self, language: str, answer: str) -> str:
        """An answer with the lines that it was stored with: the form shows a paragraph on one."""
        stored = self.begun_from.texts.get(language) if self.begun_from else None
        return wrapped_like(stored.answer, answer) if stored else answer


PICKED = ("limits", "related", "sources")
"""The lists that an editor picks from what is there."""

PICK = _("Type to find and add")


def part_name(part: str) -> str:
    """What a part of an entry is called, in the language of the admin."""
    return str(capfirst(EntryForm.base_fields[part].label or part))


def as_typed(content: EntryContent, entry: Entry, posted: QueryDict) -> QueryDict:
    """A version of an entry as if somebody typed it in the form, with what else was posted."""
    data = posted.copy()
    data["edition"] = str(entry.edition_id)
    for name, value in _initial(content, entry.edition).items():
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = str(getattr(value, "pk", "" if value is None else value))
    data["owner"] = str(entry.owner_id or "")
    data["review_on"] = entry.review_on.isoformat() if entry.review_on else ""
    return data


def _unknown_limit(given: str, meant: str | None) -> forms.ValidationError:
    if meant:
        text = _("There is no limit “%(given)s” in this edition. Do you mean “%(meant)s”?")
        return forms.ValidationError(text, params={"given": given, "meant": meant})
    return forms.ValidationError(_("There is no limit “%(given)s” in this edition."), params={"given": given})


def _unknown_entry(given: str, meant: str | None) -> forms.ValidationError:
    if meant:
        text = _("There is no entry “%(given)s” in this edition. Do you mean “%(meant)s”?")
        return forms.ValidationError(text, params={"given": given, "meant": meant})
    return forms.ValidationError(_("There is no entry “%(given)s” in this edition."), params={"given": given})


def _new_source(given: str, meant: str) -> forms.ValidationError:
    text = _("“%(given)s” is no source yet. Do you mean “%(meant)s”? If it is new, save again to add it.")
    return forms.ValidationError(text, params={"given": given, "meant": meant})


def _no_date(line: str, document: str, when: str) -> forms.ValidationError:
    """What to tell of a line whose date is none, with the nearest that is one."""
    told = {"line": line, "date": when, "accepted": format_list(ACCEPTED, style="or", locale=get_language() or "")}
    if meant := date_meant(when):
        text = _("“%(line)s”: “%(date)s” is not a date like %(accepted)s. Do you mean “%(meant)s”?")
        return forms.ValidationError(text, params=told | {"meant": f"{document} | {meant}"})
    return forms.ValidationError(_("“%(line)s”: “%(date)s” is not a date like %(accepted)s."), params=told)


def _no_url(document: str) -> list[forms.ValidationError]:
    """What is wrong with a document that is named by its URL."""
    try:
        web_url(document.partition("#")[0], may_be_plain=True)
    except HostFault as fault:
        return [host_fault(fault)]
    return []


class PreviewForm(EntryForm):
    """The same form where nothing is saved: it asks nobody to wait."""

    def _clean_basis(self) -> None:
        pass

    def _refuse_unknown(self, edition: Edition) -> None:
        pass


def basis_of(entry: Entry) -> str:
    """A mark of what an editor starts from, to notice a change by somebody else in between."""
    return "-".join(digest[:16] for _, digest in sorted(parts_of(working_content(entry)).items()))


def _initial(content: EntryContent, edition: Edition) -> dict[str, Any]:
    lists = {name: "\n".join(getattr(content, name)) for name in ("limits", "related", "former_slugs")}
    texts = {}
    for language, text in content.texts.items():
        texts[f"{language}_question"] = text.question
        texts[f"{language}_answer"] = unwrapped(text.answer)
        texts[f"{language}_asked_as"] = "\n".join(text.asked_as)
    return {
        "section": Section.objects.filter(edition=edition, slug=content.section).first(),
        "slug": content.slug,
        "order": content.order,
        "connection_types": list(content.connection_types),
        "deployment_models": list(content.deployment_models),
        "checked": content.checked,
        "sources": "\n".join(f"{source.document} | {source.date}" for source in content.sources),
        **lists,
        **texts,
    }


def warnings(entry: Entry) -> Iterator[str]:
    """What an editor should look at before publishing: missing and older translations, and what does not hold."""
    content = working_content(entry)
    for language in LANGUAGES:
        if language not in content.texts:
            yield gettext("There is no text in %(language)s.") % {"language": gettext(ENGLISH_NAMES[language])}
    for language in languages_behind(entry, content):
        yield gettext("The text in %(language)s is older than the other one.") % {
            "language": gettext(ENGLISH_NAMES[language])
        }
    known = set(entry.edition.entries.values_list("slug", flat=True))
    known |= set(entry.edition.sections.values_list("slug", flat=True))
    faults = reference_faults(content, catalogue_of(entry.edition), known)
    yield from (fault_said(fault, entry.edition.code) for fault in faults)
