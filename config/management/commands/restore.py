"""`manage.py restore`: a backup in the place of the database, while the site is stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.management.database_commands import database_file, is_older, say, told_in_one_line
from config.management.database_on_postgresql import put_back
from config.serving_lock import StillServing, nobody_serving
from faq.search.indexer import engine
from faq.store import database_file as files

SERVING = "The site is serving from this database: stop it first, with every other command that uses the database."


class Command(BaseCommand):
    """Replaces the database by a backup all at once, and keeps what was replaced."""

    help = "Put a backup in the place of the database. The site must be stopped."
    requires_system_checks = ()  # the database may be damaged or gone

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a file that `manage.py backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, copy, and put in place. Raises CommandError, and leaves the database as it is, where one fails."""
        file: Path = options["file"].expanduser().resolve()
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        database = database_file()
        if database is None:
            say(self.stdout, options["verbosity"], *put_back(settings.DATABASES["default"], file))
            return
        if not database.parent.is_dir():
            raise CommandError(f"The folder {database.parent} does not exist.")
        if database.exists() and file.samefile(database):
            raise CommandError(f"{file} is the database itself: choose a backup of it.")
        try:
            with told_in_one_line(database), nobody_serving(database):
                if files.is_in_use(database):
                    raise StillServing
                older = is_older(file, files.fault_in, files.migrations_in)
                kept = _restored(file, database)
        except StillServing:
            raise CommandError(SERVING) from None
        said = [f"The database is as it was in {file}."]
        said += [f"The database that it replaced is kept in {kept}."] if kept else []
        said += ["It is from an older release: run `manage.py migrate` before you start the site."] if older else []
        say(self.stdout, options["verbosity"], *said)


def _restored(file: Path, database: Path) -> Path | None:
    """Put a backup in place, with a content version that neither a kept page nor an index has. Returns where the
    database that it replaced is.
    """
    of_index = engine().health().content_version
    versions = [files.content_version_in(file), files.content_version_in(database)]
    versions += [of_index] if isinstance(of_index, int) else []
    with files.file_beside(database) as made:
        files.copy(file, made)
        now = datetime.now(UTC)
        files.set_content_version(made, max(versions) + 1, now)
        files.record_restored(made, file.name, now)
        return files.put_in_place(made, database)
