"""Several at the same time: editors who save the same entry, and servers on one database."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.publishing import SLUG, Editor, Server, server_on
from tests.faults.visitor import Browser, readiness, seconds_until_ready
from tests.forms import forms_of
from tests.served import with_few_entries


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Iterator[Server]:
    """A site of these tests."""
    folder = tmp_path_factory.mktemp("several")
    with server_on(folder / "site", with_few_entries(prepared_on_sqlite, folder / "few", SLUG)) as made:
        yield made


def test_of_two_editors_who_save_the_same_entry_one_is_refused_and_keeps_the_words(server: Server) -> None:
    one, other = Editor(server), Editor(server)
    first, second = one.filled("kwxone"), other.filled("kwxother")
    assert one.publish(first) == 302
    status, page = other.browser.ask(other.page, second)
    assert status == 200
    assert any("kwxother" in value for form in forms_of(page) for _, value in form.fields)
    assert "somebody else" in page.lower()
    assert set().union(*one.stored().values()) == {"kwxone"}


def test_what_one_server_publishes_another_one_on_the_same_data_shows_and_finds(server: Server) -> None:
    another = Server(server.folder)
    another.start()
    try:
        assert seconds_until_ready(another.origin, time.monotonic()) is not None
        page, reader = f"/en/faq/{SLUG}/", Browser(another.origin)
        reader.ask(page)
        editor = Editor(server)
        assert editor.publish(editor.filled("kwxhere")) == 302
        assert "kwxhere" in reader.ask(page)[1]
        until = time.monotonic() + 60
        while readiness(another.origin).get("status") != "ready" and time.monotonic() < until:
            time.sleep(0.05)
        status, found = reader.ask("/api/v1/search?q=kwxhere&lang=en")
        assert status == 200
        assert SLUG in json.dumps(found)
    finally:
        another.stop()


def test_a_key_that_is_deleted_while_the_site_serves_signs_nobody_out(server: Server) -> None:
    editor = Editor(server)
    (server.folder / "secret-key").rename(server.folder / "key-elsewhere")
    before = server.workers()

    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert seconds_until_ready(server.origin, time.monotonic()) is not None
    assert set(server.workers()).isdisjoint(before)
    assert editor.browser.ask(editor.page)[0] == 200
    (server.folder / "key-elsewhere").rename(server.folder / "secret-key")
