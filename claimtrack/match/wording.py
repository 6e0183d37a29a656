"""What the words of two texts alone say: every place where they part, and what it does to the sense."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from claimtrack.match import words
from claimtrack.match.align import Alignment, Edit, Where, align
from claimtrack.match.clips import cut_at_end, cut_at_start
from claimtrack.match.fillers import is_filler, is_repetition
from claimtrack.match.gaps import (
    at_gap,
    beside_bracket,
    bracket_contents,
    breaks_off,
    gap_for,
    gap_near,
    is_crossed,
)
from claimtrack.match.guards import Finding, Guard, Severity, are_opposed, changed_run, changed_word, is_same_word
from claimtrack.match.normalise import Gap, Normalised
from claimtrack.match.numbers import is_number
from claimtrack.match.units import in_other_units, is_measure

#: Below MIN_COVER, this share still makes a pair worth a person's look (a paraphrase, a partial overlap).
MIN_COVER_FOR_REVIEW = 0.5
#: Two texts of which only one can be true have this share of their words in common, and as many words.
MIN_CLOSE_OPPOSITES = 0.75
MIN_SHARED = 4
#: A clip shorter than this, or with fewer words that carry content, could be anybody's.
MIN_CLIP_WORDS = 3


class Wording(NamedTuple):
    """What the words of two texts alone say."""

    findings: list[Finding]
    #: Share of the shorter text's words that the other has, 0.0 to 1.0.
    score: float
    #: Share of the words from the first to the last common one that are common, in both texts, 0.0 to 1.0; or of all
    #: words in any order. A short text whose words are strewn over a long one scores high and is not close.
    closeness: float = 0.0
    #: Whether both assert of one matter what can't stand together: another number, a negation more.
    is_opposed: bool = False


def judge_wording(a: Normalised, b: Normalised) -> Wording:
    """Findings about the words alone, and how much the two texts have in common."""
    if a.keys == b.keys:
        has_words = 1.0 if a.keys else 0.0
        return Wording(question_findings(a, b, whole=True) + bracket_contents(a, b), has_words, has_words)
    shorter = min(len(a.keys), len(b.keys))
    if shorter == 0:
        return Wording([], 0.0)
    alignment = align(a, b)
    score = alignment.shared / shorter
    if score < MIN_COVER_FOR_REVIEW:
        return Wording([], score)
    findings: list[Finding] = []
    moving: list[Edit] = []
    in_other_form = 0
    for edit in alignment.edits:
        found = edit_findings(a, b, edit)
        findings += found
        if edit.where is not Where.INSIDE or any(finding.severity for finding in found):
            moving.append(edit)
        if all(finding.severity is Severity.FINE and finding.guard is Guard.FORM for finding in found):
            in_other_form += min(edit.a1 - edit.a0, edit.b1 - edit.b0)
    findings = _reported(findings)
    score = min((alignment.shared + in_other_form) / shorter, 1.0)
    findings += _moved(a, b, moving)
    findings += question_findings(a, b, whole=not any(edit.where is Where.END for edit in alignment.edits))
    findings += _small_clip(a, b)
    closeness = _closeness(a, b, alignment)
    is_one_matter = min(score, closeness) >= MIN_CLOSE_OPPOSITES and _has_content(a, b)
    return Wording(findings, score, closeness, is_one_matter and are_opposed(findings))


def _closeness(a: Normalised, b: Normalised, alignment: Alignment) -> float:
    at_edges = [edit for edit in alignment.edits if edit.where is not Where.INSIDE]
    inner = len(a.keys) + len(b.keys) - sum(edit.a1 - edit.a0 + edit.b1 - edit.b0 for edit in at_edges)
    as_sets = (Counter(a.keys) & Counter(b.keys)).total() / max(len(a.keys), len(b.keys))
    return max(2 * alignment.shared / inner if inner else 0.0, as_sets)


def _has_content(a: Normalised, b: Normalised) -> bool:
    """Whether the texts share words enough, and two that carry content, to be about one matter."""
    common = set(a.keys) & set(b.keys)
    return len(common) >= MIN_SHARED and sum(len(key) > 3 and key not in words.EMPTY_WORDS for key in common) >= 2


#: First persons and what a reporter makes of them; he does so only where he shifts the tense too.
_REPORTED = {
    frozenset((own, theirs))
    for own, said in (("i", "he she they"), ("my", "his her their"), ("me", "him her them"), ("we", "they"),
                      ("our", "their"), ("us", "them"))
    for theirs in said.split()
}  # fmt: skip


def _reported(findings: list[Finding]) -> list[Finding]:
    """Where the tense of an auxiliary was shifted, other verbs and persons are shifted with it: reported speech.

    "Are tired and want" becomes "were tired and wanted"; a first person that became a third still leaves a doubt.
    """
    if not any(finding.guard is Guard.FORM and finding.reason.startswith("tense") for finding in findings):
        return findings
    read = []
    for finding in findings:
        if finding.guard is Guard.TENSE and finding.severity is Severity.DOUBT and _is_past(finding.reason):
            read.append(Finding(Severity.FINE, Guard.FORM, finding.reason))
        elif finding.guard is Guard.PERSON and frozenset(finding.reason.split("'")[1::2]) in _REPORTED:
            read.append(Finding(Severity.DOUBT, Guard.PERSON, f"reported? {finding.reason}"))
        else:
            read.append(finding)
    return read


def _is_past(reason: str) -> bool:
    """Whether a reason names two forms of a verb of which one alone is a regular past."""
    forms = reason.split("'")[1::2]
    return len(forms) == 2 and forms[0].endswith("ed") != forms[1].endswith("ed")


def _small_clip(a: Normalised, b: Normalised) -> list[Finding]:
    shorter, longer = sorted((a.keys, b.keys), key=len)
    content = sum(len(key) > 3 for key in shorter)
    if len(shorter) * 2 < len(longer) and (len(shorter) < MIN_CLIP_WORDS or content < 2):
        return [Finding(Severity.DOUBT, Guard.OVERLAP, "clip too short to tell")]
    return []


def question_findings(a: Normalised, b: Normalised, *, whole: bool) -> list[Finding]:
    """A question against a statement, when both texts show how they end.

    Transcripts in capitals or without marks end in nothing; there the order of words must tell.
    """
    if not whole or "?" not in {a.end_mark, b.end_mark} or a.end_mark == b.end_mark:
        return []
    if a.end_mark and b.end_mark:
        return [Finding(Severity.CHANGE, Guard.QUESTION, "a question against a statement")]
    if _is_inverted(a.keys) or _is_inverted(b.keys):
        return []
    return [Finding(Severity.DOUBT, Guard.QUESTION, "question mark on one side alone")]


def _is_inverted(keys: tuple[str, ...]) -> bool:
    """Whether the word order is that of a question: a wh-word, or an auxiliary before its subject."""
    if not words.QUESTION_WORDS.isdisjoint(keys):
        return True
    return any(key in words.AUXILIARIES and following in words.AFTER_INVERSION for key, following in pairwise(keys))


def edit_findings(a: Normalised, b: Normalised, edit: Edit) -> list[Finding]:
    """What one edit between `a` and `b` means for the sense; never empty."""
    left, right = a.keys[edit.a0 : edit.a1], b.keys[edit.b0 : edit.b1]
    if not left or not right:
        return _one_sided(a, b, edit)
    if is_measure(left) and is_measure(right) and left[1] != right[1]:
        shown = f"'{a.printed(edit.a0, edit.a1)}' -> '{b.printed(edit.b0, edit.b1)}'"
        if in_other_units(left, right):
            return [Finding(Severity.DOUBT, Guard.UNIT, f"in other units: {shown}")]
        return [Finding(Severity.CHANGE, Guard.UNIT, f"unit {shown}")]
    if _are_joined(left, right):
        return [Finding(Severity.FINE, Guard.FORM, f"spelling: '{' '.join(left)}' -> '{' '.join(right)}'")]
    gaps = gap_near(a, edit.a0, edit.a1), gap_near(b, edit.b0, edit.b1)
    is_number_apart = is_number(left[0]) and is_number(right[0]) and len(left) + len(right) <= 3  # and a currency
    if is_number_apart and (_lost_head(a, edit.a0, gaps[0]) or _lost_head(b, edit.b0, gaps[1])):
        return [Finding(Severity.FINE, Guard.CUT, "words left out at a gap")]
    if gaps[0] and gaps[1] and is_crossed(edit, gaps[0], gaps[1]):
        return [at_gap(left + right, (), gaps[0] if not gaps[0].bracket else gaps[1])]
    for said, start, end, gap in ((a, edit.a0, edit.a1, gaps[1]), (b, edit.b0, edit.b1, gaps[0])):
        if gap and None in gaps and not gap.bracket and breaks_off(said, start, end, edit.where):
            empty = Edit(edit.a0, edit.a1, edit.b0, edit.b0, edit.where)
            if said is a:
                empty = Edit(edit.a0, edit.a0, edit.b0, edit.b1, edit.where)
            return [at_gap(said.keys[start:end], (), gap), *edit_findings(a, b, empty)]
    own = beside_bracket(edit, gaps, left, right)
    if own is not None:
        return [Finding(Severity.FINE, Guard.FORM, "an editor's bracket"), *edit_findings(a, b, own)]
    if _is_abbreviation(a, edit.a0, edit.a1, right) or _is_abbreviation(b, edit.b0, edit.b1, left):
        return [Finding(Severity.FINE, Guard.FORM, f"short form: '{' '.join(left)}' -> '{' '.join(right)}'")]
    if edit.where is Where.START and is_filler(left, inner=False) and is_filler(right, inner=False):
        return [Finding(Severity.FINE, Guard.FORM, f"fillers: '{' '.join(left)}' -> '{' '.join(right)}'")]
    parts = _parts(a, b, edit)
    if parts is not None:
        return [finding for part in parts for finding in edit_findings(a, b, part)]
    if len(left) == len(right):
        return [changed_word(a, edit.a0 + at, b, edit.b0 + at) for at in range(len(left))]
    finding = changed_run(left, right)
    if finding is not None:
        return [finding]
    return [Finding(Severity.DOUBT, Guard.WORDING, f"other words: '{' '.join(left)}' -> '{' '.join(right)}'")]


def _lost_head(said: Normalised, at: int, gap: Gap | None) -> bool:
    """Whether the ellipsis before the word at `at` took the figure and left its scale: "cost us ... billion"."""
    is_scale = said.printed(at, at + 1).lower() in {"thousand", "million", "billion", "trillion"}
    return gap is not None and not gap.bracket and gap.at == at and is_scale


def _parts(a: Normalised, b: Normalised, edit: Edit) -> list[Edit] | None:
    """The edit split at a word that both sides have in another form, or behind fillers of one side; else None."""
    if edit.a1 - edit.a0 + edit.b1 - edit.b0 == 2:
        return None
    for i in _near(edit.a0, edit.a1, edit.where):
        for j in _near(edit.b0, edit.b1, edit.where):
            if is_same_word(a, i, b, j):
                return _split(edit, i, i + 1, j, j + 1)
    inner = edit.where is not Where.START
    for length in (3, 2, 1):
        if is_filler(a.keys[edit.a0 : min(edit.a0 + length, edit.a1)], inner=inner):
            return _split(edit, edit.a0, min(edit.a0 + length, edit.a1), edit.b0, edit.b0)
        if is_filler(b.keys[edit.b0 : min(edit.b0 + length, edit.b1)], inner=inner):
            return _split(edit, edit.a0, edit.a0, edit.b0, min(edit.b0 + length, edit.b1))
    return None


def _near(start: int, end: int, where: Where) -> range:
    """Up to six token indexes of an edit, beginning next to the shared words."""
    return range(end - 1, max(start, end - 6) - 1, -1) if where is Where.START else range(start, min(end, start + 6))


def _split(edit: Edit, i: int, i_end: int, j: int, j_end: int) -> list[Edit]:
    """Up to three edits: before, inside and after the pair of stretches given."""
    head, tail = (where if where is edit.where else Where.INSIDE for where in (Where.START, Where.END))
    if i == i_end or j == j_end:
        head = tail = edit.where
    middle = edit.where if i == i_end or j == j_end else Where.INSIDE
    pieces = (
        Edit(edit.a0, i, edit.b0, j, head),
        Edit(i, i_end, j, j_end, middle),
        Edit(i_end, edit.a1, j_end, edit.b1, tail),
    )
    return [piece for piece in pieces if piece.a0 < piece.a1 or piece.b0 < piece.b1]


def _are_joined(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the two differ in spaces, hyphens and apostrophes alone: "health care", "healthcare".

    "now here" and "nowhere", "not able" and "notable" do not, and digits side by side are another number.
    """
    if "".join(left).replace("'", "").replace("-", "") != "".join(right).replace("'", "").replace("-", ""):
        return False
    if any(map(is_number, left + right)):
        return False
    return words.CLAUSE_NEGATIONS.isdisjoint(left) == words.CLAUSE_NEGATIONS.isdisjoint(right)


