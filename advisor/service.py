"""The advice on this site, by the limits that the database holds: what pages, API and commands call.

Which editions give advice is asked here: those with a rule book and with limits.
"""

from __future__ import annotations

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.editions import book_of, gives_advice
from advisor.core.need import Need, read_need
from faq.knowledge.limits import Catalogue
from faq.store.editions import catalogues, default_code


def advise(written: str | bytes) -> tuple[Need, Advice]:
    """The need that a JSON text holds, and the advice on it by the edition that it names, else by the site's default.

    Raises `NeedRefused` with every fault; an edition that gives no advice is one.
    """
    need = read(written, default_code(list(catalogues())))
    return need, advice_on(need)


def read(written: str | bytes, edition: str) -> Need:
    """The need that a JSON text holds, of the edition with this code where it names none. Raises `NeedRefused`."""
    known = catalogues()
    advising = _advising(known)
    return read_need(written, edition, advising, without_advice=[code for code in known if code not in advising])


def advice_on(need: Need) -> Advice:
    """The advice on a need by the limits that its edition has now. Raises `NoAdvice` where that gives none."""
    return decide(need, catalogues()[need.edition])


def advising_editions() -> tuple[str, ...]:
    """The codes of the editions that give advice, newest first."""
    return tuple(_advising(catalogues()))


def limits_to_judge_by(named: str, edition: str) -> dict[str, Catalogue]:
    """The limits of each edition that gives advice, to judge a design by that names an edition, or else by this one.

    Raises `NoAdvice` where the edition that it comes to gives none; a name that is no edition's counts for nothing.
    """
    known = catalogues()
    book_of(known[named if named in known else edition])
    return _advising(known)


def _advising(known: dict[str, Catalogue]) -> dict[str, Catalogue]:
    return {code: limits for code, limits in known.items() if gives_advice(limits)}
