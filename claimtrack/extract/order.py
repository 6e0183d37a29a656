"""What the order of words shows where the parse goes wrong: who stands beside a cue, where its clause begins.

English order is firm around a verb of saying: its subject stands right before it, or right behind it after a quotation;
"that" after it, or a pronoun and a finite verb after whom it told, begins what was said. A small parser loses these in
long sentences; these rules then read the words in their order, and only where the parse gave nothing.
"""

from typing import TYPE_CHECKING

from claimtrack.extract.cues import NOUNS, NOUNS_PLURAL
from claimtrack.extract.grammar import FINITE, TIMES, has_subject, is_verb_cue, stands_before_that, stands_beside_quote

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINATIVE = frozenset("he she they we i it there".split())
#: Tags of the words inside a noun phrase, and of those that can be its last.
_NOMINAL = frozenset({"DT", "PRP$", "JJ", "JJR", "JJS", "CD", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "VBG"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_STOPS = FINITE | {"VB"}
#: Nouns that take a clause with "that" themselves.
_TAKE_THAT = (
    NOUNS
    | NOUNS_PLURAL
    | frozenset(
        "fact facts idea news view belief hope hopes fear fears rumour rumours rumor rumors evidence theory notion "
        "impression sign signs concern concerns so now given provided".split()
    )
)
#: How far a clause can stand from its cue, in tokens: whom it was told, when and where.
_REACH = 16


def noun_beside(token: "Token") -> "Token | None":
    """The noun or pronoun that must be the subject of a finite cue by its place, or None.

    Right behind a cue that follows a quotation ("...,” added the mayor"), else right before it.
    """
    doc = token.doc
    if token.i and _closes(doc[token.i - 1].text) and (stands_beside_quote(token) or token.tag_ in FINITE):
        last = None
        if token.i + 1 < len(doc) and doc[token.i + 1].text[:1] == "@":
            return doc[token.i + 1]
        for t in doc[token.i + 1 : token.i + 10]:
            if t.tag_ not in _NOMINAL and t.tag_ != "PRP":
                break
            last = t if t.tag_ in _NOUNS else last
        return last
    if token.tag_ not in FINITE and not stands_beside_quote(token) and not stands_before_that(token):
        return None
    i = token.i - 1
    while i > 0 and (doc[i].tag_ == "RB" or doc[i].dep_ in ("aux", "advmod")):
        i -= 1
    if stands_beside_quote(token) and i and doc[i].tag_ == "JJ" and doc[i - 1].tag_ == "DT":
        return doc[i]
    if i > 0 and doc[i].text == ",":
        return _named_apart(doc[i - 1]) or _before_insertion(token, i)
    if i < 0 or doc[i].tag_ not in _NOUNS or doc[i].lower_ in TIMES or not doc.user_data["real"][i]:
        return None
    head = doc[i]
    while head.head.i < head.i and head.dep_ in ("conj", "pobj", "prep", "compound", "nmod", "amod", "dep"):
        above = head.head
        if above.tag_[:1] not in "NPI" or any(t.text[:1] in ",;:—–" for t in doc[above.i : head.i]):
            break
        if above.i in doc.user_data["quotes"]:
            break
        head = above
    return head if head.tag_ in _NOUNS else doc[i]


def _named_apart(name: "Token") -> "Token | None":
    """What a name between two commas right before a cue names: "the director of finance, Nuala Finch, wrote"."""
    named = name.head
    apart = name.dep_ == "appos" and named.i < name.i and named.tag_ in _NOUNS and name.tag_ == "NNP"
    return named if apart and any(t.text == "," for t in name.doc[named.i : name.i]) else None


def _before_insertion(token: "Token", comma: int) -> "Token | None":
    """The subject before what stands between two commas and the cue: "Harrow, asked about his record, said"."""
    doc = token.doc
    opening = next((i for i in range(comma - 1, 0, -1) if doc[i].text == ","), None)
    if opening is None or doc[opening + 1].tag_ not in ("VBN", "VBG", "VBD", "WP", "WDT", "IN"):
        return None
    noun = doc[opening - 1]
    if noun.tag_ not in _NOUNS or noun.lower_ in TIMES or not doc.user_data["real"][noun.i]:
        return None
    first = min(noun.left_edge.i, noun.i)
    before = doc[first - 1] if first else None
    begins = before is None or before.text[-1:] in ',;:”"' or before.dep_ in ("cc", "mark")
    return noun if begins else None


def _closes(text: str) -> bool:
    return text[-1:] in "”\"’'»"


def that_clause(token: "Token") -> "Token | None":
    """The "that" which begins what a cue reports, in words that the parser hung elsewhere, or None.

    Between the two stand only whom it was told, when and where: no finite verb, no infinitive, no other cue. A "that"
    right before a finite verb is a relative pronoun; one behind "the claim" or "the fact" belongs to that noun.
    """
    doc = token.doc
    for i in range(token.i + 1, min(len(doc) - 2, token.i + _REACH)):
        t = doc[i]
        if i in doc.user_data["quotes"] or t.tag_ in _STOPS or t.text[:1] in ";:—–" or is_verb_cue(t):
            return None
        if t.lower_ != "that" or t.tag_ not in ("IN", "WDT"):
            continue
        following = next((n for n in doc[i + 1 : i + 3] if doc.user_data["real"][n.i]), None)
        if following is None or following.tag_ in FINITE or _takes_that(doc[i - 1]):
            return None
        ahead = doc[i + 1 : min(len(doc), i + 25)]
        return t if any(n.tag_ in FINITE for n in ahead) else None
    return None


def _takes_that(noun: "Token") -> bool:
    """Whether a clause with "that" belongs to the noun before it: "the claim that", but not "said in evidence that"."""
    before = noun.doc[max(0, noun.i - 4) : noun.i]
    return noun.lower_ in _TAKE_THAT and not any(t.lower_ in ("in", "by", "on", "at", "under") for t in before)


def clause_after_hearer(token: "Token", hearer: "Token") -> "Token | None":
    """The pronoun that begins a clause without "that" right behind whom a cue told: "told the Post he was ready"."""
    doc = token.doc
    i = max(hearer.i, token.i) + 1
    if i + 1 >= len(doc) or doc[i].lower_ not in _NOMINATIVE or doc[i].dep_ not in ("nsubj", "nsubjpass", "expl"):
        return None
    return doc[i] if doc[i].head.tag_ in FINITE or has_finite_aux(doc[i].head) else None


def nominative_after(token: "Token") -> "Token | None":
    """The pronoun right behind a cue that only a subject can be: "joked she’d give her a six"."""
    doc = token.doc
    i = token.i + 1
    if i + 1 >= len(doc) or doc[i].lower_ not in ("he", "she", "they", "we") or not doc.user_data["real"][i]:
        return None
    return doc[i] if any(t.tag_ in FINITE for t in doc[i + 1 : i + 4]) else None


def has_finite_aux(verb: "Token") -> bool:
    """Whether a verb's auxiliary is finite: "was told", "will go"."""
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in verb.children) and has_subject(verb)
