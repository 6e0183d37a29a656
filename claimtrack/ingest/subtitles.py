"""Subtitles (.srt, .vtt) as a transcript: one labelled line a turn, with the time at which each cue begins.

An own reader of 60 lines: subtitle files in the wild break the rules in ways that strict parsers refuse whole, and what
is kept here, voices and times, is little. Rules: WebVTT (W3C), for .srt the habits of its players.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimtrack.errors import SourceError
from claimtrack.ingest.decode import check_text, decode
from claimtrack.ingest.details import Details, describe
from claimtrack.ingest.document import Document, Raw, RecordKind
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, check_words, new_document

_TIMING = re.compile(
    r"\s{0,9}(?:(\d{1,4}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})\s{1,9}-->\s{1,9}(?:(\d{1,4}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})?\s{1,9}([^<>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,100}\}")
#: "ANNA RUIZ: ..." or "Anna Ruiz: ...", as subtitles for the deaf name who speaks; ">>" begins a turn.
_LABEL = re.compile(r"(?:>>\s?)?([A-Z][\w.’'-]{0,30}(?: [A-Z(][\w.’')-]{0,30}){0,4}):\s")
#: A pause that begins a new paragraph where nobody is named.
_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    voice: str | None
    words: str
    is_turn: bool  #: begins with a dash or ">>": somebody else speaks


def read_subtitles(raw: Raw, given: Given) -> Document:
    """The transcript that subtitles are: `NAME: words` where a voice is named, else paragraphs by pauses.

    Raises:
        SourceError: no cue with words, or not text at all.
    """
    cues = list(_cues(decode(raw.data, raw.name)))
    if not cues:
        raise SourceError(
            f"{raw.name} has no subtitles with words; check that the right file was chosen.", source=raw.name
        )
    text, timecodes = _transcript(cues)
    check_words(text, raw.name)
    check_text(text, raw.name)
    document = replace(new_document(raw, text, "text/vtt", "subtitles 1", given), timecodes=timecodes)
    details = Details(language=guess_language(text), record_kind=RecordKind.RECORDING)
    return describe(document, ("file", details))


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in order; several voices in one cue are as many."""
    lines = iter(text.split("\n"))
    for line in lines:
        timing = _TIMING.match(line)
        if not timing:
            continue
        start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
        shown: list[str] = []
        for words in lines:
            if not words.strip():
                break
            shown.append(words)
        for voice, words in _voices("\n".join(shown)):
            yield from _turns(start, end, voice, words)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _voices(shown: str) -> Iterator[tuple[str | None, str]]:
    """Each voice of a cue with its words."""
    parts = _VOICE.split(shown)
    yield None, parts[0]
    yield from zip(parts[1::2], parts[2::2], strict=True)


def _turns(start: float, end: float, voice: str | None, words: str) -> Iterator[_Cue]:
    """The cue's lines, apart where a dash, ">>" or a label says that somebody else speaks."""
    plain = html.unescape(_TAG.sub("", words))
    name = " ".join(html.unescape(voice).split()) if voice else None
    turn: list[str] = []
    is_turn = False
    for line in (" ".join(shown.split()) for shown in plain.split("\n")):
        begins = line.startswith((">>", "- ", "– ", "— ", "-")) or bool(_LABEL.match(line))
        if begins and turn:
            yield _Cue(start, end, name, " ".join(turn), is_turn)
            turn = []
        is_turn = begins if not turn else is_turn
        if stripped := line.lstrip(">-–— ") if begins else line:
            turn.append(stripped)
    if turn:
        yield _Cue(start, end, name, " ".join(turn), is_turn)


def _transcript(cues: list[_Cue]) -> tuple[str, tuple[tuple[int, float], ...]]:
    """The text and the (offset, seconds) at which each cue begins in it."""
    parts: list[str] = []
    times: list[tuple[int, float]] = []
    at, speaker, end = 0, None, 0.0
    for cue in cues:
        changes = cue.voice != speaker or cue.is_turn or bool(_LABEL.match(cue.words))
        paused = cue.voice is None and cue.start - end >= _PAUSE_S
        lead = "" if not parts else "\n\n" if changes or paused else " "
        if cue.voice and (cue.voice != speaker or cue.is_turn):
            lead += f"{cue.voice}: "
        times.append((at + len(lead), cue.start))
        parts.append(lead + cue.words)
        at += len(parts[-1])
        speaker, end = cue.voice, cue.end
    return "".join(parts), tuple(times)
