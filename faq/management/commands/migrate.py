"""`manage.py migrate`: as Django's own, but a migration and the record of it are one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    """Django records many a migration in a transaction of its own, after that of the migration: where the process is
    killed in between, the next `migrate` stops at a table that is there already.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, with an executor that leaves nothing half done."""
        migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]  # Django offers no other way
        super().handle(*args, **options)


class WholeExecutor(MigrationExecutor):
    """Runs each migration that is one transaction in one with the record of it."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Run a migration forwards."""
        with _one_transaction(self.connection, migration):
            return super().apply_migration(state, migration, fake, fake_initial)

    def unapply_migration(self, state: ProjectState, migration: Migration, fake: bool = False) -> ProjectState:
        """Run a migration backwards."""
        with _one_transaction(self.connection, migration):
            return super().unapply_migration(state, migration, fake)


@contextmanager
def _one_transaction(connection: BaseDatabaseWrapper, migration: Migration) -> Iterator[None]:
    """A transaction, where the migration may be in one. SQLite turns off what checks keys only outside of it."""
    if not migration.atomic:
        yield
        return
    was_checked = connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            yield
    finally:
        if was_checked:
            connection.enable_constraint_checking()
