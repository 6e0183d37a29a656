"""Articles marked by hand, compiled to the statements that `claimtrack extract` should print.

One article is one text file of three parts, divided by lines of `---`: a head, the article, its statements. Offsets are
never written by hand: words are, and they are looked up; words that do not occur, or occur twice, stop the compilation.
The format is told in README.md beside this file. As a command it writes what a scorer reads:

    python tests/accuracy/gold.py OUT.jsonl [--set tune|floor|walkthrough]
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
SETS = ("tune", "floor", "walkthrough")
KINDS = ("direct", "mixed", "indirect")
SPEAKER_KINDS = ("person", "organization", "document", "unnamed")
FLAGS = ("question", "label", "post")
GAP = " [...] "

Pair = tuple[int, int]


class GoldError(ValueError):
    """A marking that can't be read, with the file and the line."""


@dataclass(frozen=True)
class Speaker:
    """Who is behind a short key of the file's head."""

    name: str | None
    kind: str | None
    speaks_for: str | None = None


@dataclass
class Marked:
    """One statement, in the fields of the extract contract; `flags` tells labelled turns and posts apart."""

    kind: str
    question: bool
    speaker: str | None
    speaker_kind: str | None
    speaker_for: str | None
    said_on: str | None
    date_basis: str | None
    content: str = ""
    content_spans: list[Pair] = field(default_factory=list)
    source: str | None = None
    source_span: Pair | None = None
    cue: str | None = None
    cue_span: Pair | None = None
    via: str | None = None
    date_words: str | None = None
    flags: tuple[str, ...] = ()


@dataclass
class Gold:
    """One marked article. `not_statements` are stretches in marks that are nobody's statement, with the reason."""

    id: str
    style: str
    title: str | None
    date: str | None
    text: str
    statements: list[Marked]
    not_statements: list[tuple[Pair, str]]

    def as_json(self) -> dict[str, object]:
        """The article as one line of a scorer's input."""
        whole = asdict(self)
        whole["not_statements"] = [f"{self.text[s:e]}: {why}" for (s, e), why in self.not_statements]
        return whole


def load(name: str) -> list[Gold]:
    """All articles of a set, by file name. An empty or missing set is an empty list."""
    return [compile_gold(path) for path in sorted((HERE / name).glob("*.txt"))]


def compile_gold(path: Path) -> Gold:
    """The marked article at `path`."""
    parts = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3:
        raise GoldError(f"{path.name}: needs a head, an article and statements, divided by lines of ---")
    head, text, marks = parts
    values, people = _head(head, path.name)
    if "sample" in values:
        text = _sample(values["sample"])
    text = text.strip("\n") if "sample" not in values else text
    reader = _Reader(path.name, text, values.get("date"), people)
    statements, nots = reader.read(marks)
    return Gold(path.stem, values.get("style", ""), values.get("title"), values.get("date"), text, statements, nots)


def _sample(name: str) -> str:
    from claimtrack.samples import read

    return read(name).decode("utf-8")


def _head(head: str, name: str) -> tuple[dict[str, str], dict[str, Speaker]]:
    values: dict[str, str] = {}
    people = {"?": Speaker(None, None)}
    for line in filter(None, map(str.strip, head.splitlines())):
        key, found, value = line.partition(":")
        if not found:
            raise GoldError(f"{name}: head line without a colon: {line}")
        if not key.startswith("@"):
            values[key] = value.strip()
            continue
        who = [part.strip() for part in value.split("|")]
        kind = who[1] if len(who) > 1 else "person"
        if kind not in SPEAKER_KINDS:
            raise GoldError(f"{name}: {kind!r} is no kind of speaker: {line}")
        people[key[1:]] = Speaker(who[0], kind, who[2].removeprefix("for ") if len(who) > 2 else None)
    return values, people


