"""Articles that the project wrote itself, for `claimtrack demo` and for tests: every page has something true to show.

People, places, outlets and addresses (all under `.example`) are invented; the dates are in 2026. `index.json` has

- `stories`: objects with `key`, `title` and `about` (one sentence for the story's page);
- `samples`: objects in order of publication within a story, with `key` (unique), `file` (a name in this folder),
  `title`, `publisher`, `author` (or null), `published_on` (YYYY-MM-DD), `url`, `story` (a story's key),
  `record_kind` (a value of `RecordKind`) and `later_version_of` (null, or the key of the entry that this one is a
  later saved copy of, at the same address: one quotation in it was changed without a note).

Two entries share one file: two outlets that print the same wire copy, byte for byte, are two documents. What is in
them on purpose: the transcript of a briefing (the primary record) whose words the other articles print whole, clipped
(an "unless" is cut off), with the cue in the middle, with an ellipsis and in American spelling; one near-miss (three
berths instead of two); people who contradict what they said before; second-hand words.
`standard-strait-talks.txt` holds the traps of attribution together (scare quotes, a reported question, a reaction
without content, "in 2023", "last year"); its statements are marked by hand in `tests/accuracy/walkthrough`.

>>> [story.title for story in stories()]
['Harbour talks', 'Ferrygate']
>>> samples()[0].publisher
'The Quay Quarterly'
"""

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from claimtrack.ingest.document import RecordKind

__all__ = ["Sample", "SampleStory", "read", "samples", "stories"]

_FOLDER = files(__name__)


@dataclass(frozen=True, slots=True)
class SampleStory:
    """One assignment that sample articles belong to."""

    key: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample article: its bytes as a source would deliver them, and what is known about it."""

    key: str
    file: str  #: the name tells the format: .txt, .html, .vtt
    title: str
    publisher: str
    author: str | None
    published_on: date
    url: str
    story: str  #: key of a `SampleStory`
    record_kind: RecordKind
    later_version_of: str | None  #: key of the sample that this is a later saved copy of
    data: bytes


def stories() -> tuple[SampleStory, ...]:
    """The stories of the samples, the main one first."""
    return tuple(SampleStory(**entry) for entry in json.loads(read("index.json"))["stories"])


def samples() -> tuple[Sample, ...]:
    """All sample articles with their bytes, story by story in order of publication; a later version follows its first.

    Reads some 60 kB from the installed package. Nothing is parsed: the bytes go through import like any others.
    """
    return tuple(
        Sample(
            **entry
            | {
                "published_on": date.fromisoformat(entry["published_on"]),
                "record_kind": RecordKind(entry["record_kind"]),
                "data": read(entry["file"]),
            }
        )
        for entry in json.loads(read("index.json"))["samples"]
    )


def read(name: str) -> bytes:
    """Bytes of a file of this folder.

    >>> read("varga-post.txt").splitlines()[0].decode()
    'Lucian Varga'
    """
    return _FOLDER.joinpath(name).read_bytes()
