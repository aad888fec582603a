"""The forms of signing in and of a second factor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

LONGEST_CODE = 40

WRONG_CODE = _("This code is wrong, too old, or was used before. Enter the code that the app shows now.")
WRONG_PASSWORD = _("This is not your password.")


def sent_in(request: HttpRequest) -> QueryDict | None:
    """What was sent to a page with a form, also where that is nothing; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


class PasswordForm(AdminAuthenticationForm):
    """A name and a password of an account that may use the admin."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuse passwords of others than superusers where a setting says so, as if they were wrong."""
        super().confirm_login_allowed(user)
        if settings.PASSWORDS == "superusers" and not user.is_superuser:
            raise self.get_invalid_login_error()


class CodeForm(forms.Form):
    """A code of the app on a phone, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"}),
    )


class SetUpForm(CodeForm):
    """The first code of a new factor. An account that is signed in shows its password again, if it has one."""

    def __init__(self, *args: Any, password_of: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
        self.password_of = password_of
        if password_of is not None:
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )

    def clean_password(self) -> str:
        """The password of the account. Raises ValidationError for any other."""
        typed: str = self.cleaned_data["password"]
        if self.password_of is None or not self.password_of.check_password(typed):
            raise forms.ValidationError(WRONG_PASSWORD)
        return typed
