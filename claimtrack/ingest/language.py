"""A guess at the language of a text: only English is extracted, and a page in another must say so.

Chosen: the share of a language's commonest function words, which any text of some sentences is full of; scripts other
than Latin by Unicode block. Refused: a trained detector (py3langid 3 MB and numpy, lingua 100 MB) for a question that
is nearly always "English or not". Short or mixed texts get None: nothing is claimed of them.
"""

import re

from claimtrack.limits import MAX_LANGUAGE_CHARS

#: Commonest words that the languages do not share with English; from their grammars' lists of articles, prepositions,
#: pronouns and auxiliaries.
FUNCTION_WORDS = {
    "en": "the of and to in that is was for it with as on be at by had not are from this have has they which said",
    "de": "der die und den das von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus hat",
    "fr": "le la les de des et un une du en que est pour dans qui sur pas par au avec plus ce il elle sont aux",
    "es": "el la los las de y que en un una del se por con para es al lo como más pero su ha son fue",
    "it": "il la di che e un una del per non con sono gli della le si nel dei alla ha più anche è da al",
    "pt": "o a os as de e que do da em um uma para com não no na por dos se mais ao foi são das",
    "nl": "de het een en van ik te dat die in is niet op aan met voor zijn er maar om ook naar bij werd hij",
    "sv": "och att det som en på är av för den med till ett har inte om de var jag vi från han kan sig",
    "da": "og at det som en på er af for den med til et har ikke om de var jeg vi fra han kan sig der",
    "no": "og at det som en på er av for den med til et har ikke om de var jeg vi fra han kan seg",
    "fi": "ja on ei että se oli hän mutta myös kun joka ovat ole mukaan kuin sen tai jos vain niin",
    "pl": "i w na z nie się że do to jest o po przez ale jak od za który jego była są dla oraz",
    "cs": "a v se na je že s z do to o i ve jako za by ale pro byl jsou který podle také jeho",
    "ro": "și de la în a cu pe nu că un o din este pentru care mai ce sunt fost după dar au prin",
    "hu": "a az és hogy nem is egy ez de meg van volt már csak mint el azt ki még majd szerint",
    "tr": "ve bir bu da de için ile çok olan olarak gibi daha ne kadar sonra ama her o en göre",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena ada mereka oleh",
}
_WORDS = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
#: Scripts by block, with the language when the script is (nearly) its own; else BCP 47's undetermined + script.
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0400-\u04ff]"), "und-Cyrl"),
    (re.compile("[\u0600-\u06ff]"), "und-Arab"),
    (re.compile("[\u0590-\u05ff]"), "und-Hebr"),
    (re.compile("[\u0900-\u097f]"), "und-Deva"),
    (re.compile("[\u0980-\u09ff]"), "bn"),
)
#: Function words make 35 to 50 % of running prose; headlines and lists fall to 20 %.
_MIN_SHARE = 0.15
_MIN_WORDS = 12


def guess_language(text: str) -> str | None:
    """BCP 47 tag of the language most of the text is in, or None when that is open.

    Only the first `MAX_LANGUAGE_CHARS` characters are read. Related languages written alike (Danish and Norwegian)
    can be taken for each other; English is not taken for another.

    >>> guess_language("The council said that it had not been told of the plan, which was in the papers.")
    'en'
    >>> guess_language("Rents!") is None
    True
    """
    sample = text[:MAX_LANGUAGE_CHARS].lower()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return None
    for script, language in _SCRIPTS:
        # One sign of Japanese kana in ten letters is enough: the rest of Japanese is written in Chinese characters.
        if len(script.findall(sample)) > letters * (0.1 if language == "ja" else 0.5):
            return language
    if len(words) < _MIN_WORDS:
        return None
    scores = sorted(
        ((sum(word in known for word in words), language) for language, known in _WORDS.items()), reverse=True
    )
    (best, language), (second, _) = scores[:2]
    return language if best >= _MIN_SHARE * len(words) and best > second else None
