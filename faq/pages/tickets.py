"""The page that answers a pasted ticket, and the reply that is made of its answers. Nothing of the text is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from faq.desk.mail_text import LONGEST_TEXT
from faq.desk.replies import Replied, Reply, Said, reply_to
from faq.desk.tickets import Answering, answers_to
from faq.knowledge.markdown import short_answer, with_entry_urls
from faq.pages.context import chosen_edition, known_language, language_of, page_context
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.search.service import Result
from faq.store.editions import Edition
from faq.store.entries import Heading, ShownEntry, find_entry, find_headings
from web.htmx import HtmxHttpRequest, vary_on_fragment, wants_fragment
from web.languages import LANGUAGES, OWN_NAMES
from web.privacy import LEFT_OUT, without_persons

MOST_REPLIED = 200
"""Questions of a reply: more than a text of the longest length has."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the page: the sentences, what may be ticked for them, the entry that surely answers them, if any,
    whether that belongs into the reply, and what to search for instead. It is numbered as its first sentence is.
    """

    number: int
    asked: tuple[str, ...]
    others: tuple[Heading, ...]
    entry: ShownEntry | None = None
    is_ticked: bool = False
    searched_for: str = ""


@csrf_exempt  # it changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_fragment
def text(request: HtmxHttpRequest) -> HttpResponse:
    """The answers to a pasted text, or to what was selected elsewhere (`?text=`): on the page, or by themselves for a
    script.
    """
    chosen, given = chosen_edition(request), request.POST.get("text", request.GET.get("text", ""))
    context = page_context(request, chosen) | {"text": given[:LONGEST_TEXT]}
    if len(given) > LONGEST_TEXT:
        longest = {"longest": LONGEST_TEXT, "given": len(given)}
        context["fault"] = _("A text has at most %(longest)d characters; this one has %(given)d.") % longest
    elif given.strip():
        context |= _answered(given, language_of(request), chosen.edition)
    name = "faq/pages/_answered.html" if wants_fragment(request) else "faq/pages/text.html"
    response = TemplateResponse(request, name, context, status=413 if "fault" in context else 200)
    if given:
        response.headers["Cache-Control"] = "no-store"
    return response


def _answered(given: str, language: str, edition: Edition) -> dict[str, Any]:
    """What the page shows of a text, in the language of the text."""
    answered = answers_to(given, language, edition)
    own = answered.language
    others = [other for one in (*answered.answers, *answered.touched) for other in one.others]
    others += [result for one in answered.unanswered for result in one.candidates]
    known = find_headings({result.slug for result in others}, edition, own)

    def row(one: Answering, *, is_ticked: bool) -> AnswerRow:
        entry = find_entry(edition, one.result.slug, own)
        return AnswerRow(one.place, tuple(one.asked), _headings(one.others, known), entry, is_ticked)

    return {
        "answered": answered,
        "answers": [row(one, is_ticked=True) for one in answered.answers],
        "touched": [row(one, is_ticked=False) for one in answered.touched],
        "unanswered": [
            AnswerRow(one.place, (one.text,), _headings(one.candidates, known), searched_for=_impersonal(one.text))
            for one in answered.unanswered
        ],
        "reply_language": own,
        "reply_languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
    }


def _headings(results: Iterable[Result], known: Mapping[str, Heading]) -> tuple[Heading, ...]:
    return tuple(known[result.slug] for result in results if result.slug in known)


def _impersonal(sentence: str) -> str:
    """A sentence as it may stand in an address, where it tells of nobody."""
    return " ".join(without_persons(sentence).replace(LEFT_OUT, " ").split())


@csrf_exempt  # it changes nothing
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """A reply made of the ticked answers: as a page to copy from, or as JSON for a script that copies it."""
    chosen, language = chosen_edition(request), known_language(request.POST.get("language") or language_of(request))
    replied = _replied(request, chosen.edition, language)
    written = reply_to(replied, language) if replied else Reply("", "")
    status = 200 if replied else 422
    if request.headers.get("Accept", "").startswith("application/json"):
        response: HttpResponse = JsonResponse(asdict(written), status=status)
    else:
        context = page_context(request, chosen) | {"reply": written, "reply_language": language}
        response = TemplateResponse(request, "faq/pages/reply.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _replied(request: HttpRequest, edition: Edition, language: str) -> list[Replied]:
    """The questions with a ticked answer, in the order in which the page numbers them."""
    ticked = (re.fullmatch(r"answer-(\d{1,3})", name) for name in request.POST)
    numbers = sorted(int(name[1]) for name in ticked if name)
    if len(numbers) > MOST_REPLIED:
        raise BadRequest
    found = (
        Replied(tuple(request.POST.getlist(f"asked-{number}")), said)
        for number in numbers
        if (said := tuple(_said(request.POST.getlist(f"answer-{number}"), edition, language)))
    )
    return list(found)


def _said(slugs: Iterable[str], edition: Edition, language: str) -> Iterable[Said]:
    for slug in dict.fromkeys(slugs):
        entry = find_entry(edition, slug, language)
        if entry is not None:
            own, in_edition = entry.heading.language, edition_suffix(entry.edition)
            yield Said(
                entry.heading.question,
                with_entry_urls(short_answer(entry.html), _address_in(own, in_edition)),
                entry_address(entry.heading.slug, own) + in_edition,
                own,
            )


def _address_in(language: str, in_edition: str) -> Callable[[str], str]:
    return lambda slug: entry_address(slug, language) + in_edition
