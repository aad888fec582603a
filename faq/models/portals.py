"""What lies outside: the portals that frame pages, and the webhook with what was delivered to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.fields import host_fault
from web.hosts import LOOPBACK, HostFault, web_origin


def validate_origin(value: str) -> None:
    """Refuse what is no origin as browsers write it; without encryption only one on the machine itself."""
    try:
        origin = web_origin(value, plain_for=LOOPBACK)
    except HostFault as fault:
        raise host_fault(fault) from None
    if origin != value:
        raise ValidationError(_("Write the origin as %(origin)s."), params={"origin": origin})


class Portal(models.Model):
    """A portal of somebody else that may show our pages in a frame, or whose scripts may read our API."""

    name = models.CharField(_("name"), max_length=100)
    origin = models.CharField(_("origin"), max_length=270, unique=True, validators=[validate_origin])
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
