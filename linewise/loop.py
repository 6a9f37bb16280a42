"""The closed loop: read, place, propose, allocate, replay, score."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import layout
from allocator import Heap, HeapError, make_heap
from cachesim import Machine, load_machine
from linewise.errors import LinewiseError
from linewise.measure import Measurement
from linewise.scenario import Scenario, load_scenario
from linewise.score import RecordChange, Run
from linewise.workload import Events

# Called with a stage's name, how much of it is done, and how much there is (None if unknown).
Progress = Callable[[str, int, int | None], None]

# Chunks that may wait for the slower order, so that neither waits for the other at each.
CHUNKS_AHEAD = 4


def run(
    scenario: str | Path,
    *,
    machine: str | Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """Propose an order for each of a scenario's records, and replay the scenario under both.

    scenario  a TOML file (docs/scenario.md)
    machine   instead of the scenario's own: a name of ``cachesim.machine_names()`` or a TOML file
    progress  called now and then while replaying, with the operations done so far

    The result holds both scores, whichever is better. Raises LinewiseError, LayoutError,
    CacheError or HeapError with one line that names file and place.
    """
    clock = _Clock()
    loaded = load_scenario(scenario)
    target = _machine(loaded, machine)
    abis = _abis(loaded.spec.abis, target)
    clock.lap("read")
    changes = tuple(_change(loaded, record, abis) for record in loaded.records.values())
    clock.lap("propose")
    written, proposed = (
        Measurement(loaded.workload(), layouts, _heap(loaded), target)
        for layouts in (
            {one.name: one.before[0] for one in changes},
            {one.name: one.after[0] for one in changes},
        )
    )
    workload = loaded.workload()
    operations = workload.operations
    at = 0
    try:
        for events in _both(workload.chunks(), written, proposed):
            at = int(events.time[-1]) if events.time is not None and len(events) else at
            if progress is not None:
                progress("replaying", at, operations)
    except HeapError as error:
        raise LinewiseError(f"{loaded.path.name}: {error}") from None
    clock.lap("replay")
    score_written, score_proposed = written.score("written"), proposed.score("proposed")
    clock.lap("score")
    return Run(
        scenario=loaded.spec.name,
        description=loaded.spec.description,
        machine=target.name,
        heap=loaded.spec.heap.name,
        abis=tuple(abis),
        objects=sum(group.count for group in loaded.spec.objects),
        threads=loaded.spec.threads,
        operations=operations,
        seed=loaded.spec.seed,
        line_bytes=written.line,
        changes=changes,
        written=score_written,
        proposed=score_proposed,
        seconds=clock.laps,
    )


def _both(
    chunks: Iterator[Events], written: Measurement, proposed: Measurement
) -> Iterator[Events]:
    """Feed both orders the very same chunks, each on a thread of its own; the chunks both have had.

    The loops release the interpreter's lock, so that two cores share the work, and the next chunks
    are made in the meantime.
    """
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        under_way: deque[tuple[Events, Future[int], Future[int]]] = deque()
        for events in chunks:
            fed = one.submit(written.feed, events), other.submit(proposed.feed, events)
            under_way.append((events, *fed))
            if len(under_way) > CHUNKS_AHEAD:
                yield _done(under_way)
        while under_way:
            yield _done(under_way)


def _done(under_way: deque[tuple[Events, Future[int], Future[int]]]) -> Events:
    """Wait for the oldest chunk; raises what went wrong with it, and gives the later ones up."""
    events, *fed = under_way.popleft()
    try:
        for future in fed:
            future.result()
    except BaseException:
        for _, *later in under_way:
            for future in later:
                future.cancel()
        raise
    return events


def _abis(wanted: Sequence[str], machine: Machine) -> list[str]:
    """The scenario's ABIs by their triples, that of the machine first."""
    triples = list(dict.fromkeys(layout.find_abi(name).name for name in wanted))
    if machine.abi:
        own = layout.find_abi(machine.abi).name
        triples = [own, *(name for name in triples if name != own)]
    return triples


def _machine(scenario: Scenario, wanted: str | Path | None) -> Machine:
    """The machine asked for, else the scenario's, whose file stands beside it, else the default."""
    name = scenario.spec.machine if wanted is None else wanted
    if wanted is None and not name:
        return load_machine()
    beside = scenario.path.parent / name
    return load_machine(beside if wanted is None and beside.suffix == ".toml" else name)


def _change(scenario: Scenario, record: layout.Record, abis: Sequence[str]) -> RecordChange:
    profile = scenario.profile(record.name)
    if profile.operations:
        proposal = layout.optimize(record, abis, goal="lines", profile=profile)
    else:
        proposal = layout.optimize(record, abis)
    return RecordChange(
        name=record.name,
        source=f"{scenario.spec.source}:{record.line}",
        before=proposal.before,
        after=proposal.after,
        proposal=proposal,
    )


def _heap(scenario: Scenario) -> Heap:
    """A fresh heap as the scenario asks for; a mistake in it names the file."""
    spec = scenario.spec.heap
    try:
        return make_heap(spec.name, **spec.options)
    except HeapError as error:
        raise LinewiseError(f"{scenario.path.name}: heap: {error}") from None


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._from = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = now - self._from
        self._from = now
