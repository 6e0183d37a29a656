"""Duplicates and quote check, measured: accuracy beside rapidfuzz, speed, memory and growth.

    python tests/benchmarks/duplicates.py                       # accuracy, 10,000 and 100,000 statements
    python tests/benchmarks/duplicates.py --sizes 10000 100000 1000000 --processes 0
    python tests/benchmarks/duplicates.py --stored 1000000 [--postgres | --keep FILE]

The last fills a database with made-up statements and asks it what a desk does: what repeats a new statement (look-up,
scoring and guards), and whether a quotation was recorded.

Corpora are made here with a seed: sentences of invented words whose frequencies fall as those of English do, three in
ten of them variants of another (clipped, mistyped, re-quoted, with fillers) and one in fifty a near-miss. Nothing is
downloaded. Each size runs in a process of its own, so that peak memory is that size's.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz

from claimtrack.fidelity import RecordStore
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.index import SortedIndex, find_candidates
from claimtrack.match.normalise import normalise
from claimtrack.match.stream import judge_lines, judge_pairs
from claimtrack.match.texts import Texts

PAIRS = Path(__file__).parents[1] / "accuracy" / "pairs.jsonl"
SEED = 20261123
FUNCTION_WORDS = "the of and to a in that it is was for on we they with as have had not will be this by at from".split()
SCORERS: dict[str, Callable[[str, str], float]] = {
    "ratio": fuzz.ratio,
    "partial_ratio": fuzz.partial_ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "partial_token_sort_ratio": fuzz.partial_token_sort_ratio,
    "WRatio": fuzz.WRatio,
    "QRatio": fuzz.QRatio,
}


def corpus(count: int, seed: int = SEED) -> Iterator[dict[str, object]]:
    """`count` statements; the same for the same seed."""
    dice = random.Random(seed)
    vocabulary = [_word(dice) for _ in range(30_000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    speakers = [f"{_word(dice).title()} {_word(dice).title()}" for _ in range(2_000)]
    bases: list[tuple[str, str]] = []
    stock: list[str] = []
    for at in range(count):
        if len(stock) < 64:
            stock = dice.choices(vocabulary, weights, k=100_000)
        if bases and dice.random() < 0.32:
            base, speaker = dice.choice(bases)
            text = _variant(base, dice) if dice.random() < 0.94 else _near_miss(base, dice)
        else:
            length = dice.randint(6, 36)
            words = [dice.choice(FUNCTION_WORDS) if dice.random() < 0.45 else stock.pop() for _ in range(length)]
            text, speaker = " ".join(words).capitalize() + ".", dice.choice(speakers)
            if len(bases) < 200_000:
                bases.append((text, speaker))
            else:
                bases[dice.randrange(len(bases))] = (text, speaker)
        yield {"id": at, "text": text, "speaker": dice.choice((speaker, speaker.split()[1], "")), "date": None}


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("bdfgklmnprstv") + dice.choice("aeiou") for _ in range(dice.randint(2, 4)))


def _variant(text: str, dice: random.Random) -> str:
    words = text.split()
    kind = dice.randrange(6)
    if kind == 0:
        return f"“{text}”"
    if kind == 1 and len(words) > 8:
        return " ".join(words[: len(words) * 2 // 3])
    if kind == 2 and len(words) > 8:
        return " ".join(words[len(words) // 3 :])
    if kind == 3 and len(words) > 8:
        cut = dice.randrange(2, len(words) - 4)
        return " ".join([*words[:cut], "...", *words[cut + 2 :]])
    if kind == 4:
        return "Well, you know, " + text[0].lower() + text[1:]
    return text.lower().rstrip(".")


def _near_miss(text: str, dice: random.Random) -> str:
    words = text.split()
    at = dice.randrange(1, len(words))
    return " ".join([*words[:at], dice.choice(("not", "only", "seventeen")), *words[at:]])


def _changed(text: str, dice: random.Random) -> str:
    """A print of `text`: seven in ten another form of it, three a near-miss."""
    return _variant(text, dice) if dice.random() < 0.7 else _near_miss(text, dice)


def accuracy() -> None:
    """Own pairs: claimtrack beside every scorer of rapidfuzz at the threshold that suits it best."""
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    said = [found["outcome"] == "same" for found in judge_pairs(pairs)]
    print(f"\n{len(pairs)} own pairs        precision  recall  'different' said same")
    _print_row("claimtrack", pairs, said)
    for name, scorer in SCORERS.items():
        scores = [scorer(pair["a"], pair["b"]) for pair in pairs]
        best = max(sorted(set(scores)), key=lambda limit: _f1(pairs, [score >= limit for score in scores]))
        _print_row(f"{name} >= {best:.0f}", pairs, [score >= best for score in scores])


def _f1(pairs: list[dict[str, str]], said: list[bool]) -> float:
    precision, recall = _rates(pairs, said)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _rates(pairs: list[dict[str, str]], said: list[bool]) -> tuple[float, float]:
    hits = sum(same for pair, same in zip(pairs, said, strict=True) if pair["label"] == "same")
    return hits / max(sum(said), 1), hits / sum(pair["label"] == "same" for pair in pairs)


def _print_row(name: str, pairs: list[dict[str, str]], said: list[bool]) -> None:
    precision, recall = _rates(pairs, said)
    merged = sum(same for pair, same in zip(pairs, said, strict=True) if pair["label"] == "different")
    total = sum(pair["label"] == "different" for pair in pairs)
    print(f"{name:32s} {precision:.3f}   {recall:.3f}   {merged} of {total}")


def speed(count: int, processes: int) -> dict[str, float]:
    """Figures of one size, in this process and those that it starts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statements.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in corpus(count))
        watch = Memory()
        wall, cpu = time.perf_counter(), _cpu()
        pairs = clusters = 0
        with path.open(encoding="utf-8") as file:
            for found in judge_lines(map(json.loads, file), processes):
                clusters += "cluster" in found
                pairs += "cluster" not in found
        figures = {
            "wall_s": time.perf_counter() - wall,
            "cpu_s": _cpu() - cpu,
            "pairs": pairs,
            "clusters": clusters,
            "peak_gb": watch.stop(),
        }
    lines = list(corpus(count))
    return figures | _look_ups(lines) | _quote_checks(lines)


