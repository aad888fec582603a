"""The advice on this site, by the limits that the database holds, and the designs that stand in files: what pages, API
and commands call.

Which editions give advice is asked here: those with a rule book and with limits.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.timezone import localdate

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.editions import book_of, gives_advice
from advisor.core.need import Need, parse_need, read_need
from advisor.core.refusals import FieldError
from advisor.existing.reading import read_setup
from advisor.existing.report import Reading, SetupFile, SetupRefused
from faq.knowledge.limits import Catalogue
from faq.store.editions import catalogues, default_code, edition_codes

log = logging.getLogger(__name__)


def read(written: str | bytes, edition: str = "") -> Need:
    """The need that a JSON text holds. Where it names no edition it is of this one, or of the site's default.

    Raises `NeedRefused` with every fault; an edition that gives no advice is one.
    """
    advising, others = _parted(_known())
    return read_need(written, edition or default_code(edition_codes()), advising, without_advice=others)


def parse(raw: object) -> Need:
    """The same for a need that is parsed already."""
    advising, others = _parted(_known())
    return parse_need(raw, default_code(edition_codes()), advising, without_advice=others)


def read_files(files: Sequence[SetupFile], edition: str = "") -> tuple[Need, Reading]:
    """The need that the files of an existing setup come to, of this edition or of the site's default, and what was
    understood, ignored, and missing.

    Raises `SetupRefused` with every fault; none of them repeats anything of a file but its name and a place in it.
    """
    advising, _ = _parted(_known())
    chosen = edition or default_code(edition_codes())
    reading = _read_setup(files, chosen, advising)
    return parse_need(reading.need, chosen, advising), reading


def _read_setup(files: Sequence[SetupFile], edition: str, limits: Mapping[str, Catalogue]) -> Reading:
    """What the files say. An error in our own code while they are read is reported as files that are not understood:
    its text may contain parts of them, which belong neither on an error page nor in a log.
    """
    try:
        return read_setup(files, edition, limits)
    except SetupRefused:
        raise
    except Exception as fault:
        place = fault.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        log.error("files of a setup were not read: %s at %s", type(fault).__name__, where)
        raise SetupRefused(tuple(FieldError(file.name, None, "not-understood") for file in files)) from None


def advise(need: Need) -> Advice:
    """The advice on a need by the limits that its edition has now, as of today where the need names no other day and
    its edition has facts that change. Raises `NoAdvice` where that gives none.
    """
    limits = catalogues()[need.edition]
    dated = need if need.as_of or not limits.changes_with_time else replace(need, as_of=localdate())
    return decide(dated, limits)


def advising_editions() -> tuple[str, ...]:
    """The codes of the editions that give advice, newest first."""
    advising, _ = _parted(_known())
    return tuple(advising)


def limits_to_judge_by(named: str, edition: str) -> dict[str, Catalogue]:
    """The limits of each edition that gives advice, to judge a design by that names an edition, or else by this one.

    Raises `NoAdvice` where the edition that it comes to gives none; a name that is no edition's counts for nothing.
    """
    known = _known()
    book_of(known[named if named in known else edition])
    advising, _ = _parted(known)
    return advising


def _known() -> dict[str, Catalogue]:
    """The limits of each edition that readers know of, newest first."""
    codes = edition_codes()
    return {code: limits for code, limits in catalogues().items() if code in codes}


def _parted(known: dict[str, Catalogue]) -> tuple[dict[str, Catalogue], tuple[str, ...]]:
    """The limits of the editions that give advice, and the codes of those that give none."""
    advising = {code: limits for code, limits in known.items() if gives_advice(limits)}
    return advising, tuple(code for code in known if code not in advising)
