"""Transcripts in plain text: lines that begin with who speaks, with or without a time.

Nothing is rewritten: the text stays as it is. What is read out of it is whether it is a transcript of a recording (a
primary record, which a printed interview with Q and A is not) and at which offsets times stand.
"""

import re

from claimtrack.limits import MAX_TRANSCRIPT_SAMPLE

_TIME = r"[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d\d)(?:[.,]\d{1,3})?[\])]?"
_LABEL = re.compile(
    rf"[ \t]{{0,4}}(?:{_TIME}[ \t]{{1,4}})?(?P<who>[A-Z][\w.’'-]{{0,30}}(?: [\w(.’'-][\w.,’')-]{{0,30}}){{0,6}})"
    rf"(?:[ \t]{{1,2}}{_TIME})?:(?:[ \t]|$)",
    re.MULTILINE,
)
_STAMP = re.compile(rf"^[ \t]{{0,4}}{_TIME}(?=[ \t\n]|$)", re.MULTILINE)
_QUESTION_LABELS = frozenset({"q", "a", "question", "answer", "q.", "a."})


def is_transcript(text: str) -> bool:
    r"""Whether a third of the lines begin with who speaks, two at least in turns; questions and answers are not one.

    >>> is_transcript("MODERATOR: Welcome.\n\nRUIZ: Thank you.\n\nMODERATOR: Who pays?\n\nRUIZ: Not us.")
    True
    >>> is_transcript("Q: Who pays?\n\nA: Not us.\n\nQ: Who then?\n\nA: The port.")
    False
    """
    lines = [line for line in text[:MAX_TRANSCRIPT_SAMPLE].split("\n") if line.strip()]
    found = [label["who"].lower() for line in lines if (label := _LABEL.match(line))]
    turns = [who for who in found if who not in _QUESTION_LABELS]
    return (
        len(turns) >= 4 and len(set(turns)) >= 2 and len(set(turns)) * 2 <= len(turns) and len(turns) * 3 >= len(lines)
    )


def timecodes(text: str) -> tuple[tuple[int, float], ...]:
    r"""Offset and seconds of each time that begins a line, as far as they rise.

    >>> timecodes("[00:01:05] RUIZ: Thank you.\n[00:01:09] No.")
    ((0, 65.0), (28, 69.0))
    """
    found: list[tuple[int, float]] = []
    for stamp in _STAMP.finditer(text):
        hours, minutes, seconds = (int(part or 0) for part in stamp.groups())
        time = float(hours * 3600 + minutes * 60 + seconds)
        if not found or time >= found[-1][1]:
            found.append((stamp.start(), time))
    return tuple(found)
