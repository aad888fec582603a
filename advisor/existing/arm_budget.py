"""How much work the templates of one reading may take, whatever they say."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

from advisor.core.parameters import Count
from advisor.core.refusals import Wrong

MOST_STEPS = 150_000
"""Values, calls, and elements that are looked at or made. A template of 4 MB, Azure's limit, takes fewer."""

MOST_TEXT = 4 << 20
"""Characters that functions put together."""

DEEPEST = 100
"""Values inside values, through every parameter and variable that is referred to."""


class _Depth:
    """`with` it one goes into a value. Raises `Wrong` (`too-deep`)."""

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> None:
        if self._depth >= DEEPEST:
            raise Wrong("too-deep", allowed=DEEPEST)
        self._depth += 1

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self._depth -= 1


class Budget:
    """What is left of it. Raises `Wrong` (`too-large`) where there is not enough, `too-deep` from `deeper`."""

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._text = MOST_TEXT
        self.deeper = _Depth()

    def spend(self, steps: int = 1) -> None:
        """Take so many steps."""
        self._steps -= steps
        if self._steps < 0:
            raise Wrong("too-large", allowed=Count(MOST_STEPS, "value"))

    @property
    def is_spent(self) -> bool:
        """Whether nothing more can be read."""
        return self._steps < 0 or self._text < 0

    def made(self, text: str) -> str:
        """Note a text that was put together, and give it back."""
        self.reserve(len(text))
        return text

    def reserve(self, characters: int) -> None:
        """Note a text that will be put together."""
        self._text -= characters
        if self._text < 0:
            raise Wrong("too-large", allowed=Count(MOST_TEXT, "character"))

    def look_at(self, value: object) -> int:
        """Take a step for all that is inside a value, and give the characters of its texts and names. What it refers
        to twice counts twice, as it does for whoever reads it.
        """
        characters = 0
        pending = [(value, 0)]
        while pending:
            one, depth = pending.pop()
            if depth > DEEPEST:
                raise Wrong("too-deep", allowed=DEEPEST)
            if isinstance(one, Mapping):
                characters += sum(map(len, one))
                self.spend(len(one))
                pending += ((inside, depth + 1) for inside in one.values())
            elif isinstance(one, list):
                self.spend(len(one))
                pending += ((inside, depth + 1) for inside in one)
            elif isinstance(one, str):
                characters += len(one)
        return characters

    def same(self, one: object, other: object) -> bool:
        """Whether two values are equal, each step counted: a value that refers to one twice is looked at twice."""
        self.spend()
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            if len(one) != len(other):
                return False
            with self.deeper:
                return all(name in other and self.same(value, other[name]) for name, value in one.items())
        if isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            with self.deeper:
                return all(self.same(*pair) for pair in zip(one, other, strict=True))
        if isinstance(one, str) and isinstance(other, str):
            self.reserve(min(len(one), len(other)))
        return type(one) is type(other) and one == other
