"""The way from what readers see to where it is changed, for those who are signed in and may change it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from faq.store.entries import ShownEntry, entry_key


def may_edit(request: HttpRequest) -> bool:
    """Whether somebody is signed in to the admin who may change entries. Without a session's cookie nothing is looked
    up, so that a reader's page depends on nothing but its address.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.user.is_staff and request.user.has_perm("faq.change_entry"))


def may_edit_limits(request: HttpRequest) -> bool:
    """Whether somebody is signed in to the admin who may change limits; as above, looked up for nobody else."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.user.is_staff and request.user.has_perm("faq.change_limit"))


def edit_address(shown: ShownEntry) -> str:
    """The form of an entry, at the answer in the language that is shown."""
    key = entry_key(shown)
    return f"{reverse('admin:faq_entry_change', args=[key])}#id_{shown.heading.language}_answer" if key else ""
