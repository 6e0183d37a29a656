"""How well the extractor reads a marked set, and the floors under that.

    python tests/accuracy/score.py [--set tune|floor|walkthrough] [--json]
    python tests/accuracy/score.py --pin [--lower "reason"]

The first prints tables: by view, kind, form of the source, article, and how far `confidence` can be trusted. The second
sets floors.json anew: 0.01 under what is measured now. A floor rises on its own; lowering one needs `--lower`, and the
reason is written down beside it. What each figure means stands at `figures`.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SLACK = 0.01
#: Share of words that two spans have in common (Dice): found at all, and found as one would print it.
FOUND, EXACT_ENOUGH = 0.5, 0.8
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
WORD = re.compile(r"\w+(?:['’]\w+)*")
PRONOUNS = frozenset("i you he she it we they him her them his hers its their my your our who whom which".split())
#: Left out when names are compared; what stands before a name, never a name itself.
TITLES = frozenset(
    "a an the mr mrs ms miss dr prof professor sir dame lord lady sen senator rep gov governor president mayor judge"
    " justice rev hon coun cllr capt captain gen general sgt det insp dc bishop chief former commissioner"
    " minister".split()
)

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Reading:
    """One statement, by hand or by machine, as far as it is compared."""

    words: frozenset[int]
    kind: str
    source: str | None
    source_span: tuple[int, int] | None
    speaker: str | None
    speaker_kind: str | None
    said_on: str | None
    date_basis: str | None
    question: bool
    label: bool = False
    confidence: float = 1.0

    @property
    def form(self) -> str:
        """How the text names the source: label, none, pronoun, name, nominal ("the minister")."""
        if self.label:
            return "label"
        if not self.source:
            return "none"
        words = WORD.findall(self.source)
        if len(words) == 1 and words[0].casefold() in PRONOUNS:
            return "pronoun"
        return "name" if any(word[0].isupper() for word in words[1:] or words) else "nominal"


@dataclass(frozen=True)
class Pair:
    """A marked statement and the machine's one for it; `overlap` is their Dice."""

    gold: Reading
    found: Reading
    overlap: float
    named: bool
    mentioned: bool

    @property
    def right(self) -> bool:
        """Whether a desk could print it: the words, and who said them."""
        return self.overlap >= EXACT_ENOUGH and self.named


@dataclass
class Scored:
    """One article compared: all marked, all found, and which belong together (one to one)."""

    id: str
    style: str
    gold: list[Reading]
    found: list[Reading]
    pairs: list[Pair]


def word_places(text: str) -> list[tuple[int, int]]:
    """Offsets of all words of the text, in order."""
    return [match.span() for match in WORD.finditer(text)]


def covered(places: Spans, spans: Spans) -> frozenset[int]:
    """Numbers of the words that lie wholly inside the spans."""
    return frozenset(n for n, (s, e) in enumerate(places) if any(start <= s and e <= end for start, end in spans))


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Overlap of two sets of words, 0.0 to 1.0."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def name_words(name: str | None) -> list[str]:
    """Words of a name in lower case, without titles and possessive endings."""
    words = [re.sub(r"['’]s$", "", word.casefold()) for word in WORD.findall(name or "")]
    return [word for word in words if word not in TITLES] or words


def is_same_name(gold: Reading, found: str | None, others: Iterable[str]) -> bool:
    """Whether `found` names the marked speaker and nobody else.

    A person may be short of first names; a surname that another marked speaker of the article bears is not enough, nor
    are other first names. Everybody else is named when one name's words are all in the other's.
    """
    wanted, given = name_words(gold.speaker), name_words(found)
    if not wanted or not given:
        return wanted == given
    if wanted == given:
        return True
    if gold.speaker_kind != "person":
        return set(wanted) <= set(given) or set(given) <= set(wanted)
    if wanted[-1] != given[-1]:
        return False
    if len(given) > 1 and len(wanted) > 1:
        return given[0] == wanted[0]
    namesakes = [name for name in map(name_words, others) if name != wanted and name[-1] == wanted[-1]]
    return not namesakes


def is_same_mention(gold: Reading, found: Reading) -> bool:
    """Whether both point at the same words of the text, or share the last word of the name."""
    if gold.speaker is None:
        return found.speaker is None
    here, there = gold.source_span, found.source_span
    if here and there and here[0] < there[1] and there[0] < here[1]:
        return True
    wanted, given = name_words(gold.speaker), name_words(found.speaker)
    return bool(wanted and given) and wanted[-1] == given[-1]


def is_right_speaker(gold: Reading, found: Reading, others: Iterable[str]) -> bool:
    """Whether the speaker is right: named where the text names one, pointed at where it only describes one."""
    if gold.speaker is None:
        return found.speaker is None
    if is_same_name(gold, found.speaker, others):
        return True
    return gold.speaker_kind in ("unnamed", "document") and is_same_mention(gold, found)


