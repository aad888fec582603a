"""Questions that no entry answers and that visitors send to the editors: counted with the searches, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from faq.desk.query_log import expired_questions, this_week
from faq.models import AskedQuestion, Edition
from faq.search.service import find
from faq.store.audit import Action, recording_update
from faq.store.expiry import delete_expired
from web.privacy import impersonal

MOST_A_WEEK = 5_000
"""Different questions that are sent in one week; what comes on top is refused, so that nobody can fill the disk."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A question that waits for the editors: its latest row, how often it was sent in all, and the week of that row."""

    pk: int
    text: str
    language: str
    sent: int
    week: date


def store_sent(text: str, language: str, edition: Edition) -> bool:
    """Count that a visitor sent this question about an edition, and drop what is too old. False where the week has no
    room for another question. A text with nothing but personal data raises ValueError.
    """
    kept, week = impersonal(text), this_week()
    if not kept:
        raise ValueError("nothing is left of the question")
    found = find(kept, language, edition, limit=1).total
    with transaction.atomic():
        delete_expired(expired_questions)
        same = AskedQuestion.objects.filter(week=week, edition=edition.code, language=language, text=kept)
        if same.update(sent=F("sent") + 1):
            return True
        if AskedQuestion.objects.filter(week=week, sent__gt=0).count() >= MOST_A_WEEK:
            return False
        AskedQuestion.objects.update_or_create(
            week=week,
            edition=edition.code,
            language=language,
            text=kept,
            defaults={"sent": F("sent") + 1},
            create_defaults={"sent": 1, "found": found},
        )
    return True


def sent_in(edition: str) -> list[Sent]:
    """The questions about the edition of this code that wait for the editors, most sent first."""
    rows = AskedQuestion.objects.filter(edition__in=(edition, ""), sent__gt=0, is_settled=False).order_by("week", "pk")
    found: dict[tuple[str, str], Sent] = {}
    for row in rows:
        before = found.get((row.language, row.text))
        times = row.sent + (before.sent if before else 0)
        found[row.language, row.text] = Sent(row.pk, row.text, row.language, times, row.week)
    return sorted(found.values(), key=lambda one: (-one.sent, one.text))


def dismiss(question: AskedQuestion) -> None:
    """Take a question off the list, in all the weeks in which it was sent. A later week can bring it back."""
    same = AskedQuestion.objects.filter(edition=question.edition, language=question.language, text=question.text)
    with recording_update(same, Action.HANDLED, "is_settled"):
        same.update(is_settled=True)
