"""The pages on which an account sets up its second factor, makes new recovery codes, or removes it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from web.accounts.factors import (
    accepts,
    add_factor,
    factor_of,
    key_to_type,
    key_url,
    new_key,
    recovery_codes_left,
    remove_factor,
    renew_recovery_codes,
)
from web.accounts.forms import WRONG_CODE, CodeForm, SetUpForm, sent_in
from web.accounts.guesses import code_guess, password_guess
from web.accounts.pending import pending_in, sign_in_with_factor
from web.accounts.qr_codes import qr_code
from web.accounts.sessions import FACTOR
from web.request_limits import wait

NEW_KEY = "second-factor-key"
"""What a session keeps of a factor that is being set up: its key."""


@sensitive_post_parameters("code", "password")
@never_cache
@csrf_protect
@require_http_methods(["GET", "POST"])
def set_up_page(request: HttpRequest) -> HttpResponse:
    """Shows a key, and makes it the second factor of the account when it is told a code of it. Open to who is signed
    in, and to who has to set one up in order to be.
    """
    pending = pending_in(request)
    if pending is None and not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    user = pending.user if pending else cast(User, request.user)
    if factor_of(user) is not None:
        return HttpResponseRedirect(reverse("sign-in-code" if pending else "second-factor"))
    key: str = request.session.setdefault(NEW_KEY, new_key())
    asked = user if pending is None and user.has_usable_password() else None
    form = SetUpForm(sent_in(request), password_of=asked)
    if request.method == "POST":
        guess = password_guess(request, user.get_username()) if asked else None
        if guess and guess.wait_seconds:
            return wait(guess.wait_seconds)
        codes = add_factor(user, key, form.cleaned_data["code"]) if form.is_valid() else None
        if guess and "password" in form.cleaned_data:
            guess.was_right()
        if codes:
            if pending:
                sign_in_with_factor(request, pending)
            else:
                _shown_now(request, user)
            return _codes_page(request, codes, pending.next_url if pending else reverse("second-factor"))
        if not form.errors:
            form.add_error("code", WRONG_CODE)
    shown = {"form": form, "key": key_to_type(key), "qr": qr_code(key_url(user, key)), "account": user.get_username()}
    return _page(request, "admin/second_factor/set_up.html", _("Set up a second factor"), shown)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def factor_page(request: HttpRequest) -> HttpResponse:
    """Says whether the account has a second factor. With a code of it, makes new recovery codes, or removes it."""
    user = cast(User, request.user)
    form = CodeForm(sent_in(request))
    if request.method == "POST":
        guess = code_guess(request, user.get_username())
        if guess.wait_seconds:
            return wait(guess.wait_seconds)
        if form.is_valid() and accepts(user, form.cleaned_data["code"]):
            guess.was_right()
            if "remove" in request.POST:
                return _removed(request, user)
            return _codes_page(request, renew_recovery_codes(user), reverse("second-factor"))
        form.add_error("code", WRONG_CODE)
    shown = {"form": form, "has_factor": factor_of(user) is not None, "left": recovery_codes_left(user)}
    return _page(request, "admin/second_factor/factor.html", _("Second factor"), shown)


def _shown_now(request: HttpRequest, user: User) -> None:
    """Let the session go on under another key: it has just shown the new factor, and no other session has."""
    request.session.pop(NEW_KEY, None)
    request.session.cycle_key()
    request.session[FACTOR] = factor_of(user)


def _removed(request: HttpRequest, user: User) -> HttpResponse:
    remove_factor(user)
    request.session.pop(FACTOR, None)
    request.session.cycle_key()
    messages.success(request, _("The second factor was removed. Signing in asks for your password alone."))
    return HttpResponseRedirect(reverse("second-factor"))


def _codes_page(request: HttpRequest, codes: list[str], next_url: str) -> HttpResponse:
    """The recovery codes, this one time: the page is kept by no cache."""
    shown = {"codes": codes, "next_url": next_url}
    return _page(request, "admin/second_factor/recovery_codes.html", _("Your recovery codes"), shown)


def _page(request: HttpRequest, template: str, title: str, shown: dict[str, Any]) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title, "subtitle": None}
    return TemplateResponse(request, template, context | shown)
