"""What a dependency parse says about a verb: who its subject is, whether it happened, where its clause ends."""

import re
from typing import TYPE_CHECKING

from claimtrack.extract.cues import NEGATIONS, PARTICLES, UNREAL_AUX, VERBS, Form, Frame
from claimtrack.extract.people import DOCUMENTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERB_DEPS = frozenset(
    {"ROOT", "ccomp", "xcomp", "conj", "parataxis", "advcl", "relcl", "acl", "pcomp", "dep", "csubj", "nmod"}
)
#: Heads under which an infinitive of saying has happened: "went on to say", "took to Twitter to complain".
_REAL_HEADS = frozenset(
    """went goes going gone continue continued continues proceeded begin began begins start started starts took takes
    taken taking turned rushed used stepped stood came hastened quick wrote called phoned interrupted rose intervened
    seemed appeared paused stopped moved felt compelled""".split()
)
#: Words for times that a parser takes for subjects or hangs on names.
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow morning afternoon
    evening night day week month year time january february march april may june july august september october
    november december""".split()
)
_DO = frozenset({"do", "does", "did"})
_HYPOTHETICAL = frozenset({"if", "unless", "whether", "lest"})
_ASKED = frozenset("whether if why what how when where who".split())
_WHO = frozenset({"who", "which", "that", "whom"})


def is_verb_cue(token: "Token") -> Form | None:
    """The cue form of `token` when it stands as a verb, else None."""
    form = VERBS.get(token.lower_)
    if form is None or not token.doc.user_data["real"][token.i]:
        return None
    if form.base in PARTICLES and not any(
        t.lower_ in PARTICLES[form.base] for t in token.doc[token.i + 1 : token.i + 4]
    ):
        estimates = form.base == "put" and any(c.lower_ == "at" and is_figure(c) for c in token.children)
        return form if estimates and token.tag_[:1] == "V" else None
    if quote_frame(form) and form.inflections & {"past", "third"} and stands_beside_quote(token):
        return form
    if token.tag_ in ("NNS", "NN") and form.frames & Frame.THAT and stands_before_that(token):
        return form
    if token.tag_[:1] == "V":
        if token.dep_ in ("amod", "compound"):
            return None
        return form
    before = token.doc[token.i - 1].text[-1:] if token.i else ""
    inverted = token.i + 1 < len(token.doc) and token.doc[token.i + 1].tag_ == "NNP"
    if token.tag_ == "NNS" and "third" in form.inflections and before in (",", "”", "’", '"') and inverted:
        return form  # "..., counters Vesely", which the tagger takes for a plural
    if token.dep_ in _VERB_DEPS and any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
        return form
    return None


def stands_before_that(token: "Token") -> bool:
    """Whether what looks like a plural must be a verb, right between a name and "that": "Ms Vesely counters that"."""
    doc = token.doc
    if token.i == 0 or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "that" or not token.lower_.endswith("s"):
        return False
    return doc[token.i - 1].tag_ in ("NNP", "PRP") or (token.i == 1 and doc[0].text[:1].isupper())


#: A quotation that ends as one does before its cue: "...,” added Okafor".
_QUOTE_CLOSES = re.compile(r"[,?!…—–-][”\"'’»]{1,3}\s?$")
#: Tags of verbs that make a clause.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BEGINS_NAME = frozenset("the a an his her their its one another he she they".split())


def stands_beside_quote(token: "Token") -> bool:
    """Whether a form of a cue verb can be nothing else by its place after a closed quotation.

    Before a name or noun ("...,” added Okafor"), or as the last word of the clause ("...,” the leaflet states."): there
    a tagger trained on whole sentences takes it for a participle, a noun or a plural.
    """
    doc, text = token.doc, token.doc.user_data["text"]
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if _QUOTE_CLOSES.search(text, max(0, token.idx - 6), token.idx):
        named = following is not None and (following.text[:1].isupper() or following.text[:1] == "@")
        return following is not None and (named or following.lower_ in _BEGINS_NAME)
    if following is not None and following.text[:1] not in ".,":
        return False
    for i in range(token.i - 1, max(0, token.i - 12), -1):
        before = doc[i]
        if before.tag_ in FINITE or i in doc.user_data["quotes"] or before.text[:1] in ",;:":
            return False
        if _QUOTE_CLOSES.search(text, max(0, before.idx - 6), before.idx):
            return before.text[:1].isupper() or before.lower_ in _BEGINS_NAME
    return False


#: What is done by saying that one can: "We can confirm that".
_PERFORMED = frozenset({"confirm", "reveal", "announce", "disclose", "report"})


def _is_said_all_the_same(token: "Token", auxiliary: str) -> bool:
    """Whether a modal leaves the saying done: "can confirm that", "would say only that"."""
    if auxiliary == "can":
        return token.lower_ in _PERFORMED
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return auxiliary == "would" and following == "only" and token.lower_ in ("say", "confirm")


def _is_inverted(aux: "Token", verb: "Token") -> bool:
    """Whether an auxiliary opens the clause before its subject, in a sentence that asks nothing."""
    return not verb.doc.user_data["text"].rstrip().endswith("?") and any(
        c.dep_ in ("nsubj", "nsubjpass") and aux.i < c.i < verb.i for c in verb.children
    )


def happened(token: "Token") -> bool:
    """Whether the saying is told as a fact: not negated, future, wished, conditional, or asked about."""
    seen = 0
    at = token
    inflection = token.tag_
    free = False  # a finite verb beside "did not mention" or "was not there" is under neither auxiliary nor negation
    while True:
        for child in at.children:
            low = child.lower_
            if free and child.dep_ != "mark":
                continue
            if child.dep_ == "neg" or (
                child.i < at.i and low in NEGATIONS and child.dep_ in ("neg", "advmod", "preconj")
            ):
                return False
            if child.dep_ == "aux" and low in UNREAL_AUX and not _is_said_all_the_same(token, low):
                return False
            if child.dep_ == "aux" and low in ("had", "were", "should") and _is_inverted(child, at):
                return False  # "Had he said so, ..."
            if child.dep_ == "mark" and low in _HYPOTHETICAL:
                return False
            if (
                child.dep_ in ("nsubj", "nsubjpass")
                and child.i < at.i
                and (low in NEGATIONS or any(d.lower_ in ("no", "neither") for d in child.children))
            ):
                return False
        auxiliaries = set() if free else {c.lower_ for c in at.children if c.dep_ in ("aux", "auxpass")}
        if "to" in auxiliaries:
            head = at.head
            if head == at or (head.lower_ not in _REAL_HEADS and not (head.lower_ in VERBS and at != token)):
                return False
            at = head
        elif at.dep_ == "conj" and at.head.tag_[:1] == "V" and not has_subject(at):
            inner, at = at, coordinate(at) or at.head
            helpers = [c.lower_ for c in at.children if c.dep_ in ("aux", "auxpass")]
            free = inner.tag_ in ("VBD", "VBZ") and (
                any(low in UNREAL_AUX or low in _DO for low in helpers)
                if helpers
                else any(c.dep_ == "neg" and c.lower_ in ("not", "n't", "n’t") for c in at.children)
            )
        elif (at.dep_ == "pcomp" and at.head.lower_ in ("without", "from", "against", "before", "about")) or (
            inflection == "VB"
            and not stands_beside_quote(token)
            and not has_subject(at)
            and not auxiliaries & {"do", "does", "did"}
            and at.dep_ in ("ROOT", "ccomp")
        ):
            return False
        else:
            break
        seen += 1
        if seen > 4:
            break
    return True


def is_past(token: "Token") -> bool:
    """Whether a verb tells of the past: by its own form, or by that of the verb an infinitive hangs on."""
    if token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children):
        return token.head.tag_ in ("VBD", "VBN")
    return token.tag_ in ("VBD", "VBN")


def asks_whether(token: "Token") -> bool:
    """Whether a verb's clause is an indirect question, which is no statement: "asked whether it leaks"."""
    form = VERBS.get(token.lower_)
    return (
        form is not None
        and Frame.WHETHER in form.frames
        and any(c.dep_ == "ccomp" and any(m.lower_ in _ASKED for m in c.subtree if m.i <= c.i) for c in token.children)
    )


