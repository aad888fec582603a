"""The targets in a process of their own, with the data folder that its environment names."""

from __future__ import annotations

import logging

import django
from django.conf import settings

from tests.hostile.fuzz.target import Target


def all_targets() -> list[Target]:
    """Every target, with Django set up and nothing logged or counted against a client."""
    django.setup()
    logging.disable(logging.CRITICAL)
    settings.API_PER_MINUTE = settings.POSTS_PER_MINUTE = 10**9
    from tests.hostile.fuzz import pure, requests, wire

    return [*pure.targets(), *wire.targets(), *requests.targets()]


def target_named(name: str) -> Target:
    """One of them."""
    return next(target for target in all_targets() if target.name == name)
