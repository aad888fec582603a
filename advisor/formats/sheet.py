"""The sheet of an advice as plain values in the active language: what pages show, reports tell, and a code keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.as_json import limit_facts, to_json
from advisor.formats.check import check_of
from advisor.formats.drawing.boxes import Topology
from advisor.formats.drawing.told import tell
from advisor.formats.entered import entered
from advisor.wording.labels import amount, named_as
from advisor.wording.sentences import load_texts
from advisor.wording.verdict import verdict_of
from faq.pages.labels import day

TIGHTEST = 3
"""So many limits stand below the verdict, those that are used most."""


def sheet_of(
    need: Need,
    found: Advice,
    topology: Topology,
    language: str,
    unknown: Sequence[str] = (),
    *,
    is_check: bool = False,
) -> dict[str, Any]:
    """The advice as JSON, with what is told around it: the verdict in words, the assumptions for the questions that
    nobody could answer (`unknown`, by their names), the limits with their notes and sources, the tightest of them, the
    gateway subnet, the drawing (`topology`) in words, the design as entered, and its parts in the order of a check
    where it `is_check`, else None.

    `language` is the active one.
    """
    texts = load_texts(found.edition)
    advice = to_json(found, texts, language)
    limits = [row | more for row, more in zip(advice["limits"], limit_facts(found, language), strict=True)]
    gateways = [gateway for gateway in (advice["gateway"], advice["expressroute"]) if gateway]
    return {
        "advice": advice,
        "verdict": asdict(verdict_of(need, found, texts, language, len(unknown))),
        "assumed": [named_as(question, "assumption") for question in unknown],
        "limits": limits,
        "tightest": sorted(advice["limits"], key=part_used, reverse=True)[:TIGHTEST],
        "gateway_subnet": gateways[0]["subnet"] if gateways else None,
        "told": list(tell(topology)),
        "entered": asdict(entered(need)),
        "check": check_of(found, advice, limits) if is_check else None,
    }


def title_block(
    sheet: Mapping[str, Any], name: str, *, code: str = "", kept_on: date | None = None
) -> list[tuple[str, str]]:
    """The head of a sheet: the name of the design, its edition, its date, and its code where it was kept."""
    as_of = sheet["advice"].get("as_of")
    dated = (_("Saved on"), kept_on) if kept_on else (_("As of"), as_of) if as_of else (_("Date"), localdate())
    return [
        (_("Design"), name or _("without a name")),
        (_("Edition"), sheet["advice"]["edition"]),
        (dated[0], day(dated[1])),
        *([(_("Code"), code)] if code else []),
    ]


def with_all_parts(kept: Mapping[str, Any], unknown: Sequence[str]) -> dict[str, Any]:
    """A sheet as it was kept. One that is older than one of its parts has that as far as it is known."""
    advice = kept["advice"]
    steps = [{"code": "", "text": text} for text in kept.get("next_steps", ())]
    outcome = named_as(advice["verdict"], "verdict")
    return {
        "verdict": {"code": advice["verdict"], "outcome": outcome, "reason": "", "remedy": "", "more": 0},
        "assumed": [named_as(question, "assumption") for question in unknown],
        "limits": advice["limits"],
        "tightest": [],
        "gateway_subnet": None,
        "told": [],
        "entered": {"tables": [], "answers": []},
        "check": None,
        **kept,
        "advice": {"next_steps": steps, **advice},
    }


def amounts_of(row: Mapping[str, Any]) -> dict[str, str]:
    """What is `requested` of a limit and what is `allowed`, as a reader reads it."""
    return {name: amount(row[name], row["unit"]) for name in ("requested", "allowed")}


def source_name(source: Mapping[str, Any]) -> str:
    """What the document of a limit is called; in a sheet that was kept before it had titles, its file name."""
    return str(source.get("title") or source["document"])


def part_used(row: Mapping[str, Any]) -> float:
    """The part of a limit that is used, more than 1 where it is too much."""
    return float(row["requested"] / row["allowed"]) if row["allowed"] else float(row["requested"] > 0)
