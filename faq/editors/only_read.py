"""Lists of the admin of what the site writes by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


class OnlyRead:
    """Nobody adds, changes, or deletes what such a list has. It stands before what else says who may."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes a row."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody rewrites one."""
        return False

    has_delete_permission = has_change_permission