def has_subject(token: "Token") -> bool:
    """Whether a subject of its own hangs on the verb."""
    return any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in token.children)


_FRACTIONS = frozenset("half third quarter fifth tenth nothing zero dozens hundreds thousands".split())


def is_figure(at: "Token") -> bool:
    """Whether a preposition brings a number, in figures, words or marks: "at 112", "at “fewer than ten”"."""
    return any(t.tag_ == "CD" or t.lower_ in _FRACTIONS for t in at.subtree)


def is_passive(token: "Token") -> bool:
    """Whether the verb is passive."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children) or (
        token.tag_ == "VBN" and token.dep_ == "acl" and not _is_misread_past(token)
    )


def _is_misread_past(token: "Token") -> bool:
    """Whether a participle on a noun is the lost verb of its sentence, as in "Pike, the coach, called upon rowers".

    The noun is the root, so that the sentence, which ends as one, would have no verb; and an object or what a passive
    cannot take follows. Headlines ("Residents told ferry may close") do leave their verb out.
    """
    doc = token.doc
    if token.head.dep_ != "ROOT" or token.head.tag_[:1] != "N" or token.i + 2 >= len(doc):
        return False
    if not doc.user_data["text"].rstrip("”’\"'» ").endswith((".", "!", "?")):
        return False
    following = doc[token.i + 1]
    if following.lower_ in TIMES:
        return False
    return following.tag_ in ("DT", "PRP", "PRP$", "NN", "NNS", "NNP", "JJ", "CD") or following.lower_ in (
        "that",
        "upon",
        "on",
    )


def subject(token: "Token") -> "Token | None":
    """The word that names who does the saying: subject, passive agent, or what a participle or infinitive hangs on."""
    at = token
    for _ in range(8):
        if is_passive(at) and at == token:
            agent = next((c for c in at.children if c.dep_ == "agent" or c.lower_ == "by"), None)
            return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        own = [c for c in at.children if c.dep_ in ("nsubj", "nsubjpass")]
        own = [c for c in own if c.i < at.i] or own
        if own and is_warning_to(at):
            at = at.head
            continue
        if own:
            found = own[-1] if own[-1].i < at.i else own[0]
            if found.lower_ in _WHO and at.dep_ in ("relcl", "acl", "ccomp"):
                return at.head if at.dep_ == "relcl" or at.head.tag_[:1] == "N" else found
            return found
        if at.dep_ == "relcl" and at.head.tag_[:1] in "NP":
            return at.head
        if at.dep_ == "acl":
            return _issuer(at.head) or _writer_to(at) or at.head
        if at.dep_ == "conj" and (outer := coordinate(at)) is not None:
            at = outer
            continue
        if at.dep_ == "conj" and at.head.tag_[:1] == "N" and at.tag_ in FINITE and (acts := _verb_above(at.head)):
            at = acts  # "put on an accent and joked", where the parser coordinated noun and verb
            continue
        if at.dep_ in ("conj", "advcl", "xcomp", "ccomp", "dep", "parataxis") and at.head != at:
            at = _reporting_head(at) if at.dep_ == "advcl" or at.tag_ == "VBG" else at.head
            if at.tag_[:1] in "NP" and not has_subject(at):
                return at
            if is_passive(at):
                return next((c for c in at.children if c.dep_ == "nsubjpass"), None)
            continue
        if at.dep_ == "pcomp":
            above = at.head.head
            spoken_of = next((c for c in above.children if c.dep_ in ("dobj", "nsubjpass")), None)
            if at.head.lower_ == "for" or (at.head.lower_ == "as" and spoken_of is not None):
                return spoken_of
            at = above
            if at.tag_[:1] in "NP" and not has_subject(at):
                return at
            continue
        break
    return None


def quoted_by(token: "Token") -> "Token | None":
    """Who quotes somebody "as saying": the subject of "The paper quoted her as saying", or the agent of its passive."""
    if token.dep_ != "pcomp" or token.head.lower_ != "as":
        return None
    above = token.head.head
    if is_passive(above) or any(c.dep_ == "dobj" for c in above.children):
        return subject(above)
    return None


def _issuer(noun: "Token") -> "Token | None":
    """Who issued a paper that "says": "Ruiz issued a statement saying", "in a letter warning that"; else None."""
    if noun.lower_ not in DOCUMENTS or any(c.dep_ == "nsubj" for c in noun.children):
        return None
    at = noun.head
    if noun.dep_ == "pobj" and at.lower_ in ("in", "with", "by", "through", "via"):
        at = at.head
    elif noun.dep_ != "dobj":
        return None
    return subject(at) if at.tag_[:1] == "V" and not is_passive(at) else None


def is_warning_to(participle: "Token") -> bool:
    """Whether a participle's subject is only whom a verb of writing is to: "emailed customers warning them"."""
    helped = any(c.dep_ == "aux" for c in participle.children)
    if participle.tag_ != "VBG" or participle.dep_ != "ccomp" or helped or is_verb_cue(participle) is None:
        return False
    form = is_verb_cue(participle.head)
    return form is not None and Frame.PERSON in form.frames


