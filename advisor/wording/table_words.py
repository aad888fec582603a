"""What a form calls the columns of a table and its choices, in every language of the site, with the usual words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from django.utils.translation import override

from advisor.core.field_parameters import rows_of
from advisor.wording.labels import CHOICE_NAMES, FIELD_NAMES, NO_CHOICE, column_label
from advisor.wording.usual_words import plain, usual_choices, usual_columns
from web.languages import LANGUAGES


@cache
def columns_called(kind: str) -> Mapping[str, str]:
    """The column of rows (`site`, `vnet`) that is meant by what can stand above it, as `plain` writes it."""
    words = dict(usual_columns(kind))
    for column in rows_of()[kind].columns:
        words |= dict.fromkeys(map(plain, _labels_of_column(kind, column)), column)
    return words


@cache
def choices_called(parameter: str) -> Mapping[str, str]:
    """The code that is meant by a word for one of the choices of a parameter, as `plain` writes it; empty for a
    parameter that is not one of choices.
    """
    labels = CHOICE_NAMES.get(parameter, {})
    words = dict(usual_choices(parameter))
    for language in LANGUAGES:
        with override(language):
            words |= {plain(str(label)): code for code, label in labels.items()}
            words |= {plain(str(label)): "" for code, label in NO_CHOICE.items() if code == parameter}
    return words | {plain(code): code for code in labels}


def _labels_of_column(kind: str, column: str) -> Iterator[str]:
    parameter = kind if column == "name" else f"{kind}_{column}"
    yield parameter
    yield column
    for language in LANGUAGES:
        with override(language):
            yield str(FIELD_NAMES[parameter])
            yield column_label(kind, column)
