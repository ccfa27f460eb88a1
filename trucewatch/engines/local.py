"""Run the pipeline on this machine: in this process, or in a supervised pool of processes.

Records come out in input order, byte for byte the same whatever the number of workers. A report on which the
coder fails, or that kills its worker, gives a record that says so; the others are coded.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from trucewatch.model import Note, Report
from trucewatch.pipeline import Resources, code, coder_of, encode, failed

Reading = tuple[Report, list[Note]]
#: So few reports are coded in this process: a pool takes longer to start than they take to code.
FEW = 4
#: Reports handed out ahead of the one whose record is next, per worker: bounds the memory.
AHEAD = 8


class WorkerLost(Exception):
    """A report took its worker process down with it (most often: out of memory)."""


def run(readings: Iterable[Reading], *, workers: int = 0, actors: Path | None = None) -> Iterator[bytes]:
    """One encoded record per reading, in order. `workers` 0 means one per processor core."""
    readings = iter(readings)
    first = list(islice(readings, FEW))
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(first) < FEW:
        yield from (code_one(reading, actors) for reading in chain(first, readings))
    else:
        yield from _run_pool(chain(first, readings), workers, actors)


@lru_cache(maxsize=2)
def resources(actors: Path | None) -> Resources:
    """The open resources of this process."""
    return Resources.load(actors=actors)


def code_one(reading: Reading, actors: Path | None) -> bytes:
    """The encoded record of one reading, also where the coder fails on it."""
    report, notes = reading
    open_resources = resources(actors)
    try:
        return encode(code(report, notes, open_resources))
    except Exception as error:  # noqa: BLE001 - one bad report never stops a batch; the record tells the fault
        return encode(failed(report, notes, open_resources.coder, error))


def _run_pool(readings: Iterator[Reading], workers: int, actors: Path | None) -> Iterator[bytes]:
    pool = _open(workers)
    waiting: deque[tuple[Reading, Future[bytes]]] = deque()
    try:
        while True:
            for reading in islice(readings, workers * AHEAD - len(waiting)):
                waiting.append((reading, pool.submit(code_one, reading, actors)))
            if not waiting:
                return
            reading, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                again = [reading, *(other for other, _ in waiting)]
                waiting.clear()
                yield from _run_alone(again, actors)
                pool = _open(workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _open(workers: int) -> ProcessPoolExecutor:
    # spawn: a forked child would inherit the locks of this process's threads (progress, model)
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"))


def _run_alone(readings: Sequence[Reading], actors: Path | None) -> Iterator[bytes]:
    """Each reading in a pool of its own worker, so that the one that kills it is known by that."""
    pool = _open(1)
    for reading in readings:
        try:
            yield pool.submit(code_one, reading, actors).result()
        except BrokenProcessPool:
            report, notes = reading
            lost = WorkerLost("its worker process died; the likely cause is too little memory")
            yield encode(failed(report, notes, coder_of(), lost))
            pool = _open(1)
    pool.shutdown()
