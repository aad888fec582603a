"""Which language a text is in, by its letters and its function words: Dutch, English, another, or none clearly."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator

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
    "pl": "aby ale być co czy dla do jak jest jeśli już która może na nie od oraz po przez się są tak to w z za że",
    "cs": (
        "aby ale co do ho jak jako je jsem jsou jste která které který když mezi může na nebo není od po pokud pro při"
        " se si to v ve z za že"
    ),
    "hu": "a az de egy és ez ha hogy is kell lehet meg mi mint nem vagy van volt",
    "fi": "että ei ja jos kun mikä miten mitä ne niin olla on ovat se tai voi voit",
    "tr": "ama bir bu da daha de en gibi her için ile kadar mi mı nasıl ne olarak ve veya",
    "id": "ada adalah agar anda apa atau bagaimana dan dari dengan di ini itu jika ke pada saya tidak untuk yang",
    "af": (
        "as asb by deur dié ek gebruik hierdie hoe hoekom hulle jou jy kan met my na nie nodig om ons sal sy tussen u"
        " vanaf vir wat watter wees word"
    ),
}
# Short words of the site's languages that other languages have too: they are no sign of any.
_SHARED = {
    "nl": (
        "af al alle ander andere ben bent bin daar dan de den der des deur die dit doe doet ei elk elke en"
        " gebruik geef had heeft hem hen hier iets in is je jij jou jouw kan kon kun leg los mais man me men min"
        " na niets nodig of ons onze over pas per sta staat tak te tot u uit van was we wel wie wij wil word zij"
        " zo"
    ),
    "en": (
        "a ad ale all also am an come comment con den die do dos e even far ha has he her here hot i in into is"
        " kind let link log man me men met min mint more most no non now of off pan par per plus post pour pro"
        " sans see set she sin so some son sur sure tell ten then to too trust under up us via war was we were"
        " what when whose word"
    ),
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_OWN = {language: _LANGUAGES[language] | frozenset(words.split()) for language, words in _SHARED.items()}
_FOREIGN = {
    language: known - frozenset().union(*_OWN.values())
    for language, known in _LANGUAGES.items()
    if language not in LANGUAGES
}
_NO_PROSE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\n]*>|\]\([^()\n]*\)|\bhttps?://\S+", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_ENDS = re.compile(r"[.?!]")
_LEAST_WORDS = 3
_LEAST_SHARE = 0.12
_LEAST_LEAD = 1.5
_NAMES = {
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "sv": "Swedish",
    "da": "Danish", "pl": "Polish", "cs": "Czech", "hu": "Hungarian", "fi": "Finnish", "tr": "Turkish",
    "id": "Indonesian", "af": "Afrikaans",
}  # fmt: skip
_LEAST_LETTERS = 12
_LEAST_FOREIGN_WORDS = 4
_LEAST_FOREIGN_KINDS = 3
_MANY_WORDS = 80
_OWN_SHARE = 0.05
_SHARED_SHARE = 0.15
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzéèêëïöüáàâäíóúçñ'’")
_LEAST_STRANGE = 2
_STRANGE_SHARE = 0.05


def language_of(text: str) -> str | None:
    """`"nl"`, `"en"`, or None where the text is too short, mixed or in another language. Code does not count."""
    words, counts = _counted(text)
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < _LEAST_WORDS or best < _LEAST_SHARE * len(words) or best < _LEAST_LEAD * second:
        return None
    winner = max(counts, key=lambda language: counts[language])
    return winner if winner in LANGUAGES else None


def foreign_language_of(text: str) -> str | None:
    """What a text is written in, in English words, where it is clearly in none of the site's languages; else None.

    Clear is: most letters are of another script; or words that only another language has stand there more often than
    those that only the site's have, and several different ones; or in a text of some length hardly any word is known of
    the site's languages, and several have letters that those lack. A word with a capital within a sentence may be a
    name: it shows no other language.
    """
    words, counts = _counted(text)
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for word in words for letter in word)
    letters = scripts.total()
    if letters >= _LEAST_LETTERS and scripts["LATIN"] * 2 < letters:
        del scripts["LATIN"]
        return f"a language in {scripts.most_common(1)[0][0].capitalize()} letters"
    totals = Counter(_no_names_in(text))
    other = max(_FOREIGN, key=lambda language: _hits(totals, _FOREIGN[language]))
    hits = _hits(totals, _FOREIGN[other])
    all_totals = Counter(words)
    own = max(_hits(all_totals, _LANGUAGES[language] - _LANGUAGES[other]) for language in LANGUAGES)
    kinds = len(_FOREIGN[other] & totals.keys())
    if kinds >= _LEAST_FOREIGN_KINDS and hits >= max(_LEAST_FOREIGN_WORDS, 2 * own + 1, _LEAST_SHARE * len(words)):
        return _NAMES[other]
    with_shared = max(_hits(all_totals, known) for known in _OWN.values())
    own = max(counts[language] for language in LANGUAGES)
    is_unknown = own < _OWN_SHARE * len(words) and with_shared < _SHARED_SHARE * len(words)
    if len(words) >= _MANY_WORDS and is_unknown and _has_strange_letters(totals, len(words)):
        return "neither Dutch nor English"
    return None


def _has_strange_letters(totals: Counter[str], length: int) -> bool:
    """Whether several words, of which `totals` counts each, have letters that the site's languages lack."""
    strange = [word for word in totals if not _LETTERS.issuperset(unicodedata.normalize("NFC", word))]
    return len(strange) >= _LEAST_STRANGE and _hits(totals, strange) >= _STRANGE_SHARE * length


def _counted(text: str) -> tuple[list[str], dict[str, int]]:
    """The words of a text, and how many of them are function words of each language."""
    words = _WORD.findall(_NO_PROSE.sub(" ", text).lower())
    totals = Counter(words)
    return words, {language: _hits(totals, known) for language, known in _LANGUAGES.items()}


def _no_names_in(text: str) -> Iterator[str]:
    """The words that begin with no capital, and those that begin a sentence."""
    prose = _NO_PROSE.sub(" ", text)
    end = 0
    for word in _WORD.finditer(prose):
        begins_sentence = end == 0 or _SENTENCE_ENDS.search(prose, end, word.start())
        end = word.end()
        if begins_sentence or word[0].islower():
            yield word[0].lower()


def _hits(totals: Counter[str], known: Collection[str]) -> int:
    return sum(totals[word] for word in known)
