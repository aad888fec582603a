"""What the admin shows of the second factor of an account. Superusers remove it where its owner lost everything."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.accounts.factors import factor_of, remove_factor


class SecondFactorOfAccounts(admin.ModelAdmin):  # type: ignore[type-arg]
    """Says of each account whether it has a second factor."""

    change_form_template = "admin/second_factor/account.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of Django, and the second factor."""
        return (*super().get_readonly_fields(request, obj), "second_factor")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The second factor stands under the password."""
        (name, options), *others = super().get_fieldsets(request, obj)
        more = ("second_factor",) if obj else ()
        return [(name, options | {"fields": (*options["fields"], *more)}), *others]

    @admin.display(description=gettext_lazy("Second factor"))
    def second_factor(self, user: User) -> str:
        """Whether the account has one, in words."""
        return _("set up") if factor_of(user) else _("not set up")

    def get_urls(self) -> list[Any]:
        """The admin's addresses, and the removal of a second factor."""
        view = self.admin_site.admin_view(self.remove_view)
        return [path("<int:pk>/second-factor/", view, name="remove-second-factor"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form of an account, with the way to remove its factor for who may."""
        user = context.get("original")
        may_remove = bool(user and request.user.is_superuser and factor_of(user))
        return super().render_change_form(request, context | {"may_remove_factor": may_remove}, *args, **kwargs)

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether the factor is to be removed, and remove it."""
        if not request.user.is_superuser:
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        if request.method == "POST":
            if remove_factor(user):
                self.log_change(request, user, [{"changed": {"fields": ["second factor"]}}])
                told = _("The second factor of account %(name)s was removed, and its sessions have ended.")
                messages.success(request, told % {"name": user.get_username()})
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        title = _("Remove the second factor")
        context = self.admin_site.each_context(request) | {"opts": self.opts, "account": user, "title": title}
        return TemplateResponse(request, "admin/second_factor/remove.html", context)
