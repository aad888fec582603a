"""Who changed what is recorded: by every page of the admin that writes, by commands, and when somebody signs in."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from reversion.models import Version

from advisor.models import HelpKey
from config import command_line
from config.audit import AUDITED
from config.command_line import actor_of
from faq.desk.query_log import this_week
from faq.models import AskedQuestion, AuditRecord, DeskNote, Edition, Entry, Limit, Portal, Section, TermGroup, Webhook
from faq.models.audit import UnchangeableError
from faq.store import audit, publishing
from faq.store.audit_log import records
from faq.store.database_file import record_restored
from tests.faq.builders import account, content, edition, published
from tests.faq.editors import test_entry_admin, test_limit_admin
from web.acting import Actor, acting, actor
from web.signatures import new_secret

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-wachtwoord"
SECRET = "Zeer-Geheim-9Kc2"
HOOK_SECRET = new_secret()


@pytest.fixture(autouse=True)
def _empty_log() -> None:
    """The log has nothing of how the shipped content was loaded."""
    AuditRecord._base_manager.all().delete()


@pytest.fixture
def client() -> Client:
    """A browser of a superuser, signed in before the log begins."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(account(None, "root"))
    AuditRecord._base_manager.all().delete()
    return client


def last(**fields: Any) -> AuditRecord:
    """The latest record with these fields."""
    found = AuditRecord.objects.filter(**fields).first()
    assert found is not None, list(AuditRecord.objects.values())
    return found


def page(name: str, *args: Any) -> str:
    """The address of a page of the admin."""
    return reverse(f"admin:{name}", args=args)


# --- every page that writes: each makes what it works on, and answers what to send, where to ---

Post = tuple[str, dict[str, Any]]
REVERSION = {"_save": "Save"}


def made_entry() -> Entry:
    """A published entry in a trial edition."""
    return published(edition())


def of(model: Any, **fields: Any) -> int:
    """The key of an object that is there."""
    return int(model.objects.create(**fields).pk)


def asked(text: str = "hoe lang is een tunnel") -> AskedQuestion:
    """A question that somebody sent."""
    return AskedQuestion.objects.create(week=this_week(), edition="2020-01", language="nl", text=text, sent=1)


def a_section() -> int:
    """A section without entries."""
    return of(Section, edition=edition(), slug="empty", order=2)


def an_edition() -> int:
    """An edition without limits: one that has some is not deleted in the admin."""
    return of(Edition, code="2020-02", name_nl="Leeg", name_en="Empty")


def a_note() -> int:
    """A note of the desk."""
    return of(DeskNote, slug=made_entry().slug, text="Let op.")


def a_portal() -> int:
    """A portal."""
    return of(Portal, name="P", origin="https://portal.example.org")


def a_key() -> int:
    """A help key."""
    return of(HelpKey, key="vpn", entries=["what-is-expressroute"])


def a_term() -> int:
    """A group of terms."""
    return of(TermGroup, key="pijp", nl=["pijp"], en=["pipe"])


def a_hook() -> int:
    """The webhook."""
    return of(Webhook, url=f"https://127.0.0.1:1/{SECRET}", secret=HOOK_SECRET)


def an_account() -> int:
    """An account."""
    return account("editor", "karin").pk


def with_factor() -> int:
    """An account with a second factor."""
    pk = an_account()
    TOTPDevice.objects.create(user_id=pk, name="app")
    return pk


def a_limit() -> Limit:
    """A limit of a trial edition."""
    made_entry()
    return test_limit_admin.limit_of()


def a_version() -> tuple[Entry, Version]:
    """An entry with two versions, and the first of them."""
    entry = made_entry()
    publishing.save_draft(entry, replace(publishing.working_content(entry), limits=()))
    return entry, Version.objects.get_for_object(entry).order_by("pk").first()


def restoring() -> Post:
    """Bringing back an earlier version of an entry."""
    entry, version = a_version()
    asking = Client(headers={"Accept-Language": "en"})
    asking.force_login(User.objects.get(username="root"))
    address = page("faq_entry_restore", entry.pk, version.pk)
    return address, {"_entry": entry.pk, "basis": asking.get(address).context["form"]["basis"].value()}