def _is_abbreviation(said: Normalised, start: int, end: int, full: tuple[str, ...]) -> bool:
    """Whether the one word, printed in capitals, is made of the first letters of `full`."""
    if end - start != 1 or not 2 <= len(full) <= 8:
        return False
    short = said.keys[start]
    is_printed_so = said.printed(start, end).replace(".", "").isupper() and 2 <= len(short) <= 6
    return is_printed_so and short == "".join(key[0] for key in full if key not in {"of", "the", "and", "for"})


def _one_sided(a: Normalised, b: Normalised, edit: Edit) -> list[Finding]:
    has_left = edit.a1 > edit.a0
    said, start, end = (a, edit.a0, edit.a1) if has_left else (b, edit.b0, edit.b1)
    other, at = (b, edit.b0) if has_left else (a, edit.a0)
    extra = said.keys[start:end]
    gap = gap_for(said, start, end, other, at)
    if gap is not None and gap.bracket and any(gap.keys == own.keys for own in said.gaps):
        gap = None  # both have the bracket; it stands for nothing that is missing
    set_off = said.pauses[start] > 0 and end < len(said.keys) and said.pauses[end] > 0
    if is_filler(extra, inner=edit.where is Where.INSIDE and not set_off):
        return [Finding(Severity.FINE, Guard.FORM, f"filler '{' '.join(extra)}' {_how(has_left)}")]
    if edit.where is not Where.END and is_repetition(said, start, end):
        return [Finding(Severity.FINE, Guard.FORM, f"repeated '{' '.join(extra)}' {_how(has_left)}")]
    if edit.where is Where.START:
        cut = cut_at_start(said, end)
        return [cut or Finding(Severity.FINE, Guard.CUT, "clipped at the start")]
    if edit.where is Where.END:
        cut = cut_at_end(said, start)
        return [cut or Finding(Severity.FINE, Guard.CUT, "clipped at the end")]
    if gap is not None:
        return [at_gap(extra if has_left else (), () if has_left else extra, gap)]
    if set(extra) <= words.LIGHT:
        return [Finding(Severity.FINE, Guard.FORM, f"'{' '.join(extra)}' {_how(has_left)}")]
    finding = changed_run(extra, ()) if has_left else changed_run((), extra)
    if finding is not None:
        return [finding]
    return [Finding(Severity.DOUBT, Guard.WORDING, f"'{' '.join(extra)}' {_how(has_left)}")]


