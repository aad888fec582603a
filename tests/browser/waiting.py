"""Waiting for what a page comes to."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

SECONDS_AT_MOST = 30


def until(page: Page, expression: str, argument: Any = None) -> None:
    """Wait until an expression of JavaScript, or a function of the argument, is true on a page.

    `Page.wait_for_function` asks from within the page, where the policy of this site forbids a text to be run as a
    script: it fails unless the first answer is yes.
    """
    for _ in range(40 * SECONDS_AT_MOST):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"not true within {SECONDS_AT_MOST} seconds: {expression}")