def recovering() -> Post:
    """Recovering a deleted entry."""
    entry = made_entry()
    said = test_entry_admin.posted(entry)
    entry.delete()
    version = Version.objects.get_deleted(Entry).order_by("pk").last()
    return page("faq_entry_recover", version.pk), said | {"edition": said.get("edition", ""), "_entry": ""}


def limit_restoring() -> Post:
    """Bringing back an earlier state of a limit."""
    limit = a_limit()
    test_limit_admin_post = test_limit_admin.posted(limit, value="200")
    asking = Client(headers={"Accept-Language": "en"})
    asking.force_login(User.objects.get(username="root"))
    asking.post(page("faq_limit_change", limit.pk), test_limit_admin_post)
    address = page("faq_limit_restore", limit.pk, 0)
    AuditRecord._base_manager.all().delete()
    return address, {"basis": asking.get(address).context["basis"]}


def limit_files() -> Post:
    """Keeping a limit as it is."""
    limit = a_limit()
    asking = Client(headers={"Accept-Language": "en"})
    asking.force_login(User.objects.get(username="root"))
    asking.post(page("faq_limit_change", limit.pk), test_limit_admin.posted(limit, value="200"))
    basis = asking.get(page("faq_limit_restore", limit.pk, 0)).context["basis"]
    AuditRecord._base_manager.all().delete()
    return page("faq_limit_files", limit.pk), {"_take": "1", "basis": basis}


def bulk(action: str, **more: Any) -> Callable[[], Post]:
    """An act on several entries."""

    def post() -> Post:
        entry = made_entry()
        publishing.save_draft(entry, replace(publishing.working_content(entry), limits=()))
        sent = {"action": action, "_selected_action": [entry.pk], "confirmed": "1"}
        return page("faq_entry_changelist"), sent | {name: given() for name, given in more.items()}

    return post


def deleting(model: str, make: Callable[[], int]) -> Callable[[], Post]:
    """Deleting an object on its page."""
    return lambda: (page(f"{model}_delete", make()), {"post": "yes"})


def deleting_several(model: str, make: Callable[[], int]) -> Callable[[], Post]:
    """Deleting objects in their list."""
    return lambda: (
        page(f"{model}_changelist"),
        {"action": "delete_selected", "_selected_action": [make()], "post": "yes"},
    )


SECTION = {"slug": "new", "order": "3", "title_nl": "Nieuw", "title_en": "New"}
EDITION = {"code": "2031-01", "name_nl": "Later", "name_en": "Later"}
NOTE = {"edition": "", "slug": "what-is-expressroute", "text": "Let op de factuur."}
PORTAL = {"name": "Ander", "origin": "https://ander.example.org", "may_frame": "on"}
HELP_KEY = {"key": "gateway", "entries": "what-is-expressroute", "advice": ""}
TERM = {"key": "buis", "nl": "buis", "en": "pipe"}
HOOK = {"url": f"https://hooks.example.org/{SECRET}", "is_active": "on"}
NEW_ACCOUNT = {"username": "karin", "usable_password": "true", "password1": SECRET, "password2": SECRET}
JOINED = {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}

