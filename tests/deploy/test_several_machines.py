"""A day of a reader, a desk, an editor, and a portal on the machines of deploy/several, while one part after the other
stops.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from faq.store.leases import LEASE_SECONDS
from tests.deploy.several import ORIGIN, SHARED_SECONDS, Several, WebMachine, administer, several, start_all
from tests.faults.publishing import SLUG
from tests.faults.replicated import NOTICED
from tests.faults.visitor import Browser, until
from tests.forms import forms_of
from tests.served import PASSWORD
from web.accounts.guesses import ACCOUNT_GUESSES

LONGEST_WAIT = 3.0
"""Seconds that a reader waits at most, whatever stops."""

SLOW_MACHINE = 7.0
"""Seconds that a busy machine may add."""

STARTED = 60.0
"""Seconds in which what was started again is used again."""

PAGE = f"/en/faq/{SLUG}/"
ANSWER = "is-bgp-supported-on-all-azure-vpn-gateway-skus"
WORDS = ("kwxone", "kwxother")
"""What two editors write."""

STRANGER = "127.0.0.7"
"""The address of whoever guesses passwords."""


class Reader(threading.Thread):
    """Reads and searches, and asks for nothing twice but one page, until told to stop."""

    PATHS = ("/en/faq/?page=1&read={}", "/nl/search/?q=vpn+gateway+{}", PAGE, "/en/advice/result/?clients={}")

    def __init__(self, made: Several) -> None:
        super().__init__()
        self.browser, self.ended = made.browser(), threading.Event()
        self.statuses: Counter[int] = Counter()
        self.waits: list[tuple[float, str]] = []

    def run(self) -> None:
        """Ask, page after page."""
        while not self.ended.is_set():
            number = self.statuses.total()
            path, began = self.PATHS[number % len(self.PATHS)].format(number + 1), time.monotonic()
            self.statuses[self.browser.ask(path)[0]] += 1
            self.waits.append((time.monotonic() - began, path))
            time.sleep(0.1)


@contextmanager
def readers_notice_nothing(made: Several) -> Iterator[None]:
    """Two readers, each of whom gets every page, and soon."""
    readers = [Reader(made) for _ in range(2)]
    for one in readers:
        one.start()
    try:
        yield
    finally:
        for one in readers:
            one.ended.set()
        for one in readers:
            one.join()
    assert [set(one.statuses) for one in readers] == [{200}] * 2
    assert max(wait for one in readers for wait in one.waits)[0] < LONGEST_WAIT + SLOW_MACHINE


class Editor:
    """Changes one entry, by nginx."""

    def __init__(self, made: Several, browser: Browser | None = None) -> None:
        self.made, self.browser = made, browser or made.browser()
        sql = f"SELECT max(id) FROM faq_entry WHERE slug = '{SLUG}' AND published_at IS NOT NULL"  # noqa: S608 -- our own
        self.page = f"/admin/faq/entry/{administer(made.primary, sql, 'gatewijzer')[0][0]}/change/"
        self.browser.sign_in("publisher", PASSWORD)

    def typed(self, word: str) -> dict[str, list[str]]:
        """The form, with a word of its own in both answers."""
        texts = {f"{language}_answer": f"Text with {word}." for language in ("nl", "en")}
        return self.browser.form(self.page, "nl_answer").sent(texts, ("_publish", "Publish"))

    def publishes(self, word: str, found_after: float = 10.0) -> None:
        """Publish it: the editor sees it at once, readers when nginx asks again, and searches find it."""
        assert self.browser.ask(self.page, self.typed(word))[0] == 302
        assert word in self.browser.ask(PAGE)[1]
        reader = self.made.browser()
        until(lambda: word in reader.ask(PAGE)[1], 2 * SHARED_SECONDS + 2 + SLOW_MACHINE)
        until(lambda: finds(self.made, word), found_after + SLOW_MACHINE)


def finds(made: Several, word: str) -> bool:
    """Whether a search finds the entry by a word, in the index."""
    told = json.loads(made.browser().ask(f"/api/v1/search?q={word}&lang=en")[1])
    return not told["plain"] and SLUG in [result["slug"] for result in told["results"]]


def parts(machine: WebMachine) -> dict[str, str]:
    """What a web machine says of its parts; nothing where it does not answer."""
    status, told = machine.asked("/readyz")
    return dict(json.loads(told)["parts"]) if status else {}


def are_well(made: Several) -> bool:
    """Whether both web machines have all that they need."""
    return all(set(parts(one).values()) == {"ok"} for one in made.web)


def until_well(made: Several) -> None:
    """Wait until every worker of both web machines has all that it needs."""
    until(lambda: are_well(made), STARTED)
    time.sleep(NOTICED)


def desk_and_portal_work(made: Several) -> None:
    """The desk finds an answer with a caller on the line, and reads a ticket; the portal shows and links answers."""
    desk, portal = made.browser(), made.browser()
    assert f"/nl/faq/{ANSWER}/" in desk.ask("/nl/search/?q=kan+bgp+op+elke+sku")[1]
    ticket = desk.form("/nl/search/text/", "text").sent({"text": "Goedemorgen,\n\nOndersteunt Azure ook BGP?\n\nJan"})
    status, page = desk.ask("/nl/search/text/", ticket)
    assert (status, "bgp" in page.lower()) == (200, True)
    assert json.loads(portal.ask(f"/api/v1/entries/{ANSWER}?lang=en")[1])["slug"] == ANSWER
    oembed = f"/oembed?url={quote(f'{ORIGIN}/en/faq/{ANSWER}/')}"
    for path in (f"/embed/en/{ANSWER}", "/gateway-faq.js", oembed):
        assert portal.ask(path)[0] == 200, path


def a_set_up_that_is_as_it_should_be(made: Several) -> None:
    for one in made.web:
        # the editors of the tests have no second factor, which deploy/gatewijzer.env asks for
        assert one.manage("doctor", GATEWIJZER_SECOND_FACTOR="required") == "Nothing is missing or unsafe.\n"
        status, figures = one.asked("/metrics")
        assert (status, 'gatewijzer_part_well{part="replicas"} 1.0' in figures) == (200, True)
    encrypted = (
        "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename LIKE 'gatewijzer%'"
    )
    assert [administer(one, encrypted) for one in (made.primary, made.replica)] == [[(True,)]] * 2
    assert administer(made.primary, "SELECT slot_name, active FROM pg_replication_slots") == [
        ("gatewijzer_replica", True)
    ]


def guesses_are_limited_on_both_machines_together(made: Several) -> None:
    statuses = []
    for _ in range(ACCOUNT_GUESSES.times + 1):
        guesser = made.browser(STRANGER)
        form = guesser.form("/admin/login/", "username")
        statuses.append(guesser.ask("/admin/login/", form.sent({"username": "editor", "password": "x"}))[0])
    assert statuses == [200] * ACCOUNT_GUESSES.times + [429]


def of_two_editors_on_two_machines_one_is_refused_and_keeps_the_words(made: Several) -> None:
    """They save the same entry at the same moment."""
    editors = {word: Editor(made, made.browser_on(one)) for word, one in zip(WORDS, made.web, strict=True)}
    typed = {word: editor.typed(word) for word, editor in editors.items()}
    with ThreadPoolExecutor() as threads:
        sent = {word: threads.submit(editors[word].browser.ask, editors[word].page, typed[word]) for word in WORDS}
    said = {word: answer.result() for word, answer in sent.items()}
    (saved,) = [word for word, (status, _) in said.items() if status == 302]
    (refused,) = set(WORDS) - {saved}
    status, page = said[refused]
    assert (status, "somebody else" in page.lower()) == (200, True)
    assert any(refused in value for form in forms_of(page) for _, value in form.fields)
    readers = [made.browser_on(one) for one in made.web]
    until(lambda: all(saved in reader.ask(f"{PAGE}?read={saved}")[1] for reader in readers), 2 + SLOW_MACHINE)


def without_redis(made: Several, editor: Editor) -> None:
    with readers_notice_nothing(made):
        made.redis.stop()
        editor.publishes("kwxredis")
        desk_and_portal_work(made)
        assert all(parts(one)["quotas"] != "ok" for one in made.web)
        made.redis.start()
        until_well(made)


def without_a_web_machine(made: Several, editor: Editor) -> None:
    """It is ended as if it had lost its power, with the process that builds the index for both."""
    of_index = "SELECT holder FROM faq_lease WHERE name = 'indexer' AND until > now()"
    holder = administer(made.primary, of_index, "gatewijzer")[0][0].split()[1]
    gone = next(one for one in made.web if str(one.pids[1]) == holder)
    with readers_notice_nothing(made):
        for pid in gone.pids:
            os.killpg(pid, signal.SIGKILL)
        editor.publishes("kwxmachine", LEASE_SECONDS + 10)
        desk_and_portal_work(made)
        gone.stop()
        start_all([gone])
        until_well(made)


def without_the_replica(made: Several, editor: Editor) -> None:
    with readers_notice_nothing(made):
        made.replica.stop()
        editor.publishes("kwxreplica")
        desk_and_portal_work(made)
        assert all(parts(one)["replicas"].startswith("replica1: ") for one in made.web)
        made.replica.start()
        until_well(made)


def without_the_primary(made: Several, editor: Editor) -> None:
    typed = editor.typed("kwxprimary")
    with readers_notice_nothing(made):
        made.primary.stop()
        time.sleep(2)
        status, page = editor.browser.ask(editor.page, typed)
        assert (status, "kwxprimary" in page) == (503, True)
        desk_and_portal_work(made)
        assert all(parts(one)["writing"] != "ok" for one in made.web)
        made.primary.start()
        until_well(made)
    editor.publishes("kwxagain")


def while_another_release_is_loaded_on_one_machine_after_the_other(made: Several) -> None:
    with readers_notice_nothing(made):
        for one in made.web:
            one.reload()
            time.sleep(4)
            until_well(made)


@contextmanager
def without_both_web_machines(made: Several) -> Iterator[None]:
    """nginx has the pages that readers read lately, and says so."""
    made.proxy.ask("/en/limits/")
    for one in made.web:
        one.stop()
    time.sleep(2 * SHARED_SECONDS + 1)  # as long as nginx does not ask again
    answer, page = made.proxy.ask("/en/limits/")
    assert (answer.status, b"<h1" in page) == (200, True)
    assert answer.headers["Cache-Status"] == "nginx; fwd=stale; fwd-status=502; detail=site-unavailable"
    answer, page = made.proxy.ask("/en/search/?q=bgp")
    assert (answer.status, answer.headers["Retry-After"]) == (502, "10")
    yield
    start_all(made.web)
    until_well(made)
    assert made.browser().ask("/en/search/?q=bgp")[0] == 200


def lose_the_primary_and_promote_the_replica(made: Several) -> None:
    """As docs/deploying.md says, while the site is stopped."""
    made.primary.stop()
    made.replica.run("pg_ctl", "promote", "--wait", "-D", made.replica.data)
    for one in made.web:
        one.set("DATABASE_URL", one.setting("DATABASE_REPLICA_URLS"))
        one.set("DATABASE_REPLICA_URLS", "")


def test_a_day_while_parts_stop(prepared_on_sqlite: Path) -> None:
    with several(prepared_on_sqlite) as made:
        until_well(made)
        a_set_up_that_is_as_it_should_be(made)
        guesses_are_limited_on_both_machines_together(made)
        editor = Editor(made)
        with readers_notice_nothing(made):
            editor.publishes("kwxmorning")
            desk_and_portal_work(made)
        of_two_editors_on_two_machines_one_is_refused_and_keeps_the_words(made)
        without_redis(made, editor)
        without_a_web_machine(made, editor)
        without_the_replica(made, editor)
        without_the_primary(made, editor)
        while_another_release_is_loaded_on_one_machine_after_the_other(made)
        with without_both_web_machines(made):
            lose_the_primary_and_promote_the_replica(made)
        editor.publishes("kwxpromoted")
