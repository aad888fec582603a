"""Recording every change of the models that are named, whoever makes it: signals of saving, deleting, and relating."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from reversion.models import Version
from reversion.signals import post_revision_commit

from faq.knowledge.changed_limits import limit_changes
from faq.models import AuditRecord, Entry, LimitChange, Translation
from faq.store.audit import Subject, changes_of, record, subject_of, was_just_made
from web.acting import actor

Action = AuditRecord.Action


@dataclass(frozen=True, slots=True)
class Audited:
    """A model of which every change is recorded, by its label. Of the fields that are `shown` the values are told as
    well: no secret, and no text of an entry, which its history has. Those that are `unheeded` change with others, or by
    themselves. `related` are the many-to-many relations. `is_noise` tells, of an object that was saved, of whether it
    was made, and of the fields that were saved, whether that was no change of anybody's.
    """

    model: str
    shown: tuple[str, ...] = ()
    unheeded: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    is_noise: Callable[[Any, bool, Collection[str] | None], bool] = lambda instance, created, fields: False

    def heeded(self, model: type[Model], saved: Collection[str] | None = None) -> set[str]:
        """The fields of which a change is recorded, of those that were saved."""
        names = {field.name for field in model._meta.concrete_fields if not field.primary_key} - set(self.unheeded)
        return names if saved is None else names & set(saved)


_audited: dict[type[Model], Audited] = {}


def watch(models: Iterable[Audited]) -> None:
    """Record from now on every change of these models, of entries with their texts, and of limits. A model of an app
    that is not installed is passed over.
    """
    for audited in models:
        if audited.model.partition(".")[0] not in apps.app_configs:
            continue
        model = apps.get_model(audited.model)
        _audited[model] = audited
        pre_save.connect(_remember, sender=model)
        post_save.connect(_saved, sender=model)
        post_delete.connect(_deleted, sender=model)
        for name in audited.related:
            m2m_changed.connect(_related, sender=getattr(model, name).through)
    post_save.connect(_limit_changed, sender=LimitChange)
    post_revision_commit.connect(_version_made)


def _remember(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Remember what the database has of an object that is about to be saved."""
    instance._before_saving = None
    if actor() and instance.pk is not None:
        instance._before_saving = sender._base_manager.filter(pk=instance.pk).first()


def _saved(sender: type[Model], instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    saved: Collection[str] | None = kwargs.get("update_fields")
    audited = _audited[sender]
    if not actor() or audited.is_noise(instance, created, saved):
        return
    if isinstance(instance, Translation):
        if not was_just_made(subject_of(instance)):
            _text_saved(instance, created, audited)
        return
    before = None if created else getattr(instance, "_before_saving", None)
    changes = changes_of(before, instance, audited.shown, audited.heeded(sender, saved))
    if created:
        record(_made(instance, raw), subject_of(instance), changes, is_new=True)
    elif changes or _action(before, instance) != Action.CHANGED:
        record(_action(before, instance), subject_of(instance), changes)


def _text_saved(text: Translation, created: bool, audited: Audited) -> None:
    """Record that a text of an entry was changed. Its history has the words."""
    before = None if created else getattr(text, "_before_saving", None)
    names = changes_of(before, text, (), audited.heeded(Translation)) if before else ("text",)
    if names:
        record(Action.CHANGED, subject_of(text), {f"{text.language}_{name}": [] for name in names})


def _made(after: Model | None, raw: bool) -> str:
    """What the making of an object was: of one that comes as it was stored, a recovery."""
    if raw:
        return Action.RECOVERED
    if isinstance(after, Entry):
        return Action.PUBLISHED if after.published_at else Action.DRAFTED
    return Action.ADDED


def _action(before: Model | None, after: Model | None) -> str:
    """What a change was: of an entry, where it came on its way to the readers."""
    if not isinstance(before, Entry) or not isinstance(after, Entry):
        return Action.CHANGED
    if after.published_at and after.published_at != before.published_at:
        return Action.PUBLISHED
    if before.published_at and not after.published_at:
        return Action.WITHDRAWN
    return Action.DRAFTED if after.draft != before.draft else Action.CHANGED


def _deleted(sender: type[Model], instance: Any, origin: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, Translation):
        if getattr(origin, "model", type(origin)) is Translation:  # else it goes with its entry
            record(Action.CHANGED, subject_of(instance), {f"{instance.language}_text": []})
        return
    audited = _audited[sender]
    record(Action.DELETED, subject_of(instance), changes_of(instance, None, audited.shown, audited.heeded(sender)))


def _related(
    sender: Any, instance: Any, action: str, reverse: bool, model: type[Model], pk_set: set[Any] | None, **kwargs: Any
) -> None:
    """Record what was related to an object, and what no longer is; the signal comes from either side."""
    side, _, what = action.partition("_")
    if not actor() or (side, what) not in (("post", "add"), ("pre", "remove"), ("pre", "clear")):
        return
    owner = model if reverse else type(instance)
    name = next(name for name in _audited[owner].related if getattr(owner, name).through is sender)
    if reverse:
        owners = owner._base_manager.all() if pk_set is None else owner._base_manager.filter(pk__in=pk_set)
        owners = owners.filter(Q((name, instance))) if what != "add" else owners
        pairs: Mapping[Any, list[Any]] = {one: [instance] for one in owners}
    else:
        others = getattr(instance, name).all() if what != "add" else model._base_manager.all()
        pairs = {instance: list(others if pk_set is None else others.filter(pk__in=pk_set))}
    for one, others_of in pairs.items():
        names = sorted(str(other) for other in others_of)
        if names:
            record(Action.CHANGED, subject_of(one), {name: [[], names] if what == "add" else [names, []]})


def _version_made(sender: Any, versions: Iterable[Version], **kwargs: Any) -> None:
    """Tell which version in the history of an entry has the texts of a change."""
    for version in versions:
        if actor() and version._model is Entry:
            subject = Subject(Entry._meta.label_lower, version.object_id, version.object_repr)
            record(Action.CHANGED, subject, version=version.pk)


def _limit_changed(sender: type[LimitChange], instance: LimitChange, created: bool, **kwargs: Any) -> None:
    """Record a change of a limit; its history has the values."""
    if not created or not actor():
        return
    earlier = LimitChange.objects.filter(edition=instance.edition, key=instance.key, pk__lt=instance.pk).last()
    before = (earlier.leaf or earlier.file) if earlier else instance.file
    after = instance.leaf or instance.file
    code = instance.edition.code
    subject = Subject("faq.limit", f"{code}/{instance.key}", f"{instance.key} ({code})")
    changes: dict[str, list[Any]] = {change.part: [] for change in limit_changes(before, after)}
    if "value" in changes and "value" in before and "value" in after:
        changes["value"] = [before["value"], after["value"]]
    record(Action.PUBLISHED, subject, changes, version=instance.pk)