WRITES: dict[str, list[tuple[Callable[[], Post], str]]] = {
    "faq_entry_add": [
        (
            lambda: (
                page("faq_entry_add"),
                test_entry_admin.posted(entry := made_entry(), slug="another", _entry="")
                | {"edition": entry.edition_id},
            ),
            "drafted",
        )
    ],
    "faq_entry_change": [
        (lambda: (test_entry_admin.change(e := made_entry()), test_entry_admin.posted(e, order=7)), "drafted"),
        (
            lambda: (
                test_entry_admin.change(entry := made_entry()),
                test_entry_admin.posted(entry, nl_question="Anders?", _publish="1"),
            ),
            "published",
        ),
    ],
    "faq_entry_delete": [(deleting("faq_entry", lambda: made_entry().pk), "deleted")],
    "faq_entry_withdraw": [(lambda: (page("faq_entry_withdraw", made_entry().pk), {}), "withdrawn")],
    "faq_entry_restore": [(restoring, "drafted")],
    "faq_entry_recover": [(recovering, "recovered")],
    "faq_entry_changelist": [
        (bulk("publish_drafts"), "published"),
        (bulk("set_owner", owner=lambda: an_account()), "changed"),
        (bulk("set_review", day=lambda: "2030-01-01"), "changed"),
        (bulk("mark_checked", day=lambda: "2026-01-01"), "drafted"),
    ],
    "faq_section_add": [(lambda: (page("faq_section_add"), SECTION | {"edition": edition().pk}), "added")],
    "faq_section_change": [
        (
            lambda: (
                page("faq_section_change", pk := a_section()),
                SECTION | {"edition": Section.objects.get(pk=pk).edition_id},
            ),
            "changed",
        )
    ],
    "faq_section_delete": [(deleting("faq_section", a_section), "deleted")],
    "faq_section_changelist": [(deleting_several("faq_section", a_section), "deleted")],
    "faq_edition_add": [(lambda: (page("faq_edition_add"), EDITION), "added")],
    "faq_edition_change": [(lambda: (page("faq_edition_change", edition().pk), EDITION), "changed")],
    "faq_edition_delete": [(deleting("faq_edition", an_edition), "deleted")],
    "faq_edition_changelist": [(deleting_several("faq_edition", an_edition), "deleted")],
    "faq_limit_change": [
        (
            lambda: (page("faq_limit_change", (limit := a_limit()).pk), test_limit_admin.posted(limit, value="200")),
            "published",
        )
    ],
    "faq_limit_restore": [(limit_restoring, "published")],
    "faq_limit_files": [(limit_files, "published")],
    "faq_desknote_add": [(lambda: (page("faq_desknote_add"), NOTE), "added")],
    "faq_desknote_change": [(lambda: (page("faq_desknote_change", a_note()), NOTE), "changed")],
    "faq_desknote_delete": [(deleting("faq_desknote", a_note), "deleted")],
    "faq_desknote_changelist": [(deleting_several("faq_desknote", a_note), "deleted")],
    "faq_portal_add": [(lambda: (page("faq_portal_add"), PORTAL), "added")],
    "faq_portal_change": [(lambda: (page("faq_portal_change", a_portal()), PORTAL), "changed")],
    "faq_portal_delete": [(deleting("faq_portal", a_portal), "deleted")],
    "faq_portal_changelist": [(deleting_several("faq_portal", a_portal), "deleted")],
    "faq_termgroup_add": [(lambda: (page("faq_termgroup_add"), TERM), "added")],
    "faq_termgroup_change": [(lambda: (page("faq_termgroup_change", a_term()), TERM), "changed")],
    "faq_termgroup_delete": [(deleting("faq_termgroup", a_term), "deleted")],
    "faq_termgroup_changelist": [(deleting_several("faq_termgroup", a_term), "deleted")],
    "faq_webhook_add": [(lambda: (page("faq_webhook_add"), HOOK), "added")],
    "faq_webhook_change": [(lambda: (page("faq_webhook_change", a_hook()), HOOK | {"renews": "on"}), "changed")],
    "faq_webhook_delete": [(deleting("faq_webhook", a_hook), "deleted")],
    "faq_webhook_changelist": [(deleting_several("faq_webhook", a_hook), "deleted")],
    "faq_webhook_test": [(lambda: (page("faq_webhook_test") if a_hook() else "", {}), "tested")],
    "faq_askedquestion_dismiss": [(lambda: (page("faq_askedquestion_dismiss", asked().pk), {}), "handled")],
    "faq_askedquestion_add_phrasing": [
        (
            lambda: (
                page("faq_askedquestion_add_phrasing", asked().pk),
                {"entry": made_entry().pk, "phrasing": "hoe lang is een tunnel"},
            ),
            "handled",
        )
    ],
    "faq_askedquestion_delete": [(deleting("faq_askedquestion", lambda: asked().pk), "deleted")],
    "faq_askedquestion_changelist": [(deleting_several("faq_askedquestion", lambda: asked().pk), "deleted")],
    "advisor_helpkey_add": [(lambda: (page("advisor_helpkey_add"), HELP_KEY), "added")],
    "advisor_helpkey_change": [(lambda: (page("advisor_helpkey_change", a_key()), HELP_KEY), "changed")],
    "advisor_helpkey_delete": [(deleting("advisor_helpkey", a_key), "deleted")],
    "advisor_helpkey_changelist": [(deleting_several("advisor_helpkey", a_key), "deleted")],
    "auth_user_add": [(lambda: (page("auth_user_add"), NEW_ACCOUNT), "added")],
    "auth_user_change": [
        (lambda: (page("auth_user_change", an_account()), {"username": "karin", "is_staff": "on"} | JOINED), "changed")
    ],
    "auth_user_delete": [(deleting("auth_user", an_account), "deleted")],
    "auth_user_changelist": [(deleting_several("auth_user", an_account), "deleted")],
    "auth_user_password_change": [
        (
            lambda: (
                page("auth_user_password_change", an_account()),
                {"usable_password": "true", "password1": SECRET, "password2": SECRET, "set-password": "1"},
            ),
            "changed",
        )
    ],
    "remove-second-factor": [(lambda: (page("remove-second-factor", with_factor()), {}), "deleted")],
    "auth_group_add": [
        (lambda: (page("auth_group_add"), {"name": "new", "permissions": Permission.objects.all()[0].pk}), "added")
    ],
    "auth_group_change": [
        (lambda: (page("auth_group_change", Group.objects.get(name="desk").pk), {"name": "desk"}), "changed")
    ],
    "auth_group_delete": [(deleting("auth_group", lambda: Group.objects.get(name="desk").pk), "deleted")],
    "auth_group_changelist": [(deleting_several("auth_group", lambda: Group.objects.get(name="desk").pk), "deleted")],
    "password_change": [
        (
            lambda: (
                page("password_change"),
                {"old_password": PASSWORD, "new_password1": SECRET, "new_password2": SECRET},
            ),
            "changed",
        )
    ],
    "logout": [(lambda: (page("logout"), {}), "signed out")],
}
"""Each page of the admin that writes, with what is sent to it, and what the log then says was done."""

