"""Transcripts in plain text: lines that begin with who speaks, with or without a time.

Nothing is rewritten: the text stays as it is. What is read out of it is whether it is a transcript of a recording, and
at which offsets times stand. A printed interview has labelled turns too and is no primary record: it was edited. So
labels alone are not enough; times or the word of the one who made it ("transcript", "verbatim") are needed.
"""

import re

from claimtrack.limits import MAX_HEADING_CHARS, MAX_TRANSCRIPT_SAMPLE

_TIME = r"[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d\d)(?:[.,]\d{1,3})?[\])]?"
_LABEL = re.compile(
    rf"[ \t]{{0,4}}(?:{_TIME}[ \t]{{1,4}})?(?P<who>[A-Z][\w.’'-]{{0,30}}(?: [\w(.’'-][\w.,’')-]{{0,30}}){{0,6}})"
    rf"(?:[ \t]{{1,2}}{_TIME})?:(?:[ \t]|$)",
    re.MULTILINE,
)
_STAMP = re.compile(rf"^[ \t]{{0,4}}{_TIME}(?=[ \t\n]|$)", re.MULTILINE)
_SAYS_SO = re.compile(
    r"\b(?:transcripts?|transcribed|verbatim|official report|hansard|stenographic|court reporter)\b", re.IGNORECASE
)
_QUESTION_LABELS = frozenset({"q", "a", "question", "answer", "q.", "a."})


def is_transcript(text: str) -> bool:
    r"""Whether the text is a transcript of a recording, by turns with speakers and by times or a heading that says so.

    >>> is_transcript("Verbatim record\n\nCHAIR: Welcome.\n\nRUIZ: Thank you.\n\nCHAIR: Who pays?\n\nRUIZ: Not us.")
    True
    >>> is_transcript("CHAIR: Welcome.\n\nRUIZ: Thank you.\n\nCHAIR: Who pays?\n\nRUIZ: Not us.")
    False
    """
    return has_turns(text) and (len(timecodes(text)) > 1 or bool(_SAYS_SO.search(text[:MAX_HEADING_CHARS])))


def has_turns(text: str) -> bool:
    """Whether a third of the lines begin with who speaks, two at least in turns; questions and answers do not count."""
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
