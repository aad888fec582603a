"""What somebody gets whose form could not be stored: 503 with the reason, and all that was typed in a form that can be
sent again. It asks nothing of the database, and needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from web.database_trouble import WORDS, Trouble, retry_after, trouble_of
from web.languages import LANGUAGES
from web.problems import fault, problem

CSRF_FIELD = "csrfmiddlewaretoken"

SECRET = re.compile("passw|secret|token", re.IGNORECASE)
"""Names of fields whose values no page repeats: they are typed again."""

NEVER_REPEATED = (CSRF_FIELD, "design_json")
"""Fields that no page has again: the token, and what was pasted of a set-up, which may hold keys."""

ACCOUNT = re.compile("user_?name|e?mail", re.IGNORECASE)
"""Names of fields that stand beside a secret, for the browser to know which one to fill in."""

SHORT = 40
"""Characters of a value that was rather chosen than typed: it is sent along unseen."""


@dataclass(frozen=True, slots=True)
class SentField:
    """A field as it was sent: how it is shown is `hidden`, `text` (a box of lines), `line` or `secret`."""

    name: str
    value: str
    kind: str


def why_unsaved(error: DatabaseError) -> tuple[str, int]:
    """What a page with the form says where it was not stored, and the seconds after which to try again. Raises an error
    that tells of a mistake.
    """
    trouble = trouble_of(error)
    if trouble is None:
        raise error
    said = _("Nothing was saved.")
    return f"{said} {WORDS[trouble]}", retry_after(trouble)


def unsaved(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503 for a form, or a call of a program, that could not be stored; nothing of it was."""
    headers = {"Retry-After": str(retry_after(trouble)), "Cache-Control": "no-store"}
    if request.path.startswith((*settings.API_PATHS, *settings.BODY_BYTES)):
        with override("en"):
            reason = f"Nothing was saved: {trouble.value}. {WORDS[trouble]}"
        return problem(503, "Service Unavailable", [fault("", None, reason)], **headers)
    reasons = {}
    for language in LANGUAGES:
        with override(language):
            reasons[language] = str(WORDS[trouble])
    context = {
        "reasons": reasons,
        "target": request.get_full_path(),
        "fields": list(sent_fields(request.POST)),
        "token": get_token(request) if CSRF_FIELD in request.POST else "",
    }
    return HttpResponse(get_template("unsaved.html").render(context), status=503, headers=headers)


def sent_fields(sent: QueryDict) -> Iterator[SentField]:
    """The fields of a form as it was sent, each value by itself, without those that are never repeated."""
    for name, values in sent.lists():
        for value in values if name not in NEVER_REPEATED else ():
            yield SentField(name, "" if SECRET.search(name) else value, _kind(name, value))


def _kind(name: str, value: str) -> str:
    if SECRET.search(name):
        return "secret"
    if ACCOUNT.search(name):
        return "line"
    return "text" if len(value) > SHORT or len(value.split()) > 1 else "hidden"
