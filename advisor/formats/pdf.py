"""The sheet of advice as PDF, to attach to a change request and to archive: as it was shown, with its drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from advisor.formats.report import alternative, check_words, connection, gateways
from advisor.formats.sheet import amounts_of, part_used, source_name
from advisor.wording.labels import named_as
from faq.formats.typesetting import typeset
from faq.pages.labels import day

ADVICE_TEMPLATE = Path(__file__).parent / "typeset" / "advice.typ"
LETTERS = ('font-family="system-ui,sans-serif"', 'font-family="Inter"')
"""What a drawing says of its letters, and the face that a PDF has for them."""
WIDEST, HIGHEST = 499, 320
"""The room for a drawing, in points."""
POINTS = 0.75
"""A pixel of a drawing, which is not enlarged."""
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def advice_pdf(sheet: Mapping[str, Any], head: Sequence[tuple[str, str]], link: str, language: str) -> bytes:
    """A sheet with its drawings as PDF. `head` has the parts of the title block, `link` is where it can be opened.

    `language` is the active one, in which the sheet is.
    """
    advice, verdict, entered = sheet["advice"], sheet["verdict"], sheet["entered"]
    drawing, width = _drawing(sheet)
    return typeset(
        ADVICE_TEMPLATE,
        {
            "language": language,
            "title": verdict["outcome"],
            "link": link,
            "head": [*head, (_("Link"), _("to this advice"), link)],
            "reason": verdict["reason"],
            "remedy": verdict["remedy"],
            "assumed": sheet["assumed"],
            "gateways": list(gateways(advice)),
            "tightest": [_tight(row) for row in sheet.get("tightest", ())],
            "groups": [{"title": title, "findings": found} for title, found in _groups(sheet) if found],
            "others": [_finding(one) for one in sheet["check"]["others"]] if sheet.get("check") else [],
            "drawing": drawing,
            "drawing_width": width,
            "told": sheet["told"],
            "steps": [step["text"] for step in advice["next_steps"]],
            "tables": entered["tables"],
            "answers": entered["answers"],
            "limits": [_limit(row) for row in sheet["limits"]],
            "connections": [connection(one) for one in advice["connections"]],
            "alternatives": [alternative(one) for one in advice["alternatives"] if not one["chosen"]],
            "words": {
                "assumed": _("Assumed"),
                "others": _("What else to know"),
                "steps": _("What to do first") if sheet.get("check") else _("Next steps"),
                "answers": _("Other answers"),
                "limits": _("Limits"),
                "connections": _("Why these connections"),
                "alternatives": _("Why not the others"),
            },
        },
    )


def _groups(sheet: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The findings before the next steps: all of them, or in a check those that it begins with, and what is not the
    matter.
    """
    check = sheet.get("check")
    if not check:
        yield _("What to know"), [_finding(one) for one in sheet["advice"]["findings"]]
        return
    words = check_words(check)
    yield words["errors"], [_finding(one) for one in check["errors"]] or [_plain(words["no-errors"])]
    if check["until"]:
        ending = [{**_finding(one), "called": day(one["day"])} for one in check["ending"]]
        yield words["ending"], ending or [_plain(words["none-ending"])]
    near = [_plain(": ".join((row["name"], row["told"]))) for row in map(_tight, check["near"])]
    yield words["near"], near or [_plain(words["none-near"])]


def _finding(one: Mapping[str, Any]) -> dict[str, str]:
    return {"severity": one["severity"], "called": named_as(one["severity"], "severity"), "text": one["text"]}


def _plain(text: str) -> dict[str, str]:
    """A line with nothing before it."""
    return {"severity": "info", "called": "", "text": text}


def _drawing(sheet: Mapping[str, Any]) -> tuple[str | None, float]:
    """The layout whose letters are largest on the paper, and its width there in points; none where there is none."""
    drawn = [one["svg"] for one in sheet.get("drawings", ())] or [sheet["drawing"]] * ("drawing" in sheet)
    sizes = {svg: [float(said) for said in size.groups()] for svg in drawn if (size := _SIZE.search(svg))}
    if not sizes:
        return None, 0
    scales = {svg: min(POINTS, WIDEST / width, HIGHEST / height) for svg, (width, height) in sizes.items()}
    largest = max(reversed(scales), key=lambda svg: scales[svg])
    return largest.replace(*LETTERS), round(sizes[largest][0] * scales[largest], 1)


def _tight(row: Mapping[str, Any]) -> dict[str, Any]:
    told = _("%(requested)s of %(allowed)s") % amounts_of(row)
    return {"name": named_as(row["key"], "limit"), "used": part_used(row), "told": told}


def _limit(row: Mapping[str, Any]) -> dict[str, str]:
    source = f"{source_name(row['source'])}, {day(row['source']['date'])}" if row["source"] else ""
    return {
        "name": named_as(row["key"], "limit"),
        "told": "{requested} / {allowed}".format(**amounts_of(row)),
        "status": named_as(row["status"], "status"),
        "note": ". ".join(said for said in (row.get("note"), source) if said),
    }