def _how(has_left: bool) -> str:  # noqa: FBT001
    return "dropped" if has_left else "added"


def _moved(a: Normalised, b: Normalised, edits: list[Edit]) -> list[Finding]:
    """Words that stand elsewhere: "only" moved, or two names that changed places.

    What a clip lost at an edge counts only when nearly all of it reappears: two clips of one long sentence share a
    word by chance.
    """
    inside = [edit for edit in edits if edit.where is Where.INSIDE]
    for chosen, share in ((inside, 0.0), (edits, 0.8)):
        dropped = Counter(key for edit in chosen for key in a.keys[edit.a0 : edit.a1])
        added = Counter(key for edit in chosen for key in b.keys[edit.b0 : edit.b1])
        both = dropped & added
        telling = sorted(key for key in both if len(key) > 3 or key in words.MOVABLE or is_number(key))
        telling = [key for key in telling if not is_filler((key,), inner=False)]
        if telling and both.total() >= share * min(dropped.total(), added.total()):
            return [Finding(Severity.CHANGE, Guard.ORDER, f"'{' ... '.join(telling[:4])}' stands elsewhere")]
    return _changed_places(a, b, edits)


def _changed_places(a: Normalised, b: Normalised, edits: list[Edit]) -> list[Finding]:
    """A clause that one text has at its start and the other at its end: "prices doubled while wages fell"."""
    for said, other, lost, added in ((a, b, "a", "b"), (b, a, "b", "a")):
        head = next((_side(edit, said, lost) for edit in edits if edit.where is Where.START), ())
        tail = next((_side(edit, other, added) for edit in edits if edit.where is Where.END), ())
        for at in range(len(head) - 2):
            run = head[at : at + 3]
            has_content = any(len(key) > 3 and key not in words.EMPTY_WORDS for key in run)
            if has_content and any(tail[to : to + 3] == run for to in range(len(tail) - 2)):
                return [Finding(Severity.DOUBT, Guard.ORDER, f"'{' '.join(run)}' stands elsewhere")]
    return []


def _side(edit: Edit, said: Normalised, side: str) -> tuple[str, ...]:
    return said.keys[edit.a0 : edit.a1] if side == "a" else said.keys[edit.b0 : edit.b1]