READS = {
    *["index", "login", "password_change_done", "autocomplete", "jsi18n", "view_on_site", "app_list"],
    *["faq_entry_preview", "faq_entry_queue", "faq_entry_choices", "faq_entry_compare", "faq_entry_recoverlist"],
    *["faq_entry_revision", "faq_limit_by_key", "faq_limit_changelist", "faq_limit_add", "faq_limit_delete"],
    *["faq_askedquestion_weeks", "faq_askedquestion_add", "faq_askedquestion_change"],
    *[f"faq_{model}_{name}" for model in ("delivery", "auditrecord") for name in ("add", "change", "delete")],
    *["faq_delivery_changelist", "faq_auditrecord_changelist"],
}
"""Pages of the admin that change nothing by themselves, with those that nobody may open. A version of an entry opens
the form, which is sent to the page of the entry.
"""


def names_below(resolver: URLResolver | None = None) -> set[str]:
    """The names of all pages of the admin, without those of histories."""
    found: set[str] = set()
    patterns: list[URLPattern | URLResolver] = list(
        resolver.url_patterns if resolver else [one for one in get_resolver().url_patterns if _is_admin(one)]
    )
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names_below(pattern)
        elif pattern.name and not pattern.name.endswith("_history"):
            found.add(pattern.name)
    return found


def _is_admin(pattern: Any) -> bool:
    return getattr(pattern, "namespace", None) == "admin"


def test_every_page_of_the_admin_is_known_to_write_or_to_read() -> None:
    assert names_below() == set(WRITES) | READS


def test_every_model_of_the_admin_is_recorded_or_only_read() -> None:
    recorded = {one.model.lower() for one in AUDITED} | {"faq.limit"}
    assert {model._meta.label_lower for model in admin.site._registry} - recorded == {"faq.delivery", "faq.auditrecord"}


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, posts in WRITES.items() for number in range(len(posts))]
)
def test_each_page_that_writes_makes_one_record_of_what_it_changed(client: Client, name: str, number: int) -> None:
    make, action = WRITES[name][number]
    address, sent = make()
    AuditRecord._base_manager.all().delete()
    answer = client.post(address, sent)
    assert answer.status_code in (200, 302), answer.status_code
    made = AuditRecord.objects.filter(action=action)
    assert made, (getattr(answer, "context", None) and answer.context.get("errors"), AuditRecord.objects.values())
    for record in AuditRecord.objects.all():
        assert (record.account, record.way, record.means) == ("root", "admin", address)
        told = json.dumps([record.label, record.key, record.changes])
        assert SECRET not in told
        assert HOOK_SECRET not in told
        assert "md5$" not in told
    of_one = list(AuditRecord.objects.values_list("kind", "key"))
    assert len(of_one) == len(set(of_one)), "an object has one record of a change"


