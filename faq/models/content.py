"""The knowledge: editions, their sections, their entries with a text per language, and the terms of the search.

The columns of an entry and its translations are what readers see. An editor's unfinished change waits in `Entry.draft`
as one JSON value, which no public query reads; publishing (see `faq/store/publishing.py`) writes it to the columns.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.fields import LANGUAGE_CHOICES, WrittenJSONField, edition_validator, is_published, slug_validator
from web.languages import LANGUAGES


class Edition(models.Model):
    """The knowledge as it stood at one moment, with its own limits. `limits_digest` names what those hold together, and
    is empty where there are none; `changed_limits_digest` names what was changed of them on the site; `limits_checked`
    is the day on which they were checked. `changes` is what a file says has changed since an earlier edition. An
    edition without a date is older than every other.
    """

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[edition_validator])
    date = models.DateField(_("date"), null=True, blank=True)
    name_nl = models.CharField(_("name (Dutch)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100)
    description_nl = models.TextField(_("description (Dutch)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    changes = WrittenJSONField(default=dict, blank=True, editable=False)
    limits_checked = models.DateField(null=True, blank=True, editable=False)
    limits_digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_limits_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = [models.F("date").desc(nulls_last=True), "code"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """What the edition is called in a language."""
        return str(getattr(self, f"name_{language}"))

    def description(self, language: str) -> str:
        """What the edition holds, in a language; may be empty."""
        return str(getattr(self, f"description_{language}"))


class Section(models.Model):
    """A group of entries within an edition, in the order in which readers meet it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections", verbose_name=_("edition"))
    slug = models.CharField(_("slug"), max_length=200, validators=[slug_validator])
    order = models.PositiveIntegerField(_("order"))
    title_nl = models.CharField(_("title (Dutch)"), max_length=200, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    introduction_nl = models.TextField(_("introduction (Dutch)"), blank=True)
    introduction_en = models.TextField(_("introduction (English)"), blank=True)

    class Meta:
        ordering: ClassVar = ["order", "slug"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "slug"], name="one_section_per_slug")]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.title_nl or self.title_en or self.slug

    def introduction(self, language: str) -> str:
        """What the section says before its questions, in a language, in Markdown; may be empty."""
        return str(getattr(self, f"introduction_{language}"))


NEWS = tuple(f"news_at_{language}" for language in LANGUAGES)
"""The columns of an entry that tell when readers of each language last got news of it. No version has them."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, and which of them readers see."""

    def published(self) -> Self:
        """Those that readers see."""
        return self.filter(is_published())

    def unpublished(self) -> Self:
        """Those that only editors see."""
        return self.exclude(is_published())


class Entry(models.Model):
    """A question of an edition with everything but its words, which its translations hold.

    `published_at` is None until a publisher has published it, and again after withdrawal. `loaded` tells, per part
    (`facts`, `nl`, `en`), which loader last wrote it and the digest of that: a part that differs is an editor's.
    `texts_behind` has, for each set of texts that was published, the languages that were behind in it (see
    `faq.knowledge.translations`). `is_small_change` says of the last publication that nothing in it is news to readers.
    `behind` has the languages that are behind in what an editor works on, with spaces between them. `news_at_…` is when
    readers of a language last got news of it: of its text, its limits, or its sources. `owner` and `review_on` are the
    editors' own, in no version. `unindexed_changes` counts what changed for readers since an index that is changed in
    place last took it in (see `faq/store/unindexed.py`).
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="entries", verbose_name=_("edition"))
    section = models.ForeignKey(Section, models.PROTECT, related_name="entries", verbose_name=_("section"))
    slug = models.CharField(_("slug"), max_length=200, validators=[slug_validator])
    order = models.PositiveIntegerField(_("order"), default=1)
    connection_types = models.JSONField(_("connection types"), default=list, blank=True)
    deployment_models = models.JSONField(_("deployment models"), default=list, blank=True)
    limits = models.JSONField(_("limits"), default=list, blank=True)
    related = models.JSONField(_("related entries"), default=list, blank=True)
    former_slugs = models.JSONField(_("former slugs"), default=list, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    checked = models.DateField(_("checked on"), null=True, blank=True)
    draft = models.JSONField(_("draft"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    loaded = models.JSONField(default=dict, editable=False)
    texts_behind = WrittenJSONField(default=dict, blank=True, editable=False)
    behind = models.CharField(max_length=40, blank=True, default="", db_default="", editable=False)
    is_small_change = models.BooleanField(default=False, editable=False)
    news_at_nl = models.DateTimeField(null=True, blank=True, editable=False)
    news_at_en = models.DateTimeField(null=True, blank=True, editable=False)
    unindexed_changes = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    review_on = models.DateField(_("review on"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["section__order", "order", "slug"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "slug"], name="one_entry_per_slug")]
        indexes: ClassVar = [
            models.Index(fields=["edition", "behind"], name="entry_by_behind"),
            models.Index(fields=["edition", "checked"], name="entry_by_checked"),
            models.Index(fields=["edition", "review_on"], name="entry_by_review"),
            models.Index(fields=["section", "order", "slug", "published_at"], name="entries_in_order"),
            models.Index(fields=["edition", "news_at_nl"], name="news_of_an_edition_nl"),
            models.Index(fields=["edition", "news_at_en"], name="news_of_an_edition_en"),
            models.Index(fields=["section", "news_at_nl"], name="news_of_a_section_nl"),
            models.Index(fields=["section", "news_at_en"], name="news_of_a_section_en"),
            models.Index(fields=["id"], name="entries_to_index", condition=models.Q(unindexed_changes__gt=0)),
        ]
        permissions: ClassVar = [("publish_entry", "Can publish entries")]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return self.slug


class EditorText(models.Model):
    """All the words of an entry, draft and phrasings too, folded, for the search of the editors."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="editor_text")
    words = models.TextField()

    def __str__(self) -> str:
        return self.words[:40]


