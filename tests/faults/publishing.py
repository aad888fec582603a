"""Kills of a site that serves while an editor publishes: of a worker, and of all its processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.faults.killing import Counted
from tests.faults.visitor import Browser, readiness, seconds_until_ready
from tests.ports import free_port
from tests.served import ACCOUNTS, PASSWORD, ROOT

NAME = "gatewijzer.sqlite3"
SLUG = "what-is-expressroute"
LEAST_AFTER = 0.1
"""Seconds after the form is sent within which the kill falls, or half as long again as publishing takes: most kills are
to fall while the editor waits.
"""

WHOLE_GROUP = 10
"""Every so many kills, all processes are killed at once, and the site is started again."""

START_SECONDS = 120.0


@dataclass
class Server:
    """`manage.py serve` on a data folder, which can be killed and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "GATEWIJZER_DATA": str(self.folder),
            "GATEWIJZER_ORIGIN": self.origin,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def manage(self, *arguments: str) -> None:
        """Run a command on the data. Raises CalledProcessError."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True, capture_output=True)

    def start(self, *more: str, before: Sequence[str] = ()) -> None:
        """Start it, as an operator does: nothing else is done. `before` stands before the command."""
        command = [*before, sys.executable, "manage.py", "serve", "--workers", "1", "--port", str(self.port), *more]
        with self.folder.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def master(self) -> int:
        """The process that was started."""
        if self.process is None:
            raise RuntimeError("it was not started")
        return self.process.pid

    def workers(self) -> list[int]:
        """The processes that answer."""
        return [pid for pid, command in self._below(self.master) if "multiprocessing.spawn" in command]

    def everything(self) -> list[int]:
        """All its processes, the one that builds the index among them."""
        return [self.master, *(pid for pid, _ in self._below(self.master))]

    @staticmethod
    def _below(pid: int) -> list[tuple[int, str]]:
        told = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        rows = [line.split(maxsplit=2) for line in told.splitlines()]
        found, waiting = [], [str(pid)]
        while waiting:
            parent = waiting.pop()
            for row in rows:
                if row[1] == parent:
                    found.append((int(row[0]), row[2] if len(row) > 2 else ""))
                    waiting.append(row[0])
        return found

    def kill_everything(self) -> None:
        """End all processes at once, the one that starts the others first."""
        for pid in self.everything():
            os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill_everything()


@contextmanager
def server_on(folder: Path, prepared: Path) -> Iterator[Server]:
    """A site with the shipped content and two accounts, that answers."""
    shutil.copytree(prepared / "data", folder, dirs_exist_ok=True)
    server = Server(folder)
    server.manage("shell", "--verbosity", "0", "--command", ACCOUNTS)
    server.start()
    try:
        if seconds_until_ready(server.origin, time.monotonic(), START_SECONDS) is None:
            raise RuntimeError(f"it does not start: {readiness(server.origin)}")
        yield server
    finally:
        server.stop()


class Editor:
    """Publishes an entry again and again, each time with another word in both languages."""

    def __init__(self, server: Server) -> None:
        self.server, self.browser = server, Browser(server.origin)
        with closing(sqlite3.connect(server.folder / NAME)) as database:
            sql = "SELECT max(id) FROM faq_entry WHERE slug = ? AND published_at IS NOT NULL"
            (self.entry,) = database.execute(sql, (SLUG,)).fetchone()
        self.page = f"/admin/faq/entry/{self.entry}/change/"
        self.browser.sign_in("publisher", PASSWORD)

    def filled(self, word: str) -> dict[str, list[str]]:
        """The form with a word of its own in both answers."""
        form = self.browser.form(self.page, "nl_answer")
        typed = {f"{language}_answer": f"Text with {word}." for language in ("nl", "en")}
        return form.sent(typed, ("_publish", "Publish"))

    def publish(self, data: dict[str, list[str]]) -> int:
        """The status that the editor gets; 0 for none."""
        return self.browser.ask(self.page, data)[0]

    def stored(self) -> dict[str, set[str]]:
        """The made-up words of each place: the answers in both languages, and what readers and searches see of them."""
        with closing(sqlite3.connect(self.server.folder / NAME, 20)) as database:
            texts = database.execute(
                "SELECT language, answer, html, plain FROM faq_translation WHERE entry_id = ?", (self.entry,)
            ).fetchall()
        places = ("answer", "html", "plain")
        return {
            f"{language} {place}": words(text)
            for language, *held in texts
            for place, text in zip(places, held, strict=True)
        }

    def damage(self) -> list[tuple[object, ...]]:
        """What SQLite finds wrong."""
        with closing(sqlite3.connect(self.server.folder / NAME, 20)) as database:
            found = [row for row in database.execute("PRAGMA integrity_check") if row != ("ok",)]
            return found + database.execute("PRAGMA foreign_key_check").fetchall()

    def number(self) -> tuple[int, int]:
        """The content version, and how many versions of the entry are kept."""
        with closing(sqlite3.connect(self.server.folder / NAME, 20)) as database:
            (version,) = database.execute("SELECT number FROM faq_contentversion").fetchone()
            (kept,) = database.execute(
                "SELECT count(*) FROM reversion_version v JOIN django_content_type c ON c.id = v.content_type_id "
                "WHERE c.model = 'entry' AND v.object_id = ?",
                (str(self.entry),),
            ).fetchone()
        return int(version), int(kept)

    def is_found(self, word: str, patience: float = 30.0) -> bool:
        """Whether a search for a word finds the entry."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            status, page = self.browser.ask(f"/api/v1/search?q={quote(word)}&lang=en")
            if status == 200 and SLUG in page:
                return True
            time.sleep(0.2)
        return False