def _verb_above(noun: "Token") -> "Token | None":
    """The verb on whose object or adverbial a noun hangs, or None."""
    at = noun
    for _ in range(5):
        if at.head == at:
            return None
        at = at.head
        if at.tag_[:1] == "V":
            return at if has_subject(at) else None
    return None


def _writer_to(participle: "Token") -> "Token | None":
    """Who wrote to somebody "warning them": the subject of the verb of which the reader is the object; else None."""
    reader = participle.head
    verb = reader.head.head if reader.dep_ == "pobj" and reader.head.lower_ == "to" else reader.head
    if participle.tag_ != "VBG" or reader.dep_ not in ("dobj", "dative", "pobj") or is_verb_cue(verb) is None:
        return None
    return subject(verb) if not is_passive(verb) else None


def coordinate(token: "Token") -> "Token | None":
    """The reporting verb that `token` really stands beside, where the parser hung it on the reported verb.

    "She acknowledged that it would hurt but insisted that ...": two finite verbs of one tense, the second without a
    subject, where the verb between has a modal or another tense, or the second is a verb of saying with a content.
    """
    first = token.head
    while first.dep_ == "conj" and first.head != first:
        first = first.head
    if (
        has_subject(token)
        or token.tag_ not in ("VBD", "VBZ", "VBP")
        or first.dep_ not in ("ccomp", "xcomp", "advcl", "relcl", "acl")
    ):
        return None
    if token.lower_ in ("let", "put", "cut", "set", "hit", "hurt", "cost", "shut", "quit", "spread"):
        return None  # past and infinitive look alike
    before = token.doc[token.i - 1]
    if before.dep_ == "advmod" and token.i > 1:
        before = token.doc[token.i - 2]
    if before.lower_ not in ("and", "but", "or", "then") and before.text[-1:] != ",":
        return None
    outer = first.head
    for _ in range(4):
        if is_verb_cue(outer) and outer.i < token.i:
            break
        if outer.head == outer:
            return None
        outer = outer.head
    else:
        return None
    tense = first.tag_
    helped = any(c.dep_ == "aux" for c in first.children)
    says = is_verb_cue(token) is not None and any(c.dep_ in ("ccomp", "xcomp") for c in token.children)
    if token.tag_ == "VBG":
        return outer if outer.tag_ == "VBG" and says else None
    if outer.tag_ != token.tag_ and not (outer.tag_ == "VBN" and token.tag_ == "VBD"):
        return outer if says and tense != token.tag_ and outer.tag_ in ("VBD", "VBZ", "VBP") else None
    apart = before.lower_ in ("and", "but", "then") and token.doc[max(0, before.i - 1)].text == ","
    return outer if helped or tense not in ("VBD", token.tag_) or says or apart else None


