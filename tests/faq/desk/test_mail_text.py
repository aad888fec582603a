"""A mail taken apart: what is left out, where sentences end, what asks, and in which language."""

from __future__ import annotations

import pytest

from faq.desk.mail_text import MOST_CLAUSES, MOST_SENTENCES, Sentence, asks, gist_of, language_of_text, sentences
from tests.faq.desk.mails import MAILS, Mail

TICKET = """Beste collega,

Klant belt: hoeveel clients kunnen er tegelijk verbinden met point-to-site? Ze hebben er 150.
Daarnaast willen ze weten welke grootte het GatewaySubnet moet hebben.

Met vriendelijke groet,
Jan Jansen (jan.jansen@example.org, 06-12345678)
"""


def written(text: str) -> list[str]:
    """The sentences of a text as they are quoted."""
    return [sentence.text for sentence in sentences(text)]


def parted(text: str) -> tuple[str, ...]:
    """The questions that the only sentence of a text is made of."""
    (sentence,) = sentences(text)
    return sentence.clauses


def test_greetings_and_signatures_are_no_questions() -> None:
    assert written(TICKET) == [
        "Klant belt: hoeveel clients kunnen er tegelijk verbinden met point-to-site?",
        "Ze hebben er 150.",
        "Daarnaast willen ze weten welke grootte het GatewaySubnet moet hebben.",
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "Met vriendelijke groet,", "met vriendelijke groeten", "Mvg", "M.v.g.", "Groeten,", "Groetjes!", "Gr.",
        "Vr. gr.", "Kind regards,", "Best regards", "Regards,", "With kind regards,", "Yours sincerely,", "Thanks,",
        "thx", "Mvg,", "Hartelijke groet", "Alvast bedankt!", "Bvd,", "Hoogachtend,", "-- ",
    ],
)  # fmt: skip
def test_a_signature_ends_where_somebody_asks_again(closing: str) -> None:
    signature = "Jan Jansen\nAcme, the networks of tomorrow"
    text = f"Is BGP possible on Basic?\n{closing}\n\n{signature}\n\nAnd what about IKEv2?"
    assert written(text) == ["Is BGP possible on Basic?", "And what about IKEv2?"]


@pytest.mark.parametrize(
    "line", ["Met welke groep apparaten werkt het", "Thanks to BGP the routes are learned by themselves and stay so"]
)
def test_a_line_that_only_begins_like_a_closing_is_read(line: str) -> None:
    assert written(line) == [line]


@pytest.mark.parametrize("greeting", ["Hoi Petra,", "Dear Mr. Smith,", "Goedemorgen,", "Hello!", "Dag collega's."])
def test_a_greeting_before_a_question_in_the_same_line_is_left_out(greeting: str) -> None:
    assert written(f"{greeting} Werkt BGP op de Basic-SKU?") == ["Werkt BGP op de Basic-SKU?"]


@pytest.mark.parametrize("line", ["Dag in dag uit valt de tunnel weg.", "Hello does BGP work on Basic"])
def test_a_line_that_only_begins_like_a_greeting_is_read(line: str) -> None:
    assert written(line) == [line]


def test_what_is_quoted_counts_only_where_nothing_else_asks() -> None:
    quoted = "> Which MTU do you use on the tunnel?\n> Regards,\n> Ann"
    assert written(f"Does the gateway support IPv6?\n\nOn Monday Ann wrote:\n{quoted}") == [
        "Does the gateway support IPv6?"
    ]
    assert written(quoted) == ["Which MTU do you use on the tunnel?"]


def test_headers_of_a_mail_are_left_out_but_for_a_subject_that_asks() -> None:
    headers = "From: Ann <ann@example.org>\nSent: Monday 9:00 AM\nTo: The desk\n"
    assert written(f"{headers}Subject: Some questions about VPN\nIs BGP supported there?") == [
        "Is BGP supported there?"
    ]
    assert written(f"{headers}Subject: Is BGP supported on Basic?\n") == ["Is BGP supported on Basic?"]


@pytest.mark.parametrize("mark", ["1. ", "2) ", "a) ", "(b) ", "- ", "* ", "• ", "– ", "Vraag 3: ", "Q4. "])
def test_marks_of_lists_are_left_out(mark: str) -> None:
    assert written(f"{mark}Is BGP supported there?\n{mark}Is NAT supported there?") == [
        "Is BGP supported there?",
        "Is NAT supported there?",
    ]


def test_items_in_one_line_are_taken_apart() -> None:
    assert written("1) is BGP supported there 2) is NAT supported there; what does it cost") == [
        "is BGP supported there",
        "is NAT supported there",
        "what does it cost",
    ]