def test_a_change_that_is_undone_leaves_no_record(client: Client) -> None:
    with transaction.atomic(), acting(lambda: Actor("root", "admin", "/admin/")):
        Portal.objects.create(name="P", origin="https://portal.example.org")
        assert AuditRecord.objects.exists()
        transaction.set_rollback(True)
    assert not AuditRecord.objects.exists()
    with acting(lambda: Actor("root", "admin", "/admin/")):
        Portal.objects.create(name="P", origin="https://portal.example.org")
    assert AuditRecord.objects.get().action == "added"


def test_a_change_that_cannot_be_recorded_is_not_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    entry = made_entry()
    monkeypatch.setattr(AuditRecord, "save", full)
    with pytest.raises(OSError, match="full"):
        client.post(test_entry_admin.change(entry), test_entry_admin.posted(entry, nl_question="Anders?", _publish="1"))
    assert publishing.working_content(Entry.objects.get(pk=entry.pk)).texts["nl"].question == "Wat is een tunnel?"


def test_a_record_says_what_changed_and_names_the_version_with_the_texts(client: Client) -> None:
    entry = made_entry()
    client.post(
        test_entry_admin.change(entry),
        test_entry_admin.posted(entry, nl_answer=f"**{SECRET}.**", order=4, _publish="1"),
    )
    record = AuditRecord.objects.get()
    assert (record.kind, record.key, record.label) == ("faq.entry", str(entry.pk), "what-is-a-tunnel")
    assert record.changes == {"order": [1, 4], "nl_answer": []}
    assert record.version == Version.objects.get_for_object(entry).first().pk
    assert SECRET not in json.dumps(record.changes)


def test_what_an_account_may_is_told_in_full(client: Client) -> None:
    sent = {"username": "karin", "is_active": "on", "is_staff": "on", "is_superuser": "on"} | JOINED
    client.post(page("auth_user_change", an_account()), sent | {"groups": Group.objects.get(name="desk").pk})
    assert AuditRecord.objects.get().changes == {"is_superuser": [False, True], "groups": [["editor"], ["desk"]]}


def test_members_of_a_group_are_told_from_either_side(client: Client) -> None:
    karin, desk = User.objects.get(pk=an_account()), Group.objects.get(name="desk")
    with acting(lambda: Actor("root", "admin", "/admin/")):
        desk.user_set.add(karin)
        assert last(key=str(karin.pk)).changes == {"groups": [[], ["desk"]]}
        audit.forget_unfinished()
        desk.user_set.clear()
        assert last(key=str(karin.pk)).changes == {"groups": [["desk"], []]}
        karin.groups.clear()
        assert last(key=str(karin.pk)).changes["groups"][0] == ["desk", "editor"]


def test_a_name_stays_when_the_account_goes(client: Client) -> None:
    client.post(page("faq_portal_add"), PORTAL)
    User.objects.get(username="root").delete()
    assert last(kind="faq.portal").account == "root"


