"""What the audit log records: the models, and who is at work. Django's own log of the admin knows neither commands nor
relations nor our own pages, and loses its rows with their account, so that this one stands by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from faq.store import audit
from faq.store.audit import subject_of
from faq.store.audited_models import Audited, watch
from web.acting import Actor, acting


def _is_rehashed(account: Any, created: bool, fields: Collection[str] | None) -> bool:
    """Whether an account is saved only since its password, which stays, is hashed in a newer way."""
    return set(fields or ()) == {"password"} and account._password is None


def _is_asked(question: Any, created: bool, fields: Collection[str] | None) -> bool:
    """A question that is asked or counted: nothing is stored about who asks it, also where an account does."""
    return True


OWN_COUNTS = ("last_t", "drift", "last_used_at", "throttling_failure_timestamp", "throttling_failure_count")
"""What a second factor counts by itself."""

AUDITED = (
    Audited(
        "faq.Entry",
        shown=("slug", "section", "edition", "order", "checked", "owner", "review_on"),
        unheeded=(
            *("loaded", "texts_behind", "behind", "is_small_change"),
            *("published_at", "news_at_nl", "news_at_en", "unindexed_changes"),
        ),
    ),
    Audited("faq.Translation", unheeded=("html", "plain", "summary", "changed_at")),
    Audited("faq.Section", shown=("edition", "slug", "order", "title_nl", "title_en")),
    Audited(
        "faq.Edition",
        shown=("code", "date", "name_nl", "name_en"),
        unheeded=("changed_limits_digest", "limits_checked"),
    ),
    Audited("faq.TermGroup", shown=("key", "nl", "en"), unheeded=("loaded",)),
    Audited("faq.Portal", shown=("name", "origin", "may_frame", "may_call")),
    Audited("faq.Webhook", shown=("is_active",)),  # its URL may hold a secret
    Audited("faq.DeskNote", shown=("slug", "edition"), unheeded=("changed_at",)),
    Audited("faq.AskedQuestion", is_noise=_is_asked),
    Audited("advisor.HelpKey", shown=("key", "entries", "advice")),
    Audited(
        "auth.User",
        shown=("username", "is_active", "is_staff", "is_superuser"),
        unheeded=("last_login", "date_joined"),
        related=("groups", "user_permissions"),
        is_noise=_is_rehashed,
    ),
    Audited("auth.Group", shown=("name",), related=("permissions",)),
    Audited("otp_totp.TOTPDevice", shown=("name", "confirmed"), unheeded=OWN_COUNTS),
    Audited("otp_static.StaticDevice", shown=("name", "confirmed"), unheeded=OWN_COUNTS),
    Audited("otp_static.StaticToken"),
    Audited("accounts.ProviderIdentity", shown=("issuer",)),
)
"""Every model that an account or a command changes, and the fields of which the values are told."""


def record_changes() -> None:
    """Record from now on every change, and who signs in and out."""
    watch(AUDITED)
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_refused)


class Audit:
    """Lets the log know who is at work while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        audit.forget_unfinished()
        with acting(lambda: actor_of(request)):
            return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor | None:
    """The account that sent a request, or nobody's where it came to a page for accounts; None for a visitor."""
    way, name = _way(request), ""
    user = getattr(request, "user", None)
    if user is not None and (way != "site" or settings.SESSION_COOKIE_NAME in request.COOKIES):
        name = user.get_username()
    return Actor(name, way, request.path) if name or way != "site" else None


def _way(request: HttpRequest) -> str:
    if "/login/provider/" in request.path:
        return "oidc"
    return "admin" if request.path.startswith(settings.UNCOUNTED_PATHS) else "site"


def _by(request: HttpRequest | None, account: str) -> Actor:
    """An account at the page of a request; without one, as a command does it."""
    return Actor(account, _way(request), request.path) if request else Actor(account, "command", "")


def _signed_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    audit.record(audit.Action.SIGNED_IN, subject_of(user), by=_by(request, user.get_username()))


def _signed_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if user is not None:
        audit.record(audit.Action.SIGNED_OUT, subject_of(user), by=_by(request, user.get_username()))


def _refused(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Record a failure to sign in. What was typed as a name is told only where an account has it: people type their
    password there.
    """
    model = get_user_model()
    typed = str(credentials.get(model.USERNAME_FIELD, ""))
    found = model._default_manager.filter(Q((model.USERNAME_FIELD, typed[:150]))).first()
    subject = subject_of(found) if found else audit.Subject(model._meta.label_lower, "", "")
    audit.refused(subject, _by(request, ""))
