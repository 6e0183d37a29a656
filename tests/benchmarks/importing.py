"""Import, extract and store N articles: seconds, articles a second, share of the extractor, peak memory.

    python tests/benchmarks/importing.py [N] [DATABASE]

The articles are those of tests/accuracy with the names and numbers of every copy changed, so that each has words of its
own and some words in common with the others, as a story's articles have.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "accuracy"))
import gold

from claimtrack.ingest import Document, read_text
from claimtrack.services import extraction
from claimtrack.services.desk import open_desk
from claimtrack.services.import_source import Imported, import_sources

SURNAMES = ["Abara", "Boyle", "Castell", "Dunmore", "Ekholm", "Farrow", "Gillick", "Hartog", "Ilves", "Janda"]


def articles(count: int) -> Iterator[Document]:
    """`count` articles, one at a time."""
    texts = [entry.text for entry in gold.load("tune")]
    for number in range(count):
        text = texts[number % len(texts)]
        copy = number // len(texts)
        for digit in "123456789":
            text = text.replace(f" {digit}", f" {(int(digit) + copy) % 9 + 1}")
        words = text.split(" ")
        place = 7 + copy * 11 % max(len(words) - 8, 1)
        words[place:place] = [f"near {SURNAMES[copy % 10]} Street {number},"]
        yield read_text(" ".join(words), name=f"article {number}", publisher=f"Outlet {number % 40}")


def main(count: int, address: str) -> None:
    """Import and print."""
    desk = open_desk(address, "Benchmark")
    extraction.extractor()
    spent = 0.0
    inner = extraction.suggestions

    def timed(found):  # type: ignore[no-untyped-def]
        nonlocal spent
        started = time.perf_counter()
        result = inner(found)
        spent += time.perf_counter() - started
        return result

    extraction.suggestions = timed
    started = time.perf_counter()
    statements = sum(one.statements for one in import_sources(desk, articles(count)) if isinstance(one, Imported))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} articles, {statements} statements in {seconds:.1f} s: {count / seconds:.1f} articles a second")
    print(f"extraction {spent:.1f} s ({100 * spent / seconds:.0f} %), peak memory {peak:.0f} MB")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 1_000,
            sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "benchmark.sqlite3"),
        )
