"""The pages that send somebody to the provider of an organization, and take them back. What fails is told in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import ModuleType

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from web.accounts.provider_accounts import Reason, SignInRefused
from web.accounts.sign_in_pages import page_context
from web.counters import Quota, count
from web.request_limits import client_of, wait

log = logging.getLogger(__name__)

BEGUN = Quota("login-provider", 30, 300)
"""How often a client may be sent to the provider: each time begins a session."""


@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider."""
    used = count(BEGUN, client_of(request))
    if settings.OIDC_ISSUER and used.times > BEGUN.times:
        return wait(used.resets_in)
    return _told(request, lambda flow: flow.Begin.as_view()(request))


@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take somebody back from the provider."""
    return _told(request, lambda flow: flow.Callback.as_view()(request))


def _told(request: HttpRequest, step: Callable[[ModuleType], HttpResponse]) -> HttpResponse:
    """What a step of the sign-in answers, or the page that says why it failed. Raises Http404 without a provider."""
    if not settings.OIDC_ISSUER:
        raise Http404
    import jwt  # these bring an HTTP client along, which other sites do without
    import requests

    from web.accounts import provider_flow

    try:
        return step(provider_flow)
    except SignInRefused as refused:
        log.warning("a sign-in by the provider was refused: %s", refused.reason.value)
        return _refusal(request, refused.reason)
    except requests.RequestException as fault:
        log.warning("the provider of sign-ins does not answer: %s", fault)
        return _refusal(request, Reason.UNREACHABLE)
    except (SuspiciousOperation, jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError) as fault:
        log.warning("the provider of sign-ins is not trusted: %s: %s", type(fault).__name__, fault)
        return _refusal(request, Reason.UNTRUSTED)


def _refusal(request: HttpRequest, reason: Reason) -> HttpResponse:
    status = 503 if reason is Reason.UNREACHABLE else 403
    context = page_context(request, _("You are not signed in")) | {"reason": reason.value}
    return TemplateResponse(request, "admin/sign_in_refused.html", context, status=status)
