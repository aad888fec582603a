"""What is stored of accounts besides Django's own tables and those of django-otp."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ProviderIdentity(models.Model):
    """Who an account is at a provider of sign-ins: the issuer and the subject, which never pass to somebody else. A
    name or an e-mail address may (OpenID Connect Core 1.0, section 5.7).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="provider_identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="one_account_for_a_subject"),
            models.UniqueConstraint(fields=("issuer", "user"), name="one_subject_for_an_account"),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.issuer})"