def _cpu() -> float:
    """Seconds of CPU of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Memory:
    """The most that this process and those it started held at once, in gigabytes; sampled, and on Linux alone."""

    def __init__(self) -> None:
        self.most = math.nan
        self.is_over = threading.Event()
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def _watch(self) -> None:
        while not self.is_over.wait(0.1):
            pids = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
            now = sum(_resident_gb(pid) for pid in pids if pid)
            self.most = now if math.isnan(self.most) else max(self.most, now)

    def stop(self) -> float:
        """The figure; nothing is sampled after."""
        self.is_over.set()
        self.watcher.join()
        return self.most


def _resident_gb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # it has just ended
        return 0.0
    return pages * 4096 / 1024**3


def _look_ups(lines: list[dict[str, object]]) -> dict[str, float]:
    texts, hashes = Texts(), []
    for line in lines:
        words = normalise(str(line["text"]))
        texts.add(words.keys)
        hashes.append(text_hash(words))
    index = SortedIndex(texts, hashes)
    taken = []
    for line in random.Random(1).sample(lines, 1_000):
        start = time.process_time()
        find_candidates(fingerprints(normalise(str(line["text"]))), index)
        taken.append(time.process_time() - start)
    return {"look_up_p50_ms": _share(taken, 0.5), "look_up_p95_ms": _share(taken, 0.95)}


def _quote_checks(lines: list[dict[str, object]]) -> dict[str, float]:
    store = RecordStore(lines)
    dice = random.Random(2)
    taken = []
    for line in dice.sample(lines, 500):
        alleged = _changed(str(line["text"]), dice)
        start = time.perf_counter()
        store.check(alleged, str(line["speaker"]))
        taken.append(time.perf_counter() - start)
    return {"check_p50_ms": _share(taken, 0.5), "check_p95_ms": _share(taken, 0.95)}


def _share(taken: list[float], share: float) -> float:
    return sorted(taken)[int(len(taken) * share)] * 1000


def main() -> None:
    """Run and print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=1, help="that compare; 0: one for each core")
    parser.add_argument("--stored", type=int, metavar="N", help="measure against a database of N statements instead")
    parser.add_argument("--postgres", action="store_true", help="with --stored: on a PostgreSQL server of its own")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="with --stored: keep the SQLite file for next time")
    given = parser.parse_args()
    if given.stored:
        from stored_duplicates import run

        run(given.stored, lambda: corpus(given.stored), _changed, postgres=given.postgres, keep=given.keep)
        return
    if given.one:
        print(json.dumps(speed(given.one, given.processes)))
        return
    accuracy()
    measured = {}
    for size in given.sizes:
        command = [sys.executable, __file__, "--one", str(size), "--processes", str(given.processes)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        measured[size] = json.loads(answer.stdout)
        print(f"\n{size:,} statements: " + ", ".join(f"{name} {value:.4g}" for name, value in measured[size].items()))
    if len(measured) > 1:
        small, large = min(measured), max(measured)
        growth = math.log(measured[large]["cpu_s"] / measured[small]["cpu_s"]) / math.log(large / small)
        print(f"\ncpu grows with the number of statements to the power of {growth:.2f}")


if __name__ == "__main__":
    main()
