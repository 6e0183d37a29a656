"""Import a folder again and again, killed at random moments, until it is through; then into the next database.

    python importer.py FOLDER KILLS SEED URL [URL ...]

Loads the language model once and forks for each run, so that fifty kills take seconds. Prints how many kills each
database took.
"""

import os
import random
import signal
import sys
import time

from claimtrack import limits
from claimtrack.db.engine import open_engine
from claimtrack.ingest.extraction import extractor
from claimtrack.ingest.source import gather
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import Refused, import_sources


def run(folder: str, url: str) -> None:
    """One import, in a process that ends with it."""
    engine = open_engine(url)
    refused = [one for one in import_sources(Desk(engine), gather(folder)) if isinstance(one, Refused)]
    assert not refused, refused
    engine.dispose()


def killed(folder: str, url: str, wait: float) -> bool:
    """Start an import and kill it after `wait` seconds; whether it was killed before it was through."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run(folder, url)
            code = 0
        finally:
            os._exit(code)
    until = time.monotonic() + wait
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, "the import failed"
            return False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return status != 0


def main(folder: str, kills: int, seed: int, urls: list[str]) -> None:
    """Kill until there were enough; then let each database be brought to its end."""
    limits.IMPORT_BATCH = 4
    extractor()
    dice = random.Random(seed)
    started = time.monotonic()
    run(folder, urls[0])
    whole = time.monotonic() - started
    for url in urls[1:]:
        count = 0
        share = kills // len(urls[1:])
        while count < share and killed(folder, url, dice.uniform(0.0, whole * (0.15 + 0.05 * count))):
            count += 1
        run(folder, url)
        sys.stdout.write(f"{count}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
