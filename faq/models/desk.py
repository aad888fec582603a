"""What the desk and its readers tell: questions asked, feedback, notes, and what was published in a week."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.fields import LANGUAGE_CHOICES, slug_validator


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
