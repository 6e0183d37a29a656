"""Floors under the accuracy of extraction on the marked articles, pinned with a digest of their texts and markings.

`tune` is what rules were written by, `floor` is only measured. A statement is right when its words overlap a marked
one (Dice .8 over words, each used once) and its speaker is the same name. A better extractor may raise a floor:

    python tests/accuracy/test_extraction_accuracy.py            # prints the figures
    python tests/accuracy/test_extraction_accuracy.py --pin      # raises floors, and takes in new articles
    python tests/accuracy/test_extraction_accuracy.py --pin --lower "reason"
"""

import argparse
import hashlib
import importlib.util
import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PINS = HERE / "extraction_floors.json"
SETS = ("tune", "floor")
WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_at(text, spans):
    """Offsets of the words that lie wholly inside spans."""
    return frozenset(m.start() for s, e in spans for m in WORD.finditer(text, s, e))


def matched(marked, made):
    """Pairs (marked, made, dice), one to one, best first."""
    pairs = sorted(
        (
            (2 * len(a & b) / (len(a) + len(b)), -i, -j)
            for i, a in enumerate(marked)
            for j, b in enumerate(made)
            if a & b
        ),
        reverse=True,
    )
    left, right, out = set(), set(), []
    for dice, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((-i, -j, dice))
    return out


def f1(right, made, marked):
    """Harmonic mean of precision and recall, three decimals."""
    return round(2 * right / (made + marked), 3) if made + marked else 0.0


def same_name(a, b):
    """Whether two canonical speakers are the same, case and a leading article aside."""
    bare = [re.sub(r"^(?:the|an?) ", "", (name or "").lower()) for name in (a, b)]
    return bare[0] == bare[1]


def figures(golds, extractor):
    """Figures of a set: words right, words and speaker right, kind and question right where the words are."""
    from claimtrack.extract import Article

    count = dict.fromkeys(
        ("marked", "made", "words", "speaker", "kind", "direct", "direct_right", "nots", "nots_made"), 0
    )
    for gold in golds:
        published = date.fromisoformat(gold.date) if gold.date else None
        found = extractor.extract(Article(gold.text, published))
        marked = [words_at(gold.text, s.content_spans) for s in gold.statements]
        made = [words_at(gold.text, [(x.start, x.end) for x in s.content_spans]) for s in found]
        count["marked"] += len(marked)
        count["made"] += len(made)
        count["direct"] += sum(s.kind == "direct" for s in gold.statements)
        for (start, end), _ in gold.not_statements:
            count["nots"] += 1
            # a scare quote or title that was listed as somebody's whole statement
            count["nots_made"] += any(
                len(s.content_spans) == 1 and (s.content_spans[0].start, s.content_spans[0].end) == (start, end)
                for s in found
            )
        for i, j, dice in matched(marked, made):
            if dice < 0.8:
                continue
            statement, mine = gold.statements[i], found[j]
            right = same_name(statement.speaker, mine.speaker)
            count["words"] += 1
            count["speaker"] += right
            count["kind"] += statement.kind == mine.kind.value
            count["direct_right"] += right and statement.kind == "direct"
    return {
        "words": f1(count["words"], count["made"], count["marked"]),
        "words_and_speaker": f1(count["speaker"], count["made"], count["marked"]),
        "speaker_where_words": round(count["speaker"] / max(1, count["words"]), 3),
        "kind_where_words": round(count["kind"] / max(1, count["words"]), 3),
        "direct_recall": round(count["direct_right"] / max(1, count["direct"]), 3),
        "not_statements_left_out": round(1 - count["nots_made"] / max(1, count["nots"]), 3),
    }


def digest(golds):
    """Digest over texts and markings."""
    total = hashlib.sha256()
    for gold in golds:
        total.update(json.dumps(gold.as_json(), sort_keys=True, ensure_ascii=False).encode())
    return f"sha256:{total.hexdigest()}"


@pytest.mark.parametrize("name", SETS)
def test_extraction_stays_above_its_floors(gold, name):
    from claimtrack.extract import Extractor

    pins = json.loads(PINS.read_text(encoding="utf-8"))[name]
    golds = gold.load(name)
    assert digest(golds) == pins["digest"], "the articles changed: measure again with --pin"
    now = figures(golds, Extractor())
    below = {key: (now[key], floor) for key, floor in pins["floors"].items() if now[key] < floor}
    assert not below, f"below the floor (now, floor): {below}"


def main():
    """Print the figures; with --pin write the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", metavar="REASON", help="allow a floor to fall; the reason is kept")
    chosen = parser.parse_args()
    from claimtrack.extract import Extractor

    spec = importlib.util.spec_from_file_location("accuracy_gold", HERE / "gold.py")
    compiler = importlib.util.module_from_spec(spec)
    sys.modules["accuracy_gold"] = compiler
    spec.loader.exec_module(compiler)
    extractor = Extractor()
    pins = json.loads(PINS.read_text(encoding="utf-8")) if PINS.exists() else {}
    for name in SETS:
        golds = compiler.load(name)
        now = figures(golds, extractor)
        sys.stdout.write(f"{name} {len(golds)} articles {now}\n")
        old = pins.get(name, {}).get("floors", {})
        same = pins.get(name, {}).get("digest") == digest(golds)
        fallen = {key: (value, now[key]) for key, value in old.items() if now[key] < value}
        if chosen.pin and fallen and same and not chosen.lower:
            sys.stdout.write(f"  not pinned, below the floors (floor, now): {fallen}; --lower REASON allows it\n")
            continue
        if chosen.pin:
            pins[name] = {"digest": digest(golds), "articles": len(golds), "floors": now}
            if chosen.lower:
                pins[name]["lowered_because"] = chosen.lower
    if chosen.pin:
        PINS.write_text(json.dumps(pins, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
