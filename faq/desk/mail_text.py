"""A mail or a ticket taken apart: its sentences in the order written, which of them ask something, what each asks, and
the language that it is in. Pure: no Django.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from faq.search.query_text import in_one_line, query_text, query_words
from faq.search.words import lexicon
from web.languages import LANGUAGES, in_order
from web.privacy import impersonal

LONGEST_TEXT = 20_000
"""Characters of a text that are read; a longer one is refused."""

MOST_SENTENCES = 60
"""Sentences of a text that are looked at: those that ask, then the longest ones."""

MOST_CLAUSES = 6
"""Questions that one sentence is parted into."""

FEWEST_WORDS = 3

LONGEST_CLOSING = 4
"""A line of at most so many words with one of these ends a letter, in Dutch or in English; a signature follows."""

CLOSING = re.compile(
    r"\b(?:m\.?v\.?g|vr\.? ?gr|groet\w*|regards|sincerely|faithfully|truly|cheers|thanks|thank you|thx|bedankt|dank"
    r"|b\.?v\.?d|hoogachtend)(?!\w)|^\s*(?:gr\.?(?!\w)|-- ?$)",
    re.IGNORECASE,
)

GREETING = re.compile(
    r"(?:beste|geachte|hallo|hoi|dag|goe[dn]?\w*(?:dag|morgen|middag|avond)"
    r"|dear|hi|hello|hey|good (?:morning|afternoon|evening|day))\b"
    r"(?:(?: +[^\s?!:,]+){0,5}? *[,!]|(?: +[^\s?!:,]+){0,3}?"
    r"(?:$|(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bdr)(?<!\bdhr)(?<!\bmw)(?<!\bmevr)\.))\s*",
    re.IGNORECASE,
)
"""How a letter begins, with a name of a few words."""

SIGNATURE_LINES = 6
"""Lines behind a closing that are taken for a signature, unless one of them asks something."""

LONGEST_SIGNATURE_LINE = 8
"""Words of a line of a signature; a longer one that follows a blank line is told again."""

_QUOTED = re.compile(r"^[\s>|]*>[\s>]*")
_QUOTES_BEGIN = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|oorspronkelijk bericht|forwarded|doorgestuurd)"
    r"|(?:on|op)\b.{6,120}\b(?:wrote|schreef\b.{0,80}):?\s*$)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^\s*(?:from|sent|to|cc|bcc|date|van|verzonden|aan|datum|reply-to|beantwoorden|bijlagen?|attachments?)\s*:\s",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^\s*(?:subject|onderwerp|re|fw|fwd|betreft|betr\.?)\s*:\s*", re.IGNORECASE)
_MARK = re.compile(r"^\s*(?:[-–—•*·▪]+|\(?(?:\d{1,2}|[a-zA-Z])[.):]|(?:vraag|question|q|v)\s?\d{1,2}\s?[.):])\s+", re.I)
_INNER_MARK = re.compile(r"\s(?:[-–—•*]|\(?(?:\d{1,2}|[a-z])\))\s+(?=\S)|;\s+")
_SENTENCE_END = re.compile(r"(?<=[.?!…])[\"”’')]*\s+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:bijv|bv|b\.v|nr|incl|excl|max|min|ca|evt|resp|vs|enz|etc|ivm|mbt|tov|o\.a|d\.w\.z|m\.b\.t|t\.o\.v|i\.v\.m"
    r"|i\.p\.v|a\.u\.b|e\.g|i\.e|approx|no|dhr|mevr|mw|mr|mrs|ms|dr|ir|ing|st)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_SHORTEST_BROKEN, _LONGEST_BROKEN = 50, 80
"""Characters of a line that a mail program, and not the writer, may have ended before a capital."""

_VERBS = {
    "nl": "kan|kunnen|kun|kunt|mag|mogen|moet|moeten|is|zijn|heeft|hebben|werkt|werken|ondersteunt|ondersteunen|blijft"
    "|blijven|wordt|worden|gaat|gaan|komt|zit|bestaat|bestaan|doet|doen|krijgt|krijgen|geldt|gelden|lukt|past|passen"
    "|hoeft|hoeven|zou|zouden|zal|zullen|wil|willen|klopt|helpt|gebruikt|gebruiken|weet|weten|loopt|lopen|betekent",
    "en": "can|could|may|must|should|shall|do|does|did|is|are|will|would|has|have|am|was|were|might",
}
_ASKING_WORDS = {
    "nl": r"hoe(?:\s?(?:veel|lang|zo|ver|groot|snel|vaak|zit))?|wat|welke?|wie|waar\w*|wanneer|waarom",
    "en": "how|what|which|who|whose|where|when|why|whether",
}
_ASKED_ABOUT = {
    "nl": r"of (?:het|er|dat|dit|die|deze|we|wij|ik|je|u|ze|zij|een|de|onze|ons|mijn|jullie|alle|elke|iedere|hij|men)",
    "en": r"if (?:it|there|that|this|we|i|you|they|a|an|the|our|my|all|any|each|every)",
}
_JOINED = {"nl": r"(?:en|of|maar|dus|want|en ook|en verder|plus)", "en": r"(?:and|or|but|so|and also|plus)"}
_ASKS_FOR = re.compile(
    r"\b(?:vra(?:ag|gen)\s+(?:me|mij|ons)\b|vraag is|afvragen|wil(?:len)?\b.{0,30}\bweten|(?:graag|zou|zouden)\b.{0,30}"
    r"\bweten|weet (?:u|je|jij|iemand|jullie)|benieuwd|hoor(?:t|en)? graag|graag (?:\w+ )?(?:uitleg|advies|informatie)"
    r"|kunt u|kun je|kunnen jullie|zoek naar|wonder(?:ing)?\b|want(?:s|ed)? to know|(?:like|love|need) to know"
    r"|let me know|please (?:advise|explain|tell|confirm)|(?:can|could) you (?:tell|explain|confirm|advise)"
    r"|question is|asks? (?:if|whether|how|what|which|when|why))",
    re.IGNORECASE,
)
_VERB_FIRST = r"\w{2,}(?:t|en)\s+(?:ik|we|wij|het|er|ons|onze|mijn|u|je|men|hij)"
"""A verb of any kind before who does it: Dutch asks so."""


def _any_of(words: dict[str, str]) -> str:
    return "|".join(words.values())


_BEGINS_TO_ASK = re.compile(rf"(?:{_any_of(_ASKING_WORDS)}|{_any_of(_VERBS)})\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"^[^:?]{2,60}:\s+(?=\S)")
_REQUEST = re.compile(
    r"^(?=.{0,60}\b(?:kunt|kun|kunnen|zou|zouden|wil|willen|graag|weet|weten|vraag|can|could|would|like|love|please|do|"
    r"was|am)\b).{0,60}?\b(?:aangeven|vertellen|zeggen|uitleggen|bevestigen|weten|weet (?:u|je|jij|iemand|jullie)|af|"
    r"tell|know|explain|confirm|advise|say|wonder(?:ing)?)(?:\s+(?:me|us|mij|ons))?,?\s+"
    r"(?:(?:of|if|whether)\s+|(?=(?:hoe|wat|welke?|waar\w*|wanneer|wie|how|what|which|when|why|where|who)\b))",
    re.IGNORECASE,
)
"""What asks for an answer before the question itself: `Kunt u mij vertellen of …`, `Could you tell us how …`."""
_CLAUSE = re.compile(
    rf"(?:[,:]\s+(?:{_any_of(_JOINED)})?\s*|\s+(?:{_any_of(_JOINED)})\s+)"
    rf"(?=(?:{_any_of(_ASKING_WORDS)}|{_any_of(_VERBS)}|{_any_of(_ASKED_ABOUT)}|{_VERB_FIRST})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, whether it asks something, and the shorter questions that it may be made of: two or more,
    or none.
    """

    text: str
    asks: bool
    clauses: tuple[str, ...] = ()

    @property
    def gist(self) -> str:
        """The sentence without what leads it in: `Last question: …`."""
        return gist_of(self.text)


