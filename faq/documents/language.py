"""Which language a text is in, by its function words: Dutch, English, or neither clearly enough."""

from __future__ import annotations

import re

from web.languages import LANGUAGES

# Words that stand in one of these languages only, or nearly: «de», «en», «in», «is», «of», «was» and «we» tell nothing.
_WORDS = {
    "nl": (
        "aan als bij dat deze dit door een er geen heb hebben hebt het hij hoe ik ja kunnen kunt maar maken meer met"
        " mijn moet moeten mogen naar nee niet nog om ook op te tussen uit uw van vanaf vanuit voor waar waarom wanneer"
        " wat welk welke worden wordt ze zich zijn zoals zonder zou zowel"
    ),
    "en": (
        "and any are as at be because been but by can cannot do does for from had has have how if it its may must my"
        " not on one only or other should than that the their there these they this to use used when where which while"
        " who why will with would yes you your"
    ),
    "de": (
        "aber auch auf aus bei das dass dem den der des die durch ein eine einem einen einer es für ich ihr ihre im ist"
        " kann können mein mit müssen nach nicht noch nur oder sich sie sind und von warum welche wenn werden wie wird"
        " zu zum zur zwischen"
    ),
    "fr": (
        "au aux avec ce ces cette comment dans des du elle est et il je la le les leur mais ne non nous ou oui par pas"
        " peut peuvent plus pour pourquoi quand que quel quelle quelles quels qui sans sont sur un une vos votre vous"
    ),
    "es": "al como con cuando del donde el es esta este la las lo los más mi no para pero por puede que se sin su un y",
    "it": "che come con da dei del della di e gli il in la le lo mio nel non per perché più può quando se sono un una",
    "pt": "ao as com como da das do dos e em essa este é meu não na no os para pode por quando que se seu um uma",
    "sv": "att av den det detta du eller en ett för från hur här jag kan med mellan men mitt när och om på som till är",
    "da": "af at den der det du eller en er et for fra hvad hvordan ikke jeg kan med mellem min når og om på som til",
    "af": "by deur dié hierdie hoe jou kan met my na nie nodig om ons sal tussen u vir wat word",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_NO_PROSE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\n]*>|\]\([^()\n]*\)|\bhttps?://\S+", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAST_WORDS = 3
_LEAST_SHARE = 0.12
_LEAST_LEAD = 1.5


def language_of(text: str) -> str | None:
    """`"nl"`, `"en"`, or None where the text is too short, mixed or in another language. Code does not count."""
    counts = dict.fromkeys(_LANGUAGES, 0)
    words = _WORD.findall(_NO_PROSE.sub(" ", text).lower())
    for word in words:
        for language, known in _LANGUAGES.items():
            counts[language] += word in known
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < _LEAST_WORDS or best < _LEAST_SHARE * len(words) or best < _LEAST_LEAD * second:
        return None
    winner = max(counts, key=lambda language: counts[language])
    return winner if winner in LANGUAGES else None
