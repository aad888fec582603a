"""Limits that were changed on the site, laid over those of a limits file, and what is different between two of them.

Pure: no Django. A changed limit is written as in a limits file, with its sources in full (`document`, `date`, `title`,
`url`) where the file has a key: so it holds whatever becomes of the sources of the file. It always has a value of its
own, never that of another limit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from faq.knowledge.differences import PartChange, pieces
from faq.knowledge.limits_file import written_limits
from web.languages import LANGUAGES

Leaf = Mapping[str, Any]
"""A limit as it is written, with its sources in full."""


def with_changes(raw: Mapping[str, Any], changes: Mapping[str, Leaf]) -> dict[str, Any]:
    """A parsed limits file with the limits that were changed, by key. A limit that the file lacks is left out: its key
    is one that nothing reads any more.
    """
    sources = dict(raw.get("sources", {}))
    found = {name: child for name, child in raw.items() if name != "sources"}
    known = dict(written_limits(raw))
    for key, leaf in changes.items():
        if key in known:
            found = _put(found, key.split("."), _keyed(leaf, sources))
    return found | {"sources": sources} if sources else found


def in_full(raw: Mapping[str, Any], key: str) -> Leaf:
    """A limit of a parsed limits file with its own value and its sources in full. Raises KeyError where none is."""
    leaves = dict(written_limits(raw))
    leaf = dict(leaves[key])
    if "same_as" in leaf:
        held = leaves[leaf.pop("same_as")]
        leaf = {name: held[name] for name in ("value", "range", "unit", "shown", "entry") if name in held} | leaf
    leaf = {"checked": raw.get("checked")} | leaf
    leaf["source"] = dict(raw["sources"][leaf["source"]])
    if "conflicts" in leaf:
        leaf["conflicts"] = [one | {"source": dict(raw["sources"][one["source"]])} for one in leaf["conflicts"]]
    plain: Leaf = json.loads(json.dumps(leaf, default=str))
    return plain


def digest_of(changes: Mapping[str, Leaf]) -> str:
    """A name for what these changes hold together; empty where there are none."""
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest() if changes else ""


def limit_parts(leaf: Leaf) -> dict[str, str]:
    """Each part of a limit in writing, by the name of its field in the form."""
    value = leaf.get("range", leaf.get("value"))
    texts = value if isinstance(value, Mapping) else {"": value}
    parts = {f"value_{language}".rstrip("_"): written_value(text) for language, text in texts.items()}
    for name in ("shown", "note"):
        parts |= {f"{name}_{language}": leaf.get(name, {}).get(language, "") for language in LANGUAGES}
    parts["source"] = written_source(leaf["source"])
    parts["checked"] = str(leaf.get("checked") or "")
    parts["conflicts"] = "\n".join(
        " ".join([written_source(one["source"]), *(one["text"][language] for language in LANGUAGES)])
        for one in leaf.get("conflicts", ())
    )
    return parts


def limit_changes(before: Leaf, after: Leaf) -> list[PartChange]:
    """What is different between two states of a limit, part by part."""
    then, now = limit_parts(before), limit_parts(after)
    return [
        PartChange(part, tuple(pieces(then.get(part, ""), now.get(part, ""))))
        for part in dict.fromkeys((*now, *then))
        if then.get(part, "") != now.get(part, "")
    ]


def says_other(before: Leaf, after: Leaf) -> bool:
    """Whether two states of a limit tell readers something else. A later check alone does not."""
    return any(change.part != "checked" for change in limit_changes(before, after))


def written_value(value: Any) -> str:
    """A value as an editor types it: a list with a line for each member."""
    if isinstance(value, list | tuple):
        return "\n".join(map(written_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def written_source(source: Mapping[str, Any]) -> str:
    """A source as an editor types it."""
    return f"{source['document']} | {source['date']}"


def _keyed(leaf: Leaf, sources: dict[str, Any]) -> dict[str, Any]:
    """A changed limit as a limits file has it; a source that the file lacks is added to `sources`."""
    written = dict(leaf) | {"source": _key_of(leaf["source"], sources)}
    if "conflicts" in leaf:
        written["conflicts"] = [one | {"source": _key_of(one["source"], sources)} for one in leaf["conflicts"]]
    return written


def _key_of(source: Mapping[str, Any], sources: dict[str, Any]) -> str:
    name = written_source(source)
    for key, known in sources.items():
        if written_source(known) == name:
            return key
    key = "SITE-" + hashlib.sha256(name.encode()).hexdigest()[:8]
    sources[key] = dict(source)
    return key


def _put(table: Mapping[str, Any], path: list[str], leaf: Leaf) -> dict[str, Any]:
    first, *rest = path
    return dict(table) | {first: _put(table[first], rest, leaf) if rest else dict(leaf)}
