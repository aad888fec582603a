"""That no entry answers: what is told, and what the weights that tell it are."""

from __future__ import annotations

import math

import pytest

from faq.search.service import find
from faq.search.sureness import NAMES, shipped_scale
from faq.search.weighing import FEATURES, ranking_weights, shipped_weights
from faq.store.editions import Edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "language", "near"),
    [
        ("de printer op de tweede verdieping print dubbelzijdig niet meer", "nl", True),
        ("wie verlengt onze licentie van de fortigate", "nl", True),
        ("the printer in the hall only prints blank pages", "en", True),
        ("who do I call about the contract of my mobile phone", "en", True),
        ("pizza bestellen", "nl", True),
        ("printer doet het niet", "nl", True),
        ("factuur betalen met creditcard", "nl", True),
        ("azure firewall kosten per maand", "nl", True),
        ("koelkast is stuk", "nl", True),
        ("cheapest flights", "en", True),
        ("azure firewall price per month", "en", True),
        ("hoeveel thuiswerkers kunnen tegelijk verbinding maken", "nl", False),
        ("our office and the cloud have the same address range", "en", False),
    ],
)
def test_a_question_from_the_world_around_is_said_to_have_no_answer(question: str, language: str, near: bool) -> None:
    found = find(question, language, Edition.objects.get(code="2026"))
    assert found.only_near is near
    assert found.results


@pytest.mark.parametrize("word", ["commando", "controller", "token", "terugvinden"])
def test_a_word_that_people_use_is_never_changed(word: str) -> None:
    assert find(f"{word} bgp", "nl", Edition.objects.get(code="2016-12")).corrected is None


def test_the_file_has_a_weight_for_each_feature_and_sign() -> None:
    assert set(shipped_weights()["ranking"]) == set(FEATURES)
    assert set(shipped_weights()["sureness"]["signs"]) == set(NAMES)
    assert all(math.isfinite(weight) for weight in (*ranking_weights(), *shipped_scale().weights))
    assert 0 < shipped_scale().least < 1
