"""What was asked, for editors: the list, and making a question a phrasing of an entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from faq.editors import phrasing_preview, query_log_admin
from faq.models import AskedQuestion, Edition, Entry
from faq.search import indexer
from faq.search.judging import read_judged
from faq.store.publishing import publish, save_draft, withdraw, working_content
from tests.faq.builders import account, content, edition, published, text

pytestmark = pytest.mark.django_db

WEEK = date(2026, 11, 23)


def counted(text: str = "zeppelin vastknopen", **changes: Any) -> AskedQuestion:
    """A question that was asked."""
    row: dict[str, Any] = {"week": WEEK, "language": "nl", "text": text, "asked": 3, "found": 0, "opened": 0}
    made: AskedQuestion = AskedQuestion.objects.create(**row | changes)
    return made


def browser(role: str | None, *extra: str) -> Client:
    """A browser of somebody in a role with further permissions; every role may read what was asked."""
    user = account(role)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_askedquestion", *extra]))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def listed(client: Client, query: str = "") -> list[str]:
    """The texts in the list, in order."""
    answer = client.get(f"{reverse('admin:faq_askedquestion_changelist')}{query}")
    assert answer.status_code == 200
    return [row.text for row in answer.context["cl"].result_list]


class TestList:
    """The list for editors."""

    @pytest.fixture(autouse=True)
    def _some(self) -> None:
        counted("niets", asked=5)
        counted("genegeerd", asked=9, found=4)
        counted("goed", asked=7, found=4, opened=2)
        counted("before", asked=1, found=1, opened=1, week=date(2026, 11, 16), language="en", edition="2020-01")

    @pytest.mark.parametrize(
        ("query", "texts"),
        [
            ("", ["genegeerd", "goed", "niets", "before"]),
            ("?week=2026-11-16", ["before"]),
            ("?week=2026-11-23", ["genegeerd", "goed", "niets"]),
            ("?week=nonsense", ["genegeerd", "goed", "niets", "before"]),
            ("?language__exact=en", ["before"]),
            ("?edition=2020-01", ["before"]),
            ("?trouble=no-result", ["niets"]),
            ("?trouble=no-click", ["genegeerd"]),
            ("?trouble=nonsense", ["genegeerd", "goed", "niets", "before"]),
            ("?q=goed", ["goed"]),
        ],
    )
    def test_it_is_filtered_and_most_asked_comes_first(self, query: str, texts: list[str]) -> None:
        assert listed(browser("editor"), query) == texts

    @pytest.mark.parametrize(("role", "shown"), [("reader", False), ("editor", True), ("publisher", True)])
    def test_those_who_write_entries_see_the_way_to_add_a_phrasing(self, role: str, shown: bool) -> None:
        page = browser(role).get(reverse("admin:faq_askedquestion_changelist")).content.decode()
        assert ("Add as phrasing…" in page) is shown
        assert ("/add-phrasing/" in page) is shown


@pytest.fixture
def made(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_index: None) -> Edition:
    """A trial edition that readers get, and two judged queries, of which nothing answers the first yet."""
    judged = tmp_path / "nl.tsv"
    judged.write_text(
        "nl\tplain\tzeppelin vastknopen\twhat-is-a-tunnel\nnl\tplain\tapparaat\twhat-is-a-gateway\n", encoding="utf-8"
    )
    two = read_judged(judged)
    monkeypatch.setattr(phrasing_preview, "judged_queries", lambda code: two if code == "2020-01" else [])
    settings.DEFAULT_EDITION = "2020-01"
    return edition()


@pytest.fixture
def entry(made: Edition) -> Entry:
    """A published entry, with another one beside it."""
    gateway = text(question="Wat is een gateway?", answer="**Een apparaat.** Meer niet.", asked_as=())
    publish(Entry(edition=made), content(slug="what-is-a-gateway", order=2, texts={"nl": gateway}))
    return published(made)


def address(question: AskedQuestion) -> str:
    """The page that adds a question as a phrasing."""
    return reverse("admin:faq_askedquestion_add_phrasing", args=[question.pk])


def phrasings(entry: Entry, language: str = "nl") -> tuple[str, ...]:
    """The phrasings of an entry as it is being worked on."""
    return working_content(Entry.objects.get(pk=entry.pk)).texts[language].asked_as


@pytest.mark.parametrize(
    ("role", "extra", "expected"),
    [
        ("reader", (), (200, 403, 403, 403, 403, 403)),
        ("editor", (), (200, 403, 403, 200, 302, 403)),
        ("publisher", (), (200, 403, 403, 200, 302, 403)),
        ("reader", ("add_askedquestion", "change_askedquestion"), (200, 403, 403, 403, 403, 403)),
        (None, (), (200, 403, 403, 200, 302, 200)),
    ],
)
def test_each_role_may_do_its_part(
    entry: Entry, role: str | None, extra: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    question, client = counted(), browser(role, *extra)
    answers = (
        client.get(reverse("admin:faq_askedquestion_changelist")),
        client.get(reverse("admin:faq_askedquestion_add")),
        client.post(reverse("admin:faq_askedquestion_change", args=[question.pk]), {"text": "anders"}),
        client.get(address(question)),
        client.post(address(question), {"entry": entry.pk}),
        client.get(reverse("admin:faq_askedquestion_delete", args=[question.pk])),
    )
    assert tuple(answer.status_code for answer in answers) == expected
    question.refresh_from_db()
    assert question.text == "zeppelin vastknopen"


def test_without_the_permission_to_view_nothing_is_shown(entry: Entry) -> None:
    question, client = counted(), Client()
    user = account("editor")
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename="change_entry"))
    client.force_login(user)
    assert client.get(reverse("admin:faq_askedquestion_changelist")).status_code == 403
    assert client.get(address(question)).status_code == 403
    assert client.post(address(question), {"entry": entry.pk}).status_code == 403
    assert phrasings(entry) == ("buis",)


def test_somebody_not_signed_in_is_sent_to_the_login(entry: Entry) -> None:
    for url in (address(counted()), reverse("admin:faq_askedquestion_changelist")):
        answer = Client().get(url)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


class TestAddingAPhrasing:
    """From a question to a phrasing of an entry."""

    def test_the_page_shows_the_question_and_the_entries(self, entry: Entry) -> None:
        answer = browser("editor").get(address(counted("<b>vastknopen</b>")))
        page = answer.content.decode()
        assert "&lt;b&gt;vastknopen&lt;/b&gt;" in page
        assert answer.context["preview"] is None
        assert answer.context["form"].fields["entry"].choices[1:] == [
            ("Basis", [(str(entry.pk), "Wat is een tunnel?"), (str(entry.pk - 1), "Wat is een gateway?")])
        ]

    def test_what_the_search_finds_comes_first(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = Edition.objects.get(code="2016-12").entries.all()[:2]
        hits = tuple(SimpleNamespace(slug=slug) for slug in (second.slug, first.slug, "nowhere"))
        found = SimpleNamespace(results=hits[:1], elsewhere=hits[1:])
        monkeypatch.setattr(query_log_admin, "find", lambda *_, **__: found)
        form = browser("editor").get(address(counted())).context["form"]
        label, options = form.fields["entry"].choices[1]
        assert label == "What the search finds now"
        assert [value for value, _ in options] == [str(second.pk), str(first.pk)]
        assert sum(len(group) for _, group in form.fields["entry"].choices[2:]) == len(form.entries)

    def test_the_preview_shows_what_moves_and_changes_nothing(self, entry: Entry) -> None:
        indexer.build_index()
        answer = browser("editor").get(address(counted()), {"entry": entry.pk})
        preview = answer.context["preview"]
        assert [(move.judged.query, move.before, move.after, move.worse) for move in preview.moves] == [
            ("zeppelin vastknopen", 0, 1, False)
        ]
        assert (preview.itself.before, preview.itself.after, preview.judged) == (0, 1, 2)
        page = " ".join(answer.content.decode().split())
        assert '<th scope="row" lang="nl">zeppelin vastknopen</th> <td>Dutch</td> <td>–</td> <td>1</td>' in page
        assert "1 of 2 judged queries moves." in page
        assert "Add to the draft" in page
        assert phrasings(entry) == ("buis",)

    def test_the_preview_tells_what_gets_worse(self, entry: Entry) -> None:
        indexer.build_index()
        answer = browser("editor").get(address(counted("apparaat")), {"entry": entry.pk})
        move = answer.context["preview"].moves[0]
        assert (move.judged.query, move.before, move.after > 1, move.worse) == ("apparaat", 1, True, True)
        assert "(lower)" in answer.content.decode()

    def test_there_is_no_preview_of_what_readers_do_not_see(self, entry: Entry) -> None:
        withdraw(entry)
        answer = browser("publisher").get(address(counted()), {"entry": entry.pk})
        assert answer.context["preview"] is None
        assert "Readers do not see this text yet" in answer.content.decode()

    def test_it_is_added_to_an_entry_of_its_own_edition(self, entry: Entry) -> None:
        other = published(edition("2019-01"))
        asked, editor = counted(edition="2019-01"), browser("editor")
        page = editor.get(address(asked), {"entry": other.pk})
        assert "Edition 2019-01" in page.content.decode()
        assert set(page.context["form"].entries) == {str(other.pk)}
        assert page.context["preview"].judged == 0
        editor.post(address(asked), {"entry": other.pk})
        assert phrasings(other) == ("buis", "zeppelin vastknopen")
        assert phrasings(entry) == ("buis",)

    def test_a_question_of_an_edition_that_is_gone_is_added_to_the_default_one(self, entry: Entry) -> None:
        page = browser("editor").get(address(counted(edition="gone")))
        assert str(entry.pk) in page.context["form"].entries

    def test_an_editor_adds_it_to_the_draft(self, entry: Entry) -> None:
        answer = browser("editor").post(address(counted()), {"entry": entry.pk}, follow=True)
        assert "Added to the draft" in answer.content.decode()
        entry.refresh_from_db()
        assert entry.draft is not None
        assert phrasings(entry) == ("buis", "zeppelin vastknopen")
        assert phrasings(entry, "en") == ("buis",)
        assert entry.translations.get(language="nl").asked_as == ["buis"]

    def test_a_publisher_publishes_it_at_once(self, entry: Entry) -> None:
        client = browser("publisher")
        assert "Add and publish" in client.get(address(counted()), {"entry": entry.pk}).content.decode()
        answer = client.post(address(AskedQuestion.objects.get()), {"entry": entry.pk}, follow=True)
        assert "Added and published" in answer.content.decode()
        assert answer.redirect_chain == [(reverse("admin:faq_askedquestion_changelist"), 302)]
        entry.refresh_from_db()
        assert entry.draft is None
        assert entry.translations.get(language="nl").asked_as == ["buis", "zeppelin vastknopen"]
        version = Version.objects.get_for_object(entry).first()
        assert version is not None
        assert version.revision.user.username == "somebody"
        assert "zeppelin vastknopen" in version.revision.comment

    @pytest.mark.parametrize("state", ["changed", "withdrawn"])
    def test_a_publisher_never_publishes_what_waits_in_a_draft(self, entry: Entry, state: str) -> None:
        if state == "changed":
            save_draft(entry, content().with_text("nl", text(answer="**Nog niet af.**")))
        else:
            withdraw(entry)
        answer = browser("publisher").post(address(counted()), {"entry": entry.pk}, follow=True)
        assert "Added to the draft" in answer.content.decode()
        entry.refresh_from_db()
        assert entry.draft is not None
        assert phrasings(entry) == ("buis", "zeppelin vastknopen")
        assert entry.translations.get(language="nl").asked_as == ["buis"]
        assert (entry.published_at is None) is (state == "withdrawn")

    def test_the_marks_of_what_was_left_out_are_not_added(self, entry: Entry) -> None:
        browser("editor").post(address(counted("van … naar …")), {"entry": entry.pk})
        assert phrasings(entry) == ("buis", "van naar")

    @pytest.mark.parametrize(
        ("question", "language", "asked_as", "error"),
        [
            ("buis", "nl", ("Búis?",), "already has this phrasing"),
            ("wat is een tunnel", "nl", ("buis",), "already has this phrasing"),
            ("zeppelin", "nl", tuple(f"buis {number}" for number in range(100)), "already has 100 phrasings"),
            ("zeppelin", "en", ("buis",), "There is no text in English."),
        ],
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_refuses_at_the_field(
        self, made: Edition, method: str, question: str, language: str, asked_as: tuple[str, ...], error: str
    ) -> None:
        entry = published(made, texts={"nl": text(asked_as=asked_as)})
        send = getattr(browser("publisher"), method)
        answer = send(address(counted(question, language=language)), {"entry": entry.pk})
        assert answer.status_code == 200
        assert error in str(answer.context["form"].errors["entry"])
        assert answer.context["preview"] is None
        assert phrasings(entry) == asked_as

    @pytest.mark.parametrize("chosen", ["", "0", "x", "99999999999999999999"])
    def test_it_refuses_an_entry_that_is_not_in_the_list(self, entry: Entry, chosen: str) -> None:
        for send in (browser("publisher").post, Client().get):
            answer = send(address(AskedQuestion.objects.first() or counted()), {"entry": chosen})
            assert answer.status_code in (200, 302)
        assert phrasings(entry) == ("buis",)

    def test_it_refuses_an_entry_of_another_edition(self, entry: Entry) -> None:
        other = published(edition("2019-01"))
        answer = browser("publisher").post(address(counted()), {"entry": other.pk})
        assert "entry" in answer.context["form"].errors
        assert phrasings(other) == ("buis",)

    def test_an_entry_that_cannot_be_published_stays_as_it_is(self, entry: Entry) -> None:
        entry.translations.filter(language="nl").update(answer="Hooguit {limit:p2s.none}.")
        answer = browser("publisher").post(address(counted()), {"entry": entry.pk})
        assert "p2s.none" in str(answer.context["form"].errors["entry"])
        assert phrasings(entry) == ("buis",)
        assert Entry.objects.get(pk=entry.pk).draft is None

    def test_a_question_that_is_gone_is_not_found(self, entry: Entry) -> None:
        question = counted()
        url = address(question)
        question.delete()
        assert browser("publisher").get(url).status_code == 404
