"""The form in which an editor works on an entry: its facts, and Dutch and English side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from babel.lists import format_list
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from faq.editors.fault_words import fault_said
from faq.editors.plain_texts import PlainTextForm
from faq.knowledge.connection_types import CONNECTION_TYPES, DEPLOYMENT_MODELS
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
from faq.knowledge.source_dates import ACCEPTED, date_meant, date_parts
from faq.models import Edition, Entry, Section
from faq.pages.labels import CONNECTION_TYPE_NAMES, DEPLOYMENT_MODEL_NAMES
from faq.store.editions import catalogue_of
from faq.store.publishing import hold_edition, published_content, working_content
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

    basis = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = ("edition", "section", "slug", "order")

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
        section = self.fields["section"]
        if isinstance(section, forms.ModelChoiceField):
            known = Section.objects.select_related("edition")
            section.queryset = known.filter(edition=instance.edition) if instance and instance.pk else known

    def clean_sources(self) -> tuple[SourceDocument, ...]:
        """Each line's document and date. Every line that is not right is told of at once."""
        found, faults = [], []
        for line in self.cleaned_data["sources"]:
            document, bar, when = (part.strip() for part in line.rpartition("|"))
            if not (bar and document and when):
                faults.append(forms.ValidationError(_("Write “%(line)s” as document | date."), params={"line": line}))
            elif date_parts(when) is None:
                faults.append(_no_date(line, document, when))
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
            connection_types=tuple(data.get("connection_types", ())),
            deployment_models=tuple(data.get("deployment_models", ())),
            limits=tuple(data.get("limits", ())),
            related=tuple(data.get("related", ())),
            former_slugs=tuple(data.get("former_slugs", ())),
            sources=tuple(data.get("sources", ())),
            checked=data.get("checked"),
            texts={
                language: Text(
                    data[f"{language}_question"].strip(),
                    data[f"{language}_answer"].replace("\r\n", "\n").strip(),
                    tuple(data.get(f"{language}_asked_as", ())),
                )
                for language in LANGUAGES
                if data.get(f"{language}_question") and data.get(f"{language}_answer")
            },
        )


def _no_date(line: str, document: str, when: str) -> forms.ValidationError:
    """What to tell of a line whose date is none, with the nearest that is one."""
    told = {"line": line, "date": when, "accepted": format_list(ACCEPTED, style="or", locale=get_language() or "")}
    if meant := date_meant(when):
        text = _("“%(line)s”: “%(date)s” is not a date like %(accepted)s. Do you mean “%(meant)s”?")
        return forms.ValidationError(text, params=told | {"meant": f"{document} | {meant}"})
    return forms.ValidationError(_("“%(line)s”: “%(date)s” is not a date like %(accepted)s."), params=told)


class PreviewForm(EntryForm):
    """The same form where nothing is saved: it asks nobody to wait."""

    def _clean_basis(self) -> None:
        pass


def basis_of(entry: Entry) -> str:
    """A mark of what an editor starts from, to notice a change by somebody else in between."""
    return "-".join(digest[:16] for _, digest in sorted(parts_of(working_content(entry)).items()))


def _initial(content: EntryContent, edition: Edition) -> dict[str, Any]:
    lists = {name: "\n".join(getattr(content, name)) for name in ("limits", "related", "former_slugs")}
    texts = {}
    for language, text in content.texts.items():
        texts[f"{language}_question"] = text.question
        texts[f"{language}_answer"] = text.answer
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
    if older := older_language(entry, content):
        yield gettext("The text in %(language)s is older than the other one.") % {
            "language": gettext(ENGLISH_NAMES[older])
        }
    known = set(entry.edition.entries.values_list("slug", flat=True))
    known |= set(entry.edition.sections.values_list("slug", flat=True))
    faults = reference_faults(content, catalogue_of(entry.edition), known)
    yield from (fault_said(fault, entry.edition.code) for fault in faults)


def older_language(entry: Entry, content: EntryContent) -> str | None:
    """The language whose text was left behind when the other one was last changed, in the draft or before."""
    if set(content.texts) != set(LANGUAGES):
        return None
    if entry.draft and entry.published_at:
        published = published_content(entry).texts
        same = [language for language in LANGUAGES if published.get(language) == content.texts[language]]
        if len(same) == 1:
            return same[0]
    dates = {text.language: text.changed_at for text in entry.translations.all()}
    if len(dates) == len(LANGUAGES) and len(set(dates.values())) > 1:
        return min(dates, key=lambda language: dates[language])
    return None
