"""Other processes that read and extract while one stores: on this machine, or on a Dask cluster.

Answers come back in the order of the questions, so that what is stored does not depend on how many workers there are
or on which of them was quicker. Workers are started anew (spawn), never forked: it is what Windows can do, and a fork
would carry the database's connection along.
"""

import multiprocessing
import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeVar

from claimtrack import limits
from claimtrack.errors import ClaimTrackError

T = TypeVar("T")
R = TypeVar("R")

#: Starts workers and ends them on leaving.
Start = Callable[[], AbstractContextManager[Executor]]


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """`count` processes on this machine; each needs about 300 MB and three seconds to load the model."""
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Set up a worker: Ctrl-C is for the process that stores, and none outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def dask_cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at `address` ("tcp://host:8786").

    Each needs claimtrack in the same version; what is sent to them is trusted and so are they.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise ClaimTrackError("A Dask cluster needs its client: pip install 'claimtrack[dask]'.") from error
    try:
        client = Client(address, timeout=limits.CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClaimTrackError(
            f"No Dask scheduler answers at {address}; start one with `dask scheduler` and give the address it prints."
        ) from error
    with warnings.catch_warnings(), client:
        # A large PDF is sent as it is: there is nowhere else that a worker could read it from.
        warnings.filterwarnings("ignore", message="Sending large graph")
        if not client.scheduler_info()["workers"]:
            raise ClaimTrackError(f"The Dask scheduler at {address} has no workers; start some with `dask worker`.")
        with client.get_executor(pure=False) as pool:  # type: ignore[no-untyped-call]
            yield pool


def in_order(
    function: Callable[[T], R],
    tasks: Iterable[T],
    start: Start | None = None,
    *,
    after: int = 0,
    ahead: int = limits.WORK_AHEAD,
) -> Iterator[R]:
    """What `function` makes of each task, in the order of the tasks.

    Args:
        function: importable by name, since workers look it up.
        tasks: taken as they are needed, never more than `ahead` before their answers are.
        start: starts the workers; None: this process does it all.
        after: tasks that this process does before workers are worth their start.
        ahead: tasks on their way at a time.

    Raises:
        ClaimTrackError: a worker was ended from outside, as a system does that runs out of memory.
    """
    with ExitStack() as stack:
        pool: Executor | None = None
        waiting: deque[Future[R]] = deque()
        for number, task in enumerate(tasks):
            if start is None or number < after:
                yield function(task)
                continue
            if pool is None:
                pool = stack.enter_context(start())
            waiting.append(pool.submit(function, task))
            if len(waiting) >= ahead:
                yield _answer(waiting)
        while waiting:
            yield _answer(waiting)


def _answer(waiting: deque[Future[R]]) -> R:
    try:
        return waiting.popleft().result()
    except (BrokenProcessPool, CancelledError) as error:
        raise ClaimTrackError(
            "A process that was reading sources was ended from outside; what was stored until then stays. Give the "
            "same command again, with fewer --processes if memory ran out."
        ) from error