class EntryLink(models.Model):
    """A link from an entry to another or to a section, by its slug: in the published answer of a language, or among the
    related entries, where the language is empty.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="links")
    language = models.CharField(max_length=2, blank=True)
    slug = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "language", "slug"], name="one_link_per_slug"),
        ]

    def __str__(self) -> str:
        return self.slug


class SlugQuerySet(models.QuerySet["Slug"]):
    """Slugs, and which of them lead somewhere."""

    def published(self) -> Self:
        """Those of entries that readers see."""
        return self.filter(is_published("entry__"))


class Slug(models.Model):
    """A slug that an entry has, or had before it was renamed, with its short code; kept in step with the entry.

    Two entries may lay claim to one slug, a present and a former one: whether readers see them tells who has it.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="slugs")
    slug = models.CharField(max_length=200)
    is_former = models.BooleanField()
    short_code = models.CharField(max_length=6, db_index=True)

    objects = SlugQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["slug", "entry"], name="one_row_per_slug_of_entry")]

    def __str__(self) -> str:
        return self.slug


class SlugEnd(models.Model):
    """A present slug from one of its words on, or backwards: by the alphabet, the slugs that are like another one are
    found without reading them all.
    """

    # without a constraint: an earlier release of the site, which still runs during an upgrade, deletes slugs alone
    slug = models.ForeignKey(Slug, models.CASCADE, related_name="ends", db_constraint=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    text = models.CharField(max_length=200)
    is_backwards = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "is_backwards", "text"], name="ends_of_slugs_by_alphabet")]

    def __str__(self) -> str:
        return self.text


class Deletion(models.Model):
    """The name of something that was deleted or lost that name on this site, so that no loader makes it again.

    `edition` is the code of its edition, which stays when the edition goes; empty for a term, whose `slug` is its key.
    For an edition itself `slug` is empty.
    """

    class Kind(models.TextChoices):
        """What had the name."""

        EDITION = "edition"
        SECTION = "section"
        ENTRY = "entry"
        TERM = "term"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    edition = models.CharField(max_length=40, blank=True, default="")
    slug = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "edition", "slug"], name="one_row_per_deletion")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug or self.edition}"


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Texts, and which of them readers see."""

    def published(self) -> Self:
        """Those of entries that readers see."""
        return self.filter(is_published("entry__"))


class Translation(models.Model):
    """An entry's published words in one language. `html` and `plain` are the answer, rendered when it was saved."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="translations", verbose_name=_("entry"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"))
    asked_as = models.JSONField(_("asked as"), default=list, blank=True)
    html = models.TextField(editable=False)
    plain = models.TextField(editable=False)
    summary = models.TextField(editable=False)
    changed_at = models.DateTimeField(_("changed"))

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["language"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "language"], name="one_text_per_language")]
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return self.question


class TermGroup(models.Model):
    """One thing and what it is called in both languages (see `faq/search/terms.py`), for search.

    `loaded` is the digest of the names that the content file last gave it: a group that differs is an editor's.
    """

    key = models.CharField(_("name"), max_length=80, unique=True, validators=[slug_validator])
    nl = models.JSONField(_("Dutch words"), default=list, blank=True)
    en = models.JSONField(_("English words"), default=list, blank=True)
    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.key


class ContentVersion(models.Model):
    """A counter that rises with every change of what readers see. Kept pages and search indexes carry its number."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_content_version")]

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the one row there is."""
        self.pk = 1
        super().save(*args, **kwargs)
