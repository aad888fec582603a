"""Names of resources: what somebody typed as the letters, digits and hyphens that Azure and every language take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_SLUG = 30
"""Characters. The longest name of a resource holds two slugs and must stay within the 80 that Azure takes."""

_OTHER_RUN = re.compile(r"[^a-z0-9]+")
_AZURE_VNET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}[A-Za-z0-9_]")
"""https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork"""


def slug(text: str, otherwise: str) -> str:
    """A text as lower-case ASCII letters and digits with single hyphens; `otherwise` where nothing of it is left.

    Letters lose their accents: `Café 1` is `cafe-1`.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _OTHER_RUN.sub("-", plain.lower()).strip("-")[:LONGEST_SLUG].rstrip("-") or otherwise


class FreeNames:
    """Hands out names that nothing else has. Names that differ in case only are alike, as they are for Azure."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}
        self._next: dict[str, int] = {}

    def take(self, wanted: str, separator: str = "-") -> str:
        """The name that is wanted, or where it is taken the same with the first number from 2 on that is free."""
        name, start = wanted, wanted.casefold()
        while name.casefold() in self._taken:
            number = self._next.get(start, 2)
            self._next[start] = number + 1
            name = f"{wanted}{separator}{number}"
        self._taken.add(name.casefold())
        return name


def unique_slugs(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The slug of each name in their order, of two alike the later with a number.

    A name comes with what stands for it where nothing of it is left: `("Breda", "site")`.
    """
    free = FreeNames()
    return (free.take(slug(name, otherwise)) for name, otherwise in names)


def azure_takes(name: str) -> bool:
    """Whether Azure takes a name as that of a VNet."""
    return _AZURE_VNET_NAME.fullmatch(name) is not None


def vnet_names(names: Iterable[str]) -> tuple[str, ...]:
    """What each VNet is called in Azure: its own name where Azure takes it, else a slug that no other VNet has."""
    names = tuple(names)
    free = FreeNames(name for name in names if azure_takes(name))
    return tuple(name if azure_takes(name) else free.take(slug(name, "vnet")) for name in names)


def camel(*parts: str) -> str:
    """Slugs as one word in camel case: `("shared-key", "breda-2")` is `sharedKeyBreda2`."""
    words = [word for part in parts for word in part.split("-")]
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])


def underscored(*parts: str) -> str:
    """Slugs as one word of lower-case letters, digits and underscores: `("vpngw", "hub-1")` is `vpngw_hub_1`."""
    return "_".join(part.replace("-", "_") for part in parts)
