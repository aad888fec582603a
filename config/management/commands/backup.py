"""`manage.py backup`: the database in one file, while the site goes on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.management.database_commands import database_file, say, written_whole
from config.management.database_on_postgresql import back_up
from faq.store import database_file as files


class Command(BaseCommand):
    """Writes a checked copy of the database, which appears under its name only when it is whole."""

    help = "Write the database to a file, while the site serves. `manage.py restore` brings it back."
    requires_system_checks = ()  # a backup is wanted most where something is amiss

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, metavar="FILE", help="the file to write, such as gatewijzer.backup")
        parser.add_argument("--force", action="store_true", help="replace FILE if it exists")

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy, check, and put in place. Raises CommandError, and leaves FILE as it was, where one of them fails."""
        file: Path = options["file"].expanduser().resolve()
        database = database_file()
        if database and not database.exists():
            raise CommandError(f"There is no database yet: {database} does not exist.")
        if not file.parent.is_dir():
            raise CommandError(f"The folder {file.parent} does not exist.")
        if file.is_dir():
            raise CommandError(f"{file} is a folder: enter a file in it.")
        if database and file.exists() and file.samefile(database):
            raise CommandError(f"{file} is the database itself: choose another file.")
        if file.exists() and not options["force"]:
            raise CommandError(f"{file} exists: choose another file, or replace it with --force.")
        if database:
            size = written_whole(file, partial(files.copy, database), files.fault_in)
        else:
            size = back_up(settings.DATABASES["default"], file)
        say(self.stdout, options["verbosity"], f"The database is in {file} ({size / 1e6:.1f} MB).")