def _reporting_head(token: "Token") -> "Token":
    """The verb that a participle such as ", adding that" continues: the reporting verb above the clause it hangs in."""
    head = token.head
    best = head
    if token.i > 0 and token.left_edge.i > 0 and token.doc[token.left_edge.i - 1].text[:1] == ",":
        at = head
        for _ in range(12):
            if (
                at.dep_
                in ("ccomp", "conj", "xcomp", "advcl", "relcl", "dep", "acl", "pobj", "dobj", "prep", "pcomp", "attr")
                and at.head != at
            ):
                at = at.head
                if is_verb_cue(at) and has_subject(at) and at.i < token.i:
                    best = at
                    break
            else:
                break
        if best == head and head.dep_ in ("relcl", "acl", "advcl") and token.tag_ == "VBG":
            # ", saying ..." hung on a clause inside the sentence continues the sentence
            root = head
            for _ in range(12):
                if root.head == root or root.i > token.i:
                    break
                root = root.head
            if root.tag_[:1] == "V" and root.i < token.i and has_subject(root):
                best = root
    return best


def noun_phrase(head: "Token", cue: "Token | None" = None) -> tuple[int, int]:
    """First and last token of the phrase around `head`, without appositions and clauses between commas.

    A clause that holds `cue` itself is no part of it: in "the man who said so", who is said to speak is "the man".
    """
    doc = head.doc
    start = head.left_edge.i
    if cue is not None and start <= cue.i < head.i:
        start = cue.i + 1  # "...,” added Okafor", where the parser took the cue for the name's participle
    for i in range(head.i - 1, start - 1, -1):
        if doc[i].text == "," and not _is_listed(doc, i, head):
            start = i + 1
            break
    while start < head.i and (
        doc[start].dep_ in ("cc", "punct", "preconj", "mark") or not doc.user_data["real"][start]
    ):
        start += 1
    if head.tag_ == "JJ" and start > 0 and doc[start - 1].tag_ == "DT":
        start -= 1  # "the editorial read", where the parser took the noun for an adjective
    end = head.i
    limit = head.right_edge.i
    i = head.i + 1
    while i <= limit:
        token = doc[i]
        if token.text[:1] in ",;:—–(" or token.text in ("-", "--"):
            if token.text == "," and _is_listed(doc, i, head):
                i += 1
                continue
            break
        if cue is not None and (token == cue or token.is_ancestor(cue)) and token.i > head.i:
            break
        clause = next((c for c in head.children if c.dep_ in ("relcl", "acl") and c.left_edge.i == i), None)
        if clause is not None and cue is not None and (clause == cue or clause.is_ancestor(cue)):
            break
        end = i
        i += 1
    end = _without_time(doc, head.i, end)
    while start < head.i and doc[start].lower_ in ("last", "next", "this", "earlier", *TIMES) and head.tag_ == "NNP":
        start += 1
    while end > head.i and (doc[end].dep_ in ("punct", "cc") or not doc.user_data["real"][end]):
        end -= 1
    return start, end


