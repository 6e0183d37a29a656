"""A folder whose files are stored as they come: new ones and changed ones, each once it has stopped growing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Unpack
from uuid import UUID

from claimtrack.ingest.paste import Given
from claimtrack.ingest.source import gather
from claimtrack.ingest.watch import Memory, State, folder_state, ready
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import Imported, Refused, import_sources


def watch(
    desk: Desk,
    folder: Path,
    memory: Memory,
    wait: Callable[[], bool],
    *,
    story: UUID | None = None,
    **given: Unpack[Given],
) -> Iterator[Imported | Refused]:
    """What became of each source of the folder, as it is stored; ends when `wait` gives False.

    A file is read when two looks in a row find it alike and it is not as it was last read. One that can't be read is
    told once and tried again when it changes. While the folder is away (a share that is not connected) nothing happens.

    Args:
        desk: of nobody, since no person acts.
        folder: there at the first look.
        memory: what was read before, on earlier starts too; kept after each file.
        wait: pauses between two looks, and says whether to go on.
        story: that the sources belong to.
        given: what is known of all of them.

    Raises:
        FileNotFoundError: there is no such folder at the first look.
    """
    before: dict[Path, State] = {}
    now = folder_state(folder)
    while True:
        for path in ready(memory.read, before, now):
            is_passing = False
            for result in import_sources(desk, gather(path, **given), story=story):
                is_passing |= isinstance(result, Refused) and result.is_passing
                yield result
            if not is_passing:
                memory.keep(path, now[path])
        before = now
        if not wait():
            return
        try:
            now = folder_state(folder)
        except FileNotFoundError:
            now = {}
