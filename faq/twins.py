from __future__ import annotations

from faq.addresses import entry_address
from faq.content import LINK, SLUG
from faq.models import Edition, Translation
from faq.publishing import catalogue_of
from faq.reading import ShownEntry
from faq.render import fill_limits


def answer_markdown(shown: ShownEntry) -> str:
    language = shown.heading.language
    text = Translation.objects.get(
        entry__edition__code=shown.edition, entry__slug=shown.heading.slug, language=language
    )
    filled = fill_limits(text.answer, catalogue_of(Edition.objects.get(code=shown.edition)), language, strict=False)
    return LINK.sub(
        lambda link: f"]({entry_address(link[1], language)})" if SLUG.fullmatch(link[1]) else link[0], filled
    )


def entry_markdown(shown: ShownEntry) -> str:
    return f"# {shown.heading.question}\n\n{answer_markdown(shown)}\n"


def entry_text(shown: ShownEntry) -> str:
    return f"{shown.heading.question}\n\n{shown.plain}\n"
