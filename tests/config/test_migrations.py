"""Migrations that the release before survives as well: while a new release is loaded, its workers still answer, and who
goes back to it needs no other database.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

BASELINE = {"faq": "0019", "advisor": "0003"}
"""The newest migration of each app that was released before this rule; an app that is not here has none."""

ADDS = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RemoveConstraint,
    migrations.RenameIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RunPython,
)
"""Operations that take nothing away from code that does not know of them."""

DESTRUCTIVE = re.compile(r"\b(?:DROP|RENAME|NOT\s+NULL|TRUNCATE|DELETE)\b", re.IGNORECASE)


def harms(operation: Operation, before: ProjectState | None = None, app: str = "", made: Container[str] = ()) -> str:
    """Why code that does not know of an operation breaks after it; empty where it does not. `before` is the state that
    the operation finds; `made` has the models that its own migration has made, which such code does not know either.
    """
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return "; ".join(filter(None, (harms(one, before, app, made) for one in operation.database_operations)))
    if str(getattr(operation, "model_name", "")).lower() in made:
        return ""
    if isinstance(operation, migrations.AddField):
        return _missing_value(operation.field)
    if isinstance(operation, migrations.AlterField):
        assert before is not None
        return _narrower(before.models[app, operation.model_name_lower].fields[operation.name], operation.field)
    if isinstance(operation, migrations.RunSQL):
        return "this SQL takes something away" if DESTRUCTIVE.search(str(operation.sql)) else ""
    if isinstance(operation, ADDS):
        return ""
    return f"{type(operation).__name__} takes something away, or asks more of what is written"


def _missing_value(field: Field) -> str:
    if field.many_to_many or field.null or field.db_default is not NOT_PROVIDED:
        return ""
    return "a row that is written without this column is refused: give it null=True or a db_default"


def _narrower(old: Field, new: Field) -> str:
    """Why a column refuses more than before; empty where only its words changed, or it takes more."""
    is_longer = old.max_length and (new.max_length is None or new.max_length >= old.max_length)
    is_same = type(old) is type(new) and old.db_column == new.db_column
    if (
        is_same
        and (old.max_length == new.max_length or is_longer)
        and new.null >= old.null
        and new.unique <= old.unique
    ):
        return ""
    return "a column takes less than before: add another one, and remove this one in a later release"


def later_harms() -> Iterator[str]:
    """What is wrong with our migrations after the baseline."""
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if "site-packages" not in config.path}
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app not in ours or name[:4] <= BASELINE.get(app, ""):
            continue
        state, made = loader.project_state((app, name), at_end=False), set[str]()
        for operation in migration.operations:
            if harm := harms(operation, state, app, made):
                yield f"{app} {name}: {operation.describe()}: {harm}"
            operation.state_forwards(app, state)
            made |= {operation.name_lower} if isinstance(operation, migrations.CreateModel) else set()


def test_no_migration_breaks_the_release_before_it() -> None:
    assert list(later_harms()) == []


def test_the_baseline_is_there() -> None:
    known = {(app, name[:4]) for app, name in MigrationLoader(None).disk_migrations}
    assert set(BASELINE.items()) <= known


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("thing", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("thing", "note", models.TextField(null=True)),
        migrations.AddField("thing", "note", models.TextField(default="", db_default="")),
        migrations.AddField("thing", "count", models.IntegerField(db_default=0)),
        migrations.AddField("thing", "others", models.ManyToManyField("faq.Entry")),
        migrations.AddIndex("thing", models.Index(fields=["note"], name="by_note")),
        migrations.AlterModelOptions("thing", {"verbose_name": "thing"}),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("CREATE INDEX by_note ON faq_thing (note)"),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("thing", "note")]),
    ],
    ids=lambda operation: operation.describe()[:50],
)
def test_a_change_that_adds_is_allowed(operation: Operation) -> None:
    assert harms(operation) == ""


@pytest.mark.parametrize(
    "operation",
    [
        migrations.DeleteModel("thing"),
        migrations.RenameModel("thing", "other"),
        migrations.AlterModelTable("thing", "other"),
        migrations.RemoveField("thing", "note"),
        migrations.RenameField("thing", "note", "text"),
        migrations.AddField("thing", "note", models.TextField()),
        migrations.AddField("thing", "note", models.TextField(default="")),
        migrations.AddField("thing", "other", models.ForeignKey("faq.Entry", models.CASCADE, default=1)),
        migrations.AddConstraint("thing", models.UniqueConstraint(fields=["note"], name="one_note")),
        migrations.AlterUniqueTogether("thing", {("note", "count")}),
        migrations.RunSQL("alter table faq_thing drop column note"),
        migrations.RunSQL(["ALTER TABLE faq_thing RENAME COLUMN note TO text"]),
        migrations.RunSQL("ALTER TABLE faq_thing ADD COLUMN note text NOT\nNULL"),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("thing", "note")]),
    ],
    ids=lambda operation: operation.describe()[:50],
)
def test_a_change_that_takes_away_is_refused(operation: Operation) -> None:
    assert harms(operation)


FROM = models.CharField("Note", max_length=20)


@pytest.mark.parametrize(
    ("before", "after", "is_allowed"),
    [
        (FROM, models.CharField("Remark", max_length=20, help_text="A remark."), True),
        (FROM, models.CharField(max_length=20, blank=True, db_default=""), True),
        (FROM, models.CharField(max_length=40), True),
        (FROM, models.CharField(max_length=20, null=True), True),
        (FROM, models.CharField(max_length=10), False),
        (FROM, models.CharField(max_length=20, unique=True), False),
        (models.CharField(max_length=20, null=True), FROM, False),
        (FROM, models.IntegerField(), False),
        (FROM, models.CharField(max_length=20, db_column="other"), False),
    ],
)
def test_a_column_may_take_more_and_not_less(before: Field, after: Field, is_allowed: bool) -> None:
    state = ProjectState()
    state.add_model(ModelState("faq", "Thing", [("id", models.BigAutoField(primary_key=True)), ("note", before)]))
    harm = harms(migrations.AlterField("thing", "note", after), state, "faq")
    assert (harm == "") is is_allowed


def test_a_model_of_the_same_migration_may_get_anything() -> None:
    constraint = migrations.AddConstraint("thing", models.UniqueConstraint(fields=["note"], name="one_note"))
    assert harms(constraint, made={"thing"}) == ""