class _Reader:
    """Reads the statements of one file; keeps the place for messages."""

    def __init__(self, name: str, text: str, published: str | None, people: dict[str, Speaker]) -> None:
        self.name, self.text, self.published, self.people = name, text, published, people

    def read(self, marks: str) -> tuple[list[Marked], list[tuple[Pair, str]]]:
        found: list[Marked] = []
        nots: list[tuple[Pair, str]] = []
        for line in marks.splitlines():
            mark, _, rest = line.strip().partition(" ")
            if not mark or mark.startswith("#"):
                continue
            if mark == "*":
                found.append(self._begin(rest))
            elif mark == "!":
                words, _, why = rest.rpartition(" | ")
                nots.append((self._span(words), why))
            elif not found or mark not in "=-~<":
                raise GoldError(f"{self.name}: can't read: {line}")
            else:
                self._add(found[-1], mark, rest)
        for statement in found:
            if not statement.content_spans:
                raise GoldError(f"{self.name}: a statement of {statement.speaker} has no content")
            statement.content = " ".join(self.text[s:e] for s, e in statement.content_spans)
        return sorted(found, key=lambda one: (one.content_spans[0][0], -one.content_spans[-1][1])), nots

    def _begin(self, rest: str) -> Marked:
        kind, key, *flags = rest.split()
        if kind not in KINDS or key not in self.people or set(flags) - set(FLAGS):
            raise GoldError(f"{self.name}: kind, speaker or flag unknown: {rest}")
        who = self.people[key]
        basis = "article" if self.published else None
        question = "question" in flags
        return Marked(kind, question, who.name, who.kind, who.speaks_for, self.published, basis, flags=tuple(flags))

    def _add(self, statement: Marked, mark: str, rest: str) -> None:
        if mark == "=":
            statement.content_spans.append(self._span(rest))
        elif mark == "-":
            self._attribute(statement, rest)
        elif mark == "<":
            statement.via = rest
        else:
            when, _, words = (part.strip() for part in rest.partition("|"))
            if words and words not in self.text:
                raise GoldError(f"{self.name}: date words not in the article: {words}")
            statement.said_on = None if when == "open" else when
            statement.date_words = words or None
            statement.date_basis = None if when == "open" else "text"

    def _attribute(self, statement: Marked, line: str) -> None:
        for phrase in line.split(GAP):
            bare = re.sub(r"[<>{}]", "", phrase)
            start, _ = self._span(bare)
            plain = re.sub(r" @\d+$", "", phrase)
            for opening, closing, which in (("<", ">", "source"), ("{", "}", "cue")):
                if opening not in plain:
                    continue
                before, inside = plain.split(opening)[0], plain.split(opening)[1].split(closing)[0]
                at = start + len(re.sub(r"[<>{}]", "", before))
                setattr(statement, which, inside)
                setattr(statement, f"{which}_span", (at, at + len(inside)))

    def _span(self, words: str) -> Pair:
        """Place of `words`: unique, or the n-th with ` @n` at the end; `first [...] last` stands for all between."""
        words, number = _numbered(words)
        first, gap, last = words.partition(GAP)
        start = self._find(first, number)
        if not gap:
            return start, start + len(first)
        end = self.text.find(last, start + len(first))
        if end < 0:
            raise GoldError(f"{self.name}: not found after {first!r}: {last!r}")
        return start, end + len(last)

    def _find(self, words: str, number: int | None) -> int:
        places = list(_occurrences(words, self.text))
        if not places:
            raise GoldError(f"{self.name}: not in the article: {words!r}")
        if number is None and len(places) > 1:
            raise GoldError(f"{self.name}: occurs {len(places)} times, give more words or @n: {words!r}")
        if number is not None and not 1 <= number <= len(places):
            raise GoldError(f"{self.name}: occurs {len(places)} times, not {number}: {words!r}")
        return places[(number or 1) - 1]


def _numbered(words: str) -> tuple[str, int | None]:
    tail = re.search(r" @(\d+)$", words)
    return (words[: tail.start()], int(tail[1])) if tail else (words, None)


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Places where `words` stand, not inside a longer word."""
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return (match.start() for match in re.finditer(left + re.escape(words) + right, text))


def main() -> int:
    """Write a set as JSON lines."""
    parser = argparse.ArgumentParser(description="Write a set of marked articles as JSON lines.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--set", choices=SETS, default="tune")
    chosen = parser.parse_args()
    golds = load(chosen.set)
    lines = [json.dumps(gold.as_json(), ensure_ascii=False) + "\n" for gold in golds]
    chosen.out.write_text("".join(lines), encoding="utf-8")
    total = sum(len(gold.statements) for gold in golds)
    sys.stderr.write(f"{len(golds)} articles, {total} statements -> {chosen.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
