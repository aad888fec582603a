"""`manage.py second_factor`: which accounts have a second factor, and removing one whose owner lost everything."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from web.accounts.factors import factor_of, remove_factor


class Command(BaseCommand):
    """For whoever has no superuser left to do it in the admin."""

    requires_system_checks = ()  # it uses the database only
    help = "List the accounts with and without a second factor, or remove the second factor of one."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and for which account."""
        parser.add_argument("action", choices=["list", "remove"])
        parser.add_argument("name", nargs="?", help="the name of the account whose second factor is removed")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or remove. Raises CommandError where there is nothing to remove."""
        if options["action"] == "list":
            for each in User.objects.filter(is_staff=True, is_active=True).order_by("username"):
                self.stdout.write(f"{'second factor' if factor_of(each) else 'password only':15}{each.get_username()}")
            return
        name = options["name"]
        user = User.objects.filter(username=name or "").first()
        if user is None:
            raise CommandError(f"there is no account {name!r}" if name else "name the account")
        if not remove_factor(user):
            raise CommandError(f"account {name!r} has no second factor")
        self.stdout.write(f"The second factor of account {name!r} was removed, and its sessions have ended.")
