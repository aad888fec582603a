"""Each target with a few hundred inputs, the same in each run. `make hostile` takes as many as it is told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hostile.fuzz import pure, requests, wire
from tests.hostile.fuzz.generated import generated
from tests.hostile.fuzz.target import Target

FEW, FEW_CONNECTIONS, FEWEST = 60, 120, 2
"""Inputs of a target in `make test`, fewer of one that takes longer."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What is refused is not logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("target", pure.targets(), ids=lambda target: target.name)
def test_no_input_breaks_what_reads_it(target: Target) -> None:
    assert generated(target, FEW, always_the_same=True).failures == {}


@pytest.mark.parametrize("target", wire.targets(), ids=lambda target: target.name)
def test_no_bytes_on_a_connection_break_the_server(target: Target) -> None:
    assert generated(target, FEW_CONNECTIONS, always_the_same=True).failures == {}


@pytest.mark.django_db
@pytest.mark.parametrize("target", requests.targets(), ids=lambda target: target.name)
def test_no_part_of_a_request_is_a_fault(target: Target, settings: Any) -> None:
    settings.ORIGIN = "http://127.0.0.1:8000"
    assert generated(target, max(FEWEST, FEW // target.one_in), always_the_same=True).failures == {}


def test_a_failure_is_kept_by_its_place_with_its_first_input() -> None:
    def fails(given: bytes) -> None:
        assert given != b"b", "b is refused"

    judge = generated(Target("failing", fails, [b"a", b"b"], [b"b"]), 30, always_the_same=True)
    assert [told.partition(" ")[0] for told in judge.failures] == ["AssertionError"]
    assert set(judge.failures.values()) == {b"b"}
    assert judge.tried == 32
