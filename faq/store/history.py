"""The versions of an entry that are kept: what each has, who made it, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from reversion.models import Version

from faq.knowledge.differences import changed_parts, written_parts
from faq.knowledge.entry import EntryContent, SourceDocument, Text, from_json
from faq.models import Entry, Section, Translation

PUBLISHED, SMALL, WITHDRAWN, DRAFTED, LOADED = "published", "small", "withdrawn", "drafted", "loaded"
"""What somebody did to make a version. `LOADED` is published from a file; `SMALL` is published as a small change."""


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version of an entry: its key, when and by whom it was made, how, and what it has. `parts` are those that are
    different from the version before; `restored` is when a version that was the same was made, where one was.
    """

    pk: int
    when: datetime
    user: str
    action: str
    content: EntryContent
    parts: tuple[str, ...] = ()
    restored: datetime | None = None


def history_of(entry: Entry) -> list[KeptVersion]:
    """The versions of an entry, the newest first."""
    kept = Version.objects.get_for_object(entry).select_related("revision__user").order_by("pk")
    versions = list(kept)
    texts = _texts(version.revision_id for version in versions)
    slugs = dict(Section.objects.filter(edition=entry.edition).values_list("pk", "slug"))
    found: list[KeptVersion] = []
    made: dict[tuple[str, ...], datetime] = {}
    fields_before: Mapping[str, Any] = {}
    for version in versions:
        fields = version.field_dict
        content = _content(fields, texts.get(version.revision_id, {}), slugs)
        written = tuple(written_parts(content).values())
        before = found[-1].content if found else None
        parts = changed_parts(before, content) if before else ()
        found.append(
            KeptVersion(
                pk=version.pk,
                when=version.revision.date_created,
                user=version.revision.user.get_username() if version.revision.user else "",
                action=_action(fields, fields_before, is_by_somebody=version.revision.user_id is not None),
                content=content,
                parts=parts,
                restored=made.get(written) if parts else None,
            )
        )
        made[written], fields_before = version.revision.date_created, fields
    return found[::-1]


def version_before(history: list[KeptVersion], pk: int) -> KeptVersion | None:
    """The version before another one."""
    return next((older for newer, older in pairwise(history) if newer.pk == pk), None)


def content_of_version(version: Version) -> EntryContent:
    """An entry as an earlier version had it: its draft of then, else what readers saw then."""
    fields = version.field_dict
    section = Section.objects.filter(pk=fields["section_id"]).values_list("pk", "slug")
    return _content(fields, _texts([version.revision_id]).get(version.revision_id, {}), dict(section))


def _texts(revisions: Iterable[int]) -> dict[int, dict[int, dict[str, Text]]]:
    """The texts that each revision has, by entry and language."""
    found: dict[int, dict[int, dict[str, Text]]] = {}
    for version in Version.objects.get_for_model(Translation).filter(revision__in=list(revisions)):
        said = version.field_dict
        of_entry = found.setdefault(version.revision_id, {}).setdefault(said["entry_id"], {})
        of_entry[said["language"]] = Text(said["question"], said["answer"], tuple(said["asked_as"]))
    return found


def _content(
    fields: Mapping[str, Any], texts: Mapping[int, Mapping[str, Text]], sections: Mapping[int, str]
) -> EntryContent:
    if fields["draft"]:
        return from_json(fields["draft"])
    lists = ("connection_types", "deployment_models", "limits", "related", "former_slugs")
    return EntryContent(
        slug=fields["slug"],
        section=sections.get(fields["section_id"], ""),
        order=fields["order"],
        sources=tuple(SourceDocument(**source) for source in fields["sources"]),
        checked=fields["checked"],
        texts=texts.get(fields["id"], {}),
        **{name: tuple(fields[name]) for name in lists},
    )


def _action(fields: Mapping[str, Any], before: Mapping[str, Any], *, is_by_somebody: bool) -> str:
    """What was done, by what became of the time of publication."""
    published, earlier = fields["published_at"], before.get("published_at")
    if published is None:
        return DRAFTED if earlier is None else WITHDRAWN
    if published == earlier:
        return DRAFTED
    if not is_by_somebody:
        return LOADED
    return SMALL if fields.get("is_small_change") else PUBLISHED
