"""A served site and a real Chromium. Without one these tests are skipped, saying so, and fail where CI is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.served import Site, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    if CHROMIUM is None:
        message = "no Chromium on this machine: apt-get install chromium runs the browser tests too"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with an editor and a publisher."""
    with served(tmp_path_factory.mktemp("site")) as running:
        running.manage("shell", "--verbosity", "0", "--command", ACCOUNTS)
        yield running


PASSWORD = "een-lang-wachtwoord"
ACCOUNTS = f"""
from django.contrib.auth.models import Group, User
for role in ("editor", "publisher"):
    user = User.objects.create_user(role, password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