class TestSigningIn:
    """Sign-in, sign-out, and failures."""

    def signs_in(self, name: str, password: str) -> Client:
        """A browser in which somebody tries to sign in."""
        client = Client()
        client.post("/admin/login/", {"username": name, "password": password, "next": "/admin/"})
        return client

    def test_signing_in_and_out_is_recorded_with_the_account(self) -> None:
        an_account()
        self.signs_in("karin", PASSWORD).post("/admin/logout/")
        assert list(AuditRecord.objects.values_list("action", "account", "label")) == [
            ("signed out", "karin", "karin"),
            ("signed in", "karin", "karin"),
        ]

    def test_a_failure_names_the_account_but_no_password(self) -> None:
        an_account()
        self.signs_in("karin", SECRET)
        record = AuditRecord.objects.get()
        assert (record.action, record.account, record.label) == ("refused", "", "karin")
        assert SECRET not in json.dumps(list(AuditRecord.objects.values()), default=str)

    def test_what_is_typed_as_a_name_is_not_told_where_no_account_has_it(self) -> None:
        self.signs_in(SECRET, "x")
        record = AuditRecord.objects.get()
        assert (record.action, record.label, record.key) == ("refused", "", "")

    def test_failures_cannot_fill_the_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(audit, "MOST_REFUSED_A_DAY", 3)
        for _ in range(5):
            self.signs_in("nobody", "x")
        assert AuditRecord.objects.count() == 3

    def test_a_password_that_is_hashed_in_a_newer_way_is_no_change(self, settings: Any) -> None:
        an_account()
        hashers = ["PBKDF2PasswordHasher", "MD5PasswordHasher"]
        settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}" for name in hashers]
        self.signs_in("karin", PASSWORD)
        assert User.objects.get(username="karin").password.startswith("pbkdf2")
        assert [record.action for record in AuditRecord.objects.all()] == ["signed in"]


class TestVisitors:
    """Of visitors nothing is recorded, and of what accounts ask neither."""

    def test_a_search_and_a_vote_make_no_record(self, client: Client) -> None:
        for browser in (Client(), client):
            browser.get("/nl/search/?q=tunnel")
            browser.post("/nl/faq/what-is-expressroute/feedback/", {"helpful": "no"})
            browser.post("/nl/ask/", {"question": "Hoe lang is een tunnel?"})
        assert not AuditRecord.objects.exists()

    def test_a_page_for_readers_does_not_depend_on_who_asks(self, client: Client) -> None:
        assert "Cookie" not in Client().get("/nl/").headers.get("Vary", "")


class TestCommands:
    """What commands change."""

    def test_a_load_is_recorded_as_the_command(self, tmp_path: Any) -> None:
        document = tmp_path / "faq.md"
        document.write_text("# Een\n\n## Wat is een kabel?\n\nEen draad.\n")
        AuditRecord._base_manager.all().delete()
        with acting(lambda: actor_of(["manage.py", "import_faq"])):
            call_command("import_faq", str(document), "--lang", "nl", "--edition", "2031-02", stdout=StringIO())
        entry = last(kind="faq.entry")
        assert (entry.account, entry.way, entry.means, entry.action) == ("", "command", "import_faq", "published")
        assert entry.version
        assert {record.kind for record in AuditRecord.objects.all()} == {"faq.entry", "faq.section", "faq.edition"}
        assert AuditRecord.objects.filter(kind="faq.entry").count() == 1

    def test_what_a_dry_run_would_do_is_not_recorded(self, tmp_path: Any) -> None:
        document = tmp_path / "faq.md"
        document.write_text("# Een\n\n## Wat is een kabel?\n\nEen draad.\n")
        options = (str(document), "--lang", "nl", "--edition", "2031-02", "--dry-run")
        with acting(lambda: actor_of(["manage.py", "import_faq"])):
            call_command("import_faq", *options, stdout=StringIO())
        assert not AuditRecord.objects.exists()

    def test_a_password_changed_by_a_command_is_recorded(self) -> None:
        karin = User.objects.get(pk=an_account())
        with acting(lambda: actor_of(["manage.py", "changepassword", "karin"])):
            karin.set_password(SECRET)
            karin.save()
        record = AuditRecord.objects.get()
        assert (record.means, record.label, record.changes) == ("changepassword", "karin", {"password": []})

    def test_a_restored_database_says_so_itself(self, tmp_path: Path) -> None:
        file = tmp_path / "backup.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'faq_auditrecord'")
            (table,) = cursor.fetchone()
        for has_log in (False, True):  # one of an earlier release has none
            with closing(sqlite3.connect(file)) as made:
                made.execute(table if has_log else "CREATE TABLE other (id)")
            record_restored(file, "monday.sqlite3", datetime(2026, 11, 27, 12, tzinfo=UTC))
        with closing(sqlite3.connect(file)) as made:
            row = made.execute("SELECT made_at, way, means, action, label, version FROM faq_auditrecord").fetchall()
        assert row == [("2026-11-27 12:00:00.000000", "command", "restore", "restored", "monday.sqlite3", None)]

    def test_every_command_is_at_work_while_it_runs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found: list[Actor | None] = []
        monkeypatch.setattr(command_line, "execute_from_command_line", lambda arguments: found.append(actor()))
        monkeypatch.setattr("os.umask", lambda mask: mask)
        command_line.main(["manage.py", "sync"], {})
        assert found == [Actor("", "command", "sync")]
        assert actor() is None

    def test_a_migration_is_nobodys_change(self) -> None:
        assert actor_of(["manage.py", "migrate"]) is None
        assert actor_of(["manage.py", "sync"]) == Actor("", "command", "sync")


