"""What the names of limits have in common, and what each has of its own: `Tunnels on Basic`, `Tunnels on Standard`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from faq.knowledge.limits import Limit
from faq.search.words import is_function_word


def names_apart(limits: Sequence[Limit], language: str) -> dict[str, str]:
    """By key: what the name of a limit has that the others have not, without an article before it."""
    names = [limit.name[language].split() for limit in limits]
    start, end = _alike(names, language)
    found = {}
    for limit, name in zip(limits, names, strict=True):
        own = name[start : len(name) - end]
        while len(own) > 1 and is_function_word(own[0].lower(), language):
            own = own[1:]
        found[limit.key] = " ".join(own).rstrip(",")
    return found


def common_name(limits: Iterable[Limit], language: str) -> str:
    """What the names of limits have in common, without a last word that only joins them to the rest."""
    names = [limit.name[language].split() for limit in limits]
    start, end = _alike(names, language)
    head, tail = names[0][:start], names[0][len(names[0]) - end :]
    return " ".join(_not_joining(_not_joining(head, language) + tail, language))


def _not_joining(words: Sequence[str], language: str) -> list[str]:
    """Words without the last ones that only join them to what is left out."""
    kept = list(words)
    while kept and (is_function_word(kept[-1].lower(), language) or kept[-1] == "SKU"):
        kept.pop()
    return kept


def begin_alike(limits: Iterable[Limit], language: str) -> bool:
    """Whether the names of limits have their first words in common."""
    return _alike([limit.name[language].split() for limit in limits], language)[0] > 0


def _alike(names: Sequence[Sequence[str]], language: str) -> tuple[int, int]:
    """How many words at the beginning and at the end all names have in common. Of each name a word remains. An end that
    follows a beginning starts with the word that joins it, if it has one: `VNets per circuit | of 50 Mbps, | with …`.
    """
    if len(names) < 2:
        return 0, 0
    shortest = min(map(len, names)) - 1
    start = _count_alike([name[:shortest] for name in names])
    end = _count_alike([name[::-1][: shortest - start] for name in names])
    joining = [is_function_word(word.lower(), language) for word in names[0][len(names[0]) - end :]]
    if start and True in joining:
        end -= joining.index(True)
    return start, end


def _count_alike(names: Sequence[Sequence[str]]) -> int:
    return sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*names, strict=True)))
