"""What the site keeps of the knowledge: editions, their sections, their entries, and a text per language.

The columns of an entry and its translations are what readers see. An editor's unfinished change waits in `Entry.draft`
as one JSON value, which no public query reads; publishing (see `faq/store/publishing.py`) writes it to the columns.
"""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.knowledge.entry import EDITION, SLUG
from web.languages import ENGLISH_NAMES, LANGUAGES

LANGUAGE_CHOICES = [(code, _(ENGLISH_NAMES[code])) for code in LANGUAGES]

slug_validator = RegexValidator(
    rf"^{SLUG.pattern}\Z", _("Lowercase letters, digits, and hyphens, such as what-is-expressroute.")
)
edition_validator = RegexValidator(rf"^{EDITION.pattern}\Z", _("An edition is named like 2016-12."))


def is_published(path: str = "") -> models.Q:
    """The condition that readers see an entry; `path` leads to it from the model that is asked for."""
    return models.Q((f"{path}published_at__isnull", False))


class WrittenJSONField(models.TextField):  # type: ignore[type-arg]
    """A JSON value that is kept as it is written, so that its keys stay in their order in every database."""

    def from_db_value(self, value: str | None, *args: Any) -> Any:
        """The value of what is written."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """The value, also of what a fixture has as text."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        """The value in writing."""
        return None if value is None else json.dumps(value)

    def value_to_string(self, obj: models.Model) -> str:
        """The value in writing, for a fixture."""
        return json.dumps(self.value_from_object(obj))


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


class LimitSource(models.Model):
    """A document that limits of an edition rest on: see `faq.knowledge.limits.Source`."""

    FIELDS = ("document", "date", "title", "url", "copy_date")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="limit_sources")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    document = models.CharField(max_length=200)
    date = models.CharField(max_length=10)
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    copy_date = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="one_source_per_key")]

    def __str__(self) -> str:
        return f"{self.title or self.document}, {self.date}"


class Limit(models.Model):
    """A limit of an edition, as a limits file writes it: see `faq.knowledge.limits.Limit`.

    `value` is JSON; a limit with the value of another names it in `same_as` and has no unit. `shown_…` says the value
    where it would mislead by itself. `conflicts` is a list of a source key and a text per language.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="limits")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    value = WrittenJSONField(null=True, blank=True)
    is_range = models.BooleanField(default=False)
    same_as = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(LimitSource, models.CASCADE, related_name="limits")
    checked = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    entry = models.CharField(max_length=200, blank=True)
    name_nl = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    shown_nl = models.CharField(max_length=300, blank=True)
    shown_en = models.CharField(max_length=300, blank=True)
    note_nl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    conflicts = WrittenJSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="one_limit_per_key")]
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return self.key