def test_a_line_that_a_mail_program_broke_is_joined() -> None:
    text = "I would like to know how many on-premises sites can be connected to a single\nvirtual network in Azure."
    assert written(text) == [" ".join(text.split())]


def test_lines_that_the_writer_ended_stay_apart() -> None:
    assert len(sentences("hoeveel tunnels kan VpnGw1 aan\nkunnen we BGP gebruiken\nWerkt NAT ook met BGP")) == 3


def test_an_abbreviation_ends_no_sentence() -> None:
    assert written("Kan dat ook met bijv. BGP of o.a. NAT en evt. IPv6?") == [
        "Kan dat ook met bijv. BGP of o.a. NAT en evt. IPv6?"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Werkt BGP op Basic?", "hoe komt dat toch steeds", "Kunt u aangeven welk adres het wordt.",
        "Ik zou graag weten of NAT mogelijk is.", "de tunnel valt steeds weg, hoe komt dat", "Vraag: welke MTU is goed",
        "Tell me please, can we use BGP", "I was wondering about the MTU of a tunnel.",
        "Let me know which SKU to take.", "“Is BGP supported?”",
    ],
)  # fmt: skip
def test_a_question_is_known_without_its_mark(sentence: str) -> None:
    assert asks(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ze hebben er 150.", "Wij gaan over op Azure en ik heb nog een paar vragen.", "Have a nice day!",
        "Please advise on the following:", "De tunnel valt steeds weg.", "We met last week in Utrecht, it was nice.",
    ],
)  # fmt: skip
def test_what_is_told_asks_nothing(sentence: str) -> None:
    assert not asks(sentence)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Tot slot: welk adres heeft de gateway straks, kan ik dat al weten voordat wij hem aanmaken?",
            ("welk adres heeft de gateway straks", "kan ik dat al weten voordat wij hem aanmaken?"),
        ),
        ("Wat kost een gateway en hoe lang duurt het maken?", ("Wat kost een gateway", "hoe lang duurt het maken?")),
        ("Moeten we overstappen, en verandert ons adres dan?", ("Moeten we overstappen", "verandert ons adres dan?")),
        ("Is IPv6 supported, and what about a dual stack?", ("Is IPv6 supported", "what about a dual stack?")),
        ("Tell me how large it must be and whether NSGs work", ("Tell me how large it must be", "whether NSGs work")),
        ("Kunnen wij BGP en NAT tegelijk gebruiken?", ()),
        ("Which of IKEv1 and IKEv2 do you advise?", ()),
    ],
)
def test_a_sentence_of_two_questions_is_parted(text: str, parts: tuple[str, ...]) -> None:
    assert parted(text) == parts


def test_a_sentence_without_end_is_parted_into_a_few_questions() -> None:
    assert len(parted(", ".join(["hoe groot moet het zijn"] * 80))) == MOST_CLAUSES


def test_what_leads_in_a_question_is_no_part_of_its_gist() -> None:
    assert Sentence("Tot slot: welk adres heeft de gateway?", asks=True).gist == "welk adres heeft de gateway?"
    assert Sentence("Port: 443?", asks=True).gist == "Port: 443?"


def test_of_a_long_text_the_questions_are_kept() -> None:
    told = "\n".join(f"Wij hebben een grote vestiging nummer {number} in het land." for number in range(200))
    found = sentences(f"{told}\nWerkt BGP op Basic?")
    assert len(found) == MOST_SENTENCES
    assert found[-1].text == "Werkt BGP op Basic?"


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_the_language_of_a_mail_is_told_by_its_words(mail: Mail) -> None:
    assert language_of_text(mail.text, mail.page) == mail.language


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_text_that_tells_no_language_has_that_of_the_page(language: str) -> None:
    assert language_of_text("BGP ASN 65515", language) == language


@pytest.mark.parametrize(
    ("sentence", "gist"),
    [
        ("Kunt u mij vertellen of we BGP kunnen gebruiken?", "we BGP kunnen gebruiken?"),
        ("Verder zou ik graag weten welke SKU wij nodig hebben.", "welke SKU wij nodig hebben."),
        ("Ik vraag me af hoe lang een failover duurt", "hoe lang een failover duurt"),
        ("Could you please tell us how many tunnels we get?", "how many tunnels we get?"),
        ("I was wondering whether the address changes after a resize.", "the address changes after a resize."),
        ("Question 2: do you know if NAT works with BGP?", "NAT works with BGP?"),
        ("Which devices do you know of that work?", "Which devices do you know of that work?"),
        ("Kunnen wij BGP gebruiken?", "Kunnen wij BGP gebruiken?"),
        ("Can you tell us how?", "Can you tell us how?"),
    ],
)
def test_the_words_that_ask_for_an_answer_are_no_part_of_the_question(sentence: str, gist: str) -> None:
    assert gist_of(sentence) == gist
