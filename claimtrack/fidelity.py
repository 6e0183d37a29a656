"""Alleged words against recorded words: verbatim, cut, altered, stitched together, somebody else's, or not found.

Says how the words differ, not whether they are true; and a match in reports alone means "printed by", never "said".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from claimtrack.match.align import Edit, Where, align
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.gaps import bracket_contents
from claimtrack.match.guards import Guard, Severity
from claimtrack.match.index import SortedIndex, find_candidates
from claimtrack.match.normalise import Normalised, normalise
from claimtrack.match.occasions import bounds
from claimtrack.match.speakers import can_be_same
from claimtrack.match.texts import Texts
from claimtrack.match.wording import edit_findings, question_findings
from claimtrack.vocabulary import Fidelity

#: Share of the alleged words that a record must have to be its source. Below it the words are somebody else's.
MIN_SHARE = 0.6
#: From this share on three words in a row do: hesitations scatter what a transcript records.
MIN_SHARE_OF_SCATTERED = 0.8
#: Words in a row that tie a part of a stitched quotation to its source; three in a row occur by chance.
MIN_PART_WORDS = 4
#: Sources that one quotation may be stitched from; more are a collage of common phrases.
MAX_PARTS = 4


@dataclass(frozen=True)
class Record:
    """Recorded words that a quotation is checked against; `is_primary` for a recording, transcript or post."""

    id: Any  # Any: the caller's own id
    text: str
    speaker: str | None = None
    date: str | None = None
    is_primary: bool = False

    @cached_property
    def words(self) -> Normalised:
        """The normalised words, made once."""
        return normalise(self.text)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `op` is add (alleged words that nobody recorded), drop (recorded words left out) or replace."""

    op: str
    alleged: str
    recorded: str


