"""From the text of a ticket to the entries that answer its questions, in their order."""

from __future__ import annotations

import pytest

from faq.desk.tickets import Answered, answers_to
from faq.models import Edition
from tests.faq.desk.mails import ADDRESS, BGP_SKUS, CLIENTS, FAILOVER, IPV6, MAILS, SUBSCRIPTIONS, Mail

pytestmark = pytest.mark.django_db


def answered(text: str, language: str = "nl") -> Answered:
    """What answers a text in edition 2026."""
    return answers_to(text, language, Edition.objects.get(code="2026"))


def slugs(found: Answered) -> list[str]:
    """The entries that answer, in their order."""
    return [one.result.slug for one in found.answers]


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_every_question_of_a_mail_is_answered_in_its_order(mail: Mail) -> None:
    found = answered(mail.text, mail.page)
    assert found.language == mail.language
    assert len(found.answers) == len(mail.asked)
    for one, expected in zip(found.answers, mail.asked, strict=True):
        assert one.result.slug in expected, one.asked
    assert found.unanswered == ()


def test_a_question_behind_a_closing_phrase_is_answered() -> None:
    text = "Tot slot: welk adres heeft de gateway straks, kan ik dat al weten voordat wij hem aanmaken?"
    found = answered(text)
    assert slugs(found) == [ADDRESS]
    assert found.answers[0].asked == [text]


def test_two_sentences_with_one_answer_are_named_together() -> None:
    first, second = (
        "Hoeveel VPN-clients kunnen er tegelijk verbonden zijn?",
        "Met hoeveel clients tegelijk kan ik P2S doen?",
    )
    found = answered(f"{first}\nWerkt BGP op de Basic-SKU?\n{second}")
    assert slugs(found) == [CLIENTS, BGP_SKUS]
    assert found.answers[0].asked == [first, second]
    assert [one.place for one in found.answers] == [0, 1]


def test_what_else_may_be_meant_is_offered_and_never_the_answer_itself() -> None:
    (answer,) = answered("Hoeveel VPN-clients kunnen er tegelijk verbonden zijn?").answers
    others = [other.slug for other in answer.others]
    assert others
    assert CLIENTS not in others
    assert len(others) == len(set(others))


def test_a_question_that_no_entry_answers_is_named() -> None:
    found = answered("Werkt BGP op de Basic-SKU?\nWie wint zondag de wedstrijd van Ajax tegen Feyenoord?")
    assert slugs(found) == [BGP_SKUS]
    assert [one.text for one in found.unanswered] == ["Wie wint zondag de wedstrijd van Ajax tegen Feyenoord?"]


def test_a_part_of_a_sentence_that_no_entry_answers_is_named() -> None:
    found = answered("Does the VPN gateway support IPv6, and who wins the football match on Sunday?", "en")
    assert slugs(found) == [IPV6]
    assert [one.text for one in found.unanswered] == ["who wins the football match on Sunday?"]


def test_a_question_that_points_back_is_searched_for_with_the_one_before() -> None:
    text = "Can two virtual networks in different regions be connected? Do they have to be in the same subscription?"
    assert slugs(answered(text, "en"))[1] == SUBSCRIPTIONS


def test_a_question_that_points_back_and_finds_nothing_new_is_not_sure() -> None:
    found = answered("Hoe lang duurt een failover? Kan dat sneller?")
    assert slugs(found) == [FAILOVER]
    assert [one.text for one in found.unanswered] == ["Kan dat sneller?"]
    assert found.unanswered[0].candidates


def test_what_is_only_told_goes_apart_from_what_is_asked() -> None:
    told = "De firewall is een oude ASA die alleen policy-based kan."
    found = answered(f"{told} Werkt BGP op de Basic-SKU?")
    assert slugs(found) == [BGP_SKUS]
    assert [one.asked for one in found.touched] == [[told]]


def test_a_complaint_that_asks_nothing_is_answered_by_itself() -> None:
    found = answered("De tunnel valt weg als er een paar minuten geen verkeer is.")
    assert len(found.answers) == 1
    assert found.touched == ()


def test_a_favor_is_no_question_without_an_answer() -> None:
    found = answered("Kunt u mij met het volgende helpen?\nWerkt BGP op de Basic-SKU?")
    assert slugs(found) == [BGP_SKUS]
    assert found.unanswered == ()


def test_what_asks_nothing_and_finds_nothing_is_told() -> None:
    found = answered("I hope you are well. Does the VPN gateway support IPv6?", "en")
    assert found.told == ("I hope you are well.",)
