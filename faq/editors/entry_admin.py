"""The editors' side: entries in both languages with a preview, warnings, earlier versions, drafts and publishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from reversion.models import Version

from faq.editors.choices import choices
from faq.editors.entry_bulk import EntryBulk
from faq.editors.entry_form import PICKED, EntryForm, PreviewForm, warnings
from faq.editors.entry_history import EntryHistory
from faq.editors.entry_search import with_words
from faq.editors.plain_lookups import LONGEST_NUMBER, PlainLookups
from faq.editors.plain_texts import PlainTextForm
from faq.editors.to_do import to_do_in
from faq.editors.unsaved_forms import UnsavedForms
from faq.knowledge.entry import EntryContent, is_slug
from faq.models import Edition, Entry, EntryQuerySet
from faq.pages.context import page_context
from faq.store.editions import ChosenEdition, all_editions, default_edition
from faq.store.entries import as_reader_sees
from faq.store.history import content_of_version
from faq.store.publishing import languages_behind, publish, save_draft, set_own, withdraw, working_content
from web.languages import LANGUAGES

CHANGE_FIELDS: Sequence[Any] = [
    (None, {"fields": [("edition", "section", "order"), "slug", ("owner", "review_on"), "basis", "accepted_sources"]}),
    (
        _("Dutch and English"),
        {
            "fields": [("nl_question", "en_question"), ("nl_answer", "en_answer"), ("nl_asked_as", "en_asked_as")],
            "classes": ["side-by-side"],
        },
    ),
    (
        _("Facts"),
        {
            "fields": [
                ("connection_types", "deployment_models"),
                ("limits", "related"),
                ("sources", "former_slugs"),
                "checked",
            ],
            "classes": ["side-by-side"],
        },
    ),
]
LONGEST_QUERY = 200
"""Characters of what is typed to pick from a list."""
PREVIEWED = "preview"
"""The slug of a preview whose own cannot be one."""
VIEW_FIELDS: Sequence[Any] = [(None, {"fields": ["edition", "section", "slug", "order", "state", "words"]})]


class StateFilter(admin.SimpleListFilter):
    """Entries by where they are on the way to the reader."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states there are."""
        return [("published", _("published")), ("changed", _("published, with a draft")), ("draft", _("draft"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries in the state that was chosen."""
        entries = cast(EntryQuerySet, queryset)
        return {
            "published": entries.published().filter(draft__isnull=True),
            "changed": entries.published().filter(draft__isnull=False),
            "draft": entries.unpublished(),
        }.get(self.value() or "", queryset)


class DueFilter(admin.SimpleListFilter):
    """Entries whose review is due."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Those that are due, those that will be, and those without a date."""
        return [("due", _("due")), ("later", _("later")), ("none", _("no date"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries whose review is as chosen."""
        today = timezone.localdate()
        return {
            "due": queryset.filter(review_on__lte=today),
            "later": queryset.filter(review_on__gt=today),
            "none": queryset.filter(review_on__isnull=True),
        }.get(self.value() or "", queryset)


class EntryAdmin(UnsavedForms, EntryBulk, EntryHistory, PlainLookups):
    """One entry with both languages. Saving keeps a draft; publishing shows it; every version can be brought back."""

    form = EntryForm
    change_form_template = "admin/faq/entry/change_form.html"
    change_list_template = "admin/faq/entry/change_list.html"
    history_latest_first = True
    list_display = ("question", "edition", "state", "checked", "owner", "review_on", "section")
    list_filter = ("edition", StateFilter, DueFilter, ("owner", admin.RelatedOnlyFieldListFilter), "section")
    list_select_related = ("section", "edition", "owner")
    search_fields = ("slug",)
    search_help_text = _("Every word, in both languages: questions, answers, phrasings, slugs, drafts, and notes.")
    readonly_fields = ("state", "words")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Entries with their translations."""
        entries: QuerySet[Entry] = super().get_queryset(request)
        return entries.prefetch_related("translations")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        """The entries that have every word of the query somewhere, none of them twice; one with this slug first."""
        found = with_words(queryset, search_term)
        named = Case(When(slug=search_term.strip(), then=0), default=1)
        return found.order_by(named, *found.query.order_by), False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The whole form for those who write, the words alone for those who read along."""
        writes = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return CHANGE_FIELDS if writes else VIEW_FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An entry never moves to another edition."""
        return (*self.readonly_fields, "edition") if obj else self.readonly_fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which after "bring back" starts from an earlier version."""
        if not self.has_change_permission(request, obj):
            return super().get_form(request, obj, change, **kwargs | {"form": forms.ModelForm, "fields": []})
        kwargs["fields"] = [*([] if obj else ["edition"]), "section", "slug", "order", "owner", "review_on"]
        base: Any = super().get_form(request, obj, change, **kwargs)
        earlier = getattr(request, "earlier_content", None)
        if earlier is None:
            return base

        class EarlierForm(base):
            def __init__(self, *args: Any, **inner: Any) -> None:
                super().__init__(*args, content=earlier, **inner)

        return EarlierForm

    @admin.display(description=_("question"))
    def question(self, entry: Entry) -> str:
        """The question as it is being worked on, in Dutch where it is there."""
        texts = working_content(entry).texts
        return next((texts[language].question for language in LANGUAGES if language in texts), entry.slug)

    @admin.display(description=_("state"))
    def state(self, entry: Entry) -> Any:
        """Where the entry is on the way to the reader."""
        if entry.published_at is None:
            return _("draft")
        return _("published, with a draft") if entry.draft else _("published")

    @admin.display(description=_("words"))
    def words(self, entry: Entry) -> str:
        """Question and answer in each language, for those who may read but not write."""
        texts = working_content(entry).texts
        rows = ((language, text.question, text.answer) for language, text in texts.items())
        return format_html_join("", '<div lang="{}"><strong>{}</strong><pre>{}</pre></div>', rows)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether this account may show things to readers."""
        return bool(request.user.has_perm("faq.publish_entry"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep a draft, or publish. The form has written to `obj` already, so the row is read afresh."""
        if form.publishing and not self.has_publish_permission(request):
            raise PermissionDenied
        entry = Entry.objects.get(pk=obj.pk) if change else Entry(edition=obj.edition)
        content: EntryContent = form.content()
        told = form.cleaned_data
        if form.publishing:
            publish(entry, content, is_small=told["small_change"], in_step=told["in_step"])
            messages.success(request, _("Published: readers see it now."))
        else:
            save_draft(entry, content)
            messages.info(request, _("Saved as draft: readers do not see it yet."))
        set_own(entry, owner=told["owner"], review_on=told["review_on"])
        obj.pk, obj.id = entry.pk, entry.pk

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay with the entry after publishing, so that a publisher sees what readers now see."""
        if "_publish" in request.POST:
            return HttpResponseRedirect(request.path.partition("/history/")[0].rstrip("/") + "/")
        return super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand the page what it shows around the form."""
        entry = kwargs.get("obj")
        context |= {
            "may_publish": self.has_publish_permission(request),
            "warnings": list(warnings(entry)) if entry and entry.pk else [],
            "behind": bool(entry and entry.pk and languages_behind(entry, working_content(entry))),
            "entry": entry,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[Any]:
        """The admin's addresses, and preview and withdrawal."""
        wrap: Callable[..., Any] = self.admin_site.admin_view
        return [
            path("preview/<str:language>/", wrap(never_cache(self.preview_view)), name="faq_entry_preview"),
            path("queue/", wrap(never_cache(self.queue_view)), name="faq_entry_queue"),
            path("choices/<str:kind>/", wrap(never_cache(self.choices_view)), name="faq_entry_choices"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name="faq_entry_withdraw"),
            *self.history_urls(),
            *super().get_urls(),
        ]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """What waits for the editors in an edition (`?edition=`), with the way to the others."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        editions = all_editions()
        asked_for = [edition for edition in editions if edition.code == request.GET.get("edition")]
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("To do"),
            "to_do": to_do_in(asked_for[0] if asked_for else default_edition()),
            "may_read_questions": request.user.has_perm("faq.view_askedquestion"),
            "may_settle": request.user.has_perms(("faq.view_askedquestion", "faq.change_entry")),
            "editions": editions,
        }
        return TemplateResponse(request, "admin/faq/entry/to_do.html", context)

    def choices_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """What a list of the form may hold in an edition (`?edition=`) and has the words that were typed (`?q=`)."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        pk = request.GET.get("edition", "")
        edition = get_object_or_404(Edition, pk=int(pk)) if pk.isdecimal() and len(pk) <= LONGEST_NUMBER else None
        if edition is None or kind not in PICKED:
            raise Http404
        found = choices(kind, edition, request.GET.get("q", "")[:LONGEST_QUERY])
        return JsonResponse({"choices": [{"value": value, "name": name} for value, name in found]})

    def preview_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """What is in the form now, as a reader will see it. Nothing is saved."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)) or language not in LANGUAGES:
            raise PermissionDenied
        entry = Entry.objects.filter(pk=int(pk)).first() if (pk := request.POST.get("_entry", "")).isdecimal() else None
        form = PreviewForm(request.POST, instance=entry)
        form.is_valid()
        edition = entry.edition if entry else form.cleaned_data.get("edition") or default_edition()
        content = form.content()
        if not is_slug(content.slug):  # what was typed so far; a page has addresses all the same
            content = replace(content, slug=PREVIEWED)
        shown = as_reader_sees(content, edition, language)
        with override(language):
            context = page_context(request, ChosenEdition(edition, is_default=True)) | {
                "entry": shown,
                "language": language,
            }
            template = "faq/pages/entry.html" if shown else "admin/faq/entry/no_preview.html"
            return TemplateResponse(request, template, context).render()

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take an entry from the readers."""
        if request.method != "POST" or not self.has_publish_permission(request):
            raise PermissionDenied
        withdraw(get_object_or_404(Entry, pk=pk))
        messages.success(request, _("Withdrawn: readers no longer see it."))
        return HttpResponseRedirect("../change/")

    def revision_view(self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None) -> Any:
        """Open the form as it was in an earlier version. Nothing changes until it is saved or published as usual."""
        version = get_object_or_404(Version.objects.get_for_model(Entry), pk=version_id, object_id=object_id)
        request.earlier_content = content_of_version(version)  # type: ignore[attr-defined]
        context = {"earlier": version.revision.date_created} | (extra_context or {})
        return self.change_view(request, object_id, extra_context=context)

    def recoverlist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Deleted entries; recovering one shows it to readers, so it is for publishers."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return super().recoverlist_view(request, extra_context)

    def recover_view(self, request: HttpRequest, version_id: str, extra_context: Any = None) -> Any:
        """Recover a deleted entry as it was."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return super().recover_view(request, version_id, extra_context)


class SectionAdmin(UnsavedForms, PlainLookups):
    """Sections: their titles and their order."""

    form = PlainTextForm
    list_display = ("slug", "title_nl", "title_en", "order", "edition")
    list_filter = ("edition",)


class EditionAdmin(UnsavedForms, PlainLookups):
    """Editions: their names and dates. Their limits come from the content files."""

    form = PlainTextForm
    list_display = ("code", "date", "name_nl", "name_en")
