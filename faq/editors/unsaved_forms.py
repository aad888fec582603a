"""Forms of the admin that come back as they were filled in where the database does not take them."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import admin
from django.db import DatabaseError
from django.http import HttpRequest

from faq.store.lock_wait import wait_at_most
from web.unsaved import why_unsaved

log = logging.getLogger(__name__)

READS_WAIT = 0.8
"""Seconds for which the page that tells so waits for a database that another one has locked."""


class UnsavedForms(admin.ModelAdmin):  # type: ignore[type-arg]
    """Stands before all others that an admin class inherits from, so that their transactions have ended. A database
    that cannot even be read is told of elsewhere, with what was typed.
    """

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """The form of a new row; with the status 503, the reason and all that was typed where it was not stored."""
        try:
            return super().add_view(request, form_url, extra_context)
        except DatabaseError as error:
            return self._filled_again(request, error, None, form_url, extra_context)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The same of a row that is there."""
        try:
            return super().change_view(request, object_id, form_url, extra_context)
        except DatabaseError as error:
            return self._filled_again(request, error, object_id, form_url, extra_context)

    def _filled_again(self, request: HttpRequest, error: DatabaseError, *form: Any) -> Any:
        """Django's page of a form, without the transaction that it begins for one that is stored."""
        if request.method != "POST":
            raise error
        reason, seconds = why_unsaved(error)
        log.warning("%s was not stored: %s", request.path, error)
        wait_at_most(READS_WAIT)
        request.unsaved = reason  # type: ignore[attr-defined]
        response = self._changeform_view(request, *form)  # type: ignore[attr-defined]
        response.status_code = 503
        response.headers["Retry-After"] = str(seconds)
        return response

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form, which accepts nothing once it was found that nothing can be stored."""
        base: Any = super().get_form(request, *args, **kwargs)
        reason: str = getattr(request, "unsaved", "")
        if not reason:
            return base

        class RefusedForm(base):
            def clean(self) -> Any:
                cleaned = super().clean()
                self.add_error(None, reason)
                return cleaned

        return RefusedForm