def gist_of(sentence: str) -> str:
    """The question in a sentence: without what leads it in, and without the words that ask for an answer to it."""
    gist = _without_lead_in(sentence)
    shorter = _REQUEST.sub("", gist)
    return shorter if len(query_words(shorter)) >= FEWEST_WORDS else gist


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text that say or ask something, in their order, each once; without greetings, signatures,
    headers of mails, and, where there is anything else that asks, without what is quoted of earlier mails.
    """
    written, quoted = _own_and_quoted(text[:LONGEST_TEXT].splitlines())
    found = _sentences(written)
    if not any(sentence.asks for sentence in found) and quoted:
        found = _sentences(quoted) or found
    ranked = sorted(found, key=lambda one: (not one.asks, -len(one.text)))
    kept = {sentence.text for sentence in ranked[:MOST_SENTENCES]}
    return [sentence for sentence in found if sentence.text in kept]


def language_of_text(text: str, otherwise: str) -> str:
    """The language of most of the small words of a text; of two with as many, the one to take `otherwise`."""
    words = query_words(in_one_line(text[:LONGEST_TEXT]))
    times = Counter(word for code in LANGUAGES for word in lexicon(code).function_words)
    counted = {
        code: sum(word in lexicon(code).function_words and times[word] == 1 for word in words) for code in LANGUAGES
    }
    return max(in_order(otherwise), key=lambda code: counted[code])


def _sentences(lines: Sequence[str]) -> list[Sentence]:
    found: dict[str, Sentence] = {}
    for part in _parts(_without_signatures(lines)):
        line = query_text(part)
        if len(impersonal(line).split()) >= FEWEST_WORDS:
            found.setdefault(line, Sentence(line, asks(line), _clauses(line)))
    return list(found.values())


def asks(sentence: str) -> bool:
    """Whether a sentence asks something: it ends so, begins so, or says so."""
    gist, ending = _without_lead_in(sentence), sentence.rstrip("\"”’') ")[-1:]
    if ending in ("?", ":"):
        return ending == "?"
    begins = _BEGINS_TO_ASK.match(gist) or any(_asked_behind(gist))
    return (bool(begins) and ending != "!") or bool(_ASKS_FOR.search(sentence))


def _asked_behind(sentence: str) -> Iterator[bool]:
    """Whether each clause behind a comma begins to ask: `…, hoe komt dat`."""
    for found in _CLAUSE.finditer(sentence):
        asked = _BEGINS_TO_ASK.match(sentence, found.end())
        yield found[0].startswith(",") and asked is not None and asked[0].casefold() not in ("is", "are", "zijn", "has")


def _without_lead_in(sentence: str) -> str:
    shorter = _LEAD_IN.sub("", sentence)
    return shorter if len(shorter.split()) >= FEWEST_WORDS else sentence


def _clauses(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence that begin to ask, where there are two or more of enough words."""
    gist = _without_lead_in(sentence)
    starts = [0, *(found.end() for found in _CLAUSE.finditer(gist)), len(gist)]
    ends = [*(found.start() for found in _CLAUSE.finditer(gist)), len(gist)]
    parts = [gist[start:end].strip() for start, end in zip(starts, ends, strict=False)]
    long_enough = tuple(part for part in parts if len(query_words(part)) >= FEWEST_WORDS)
    return long_enough[:MOST_CLAUSES] if len(long_enough) > 1 else ()


