"""How long each format takes and what memory it needs.

    python tests/benchmarks/reports.py [--claims 10000] [--each 5] [FORMAT ...]

Prints one JSON line a format: claims, quotations, seconds (wall and CPU), megabytes written, peak memory of a process
that holds the report and writes this format alone, and that process's memory before it began to write.
"""

import argparse
import json
import resource
import runpy
import subprocess
import sys
import time
from pathlib import Path

from claimtrack.reports.audience import for_audience
from claimtrack.reports.formats import FORMATS
from claimtrack.reports.model import Audience

#: PDF and Word are read by people: nobody pages through ten thousand claims.
FEWER = {"pdf": 500, "docx": 500}


def main() -> None:
    """Measure each format in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", default=list(FORMATS))
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    for name in given.formats:
        claims = min(given.claims, FEWER.get(name, given.claims))
        if given.here:
            measure(name, claims, given.each)
        else:
            command = [sys.executable, __file__, name, "--claims", str(claims), "--each", str(given.each), "--here"]
            subprocess.run(command, check=True)


def measure(name: str, claims: int, each: int) -> None:
    """Write one format into nothing."""
    make = runpy.run_path(str(Path(__file__).parent.parent / "unit" / "reports" / "conftest.py"))["many"]
    report, _ = for_audience(make(claims, each), Audience.PUBLIC)
    before = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    written = sum(len(piece) for piece in FORMATS[name].render(report))
    figures = {
        "format": name,
        "claims": claims,
        "quotations": claims * each,
        "seconds": round(time.perf_counter() - wall, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "written_mb": round(written / 1e6, 1),
        "peak_mb": peak(),
        "before_mb": before,
        "child_peak_mb": peak(resource.RUSAGE_CHILDREN),  # long PDFs are made in a process that ends with them
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def peak(of: int = resource.RUSAGE_SELF) -> int:
    """Peak memory of this process, or of its largest child, in MB (Linux counts in KB, macOS in bytes)."""
    seen = resource.getrusage(of).ru_maxrss
    return seen // (1024 if sys.platform == "linux" else 1024 * 1024)


if __name__ == "__main__":
    main()
