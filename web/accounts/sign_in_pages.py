"""The pages on which an account signs in: its password, and then its code where it has a second factor, or the set-up
of one where a setting asks for it. Before the password is right, nothing tells whether there is an account.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from web.accounts.factors import accepts, factor_of, recovery_codes_left
from web.accounts.forms import WRONG_CODE, CodeForm, PasswordForm, sent_in
from web.accounts.guesses import Guess, code_guess, password_guess
from web.accounts.pending import admit, pending_in, sign_in_with_factor
from web.known_devices import remember
from web.request_limits import wait

FEW_CODES = 3
"""Recovery codes with which an account is told to make new ones."""

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class PasswordPage(LoginView):
    """The page that asks for a name and a password."""

    template_name = "admin/login.html"
    authentication_form = PasswordForm
    guess: Guess

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; who is signed in already goes on."""
        if admin.site.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the guess before the password is looked at."""
        self.guess = password_guess(request, request.POST.get("username", ""))
        if self.guess.wait_seconds:
            return wait(self.guess.wait_seconds)
        with self.guess.none_without_database():
            return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, or ask for what else there is to show."""
        response = admit(self.request, form.get_user(), MODEL_BACKEND, self.get_success_url())
        if self.request.user.is_authenticated:
            self.guess.was_right()
            remember(self.request, response, self.guess.name)
        else:
            self.guess.was_none()
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page of the admin needs, and whether an organization signs its people in."""
        return super().get_context_data(**kwargs) | page_context(self.request, _("Sign in"))


def page_context(request: HttpRequest, title: str) -> dict[str, Any]:
    """What every page of signing in shows."""
    return admin.site.each_context(request) | {
        "title": title,
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        "has_provider": bool(settings.OIDC_ISSUER),
    }


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def code_page(request: HttpRequest) -> HttpResponse:
    """The page that asks for a code, after the password. Wrong codes count as wrong passwords do."""
    pending = pending_in(request)
    if pending is None or factor_of(pending.user) is None:
        return HttpResponseRedirect(settings.LOGIN_PATH)
    form = CodeForm(sent_in(request))
    form.fields["code"].widget.attrs["autofocus"] = True
    if request.method == "POST":
        guess = code_guess(request, pending.user.get_username())
        if guess.wait_seconds:
            return wait(guess.wait_seconds)
        with guess.none_without_database():
            if form.is_valid() and accepts(pending.user, form.cleaned_data["code"]):
                response = sign_in_with_factor(request, pending)
                guess.was_right()
                remember(request, response, guess.name)
                _tell_of_last_codes(request, pending.user)
                return response
        failed = {"username": pending.user.get_username()}
        user_login_failed.send(sender=__name__, credentials=failed, request=request)
        form.add_error("code", WRONG_CODE)
    return TemplateResponse(request, "admin/sign_in_code.html", page_context(request, _("Code")) | {"form": form})


def _tell_of_last_codes(request: HttpRequest, user: User) -> None:
    """Warn an account that has few recovery codes left."""
    left = recovery_codes_left(user)
    if left <= FEW_CODES:
        told = ngettext(
            "You have %(left)d recovery code left. Make new ones.",
            "You have %(left)d recovery codes left. Make new ones.",
            left,
        )
        messages.warning(request, told % {"left": left})
