"""A need as JSON, judged by the limits of an edition of the site."""

from __future__ import annotations

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.need import Need, read_need
from faq.store.editions import catalogues, default_code


def advise(written: str | bytes) -> tuple[Need, Advice]:
    """The need that a JSON text holds, and the advice on it by the edition that it names, else by the site's default.

    Raises `NeedRefused` with every fault.
    """
    known = catalogues()
    need = read_need(written, default_code(list(known)), known)
    return need, decide(need, known[need.edition])