class LimitChange(models.Model):
    """What somebody made of a limit; of the changes of a limit the newest counts. Rows are added and never changed.

    `leaf` is the limit as `faq.knowledge.changed_limits` writes it; None takes over what the files say. `file` is what
    they said then, so that a later change of theirs is noticed. `user` is None for a loader.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="limit_changes")
    key = models.CharField(max_length=200)
    leaf: Any = WrittenJSONField(null=True)
    file: Any = WrittenJSONField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["edition", "key"], name="changes_of_a_limit")]

    def __str__(self) -> str:
        return self.key


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
    `owner` and `review_on` are the editors' own, in no version.
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
    is_small_change = models.BooleanField(default=False, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    review_on = models.DateField(_("review on"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["section__order", "order", "slug"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "slug"], name="one_entry_per_slug")]
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


class AskedQuestion(models.Model):
    """What was searched for in a week, in an edition and a language, and how often; nothing about who did.

    `edition` is its code, which stays when the edition goes; empty where nobody knows it. `found` is how many entries
    it found when it was last counted; `opened` how often a result was opened; `sent` how often a visitor sent it to the
    editors, for whom it waits until it `is_settled`.
    """

    week = models.DateField(_("week of"))
    edition = models.CharField(_("edition"), max_length=40, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    text = models.CharField(_("question"), max_length=200)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    found = models.PositiveIntegerField(_("entries found"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    sent = models.PositiveIntegerField(_("sent to the editors"), default=0)
    is_settled = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["-week", "-asked", "text"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "edition", "language", "text"], name="one_row_per_week_and_edition")
        ]
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")

    def __str__(self) -> str:
        return self.text


class PublicationCount(models.Model):
    """How often editors published an entry in the week that begins on a Monday; nothing about who did."""

    week = models.DateField(unique=True)
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.week}: {self.times}"


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


class Feedback(models.Model):
    """Whether an answer helped, and why not; nothing about who says so.

    `helpful` is None in a row that tells only why: the button was counted in a row of its own.
    """

    REASONS: ClassVar = [
        ("wrong", _("Something in the answer is wrong")),
        ("old", _("It is out of date")),
        ("unclear", _("I do not understand the answer")),
        ("incomplete", _("It leaves something out")),
        ("other", _("It answers another question")),
    ]

    slug = models.CharField(_("slug"), max_length=200)
    edition = models.CharField(_("edition"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    helpful = models.BooleanField(_("helpful"), null=True)
    reason = models.CharField(_("reason"), max_length=20, blank=True, choices=REASONS)
    text = models.CharField(_("text"), max_length=1000, blank=True)
    week = models.DateField(_("week of"))

    class Meta:
        ordering: ClassVar = ["-week", "slug"]
        indexes: ClassVar = [models.Index(fields=["week"])]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return self.slug


class DeskNote(models.Model):
    """What the support desk knows about an entry and readers do not see: Markdown, shown beside the answer.

    `edition` is the code of the one whose answer it is about; empty for every edition.
    """

    slug = models.CharField(_("slug"), max_length=200, validators=[slug_validator])
    edition = models.CharField(_("edition"), max_length=40, blank=True, default="")
    text = models.TextField(_("note"), max_length=10_000)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering: ClassVar = ["slug", "edition"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["slug", "edition"], name="one_note_per_edition")]
        verbose_name = _("note for the desk")
        verbose_name_plural = _("notes for the desk")

    def __str__(self) -> str:
        return self.slug


ORIGIN = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?"
)
"""Scheme, host and port and no more; without encryption only on the machine itself."""

origin_validator = RegexValidator(
    rf"^(?:{ORIGIN.pattern})\Z", _("An origin is https and a host, such as https://portal.example.org, without a path.")
)


class Portal(models.Model):
    """A portal of somebody else that may show our pages in a frame, or whose scripts may read our API."""

    name = models.CharField(_("name"), max_length=100)
    origin = models.CharField(_("origin"), max_length=270, unique=True, validators=[origin_validator])
    may_frame = models.BooleanField(_("may show our pages in a frame"), default=True)
    may_call = models.BooleanField(_("its scripts may read the API"), default=False)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("portal")
        verbose_name_plural = _("portals")

    def __str__(self) -> str:
        return self.name


class Webhook(models.Model):
    """Where the site tells another program what happened, and the secret that signs it; one row, or none."""

    url = models.CharField(_("URL"), max_length=500)
    secret = models.CharField(max_length=100, editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_webhook")]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhook")

    def __str__(self) -> str:
        return self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the one row there is."""
        self.pk = 1
        super().save(*args, **kwargs)


class Delivery(models.Model):
    """An event that the webhook tells of, written with the change itself and sent later.

    `body` is sent as it is, under the name `message`. `key` keeps an event from being written twice. `next_at` is when
    it is sent or sent again; None when it was delivered, or given up. `status` and `fault` are of the last attempt.
    """

    class Kind(models.TextChoices):
        """What happened."""

        PUBLISHED = "published", _("entry published")
        FEEDBACK = "feedback", _("feedback on an answer")
        REVIEW = "review_due", _("review due")
        TEST = "test", _("test")

    FAULTS: ClassVar = [
        ("url", _("The webhook was turned off, or its URL cannot be used.")),
        ("name", _("The name of the host was not found.")),
        ("private", _("The host has an IP address of a private network, to which the site sends nothing.")),
        ("connection", _("The connection failed.")),
        ("certificate", _("The encryption failed, or the certificate is not trusted.")),
        ("timeout", _("The answer took too long.")),
        ("redirect", _("The answer was a redirect, which the site does not follow.")),
        ("status", _("The answer was an error.")),
        ("answer", _("The answer was not HTTP.")),
        ("interrupted", _("Sending was interrupted.")),
    ]

    message = models.CharField(_("name"), max_length=40, unique=True)
    kind = models.CharField(_("event"), max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)  # noqa: DJ001 -- unique where given
    body = models.TextField(_("content"))
    created_at = models.DateTimeField(_("created"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    status = models.PositiveIntegerField(_("status of the answer"), null=True)
    fault = models.CharField(_("error"), max_length=20, blank=True, choices=FAULTS)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["next_at"], name="deliveries_by_time")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return self.message
