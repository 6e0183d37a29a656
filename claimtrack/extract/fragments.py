"""Quoted fragments that no cue holds: "she attacked the “ruinous plan”"."""

from typing import TYPE_CHECKING

from claimtrack.attribution import Kind
from claimtrack.extract.cues import VERBS
from claimtrack.extract.draft import Cue
from claimtrack.extract.grammar import asks_whether, happened, is_passive, subject
from claimtrack.extract.people import BODIES, DOCUMENTS, ROLES
from claimtrack.extract.sayings import Sayings

if TYPE_CHECKING:
    from spacy.tokens import Token


#: Verbs that judge or speak about something without taking a clause.
_JUDGING = frozenset(
    """refer refers referred referring attack attacked attacks blame blames blamed blaming praise praised praises
    hail hailed hails laud lauded lauds applaud applauded commend commended slam slammed mock mocked dismiss
    dismissed reject rejected denounce denounced question questioned quote quoted target targets targeted demand
    demanded welcome welcomed express expressed voice voiced speak spoke spoken talk talked talks cite cited see
    saw regard regarded compare compared liken likened pan panned panning hint hinted deride derided decry decried
    lament lamented bemoan bemoaned credit credited use used uses using apologise apologised apologize apologized
    thank thanked vow vowed promise promised call called calls calling label labeled labelled labels brand branded
    view viewed views""".split()
)
_BEING = frozenset("""is are was were be been being has have had become became remains seemed""".split())
#: Works, slogans and campaigns: quoted words after them are their name.
WORKS = frozenset(
    """song album commentary op-ed film movie book novel play show series programme program podcast column article
    essay slogan motto titled entitled headlined dubbed nicknamed named painting poem single hit track episode
    game app hashtag group campaign project operation sign banner placard shirt t-shirt hat cap reading""".split()
)


#: Rule of a draft that only takes up the words on a banner, which nobody says.
SLOGAN = "slogan"
_SIGNS = frozenset("sign banner placard poster shirt t-shirt hat cap sticker badge billboard hoodie".split())


def shows_slogan(token: "Token") -> bool:
    """Whether a cue tells what stands on a banner: "a sign reading ‘Bring back Barry’"."""
    carriers = [token.head] if token.dep_ in ("acl", "relcl") else []
    carriers += [token.doc[token.i - 1]] if token.i else []
    carriers += [c for c in token.children if c.dep_ == "nsubj"]
    return any(c.lower_ in _SIGNS or c.lower_.rstrip("s") in _SIGNS for c in carriers)


class Fragments(Sayings):
    """Fragments in marks that depend on a verb of judging."""

    def _loose_fragments(self) -> None:
        """Quoted fragments that depend on a verb whose subject is a person or body: "she attacked the “ruinous plan”".

        Three words or more, or two after a verb of judging; titles of works, names and slogans are left out, and so is
        what only the writer says (a passive, a verb of being, a subject that is no speaker).
        """
        for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True):
            if whole or any(s.overlaps(q.span) for d in self.drafts for s in d.content):
                continue
            inside = [t for t in self.doc if self.real[t.i] and q.span.start <= self.base + t.idx < q.span.end]
            words = [t for t in inside if t.text[:1].isalnum()]
            if len(words) < 2 or _names_a_work(words) or self._is_named_so(inside[0]):
                continue
            verb = self._governor(inside)
            if verb is None or not happened(verb) or asks_whether(verb):
                continue
            form = VERBS.get(verb.lower_)
            judges = form is not None or verb.lemma_ in _JUDGING or verb.lower_ in _JUDGING
            if len(words) < (2 if judges else 4):
                continue
            source = subject(verb)
            if (
                source is None
                or source.i in self.placed
                or any(source == t for t in inside)
                or not self._can_speak(source, judges=judges)
            ):
                continue
            draft = self._add(Cue(verb, form or VERBS["say"], source), [q.span], "fragment", Kind.DIRECT)
            if draft:
                draft.cue_base = verb.lower_

    def _governor(self, inside: "list[Token]") -> "Token | None":
        """The finite verb above a stretch of tokens, or a participle of it."""
        ids = {t.i for t in inside}
        top = next((t for t in inside if t.head.i not in ids), None)
        nearest = None
        for _ in range(10):
            if top is None or top.head == top:
                break
            top = top.head
            if top.i not in ids and top.tag_[:2] == "VB" and top.dep_ not in ("aux", "auxpass", "amod"):
                usable = top.lower_ not in _BEING and not is_passive(top)
                if usable and (top.lower_ in VERBS or top.lower_ in _JUDGING):
                    return top
                if nearest is None:
                    if not usable:
                        return None
                    nearest = top
                if top.dep_ in ("ROOT", "relcl", "ccomp") or (top.dep_ == "advcl" and _has_own_subject(top)):
                    break
        return nearest

    def _can_speak(self, source: "Token", *, judges: bool) -> bool:
        low = source.lower_
        if source.tag_ in ("NNP", "NNPS") or low in ("he", "she", "they", "i", "we", "who"):
            return True
        return low in ROLES or low.rstrip("s") in ROLES or (judges and (low in BODIES or low in DOCUMENTS))

    def _is_named_so(self, first: "Token") -> bool:
        """Whether the words before a fragment make it a name: "a song called", "the slogan", "known as"."""
        before = [t.lower_ for t in self.doc if first.i - 5 <= t.i < first.i and self.real[t.i]]
        return bool(before) and (
            before[-1] in WORKS
            or " ".join(before[-2:]) in ("known as", "billed as", "so - called")
            or (before[-1] == "called" and "-" in before)
        )


def _has_own_subject(verb: "Token") -> bool:
    """Whether a clause says who acts in it: "while they planned ..., she pledged" has two, and each its own words."""
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _names_a_work(words: "list[Token]") -> bool:
    """Whether quoted words look like a title or name: capitals on all longer words."""
    longer = [t for t in words if len(t.text) > 3]
    return bool(longer) and all(t.text[0].isupper() for t in longer) and words[0].text[0].isupper()