def words(text: str) -> set[str]:
    """The made-up words in a text."""
    return {word.strip(".<>/p") for word in text.split() if word.startswith("kwx")}


def count_kills(server: Server, kills: int, seed: int) -> list[Counted]:
    """Kill so many times while an editor publishes: a worker, or every tenth time all processes."""
    chance = random.Random(f"publish{seed}")  # noqa: S311 -- moments, not secrets
    editor = Editor(server)
    one, all_of_them = Counted("publish, a worker"), Counted("publish, all processes")
    for word in (f"kwx{seed}first", f"kwx{seed}second"):  # the first one is slow in a worker that has just started
        filled, began = editor.filled(word), time.monotonic()
        if editor.publish(filled) != 302:
            raise RuntimeError("publishing does not work")
    longest = max(LEAST_AFTER, 1.5 * (time.monotonic() - began))
    for number in range(kills):
        is_all = number % WHOLE_GROUP == WHOLE_GROUP - 1 or (kills < WHOLE_GROUP and number == kills - 1)
        after = chance.uniform(0, longest)
        _kill(editor, f"kwx{seed}n{number}q", all_of_them if is_all else one, after, is_all=is_all)
    return [counted for counted in (one, all_of_them) if counted.kills]


def _kill(editor: Editor, word: str, counted: Counted, after: float, *, is_all: bool) -> None:
    server, before, statuses = editor.server, editor.number(), list[int]()
    data = editor.filled(word)
    sending = threading.Thread(target=lambda: statuses.append(editor.publish(data)))
    sending.start()
    time.sleep(after)
    if is_all:
        server.kill_everything()
    else:
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
    died = time.monotonic()
    sending.join()
    counted.kills += 1
    is_acknowledged = statuses == [302]
    counted.acknowledged += is_acknowledged
    if is_all:
        server.start()
    ready = seconds_until_ready(server.origin, died)
    if ready is not None:
        counted.ready_seconds.append(ready)
    version, kept = (now - then for now, then in zip(editor.number(), before, strict=True))
    places = editor.stored()
    is_there = all(found == {word} for found in places.values()) and version == 1 and kept >= 1
    is_not = all(word not in found for found in places.values()) and (version, kept) == (0, 0)
    if is_acknowledged and not is_there:
        counted.lost += 1
    if not is_there and not is_not:
        counted.half_done += 1
        counted.notes.append(f"{word}: {places}, {version}, {kept}")
    if damage := editor.damage():
        counted.damaged += 1
        counted.notes.append(str(damage[:2]))
    if is_there and not editor.is_found(word):
        counted.lost += 1
        counted.notes.append(f"{word} is not found")
