"""Import N articles from files with one process and with two: articles a second, peak memory, share of extraction.

    python tests/benchmarks/ingest.py [N] [--processes 1 2] [--database URL]

The articles are those of tests/accuracy, drawn out with paragraphs of theirs in which nobody says anything until they
are as long as news articles are (PolNeAR's have 575 words and 13 statements); all words but those of saying and the
closed classes are exchanged for others of the same ending, now and then with one more, so that each says things of its
own in sentences of news. Every tenth is an earlier one under another headline, as wire copy is. Each run has a process
and a database of its own and starts with the model loaded. Extraction is counted as the processor's time inside the
extractor, a share of all of this process's; with several processes it runs beside the storing, whose time is told apart
from theirs. Peak memory is that of the process that stores plus, for each worker, that of the largest.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "accuracy"))
import gold

from claimtrack.extract import Extractor
from claimtrack.extract.cues import NOUNS, NOUNS_PLURAL, VERBS
from claimtrack.ingest import extraction
from claimtrack.ingest.source import gather
from claimtrack.ingest.workers import processes
from claimtrack.match.words import EMPTY_WORDS
from claimtrack.services.desk import open_desk
from claimtrack.services.import_source import Imported, import_sources

WORD = re.compile(r"\b[a-z]{3,}\b")


#: Words of an article.
WORDS = 560


def silent(entry: gold.Gold) -> Iterator[str]:
    """The longer paragraphs of a marked article that no statement reaches into."""
    spans = [span for statement in entry.statements for span in statement.content_spans]
    at = 0
    for paragraph in entry.text.split("\n"):
        end = at + len(paragraph)
        if len(paragraph.split()) >= 15 and not any(start < end and stop > at for start, stop in spans):
            yield paragraph
        at = end + 1


def write_articles(folder: Path, count: int) -> None:
    """Write `count` articles into the folder, a file each."""
    entries = gold.load("tune")
    texts = [entry.text for entry in entries]
    quiet = [paragraph for entry in entries for paragraph in silent(entry)]
    kept = VERBS.keys() | NOUNS | NOUNS_PLURAL | EMPTY_WORDS
    words = defaultdict(set)
    for text in texts:
        for word in set(WORD.findall(text)) - kept:
            words[word[-2:]].add(word)
    listed = {kind: sorted(found) for kind, found in words.items()}
    anything = sorted(word for found in listed.values() for word in found)
    dice = random.Random(count)
    told: list[str] = []

    def exchanged(word: re.Match[str]) -> str:
        if word[0] in kept:
            return word[0]
        other = dice.choice(listed[word[0][-2:]])
        return f"{other} {dice.choice(anything)}" if dice.random() < 0.2 else other

    for number in range(count):
        if number % 10 == 9:
            body = told[dice.randrange(len(told))]
        else:
            paragraphs = [texts[number % len(texts)]]
            while sum(len(one.split()) for one in paragraphs) < WORDS:
                paragraphs.append(dice.choice(quiet))
            body = WORD.sub(exchanged, "\n\n".join(paragraphs))
            body = re.sub(r"(?<= )[1-9]", lambda _: str(dice.randint(1, 9)), body)
            told.append(body)
        text = f"Report {number} of the day\n\n{body}"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def run(folder: Path, address: str, count: int) -> dict[str, float]:
    """Import the folder with `count` processes; what it took."""
    desk = open_desk(address, "Benchmark")
    extraction.extractor()
    spent = 0.0
    inner = Extractor.extract

    def timed(self, article):  # type: ignore[no-untyped-def]
        nonlocal spent
        started = time.process_time()
        result = inner(self, article)
        spent += time.process_time() - started
        return result

    Extractor.extract = timed  # type: ignore[method-assign]
    started, busy = time.perf_counter(), time.process_time()
    start = None if count == 1 else lambda: processes(count)
    done = [one for one in import_sources(desk, gather(folder), start=start) if isinstance(one, Imported)]
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    main, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "articles": len(done),
        "statements": sum(one.statements for one in done),
        "seconds": seconds,
        "extraction": spent,
        "storing": busy,
        "workers": workers.ru_utime + workers.ru_stime,
        "memory": (main.ru_maxrss + (workers.ru_maxrss * count if count > 1 else 0)) / 1024,
    }


def told(found: dict[str, float], count: int, alone: float | None) -> str:
    """One line about a run."""
    speed = f"{found['articles']} articles, {found['statements']} statements in {found['seconds']:.1f} s"
    rate = f"{found['articles'] / found['seconds']:.1f} articles a second, peak memory {found['memory']:.0f} MB"
    more = f"extraction {100 * found['extraction'] / found['storing']:.0f} % of the processor's time"
    if count > 1:
        more = f"processor {found['storing']:.1f} s in the process that stores, {found['workers']:.1f} s in the others"
        more += f", {alone / found['seconds']:.2f} times as fast as one" if alone is not None else ""
    return f"{count} process{'es' if count > 1 else ''}: {speed}: {rate}" + f", {more}"


def main() -> None:
    """Run what the command line asks for, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", nargs="?", type=int, default=1_000)
    options.add_argument("--processes", nargs="*", type=int, default=[1, 2])
    options.add_argument("--database", help="an empty one for a single run; default: SQLite files that are thrown away")
    options.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.run:
        folder, address, count = given.run
        print(json.dumps(run(Path(folder), address, int(count))))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        write_articles(folder, given.count)
        alone = None
        for count in given.processes:
            address = given.database or str(Path(place) / f"{count}.sqlite3")
            command = [sys.executable, __file__, "--run", str(folder), address, str(count)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            alone = found["seconds"] if count == 1 else alone
            print(told(found, count, alone))


if __name__ == "__main__":
    main()