def _own_and_quoted(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lines of a text that its writer wrote, and those that are quoted of an earlier mail; no headers."""
    own: list[str] = []
    quoted: list[str] = []
    is_behind = False
    for line in lines:
        if _QUOTES_BEGIN.match(line):
            is_behind = True
        elif _QUOTED.match(line):
            quoted.append(_QUOTED.sub("", line))
        elif not _HEADER.match(line) and not (_SUBJECT.match(line) and "?" not in line):
            (quoted if is_behind else own).append(_SUBJECT.sub("", line))
    return own, quoted


def _without_signatures(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a text without closings and what stands below each: who writes, and where they are to be reached."""
    left = 0
    for line in lines:
        if len(line.split()) <= LONGEST_CLOSING and CLOSING.search(line):
            left = SIGNATURE_LINES
        elif left and "?" not in line:
            left -= bool(line.strip())
        else:
            left = 0
            yield line


def _parts(lines: Iterable[str]) -> Iterator[str]:
    """The sentences of lines: those that a mail program broke are joined, and lists and sentences taken apart."""
    for paragraph in _joined([GREETING.sub("", line, count=1) if GREETING.match(line) else line for line in lines]):
        for item in _INNER_MARK.split(paragraph):
            yield from _split(item)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines with those that go on where a mail program broke one, without the marks of lists."""
    whole, widest = "", max(map(len, lines), default=0)
    for before, line in pairwise(["", *lines]):
        if _goes_on(before.rstrip(), line.lstrip(), widest):
            whole = f"{whole} {line.strip()}"
        else:
            yield whole
            whole = _MARK.sub("", line, count=1).strip()
    yield whole


def _goes_on(before: str, line: str, widest: int) -> bool:
    """Whether a line goes on where the one before ended: no sentence ends there, and it does not look like a new one
    that would have fit behind it.
    """
    if not before or not line or _MARK.match(line) or before[-1] in ".?!:;":
        return False
    if line[0].islower() and not _BEGINS_TO_ASK.match(line):
        return True
    is_full = len(before) >= _SHORTEST_BROKEN and len(f"{before} {line.split()[0]}") > widest
    return is_full and (line[0].islower() or len(before) <= _LONGEST_BROKEN)


def _split(text: str) -> Iterator[str]:
    """The sentences of a text; none ends behind an abbreviation."""
    whole = ""
    for part in _SENTENCE_END.split(text):
        whole = f"{whole} {part}".strip()
        if not _ABBREVIATED.search(part):
            yield whole
            whole = ""
    yield whole
