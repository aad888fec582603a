"""The editions that the site can advise by, and a need as JSON judged by one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.need import Need, read_need
from faq.limits import Catalogue
from faq.publishing import catalogue_of
from faq.reading import default_edition, known_editions


class Catalogues(Mapping[str, Catalogue]):
    """The limits of every edition of the site by its code, each read when it is first asked for."""

    def __init__(self) -> None:
        self._editions = {edition.code: edition for edition in known_editions()}
        self._read: dict[str, Catalogue] = {}

    def __getitem__(self, code: str) -> Catalogue:
        if code not in self._read:
            self._read[code] = catalogue_of(self._editions[code])
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._editions)

    def __len__(self) -> int:
        return len(self._editions)


def advise(written: str | bytes) -> tuple[Need, Advice]:
    """The need that a JSON text holds, and the advice on it by the edition that it names, else by the site's default.

    Raises `NeedRefused` with every fault.
    """
    catalogues = Catalogues()
    need = read_need(written, default_edition().code, catalogues)
    return need, decide(need, catalogues[need.edition])