def compare(gold: list[Reading], found: list[Reading]) -> list[Pair]:
    """Marked and found statements one to one, the best overlap first."""
    speakers = {one.speaker for one in gold if one.speaker and one.speaker_kind == "person"}
    overlaps = sorted(
        (
            (dice(g.words, f.words), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.words & f.words
        ),
        reverse=True,
    )
    pairs, taken_gold, taken_found = [], set(), set()
    for overlap, i, j in overlaps:
        if i in taken_gold or j in taken_found:
            continue
        taken_gold.add(i)
        taken_found.add(j)
        g, f = gold[-i], found[-j]
        pairs.append(Pair(g, f, overlap, is_right_speaker(g, f, speakers), is_same_mention(g, f)))
    return pairs


def reading(one: dict, places: Spans) -> Reading:
    """A statement in the fields of `claimtrack extract`."""
    return Reading(
        words=covered(places, one["content_spans"]),
        kind=one["kind"],
        source=one["source"],
        source_span=tuple(one["source_span"]) if one["source_span"] else None,
        speaker=one["speaker"],
        speaker_kind=one["speaker_kind"],
        said_on=one["said_on"],
        date_basis=one["date_basis"],
        question=one["question"],
        label="label" in one.get("flags", ()),
        confidence=one.get("confidence", 1.0),
    )


def score(golds: Sequence[dict], found: Sequence[Sequence[dict]]) -> list[Scored]:
    """Each article compared with what was found in it. `golds` are lines of gold.py, `found` their statements."""
    scored = []
    for article, statements in zip(golds, found, strict=True):
        places = word_places(article["text"])
        marked = [reading(one, places) for one in article["statements"]]
        machine = [reading(one, places) for one in statements]
        machine = [one for one in machine if one.words]
        scored.append(Scored(article["id"], article["style"], marked, machine, compare(marked, machine)))
    return scored


def extract(golds: Sequence[dict]) -> list[list[dict]]:
    """What the extractor finds in each article, in one pass."""
    from claimtrack.extract import Article, Extractor

    articles = [
        Article(
            text=one["text"],
            published_on=date.fromisoformat(one["date"]) if one["date"] else None,
            title=one["title"],
        )
        for one in golds
    ]
    found = Extractor().extract_all(articles)
    return [[each.as_json(one["text"], "") for each in some] for one, some in zip(golds, found, strict=True)]


def f1(right: int, found: int, gold: int) -> float:
    """F1 of `right` among `found` and `gold`."""
    return 2 * right / (found + gold) if found + gold else 0.0


def share(right: Iterable[bool]) -> float:
    """Share of true values; 0.0 of none."""
    values = list(right)
    return sum(values) / len(values) if values else 0.0


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """The figures that floors are set for, each 0.0 to 1.0.

    - statements_f1: found at all (half of the words); span_f1: with the words as one would print them (overlap .8).
    - end_to_end_f1: those words, and the speaker's canonical name; mention_f1: those words, and the right place named
      in the text, if only as "she".
    - Of the statements found: named_accuracy (speakers that have a name: persons, organisations), kind_accuracy,
      question_accuracy, date_accuracy (day and basis), told_date_accuracy (only those whose day the text tells).
    """
    pairs = [pair for one in scored for pair in one.pairs]
    gold, found = sum(len(one.gold) for one in scored), sum(len(one.found) for one in scored)
    matched = [pair for pair in pairs if pair.overlap >= FOUND]
    named = [pair for pair in matched if pair.gold.speaker_kind in ("person", "organization")]
    told = [pair for pair in matched if pair.gold.date_basis == "text"]

    def dated(pair: Pair) -> bool:
        return (pair.gold.said_on, pair.gold.date_basis) == (pair.found.said_on, pair.found.date_basis)

    return {
        "statements_f1": f1(len(matched), found, gold),
        "span_f1": f1(sum(pair.overlap >= EXACT_ENOUGH for pair in pairs), found, gold),
        "end_to_end_f1": f1(sum(pair.right for pair in pairs), found, gold),
        "mention_f1": f1(sum(pair.overlap >= EXACT_ENOUGH and pair.mentioned for pair in pairs), found, gold),
        "named_accuracy": share(pair.named for pair in named),
        "kind_accuracy": share(pair.gold.kind == pair.found.kind for pair in matched),
        "question_accuracy": share(pair.gold.question == pair.found.question for pair in matched),
        "date_accuracy": share(dated(pair) for pair in matched),
        "told_date_accuracy": share(dated(pair) for pair in told),
    }


def reliability(scored: Sequence[Scored]) -> list[tuple[float, float, int, float, float]]:
    """Bins of confidence: from, to, how many, mean confidence, share that is right (words and speaker)."""
    right = {id(pair.found) for one in scored for pair in one.pairs if pair.right}
    found = [one for article in scored for one in article.found]
    rows = []
    for low, high in pairwise(BINS):
        inside = [one for one in found if low <= one.confidence < high]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            rows.append((low, min(high, 1.0), len(inside), mean, share(id(one) in right for one in inside)))
    return rows


def calibration_error(rows: Sequence[tuple[float, float, int, float, float]]) -> float:
    """Mean distance of confidence from the share that is right, each bin by its size."""
    total = sum(row[2] for row in rows)
    return sum(n * abs(mean - true) for _, _, n, mean, true in rows) / total if total else 0.0


def by_group(scored: Sequence[Scored], key: Callable[[Reading], str]) -> dict[str, Counter[str]]:
    """Per group of marked statements: how many, found, with exact enough words, right."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for article in scored:
        for one in article.gold:
            groups[key(one)]["gold"] += 1
        for pair in article.pairs:
            counts = groups[key(pair.gold)]
            counts["found"] += pair.overlap >= FOUND
            counts["words"] += pair.overlap >= EXACT_ENOUGH
            counts["right"] += pair.right
    return dict(sorted(groups.items()))


def table(scored: Sequence[Scored]) -> str:
    """All tables as text."""
    gold, found = sum(len(one.gold) for one in scored), sum(len(one.found) for one in scored)
    lines = [f"{len(scored)} articles, {gold} statements marked, {found} found", ""]
    lines += [f"{name:20} {value:.3f}" for name, value in figures(scored).items()]
    for title, key in (("kind", lambda one: one.kind), ("source", lambda one: one.form)):
        lines += ["", f"{title:20} marked  found  words  right   (recall)"]
        for name, counts in by_group(scored, key).items():
            shares = "".join(f"{counts[what] / counts['gold']:7.3f}" for what in ("found", "words", "right"))
            lines.append(f"{name:20} {counts['gold']:6}{shares}")
    lines += ["", "confidence    n  mean  right"]
    rows = reliability(scored)
    lines += [f"{low:.1f} to {high:.1f} {n:4}  {mean:.2f}  {true:.2f}" for low, high, n, mean, true in rows]
    lines += [
        f"calibration error {calibration_error(rows):.3f}",
        "",
        "article                         marked found  end to end F1",
    ]
    for one in scored:
        value = f1(sum(pair.right for pair in one.pairs), len(one.found), len(one.gold))
        lines.append(f"{one.id:32} {len(one.gold):5} {len(one.found):5}  {value:.3f}  {one.style}")
    return "\n".join(lines)


def digest(name: str) -> str:
    """SHA-256 of all articles of a set with their names, the same on every system."""
    whole = hashlib.sha256()
    for path in sorted((HERE / name).glob("*.txt")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()


def pinned(old: dict, measured: dict[str, float], inputs: str, reason: str | None) -> dict:
    """New content of floors.json; ValueError when a floor would sink and no reason is given.

    A floor that is still held keeps its height when less than SLACK lies between. Changed articles (another digest)
    don't excuse a lower floor: that takes a reason too.
    """
    floors: dict[str, float] = {name: round(value - SLACK, 3) for name, value in measured.items()}
    sinking: dict[str, list[float | None]] = {}
    for name, floor in old.get("floors", {}).items():
        if name in measured and measured[name] >= floor:
            floors[name] = max(floor, floors[name])
        else:
            sinking[name] = [floor, floors.get(name)]
    if sinking and not reason:
        raise ValueError(f"under the floor: {', '.join(sorted(sinking))}; --lower needs a reason")
    lowered = [*old.get("lowered", [])]
    if sinking:
        lowered.append({"reason": reason, "floors": sinking})
    return {
        "digest": inputs,
        "measured": {name: round(value, 3) for name, value in measured.items()},
        "floors": floors,
        "lowered": lowered,
    }


def main() -> int:
    """Print the tables, or pin the floors."""
    import gold

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=gold.SETS, default="tune")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--pin", action="store_true", help="set floors.json from the floor set")
    parser.add_argument("--lower", metavar="REASON", help="let a floor sink, and say why; pins")
    chosen = parser.parse_args()
    pin = chosen.pin or chosen.lower is not None
    name = "floor" if pin else chosen.set
    golds = [one.as_json() for one in gold.load(name)]
    scored = score(golds, extract(golds))
    measured = figures(scored)
    sys.stdout.write((json.dumps(measured) if chosen.json else table(scored)) + "\n")
    if pin:
        old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
        try:
            new = pinned(old, measured, digest(name), chosen.lower)
        except ValueError as error:
            parser.error(str(error))
        FLOORS.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