class TestReading:
    """The log on its page and as an export."""

    def test_nobody_changes_or_deletes_a_record(self, client: Client) -> None:
        client.post(page("faq_portal_add"), PORTAL)
        record = AuditRecord.objects.get()
        for change in (
            record.save,
            record.delete,
            lambda: AuditRecord.objects.update(account="x"),
            AuditRecord.objects.all().delete,
        ):
            with pytest.raises(UnchangeableError):
                change()
        for name in ("change", "delete"):
            assert client.post(page(f"faq_auditrecord_{name}", record.pk), {"post": "yes"}).status_code == 403
        assert client.post(page("faq_auditrecord_add"), {}).status_code == 403

    @pytest.mark.parametrize(("language", "words"), [("en", "Audit log"), ("nl", "Auditlog")])
    def test_the_page_shows_and_narrows_it_in_both_languages(self, language: str, words: str) -> None:
        client = Client(headers={"Accept-Language": language})
        client.force_login(account("publisher", "paula"))
        client.post(page("faq_portal_add"), PORTAL)
        client.post(page("faq_section_add"), SECTION | {"edition": edition().pk})
        everything = client.get(page("faq_auditrecord_changelist")).content.decode()
        assert words.lower() in everything.lower()
        for query, count in (("", 3), ("?kind=faq.portal", 1), ("?account=paula", 3), ("?account=x", 0), ("?q=new", 0)):
            found = client.get(page("faq_auditrecord_changelist") + query).context["cl"]
            assert found.result_count == count, query
        shown = client.get(page("faq_auditrecord_change", last(kind="faq.portal").pk)).content.decode()
        assert "https://ander.example.org" in shown

    def test_the_export_has_every_record_in_utc_and_no_formula(self, client: Client) -> None:
        client.post(page("faq_portal_add"), PORTAL | {"name": "=cmd"})
        out = StringIO()
        call_command("audit_log", stdout=out)
        rows = list(csv.DictReader(StringIO(out.getvalue())))
        assert [(row["account"], row["label"]) for row in rows] == [("root", "'=cmd")]
        assert rows[0]["made_at"].endswith("+00:00")
        out = StringIO()
        call_command("audit_log", "--format", "json", stdout=out)
        assert json.loads(out.getvalue())["changes"]["origin"] == [None, "https://ander.example.org"]

    def test_the_export_is_narrowed_by_day_account_and_object(self, client: Client) -> None:
        client.post(page("faq_portal_add"), PORTAL)
        day = AuditRecord.objects.get().made_at.date()
        key = AuditRecord.objects.get().key
        assert len(list(records(since=day, until=day, account="root", kind="faq.portal", key=key))) == 1
        for other in ({"account": "x"}, {"kind": "faq.entry"}, {"key": "0"}, {"until": day.replace(year=day.year - 1)}):
            assert list(records(**other)) == []
        assert list(records(since=day.replace(year=day.year + 1))) == []


def test_an_entry_loaded_costs_few_queries_more(django_assert_max_num_queries: Any) -> None:
    """A load of 10,000 entries takes no longer for the log than it must."""
    made = edition()
    with django_assert_max_num_queries(1_000) as plain:
        publishing.publish(Entry(edition=made), content(slug="one"), {})
    with django_assert_max_num_queries(1_000) as recorded, acting(lambda: Actor("", "command", "sync")):
        publishing.publish(Entry(edition=made), content(slug="two"), {})
    assert len(recorded) - len(plain) <= 3
