"""Every form while the database takes no changes: 503 with the reason, nothing acknowledged, and what was typed comes
back in a form that can be sent again. Forms and addresses are found by following links, none is listed by hand.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from django.urls import Resolver404, resolve

from config.interfaces import locked_database
from faq.models import ContentVersion, Entry
from tests.every import some
from tests.forms import Form, forms_of, links_of
from web.accounts.guesses import ACCOUNT_GUESSES
from web.unsaved import CSRF_FIELD, SECRET

OF_TESTS = 10_000_000
"""A content version that no other database of a run has, so that nothing that is kept of one is shown of the other."""

NEW = ("new_password1", "new_password2")

TYPED = {
    "slug": "een-nieuwe-vraag",
    "en_question": "What was typed with care?",
    "nl_question": "Wat is met zorg getypt?",
    "en_answer": 'First line.\r\n\r\nSecond line, with <b>signs</b> & "quotes".',
    "text": 'Een lange toelichting,\r\nmet een tweede regel en "aanhalingstekens".',
    "question": "Hoe lang bewaart een gateway een tunnel zonder verkeer?",
    "title_nl": "Een titel van deze proef",
    "title_en": "A title of this test",
    "origin": "https://portal.example.org",
    "url": "https://example.org/hook",
    "key": "proef.veld",
    "entries": "what-is-expressroute",
    "terms_nl": "proefwoord",
    "terms_en": "test word",
    "name": "Proefnaam van deze rol",
    "username": "proefpersoon",
    "password1": "een-lang-wachtwoord-1",
    "password2": "een-lang-wachtwoord-1",
    "usable_password": "true",
    "basis_text": "Waarom dit zo is, in een hele zin.",
    "code": "2031-01",
    "checked": "2026-01-05",
}
TYPED_IN = {
    "admin/faq/desknote/add/": {"slug": "what-is-expressroute"},
    "admin/faq/termgroup/add/": {"key": "proefwoord", "nl": "proefwoord", "en": "test word"},
    "admin/faq/termgroup/<path:object_id>/change/": {"key": "proefwoord"},
    "admin/faq/entry/add/": {"nl_answer": "Een antwoord.", "slug": "een-hele-nieuwe-vraag"},
    "admin/password_change/": {"old_password": "een-lang-wachtwoord", **dict.fromkeys(NEW, "nog-een-lang-wachtwoord")},
}


@dataclass(frozen=True)
class Sending:
    """A form of an address as it is sent, with the words that were typed."""

    target: str
    route: str
    button: str
    data: dict[str, list[str]]

    def __str__(self) -> str:
        return f"{self.route} {self.button}"


class Database:
    """A database file of its own in the place of the tests' database, in which faults can be made."""

    def __init__(self, file: Path, whole: Path) -> None:
        self.file, self.whole = file, whole

    def as_before(self) -> None:
        """Undo all changes."""
        connections["default"].close()
        shutil.copyfile(self.whole, self.file)

    def changes(self) -> bytes:
        """What SQLite counts up with each change: https://sqlite.org/fileformat2.html#file_change_counter."""
        with self.file.open("rb") as file:
            return file.read(28)[24:]

    @contextmanager
    def opened(self, name: str) -> Iterator[None]:
        """Work on the file under another name."""
        held = connections["default"]
        held.close()
        was = held.settings_dict
        held.settings_dict = {**was, "NAME": name}
        try:
            yield
        finally:
            held.close()
            held.settings_dict = was

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """The file cannot be written."""
        with self.opened(f"file:{self.file}?mode=ro"):
            yield

    @contextmanager
    def locked(self, how: str = "IMMEDIATE") -> Iterator[None]:
        """Somebody else writes all the time; `EXCLUSIVE` lets nobody read either."""
        connections["default"].close()
        with closing(sqlite3.connect(self.file, isolation_level=None)) as other:
            other.execute(f"BEGIN {how}")
            yield
            other.execute("ROLLBACK")

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a page more fits."""
        held = connections["default"]
        held.close()
        was = held.settings_dict
        pages = self.file.stat().st_size // 4096
        options = {**was["OPTIONS"], "init_command": f"{was['OPTIONS']['init_command']} PRAGMA max_page_count={pages};"}
        held.settings_dict = {**was, "OPTIONS": options}
        try:
            yield
        finally:
            held.close()
            held.settings_dict = was


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path, django_db_blocker: Any) -> Iterator[Any]:
    """The shipped content in a file, with an account that may do everything."""
    folder = tmp_path_factory.mktemp("unsaved")
    whole, file = folder / "whole.sqlite3", folder / "site.sqlite3"
    shutil.copyfile(prepared_on_sqlite / "data" / "gatewijzer.sqlite3", whole)
    held = connections["default"]
    own = connections.create_connection("default")
    own.settings_dict = {**own.settings_dict, "NAME": str(whole), "CONN_MAX_AGE": None}
    connections["default"] = own
    with django_db_blocker.unblock():
        with own.cursor() as cursor:
            cursor.execute("UPDATE faq_contentversion SET number = number + %s", [OF_TESTS])
        account = User.objects.create_superuser("proef")
        account.password = MD5PasswordHasher().encode("een-lang-wachtwoord", "zout")  # what all tests are set to
        account.save()
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get())
        own.close()
        own.settings_dict["NAME"] = str(file)
        shutil.copyfile(whole, file)
        yield Database(file, whole), client
        own.close()
    connections["default"] = held


@cache
def route_of(path: str) -> str:
    """The route that an address leads to; empty for none."""
    try:
        return resolve(path).route
    except Resolver404:
        return ""


def crawled(client: Client) -> dict[str, list[Form]]:
    """One address of each route that links and forms lead to, and the forms of its page."""
    waiting, seen, pages = (
        ["/admin/", "/nl/", "/nl/search/?q=zzqx", "/nl/search/text/", "/nl/advice/result/?clients=40"],
        set[str](),
        dict[str, list[Form]](),
    )
    while waiting:
        address = waiting.pop(0)
        route = route_of(urlsplit(address).path)
        if not route or route in seen:
            continue
        seen.add(route)
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        page = answer.content.decode()
        pages[address] = forms_of(page)
        further = dict.fromkeys([*links_of(page), *(form.action for form in pages[address])])
        waiting += [target for one in further if (target := urljoin(address, one)).startswith("/")]
    return pages


def buttons_of(form: Form) -> list[tuple[str, str]]:
    """The buttons of a form by their names, without those of the admin that save in the same way as another."""
    by_name = {name: (name, value) for name, value in form.buttons if name != "_addanother"}
    if "_save" in by_name:
        by_name.pop("_continue", None)
    return list(by_name.values()) or [("", "")]


def all_sendings(client: Client) -> list[Sending]:
    """Every form of every page, with each of its buttons, filled in."""
    found: dict[tuple[str, str], Sending] = {}
    for page, forms in crawled(client).items():
        for form in forms:
            if form.method != "post":
                continue
            target = urljoin(page, form.action).partition("#")[0]
            route = route_of(urlsplit(target).path)
            for button in buttons_of(form):
                data = form.filled(TYPED | TYPED_IN.get(route, {}), button)
                found.setdefault((route, button[0]), Sending(target, route, button[0], data))
    return list(found.values())


@dataclass
class Forms:
    """The site on a database of its own: who asks, every form, and, once they were sent, those that store something."""

    database: Database
    client: Client
    cookies: str
    every: list[Sending]
    writing: list[Sending] = field(default_factory=list)

    def send(self, sending: Sending) -> tuple[Any, bool]:
        """Send a form: the answer, and whether anything was stored."""
        before = self.database.changes()
        answer = self.client.post(sending.target, sending.data)
        self.client.cookies.load(self.cookies)
        return answer, self.database.changes() != before


@pytest.fixture(scope="module")
def found() -> dict[str, Forms]:
    """What the first test that asks found: only then are the settings those of tests."""
    return {}


@pytest.fixture
def forms(opened: tuple[Database, Client], found: dict[str, Forms]) -> Forms:
    """Every form of the site; which of them store something is seen where nothing can be."""
    database, client = opened
    if "all" not in found:
        every = [*all_sendings(client), bulk_act()]
        forms = found["all"] = Forms(database, client, client.cookies.output(header="", sep=";"), every)
        with database.read_only():
            forms.writing += [sending for sending in every if forms.send(sending)[0].status_code == 503]
    return found["all"]


def bulk_act() -> Sending:
    """What is confirmed of two entries that were ticked in the list, after a page of its own."""
    ticked = [str(pk) for pk in Entry.objects.values_list("pk", flat=True)[:2]]
    data = {"action": ["mark_checked"], "_selected_action": ticked, "confirmed": ["x"], "day": ["2026-01-05"]}
    return Sending("/admin/faq/entry/", "admin/faq/entry/", "confirmed", data)


def in_lines(value: str) -> str:
    """A text as every browser sends it."""
    return value.replace("\r\n", "\n").replace("\n", "\r\n")


def lost(sending: Sending, page: str) -> dict[str, list[str]]:
    """What was sent that no form of a page has: neither as it was, nor, of a secret, to be typed again."""
    best: dict[str, list[str]] = sending.data
    for form in forms_of(page):
        there: dict[str, list[str]] = {}
        for name, value in form.fields:
            there.setdefault(name, []).append(in_lines(value))
        gone = {
            name: values
            for name, values in sending.data.items()
            if name not in dict(form.buttons)
            and name != CSRF_FIELD
            and (
                name not in there if SECRET.search(name) else {in_lines(one) for one in values} - {*there.get(name, ())}
            )
        }
        best = min(best, gone, key=len)
    return best


def refused(forms: Forms, sending: Sending, words: tuple[str, ...]) -> str:
    """The page for a form that was not stored, which says so with the reason, and has all that was sent."""
    answer, is_stored = forms.send(sending)
    assert (answer.status_code, is_stored) == (503, False), sending
    assert int(answer.headers["Retry-After"]) > 0
    page: str = answer.content.decode()
    assert any(word in page for word in words), sending
    assert lost(sending, page) == {}, sending
    return page


READ_ONLY = ("The database can only be read now", "De database kan nu alleen worden gelezen")
LOCKED = ("Something else is being saved", "Er wordt nog iets anders opgeslagen")
FULL = ("The disk of the server is full", "De schijf van de server is vol")


STORE_NOTHING = {
    "admin/advisor/helpkey/",
    "admin/auth/group/ index",
    "admin/auth/user/ index",
    "admin/faq/askedquestion/",
    "admin/faq/delivery/",
    "admin/faq/desknote/",
    "admin/faq/edition/ index",
    "admin/faq/edition/add/ _save",
    "admin/faq/entry/ index",
    "admin/faq/entry/add/",
    "admin/faq/entry/add/ _continue",
    "admin/faq/entry/add/ _publish",
    "admin/faq/limit/",
    "admin/faq/auditrecord/",
    "admin/faq/auditrecord/<path:object_id>/change/",
    "admin/second-factor/set-up/",
    "admin/faq/portal/",
    "admin/faq/section/ index",
    "admin/faq/section/add/ _save",
    "admin/faq/termgroup/ index",
    "admin/faq/webhook/",
    "nl/advice/",
    "nl/advice/ add",
    "nl/advice/ duplicate",
    "nl/advice/ go",
    "nl/advice/ paste",
    "nl/advice/ remove",
    "nl/advice/open/",
    "nl/advice/result/",
    "nl/advice/steps/<slug:name>/ go",
    "nl/search/text/",
}
"""Forms that search, change what is in the address alone, or, as they are filled in here, are refused."""


def test_no_form_is_acknowledged_that_was_not_stored(forms: Forms) -> None:
    assert len(forms.writing) >= 30
    assert {str(sending).strip() for sending in forms.every if sending not in forms.writing} == STORE_NOTHING


def test_a_form_that_a_read_only_database_refuses_comes_back_filled_in(forms: Forms) -> None:
    with forms.database.read_only():
        for sending in some(forms.writing, 3):
            refused(forms, sending, READ_ONLY)


def test_a_form_that_waits_too_long_for_another_writer_comes_back_filled_in(
    forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked_database, "WRITERS_WAIT", 0.1)
    for sending in some(forms.writing, 5, 1):
        with forms.database.locked():
            refused(forms, sending, LOCKED)


def test_a_form_comes_back_where_the_database_cannot_even_be_read(
    forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked_database, "WRITERS_WAIT", 0.1)
    for sending in some(forms.writing, 8):
        with forms.database.locked("EXCLUSIVE"):
            refused(forms, sending, LOCKED)


def test_a_form_on_a_full_disk_is_stored_or_comes_back_filled_in(forms: Forms) -> None:
    seen = set()
    for sending in some(forms.writing, 4, 1):
        with forms.database.full():
            answer, is_stored = forms.send(sending)
        assert is_stored == (answer.status_code != 503), sending
        if is_stored:
            forms.database.as_before()
        else:
            page = answer.content.decode()
            assert any(word in page for word in FULL), sending
            assert lost(sending, page) == {}, sending
        seen.add(is_stored)
    assert False in seen


def test_a_form_that_came_back_can_be_sent_again(forms: Forms) -> None:
    for sending in some(forms.writing, 6):
        with forms.database.read_only():
            page = refused(forms, sending, READ_ONLY)
        again = max(forms_of(page), key=lambda form: len(sending.data.keys() & dict(form.fields).keys()))
        typed = {name: value for name, (value, *_) in sending.data.items() if SECRET.search(name)}
        button = (sending.button, sending.data.get(sending.button, [""])[0])
        data = again.sent(typed, button if sending.button not in dict(again.fields) else None)
        answer, is_stored = forms.send(Sending(urljoin(sending.target, again.action), "", "", data))
        assert is_stored, (sending, answer.status_code)
        forms.database.as_before()


def test_a_program_is_told_in_its_own_way(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        ContentVersion.objects.update(number=1)

    monkeypatch.setattr("advisor.api.router.advise", refuses)
    with forms.database.read_only():
        answer = forms.client.post("/api/v1/advice", {"clients": {"count": 40}}, content_type="application/json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "The database can only be read now" in answer.json()["errors"][0]["reason"]


def test_signing_in_asks_for_the_password_again_and_shows_it_nowhere(forms: Forms) -> None:
    sent = {"username": ["proef"], "password": ["een-lang-wachtwoord"], "next": ["/admin/faq/entry/"]}
    client = Client(raise_request_exception=False)
    with forms.database.read_only():
        answers = [client.post("/admin/login/", sent) for _ in range(ACCOUNT_GUESSES.times + 2)]
    page = answers[0].content.decode()
    assert {answer.status_code for answer in answers} == {503}  # none of them counts as a guess
    assert lost(Sending("", "", "", sent), page) == {}
    assert "een-lang-wachtwoord" not in page
    assert 'type="password"' in page


def test_the_words_of_each_reason_are_in_both_languages(forms: Forms) -> None:
    sending = next(sending for sending in forms.writing if str(sending).startswith("nl/advice/case/"))
    with forms.database.read_only():
        page = refused(forms, sending, READ_ONLY)
    assert all(words in page for words in READ_ONLY)
