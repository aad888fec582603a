"""A cache bounded by bytes: what is made again, what is kept, and how much."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from faq.search.bounded_cache import PER_VALUE, BoundedCache

SIZE = 800
"""Bytes of each value in these tests."""


def cache(values: int) -> tuple[BoundedCache[int, str], list[int]]:
    """A cache that has room for so many values in each half, and the keys that it has made a value for."""
    made: list[int] = []

    def make(key: int) -> str:
        made.append(key)
        return str(key)

    return BoundedCache(make, lambda value: SIZE, 2 * values * (SIZE + PER_VALUE)), made


def test_a_value_is_made_once() -> None:
    ask, made = cache(2)
    assert [ask(1), ask(1), ask(2), ask(1)] == ["1", "1", "2", "1"]
    assert made == [1, 2]


def test_what_is_asked_for_again_stays_while_others_come_and_go() -> None:
    ask, made = cache(2)
    for key in range(2, 40):
        assert ask(1) == "1"
        assert ask(key) == str(key)
    assert made.count(1) == 1


def test_what_is_not_asked_for_again_leaves() -> None:
    ask, made = cache(2)
    for key in (1, 2, 3, 4, 5, 1):
        ask(key)
    assert made.count(1) == 2


def test_it_never_keeps_more_than_its_bytes() -> None:
    ask, _ = cache(3)
    for key in range(100):
        ask(key)
        assert ask.bytes <= 6 * (SIZE + PER_VALUE)


def test_a_value_larger_than_the_room_is_told_all_the_same() -> None:
    ask, made = cache(0)
    assert [ask(1), ask(2), ask(1)] == ["1", "2", "1"]
    assert made == [1, 2, 1]


def test_threads_get_the_value_of_their_key() -> None:
    ask, _ = cache(5)
    with ThreadPoolExecutor(8) as pool:
        keys = [number % 23 for number in range(4_000)]
        assert list(pool.map(ask, keys)) == [str(key) for key in keys]