def _without_time(doc: "Doc", head: int, end: int) -> int:
    """`end` before a time that the parser hung on a name: "Mayor Delgado on Tuesday announced"."""
    for i in range(head + 1, end + 1):
        if doc[i].lower_ in TIMES and (i == end or doc[i].lower_ not in ("may", "march")):
            cut = i - 1
            while cut > head and doc[cut].lower_ in (
                "on",
                "in",
                "at",
                "last",
                "this",
                "late",
                "early",
                "earlier",
                "next",
                "of",
            ):
                cut -= 1
            return cut
    return end


def _is_listed(doc: "Doc", comma: int, head: "Token") -> bool:
    """Whether a comma stands in a list that ends in "and": "Ruiz, Hale and Odum"."""
    conjuncts = [c.i for c in head.conjuncts]
    if not conjuncts:
        return False
    last = max(conjuncts)
    if not any(doc[i].lower_ in ("and", "or") for i in range(comma, last)):
        return False
    appositions = [c for c in head.children if c.dep_ in ("appos", "relcl", "acl") and c.i > comma]
    return comma < last and not (appositions and min(c.i for c in appositions) < last)


def quote_frame(form: Form) -> bool:
    """Whether the verb can introduce words in quotation marks."""
    return bool(form.frames & Frame.QUOTE)
