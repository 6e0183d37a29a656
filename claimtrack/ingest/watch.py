"""A folder that is watched: the files that are new or changed, once they have stopped growing."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from claimtrack.ingest.source import is_part_of_page

#: What tells a file's state: size in bytes and time of change in nanoseconds.
State = tuple[int, int]


#: Endings of files that a browser or program has not finished, and the start of an office program's lock files.
UNFINISHED = frozenset({".part", ".partial", ".crdownload", ".download", ".tmp"})
LOCK_FILE = "~$"


def is_watched(path: Path, folder: Path) -> bool:
    """Whether a file of the folder is one to read: not hidden, not in progress, no picture or style of a saved page."""
    parts = path.relative_to(folder).parts
    is_hidden = any(part.startswith((".", LOCK_FILE)) for part in parts)
    return not is_hidden and path.suffix.lower() not in UNFINISHED and not is_part_of_page(path, folder)


def folder_state(folder: Path) -> dict[Path, State]:
    """The files of a folder and its subfolders, hidden ones left out, with what tells whether they changed.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    found: dict[Path, State] = {}
    for path in sorted(folder.rglob("*")):
        try:
            if is_watched(path, folder) and path.is_file():
                stat = path.stat()
                found[path] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            continue  # gone between listing and looking: the next look does not see it
    return found


def ready(read: Mapping[Path, State], before: Mapping[Path, State], now: Mapping[Path, State]) -> list[Path]:
    """Files to read now: as they were a look before (so nobody is still writing them) and not as they were last read.

    Pure, so that whoever watches brings the clock: look every few seconds, read what is ready, remember its state.

    >>> file = Path("a.txt")
    >>> len(ready({}, {file: (5, 1)}, {file: (9, 2)})), len(ready({}, {file: (9, 2)}, {file: (9, 2)}))
    (0, 1)
    """
    return [path for path, state in now.items() if before.get(path) == state and read.get(path) != state and state[0]]


class Memory:
    """What was read of a folder, kept in a file from one start to the next: one line a file, the last one counts.

    Losing it does no harm: what is stored is then seen again, and failures are told again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read: dict[Path, State] = {}
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                name, size, changed = json.loads(line)
                self.read[Path(name)] = (int(size), int(changed))
            except (ValueError, TypeError):
                continue  # cut short when the machine went down: that file is read once more

    def keep(self, path: Path, state: State) -> None:
        """Remember that a file was read in this state."""
        self.read[path] = state
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(f"\n{json.dumps([str(path), *state])}")


def memory_path(desk: str, folder: Path) -> Path:
    """Where it is kept what was read of a folder for a desk: in the user's own state folder, not in the watched one."""
    key = hashlib.sha256(f"{desk}\n{folder.resolve()}".encode()).hexdigest()[:16]
    return Path(platformdirs.user_state_dir("claimtrack", appauthor=False)) / "watched" / f"{key}.jsonl"