@dataclass(frozen=True, slots=True)
class FidelityCheck:
    """Verdict on alleged words, with the records that it rests on, best first.

    `alarm` tells when what was cut off limits the sense ("clip ends before 'unless'"). `score` is the share of the
    alleged words that the records have, 0.0 to 1.0; `shared` is their number.
    """

    fidelity: Fidelity
    matches: tuple[Record, ...] = ()
    changed: tuple[Change, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    alarm: str | None = None
    shared: int = 0

    @property
    def record(self) -> str | None:
        """The kind of record that matched: "primary" or "report"; None when nothing did."""
        if not self.matches:
            return None
        return "primary" if self.matches[0].is_primary else "report"


def word_diff(alleged: Normalised, recorded: Normalised) -> tuple[Change, ...]:
    """Differences in reading order, in the words as printed.

    >>> word_diff(normalise("We will pay."), normalise("We will not pay."))
    (Change(op='drop', alleged='', recorded='not'),)
    """
    changes = []
    for edit in align(alleged, recorded).edits:
        ours, theirs = alleged.printed(edit.a0, edit.a1), recorded.printed(edit.b0, edit.b1)
        op = "replace" if ours and theirs else "add" if ours else "drop"
        changes.append(Change(op, ours, theirs))
    return tuple(changes)


def check_quote(alleged: str, alleged_speaker: str | None, records: Iterable[Record]) -> FidelityCheck:
    """Verdict on `alleged` against `records`, the candidates that share words with it. Never raises.

    Cost: one alignment per record.

    >>> records = [Record(1, "We will sign, unless the audit fails.", "Ada Moss")]
    >>> found = check_quote("We will sign", "Moss", records)
    >>> found.fidelity.value, found.alarm
    ('cut', "clip ends before 'unless'")
    """
    words = normalise(alleged)
    if not words.keys:
        return FidelityCheck(Fidelity.NOT_FOUND)
    pool = list(records)
    checks = [found for record in pool if (found := _against(words, alleged_speaker, record)) is not None]
    best = min(checks, key=_rank, default=None)
    if best is None or _leaves_a_part(best):
        stitched = _stitched(words, pool)
        if stitched is not None and (best is None or stitched.score > best.score):
            return stitched
    return best or FidelityCheck(Fidelity.NOT_FOUND)


def _leaves_a_part(check: FidelityCheck) -> bool:
    """Whether the record lacks a part of the alleged words long enough to be somebody's, and not just a word."""
    parts = (change.alleged for change in check.changed)
    return check.fidelity is Fidelity.ALTERED and any(len(part.split()) >= MIN_PART_WORDS for part in parts)


_ORDER = list(Fidelity)


def _rank(check: FidelityCheck) -> tuple[int, float, bool, int, str]:
    """Sort key, best first. Exact words of somebody else tell more than altered words of the right speaker."""
    record = check.matches[0]
    order = _ORDER.index(check.fidelity)
    if check.fidelity is Fidelity.WRONG_SPEAKER and (not check.changed or len(check.changed) * 8 <= check.shared):
        order = _ORDER.index(Fidelity.CUT)
    return order, -check.score, not record.is_primary, len(record.text), str(record.id)


def _against(words: Normalised, speaker: str | None, record: Record) -> FidelityCheck | None:
    """Verdict against one record, or None when it hardly shares words."""
    recorded = record.words
    alignment = align(words, recorded)
    score = alignment.shared / len(words.keys)
    in_a_row = MIN_PART_WORDS if score < MIN_SHARE_OF_SCATTERED else MIN_PART_WORDS - 1
    if score < MIN_SHARE or alignment.longest < min(in_a_row, (len(words.keys) + 1) // 2):
        return None
    if len(words.keys) < 3 and len(recorded.keys) > 2 * len(words.keys):
        return None
    judged = [_edit(words, recorded, edit) for edit in alignment.edits]
    fidelity = max((found for found, _, _ in judged), key=_ORDER.index, default=Fidelity.VERBATIM)
    if fidelity is Fidelity.VERBATIM and _bare(words.text) != _bare(record.text):
        fidelity = Fidelity.TYPOGRAPHY
    reasons = [reason for _, told, _ in judged for reason in told]
    in_brackets = bracket_contents(recorded, words)
    asked = question_findings(words, recorded, whole=not alignment.cuts_end)
    reasons += [finding.reason for finding in (*in_brackets, *asked)] or _added_brackets(words, recorded)
    if any(finding.severity is Severity.CHANGE for finding in (*in_brackets, *asked)):
        fidelity = Fidelity.ALTERED
    alarm = next((told for _, _, told in judged if told), None) if fidelity is Fidelity.CUT else None
    if fidelity is not Fidelity.ALTERED and asked:
        alarm = alarm or "recorded as a question" * (recorded.end_mark == "?") or asked[0].reason
    check = FidelityCheck(
        fidelity, (record,), word_diff(words, recorded), round(score, 4), tuple(reasons), alarm, alignment.shared
    )
    return _attributed(check, speaker)


def _edit(words: Normalised, recorded: Normalised, edit: Edit) -> tuple[Fidelity, list[str], str | None]:
    """What one difference makes of the quotation, why, and the alarm when a cut limits the sense."""
    findings = edit_findings(recorded, words, Edit(edit.b0, edit.b1, edit.a0, edit.a1, edit.where))
    reasons = [finding.reason for finding in findings]
    worst = max(finding.severity for finding in findings)
    if edit.a0 == edit.a1:  # only the record has these words
        in_bracket = any(gap.bracket and gap.at == edit.a0 for gap in words.gaps)
        silent = edit.where is Where.INSIDE and not _has_gap(words, edit.a0)
        if in_bracket or (silent and worst is Severity.CHANGE):
            return Fidelity.ALTERED, reasons, None
        told = next((finding.reason for finding in findings if finding.severity), None)
        if told is None and edit.where is Where.END:
            told = _goes_on(recorded, edit.b0)
            return Fidelity.CUT, reasons, told
        return Fidelity.CUT, reasons, told if worst is Severity.CHANGE or not silent else None
    is_form = worst is Severity.FINE and all(finding.guard is Guard.FORM for finding in findings)
    is_same_words = is_form and edit.b0 < edit.b1 and not any(reason.startswith("tense") for reason in reasons)
    return (Fidelity.TYPOGRAPHY if is_same_words else Fidelity.ALTERED), reasons, None


def _goes_on(recorded: Normalised, at: int) -> str | None:
    """That the sentence goes on with its other side where the quotation ends: "..., but she let others lie"."""
    is_mid_sentence = 0 < at < len(recorded.keys) and recorded.pauses[at] < 2
    if is_mid_sentence and recorded.keys[at] in _OTHER_SIDE:
        return f"the sentence goes on: '{recorded.printed(at, min(at + 6, len(recorded.keys)))}'"
    return None


_OTHER_SIDE = frozenset("but although though however yet still except while whereas".split())


def _added_brackets(words: Normalised, recorded: Normalised) -> list[str]:
    """What an editor put into the quotation, in plain words."""
    there = {gap.keys for gap in recorded.gaps}
    return [f"in a bracket: '{' '.join(gap.keys)}'" for gap in words.gaps if gap.bracket and gap.keys not in there]


def _has_gap(words: Normalised, at: int) -> bool:
    return any(gap.at == at for gap in words.gaps)


def _bare(text: str) -> str:
    """`text` without the quotation marks, spaces and closing full stop or comma that frame it on a page."""
    return " ".join(text.split()).strip("\"'“”‘’«» ").rstrip(".,;")


def _attributed(check: FidelityCheck, speaker: str | None) -> FidelityCheck:
    record = check.matches[0]
    if check.fidelity is Fidelity.ALTERED or can_be_same(speaker, record.speaker):
        return check
    reason = f"recorded for {record.speaker}, not {speaker}"
    return replace(check, fidelity=Fidelity.WRONG_SPEAKER, reasons=(reason, *check.reasons))


def _stitched(words: Normalised, pool: Sequence[Record]) -> FidelityCheck | None:
    """Cover of the alleged words by runs from several records, longest run first from the left; or None."""
    parts: list[Record] = []
    at = covered = 0
    while at < len(words.keys) and len(parts) < MAX_PARTS:
        length, record = max(
            ((_run(words.keys, at, record.words.keys), record) for record in pool),
            key=lambda item: (item[0], item[1].is_primary, str(item[1].id)),
            default=(0, None),
        )
        if record is None or length < MIN_PART_WORDS:
            at += 1
            continue
        parts.append(record)
        covered += length
        at += length
    sources = tuple(dict.fromkeys(parts))
    if len(sources) < 2 or covered < 0.85 * len(words.keys):
        return None
    reasons = tuple(f"part {at + 1} is from another statement" for at in range(1, len(sources)))
    return FidelityCheck(Fidelity.STITCHED, sources, (), round(covered / len(words.keys), 4), reasons)


def _run(keys: tuple[str, ...], at: int, other: tuple[str, ...]) -> int:
    """Length of the longest run of `keys` from `at` that stands in `other`."""
    best = 0
    for start, key in enumerate(other):
        if key == keys[at]:
            length = 1
            while (
                at + length < len(keys) and start + length < len(other) and keys[at + length] == other[start + length]
            ):
                length += 1
            best = max(best, length)
    return best


class RecordStore:
    """Many records in memory, ready to be asked: a million take about a kilobyte each, and a question some 5 ms."""

    def __init__(self, lines: Iterable[dict[str, Any]]) -> None:
        self._records: list[Record] = []
        self._of_wording: dict[int, list[int]] = {}
        texts = Texts()
        for line in lines:
            words = normalise(_text(line.get("text")))
            wording = text_hash(words)
            if wording not in self._of_wording:
                texts.add(words.keys)
                self._of_wording[wording] = []
            self._of_wording[wording].append(len(self._records))
            speaker, date = _text(line.get("speaker")), _text(line.get("date"))
            self._records.append(Record(line.get("id"), words.text, speaker, date, line.get("record") == "primary"))
        self._index = SortedIndex(texts, list(self._of_wording))
        self.searched = _searched(self._records)

    def check(self, alleged: str, speaker: str | None) -> FidelityCheck:
        """Verdict on `alleged` against the records that share phrases with it."""
        found = find_candidates(fingerprints(normalise(alleged)), self._index)
        return check_quote(
            alleged, speaker, [record for wording in found for record in self._printed(wording, speaker)]
        )

    def _printed(self, wording: int, speaker: str | None) -> list[Record]:
        """Records of one wording that matter: the first, the first primary one, the first that fits the speaker."""
        records = [self._records[at] for at in self._of_wording[wording]]
        primary = [record for record in records if record.is_primary]
        fitting = [record for record in (*primary, *records) if can_be_same(speaker, record.speaker)]
        return list(dict.fromkeys([*primary[:1], *fitting[:1], *records[:1]]))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def check_lines(queries: Iterable[dict[str, Any]], store: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Contract of `claimtrack check --queries`: one answer per query line, against all lines of `store`; streamed.

    A query is `{"id", "alleged", "alleged_speaker"}`; a store line `{"id", "speaker", "text", "date"}` is a report,
    unless it says `"record": "primary"`.
    """
    records = RecordStore(store)
    for query in queries:
        check = records.check(_text(query.get("alleged")), _text(query.get("alleged_speaker")))
        yield answer(query.get("id"), check, records.searched)


def answer(query_id: object, check: FidelityCheck, searched: dict[str, Any] | None = None) -> dict[str, Any]:
    """Object that `claimtrack check` prints; `searched` tells what "not found" rests on."""
    return {
        "id": query_id,
        "match": check.matches[0].id if check.matches else None,
        "matches": [record.id for record in check.matches],
        "fidelity": check.fidelity.value,
        "changed": [
            {"op": change.op, "alleged": change.alleged, "recorded": change.recorded} for change in check.changed
        ],
        "record": check.record,
        "score": check.score,
        "reasons": list(check.reasons),
        "alarm": check.alarm,
        **({"searched": searched} if check.fidelity is Fidelity.NOT_FOUND and searched else {}),
    }


def _searched(records: Sequence[Record]) -> dict[str, Any]:
    """How many records were searched, and from when to when (ISO days; None when no date is known)."""
    known = [found for record in records if record.date and (found := bounds(record.date))]
    return {
        "statements": len(records),
        "from": min(found[0] for found in known).isoformat() if known else None,
        "to": max(found[1] for found in known).isoformat() if known else None,
    }
