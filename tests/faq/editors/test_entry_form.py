"""The form of an entry, where two editors save it at once and where somebody sends what no form has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.cookiejar import CookieJar
from threading import Barrier
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from django.test import Client
from django.utils.translation import override

from faq.editors.entry_form import basis_of
from faq.models import Entry
from tests.faq.builders import EXAMPLES, account, example
from tests.faq.editors.test_entry_admin import change, posted
from tests.forms import forms_of
from tests.served import PASSWORD, Site

SLUG = "what-is-expressroute"
CHANGED = "Somebody else changed this entry while you worked on it."

NUMBER = f"""
from faq.models import Entry
print(Entry.objects.get(edition__code="{EXAMPLES}", slug="{SLUG}").pk)
"""
"""What `manage.py shell` runs to tell the number of an entry."""


class Editor:
    """Somebody who is signed in to a running site."""

    def __init__(self, site: Site, name: str) -> None:
        self.site, self.jar = site, CookieJar()
        self.browser: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))
        self.browser.addheaders = [("Accept-Language", "en")]
        self.browser.open(f"{site.origin}/admin/login/").close()
        self.post("/admin/login/?next=/admin/", {"username": name, "password": PASSWORD})

    def form(self, path: str) -> dict[str, Any]:
        """What the form of an entry holds, as its page has it."""
        with self.browser.open(self.site.origin + path) as answer:
            forms = forms_of(answer.read().decode())
        return next(form.sent({}) for form in forms if "nl_answer" in dict(form.fields))

    def post(self, path: str, form: dict[str, Any]) -> str:
        """The page that posting a form ends at."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urlencode(form | {"csrfmiddlewaretoken": token}, doseq=True).encode()
        headers = {"Origin": self.site.origin}
        with self.browser.open(Request(self.site.origin + path, body, headers)) as answer:  # noqa: S310 -- our own
            return str(answer.read().decode())


def test_of_two_editors_who_save_at_once_one_is_refused(site: Site) -> None:
    editors = [Editor(site, name) for name in ("editor", "publisher")]
    path = f"/admin/faq/entry/{site.manage('shell', '--verbosity', '0', '--command', NUMBER).strip()}/change/"
    for turn in range(3):
        form = editors[0].form(path)
        answers = [form | {"nl_answer": f"**{turn} van {number}.**", "_continue": "1"} for number in range(2)]
        pages = at_once([partial(editor.post, path, answer) for editor, answer in zip(editors, answers, strict=True)])
        assert sorted(CHANGED in page for page in pages) == [False, True], pages
        kept = next(answer for answer, page in zip(answers, pages, strict=True) if CHANGED not in page)
        assert editors[0].form(path)["nl_answer"] == [kept["nl_answer"]]


def at_once(calls: Sequence[Callable[[], str]]) -> list[str]:
    """What each call answers, where all begin together."""
    barrier = Barrier(len(calls))

    def begin(call: Callable[[], str]) -> str:
        barrier.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(begin, calls))


@pytest.mark.django_db
class TestForm:
    """What a form says of an entry that is gone, and of signs that no text has."""

    def test_an_entry_that_somebody_deleted_meanwhile_is_told_so(self) -> None:
        from faq.editors.entry_form import EntryForm

        entry = example(SLUG)
        form = posted(entry) | {"basis": basis_of(entry)}
        stale = Entry.objects.get(pk=entry.pk)
        entry.delete()
        refused = EntryForm(form, instance=stale)
        with override("en"):
            assert not refused.is_valid()
            assert "Somebody else deleted this entry while you worked on it." in str(refused.non_field_errors())

    @pytest.mark.parametrize(
        "name", ["nl_question", "nl_answer", "nl_asked_as", "limits", "related", "former_slugs", "sources", "slug"]
    )
    def test_a_nul_is_an_error_at_its_field(self, name: str) -> None:
        client, entry = Client(), example(SLUG)
        client.force_login(account("publisher"))
        page = client.post(change(entry), posted(entry, **{name: "a\x00b"}))
        assert page.status_code == 200
        assert name in page.context["adminform"].form.errors

    @pytest.mark.parametrize("name", ["nl_asked_as", "limits"])
    def test_a_nul_does_not_stop_a_preview(self, name: str) -> None:
        client, entry = Client(), example(SLUG)
        client.force_login(account("editor"))
        form = posted(entry, **{name: "a\x00b"}) | {"_entry": str(entry.pk)}
        assert client.post("/admin/faq/entry/preview/nl/", form).status_code == 200

    @pytest.mark.parametrize("slug", ["", "Not A Slug", "a/b", "\x00", "a" * 300])
    def test_what_is_no_slug_yet_does_not_stop_a_preview(self, slug: str) -> None:
        client, entry = Client(), example(SLUG)
        client.force_login(account("editor"))
        page = client.post("/admin/faq/entry/preview/nl/", posted(entry, slug=slug) | {"_entry": str(entry.pk)})
        assert (page.status_code, "ExpressRoute" in page.content.decode()) == (200, True)
