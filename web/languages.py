"""The languages of the site, once. Free of Django and of settings, so that pure modules may read it."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("nl", "en")
"""The codes of the languages, the default first."""

DEFAULT_LANGUAGE = LANGUAGES[0]
"""The language of a visitor who asks for none that the site has."""


def gettext_noop(name: str) -> str:
    """Marks a word for the catalogues, as Django's function of this name does."""
    return name


ENGLISH_NAMES: Mapping[str, str] = {"nl": gettext_noop("Dutch"), "en": gettext_noop("English")}
"""What each language is called in English: for translation, and for commands."""

OWN_NAMES: Mapping[str, str] = {"nl": "Nederlands", "en": "English"}
"""What each language calls itself."""

LOCALES: Mapping[str, str] = {"nl": "nl_NL", "en": "en_GB"}
"""The locale that link previews (Open Graph) are told for each language."""


def in_order(language: str) -> tuple[str, ...]:
    """The languages in the order in which a reader of this one gets them: its own, then the others."""
    return (language, *others(language))


def others(language: str) -> tuple[str, ...]:
    """The other languages, in the order in which they stand in for this one where it has no text."""
    return tuple(code for code in LANGUAGES if code != language)
