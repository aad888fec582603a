"""The roles: the desk with its notes, a reader of drafts, an editor who writes them, a publisher who shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps

DESK = ("view_desknote", "add_desknote", "change_desknote", "delete_desknote")
READER = ("view_entry", "view_section", "view_edition", "view_translation", "view_limit")
EDITOR = (
    *READER,
    *DESK,
    "add_entry",
    "change_entry",
    "view_askedquestion",
    "view_termgroup",
    "add_termgroup",
    "change_termgroup",
    "delete_termgroup",
)
PUBLISHER = (
    *EDITOR,
    "delete_entry",
    "publish_entry",
    "change_limit",
    "add_section",
    "change_section",
    "change_edition",
    "view_portal",
    "add_portal",
    "change_portal",
    "delete_portal",
    "view_auditrecord",
)

ROLES: dict[str, tuple[str, ...]] = {"desk": DESK, "reader": READER, "editor": EDITOR, "publisher": PUBLISHER}
"""Permissions of each role. An account also needs Django's staff status to sign in to the admin."""


def make_roles(sender: Any, **kwargs: Any) -> None:
    """Make the groups that carry the roles, after each migrate, with just these permissions of this app."""
    grant("faq", ROLES)


def grant(app: str, roles: Mapping[str, Sequence[str]]) -> None:
    """Give each role just these permissions of an app; those of other apps stay. A role that is not there is made."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(apps.get_app_config(app), verbosity=0)
    ours = Permission.objects.filter(content_type__app_label=app)
    for role, codenames in roles.items():
        group, _ = Group.objects.get_or_create(name=role)
        others = group.permissions.exclude(content_type__app_label=app)
        group.permissions.set([*others, *ours.filter(codename__in=codenames)])
