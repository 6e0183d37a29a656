"""A folder that is watched: the files that are new or changed, once they have stopped growing."""

from collections.abc import Mapping
from pathlib import Path

#: What tells a file's state: size in bytes and time of change in nanoseconds.
State = tuple[int, int]


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
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
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
