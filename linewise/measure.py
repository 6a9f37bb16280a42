"""Measures one set of layouts: binds chunk after chunk, replays them, adds up the score."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

import layout
from allocator import Heap
from cachesim import Kind, Machine, Replay, Result, Trace, average_access_time
from linewise.binding import Binding
from linewise.scenario import ScenarioWorkload
from linewise.scenario.spec import ObjectsSpec
from linewise.score import FieldScore, LevelScore, Quantity, RecordScore, Score, SharedPair
from linewise.sharing import Sharing, SharingCounts
from linewise.workload import Events


class OperationLines:
    """Distinct lines that each operation touches: rows of one time are one operation."""

    def __init__(self, line: int) -> None:
        self._shift = line.bit_length() - 1
        self._lines = np.zeros(64, np.int64)
        # Time of the operation under way, its lines, operations begun, lines of all: see kernel.
        self._state = np.array([-1, 0, 0, 0], np.int64)

    def feed(self, trace: Trace) -> None:
        """Add the accesses of a chunk; operations may go on in the next one."""
        from linewise.kernels.bind import lines_of_operations

        if trace.time is None:
            return
        row = 0
        while row < len(trace):
            columns = (trace.time[row:], trace.address[row:], trace.size[row:])
            row += lines_of_operations(*columns, self._shift, self._state, self._lines)
            if row < len(trace):
                wider = np.zeros(2 * len(self._lines), np.int64)
                wider[: len(self._lines)] = self._lines
                self._lines = wider

    @property
    def average(self) -> float | None:
        """Lines per operation; None without any."""
        operations, lines = int(self._state[2]), int(self._state[3])
        return lines / operations if operations else None


class Measurement:
    """A workload under one set of layouts on one machine; feed it chunks, ask for the score."""

    def __init__(
        self,
        workload: ScenarioWorkload,
        layouts: Mapping[str, layout.Layout],
        heap: Heap,
        machine: Machine,
    ) -> None:
        self._workload = workload
        self._layouts = layouts
        self._heap = heap
        self._machine = machine
        self._data_levels = machine.path(Kind.READ)
        self.line = machine.caches[self._data_levels[0]].line
        self._binding = Binding(workload, layouts, heap)
        self._replay = Replay(machine)
        taken = sum(self._taken(group) for group, _ in workload.groups.values())
        self._sharing = Sharing(self.line, workload.threads, taken * 9 // 8)
        self._lines = OperationLines(self.line)
        self.accesses = 0

    def _taken(self, group: ObjectsSpec) -> int:
        """Bytes that the heap takes for a group's objects when all of them are alive."""
        if group.array:
            return self._binding.block_bytes(group.type, group.count)
        return self._binding.block_bytes(group.type) * group.count

    def feed(self, events: Events) -> int:
        """Bind and replay one chunk; the accesses so far."""
        trace = self._binding.bind(events)
        if len(trace):
            self._replay.feed(trace)
            self._sharing.feed(trace)
            self._lines.feed(trace)
        self.accesses += len(trace)
        return self.accesses

    def score(self, order: str) -> Score:
        """Everything counted so far, under the name of an order."""
        result = self._replay.result()
        time = average_access_time(result, self._machine)
        assumed = (
            f"assumes the default latency of {', '.join(time.assumed)}" if time.assumed else ""
        )
        shared = self._sharing.result()
        lines = self._lines.average
        return Score(
            order=order,
            records=self._records(),
            accesses=result.accesses,
            lines_per_operation=Quantity(lines, "lines", "unknown" if lines is None else "exact"),
            levels=self._levels(result),
            memory_accesses=result.memory_accesses,
            average_access=Quantity(time.cycles, "cycles", time.mark, assumed),
            fields=self._fields(result),
            sharing=self._pairs(shared),
            shared_lines=shared.shared,
        )

    def _levels(self, result: Result) -> tuple[LevelScore, ...]:
        levels = [result.levels[index] for index in self._data_levels]
        return tuple(
            LevelScore(
                name=level.name,
                accesses=level.accesses,
                misses=level.misses,
                writebacks=level.writebacks,
                misses_per_thousand=1000 * level.misses / max(result.accesses, 1),
            )
            for level in levels
        )

    def _name(self, tag: int) -> tuple[str, str]:
        field = self._workload.fields[tag]
        return self._workload.types[field.type], field.path

    def _fields(self, result: Result) -> tuple[FieldScore, ...]:
        counts = result.tags
        if counts is None:
            return ()
        data = list(self._data_levels)
        scores = []
        for column, tag in enumerate(counts.tag.tolist()):
            record, field = self._name(tag)
            scores.append(
                FieldScore(
                    record=record,
                    field=field,
                    reads=int(counts.reads[data[0], column]),
                    writes=int(counts.writes[data[0], column]),
                    misses=tuple(int(counts.misses[level, column]) for level in data),
                    heat=int(counts.accesses[column]) / max(result.accesses, 1),
                )
            )
        # What reaches the farthest level costs the most.
        return tuple(sorted(scores, key=lambda one: one.misses[::-1], reverse=True))

    def _pairs(self, counts: SharingCounts) -> tuple[SharedPair, ...]:
        columns = (counts.tag, counts.other, counts.lines, counts.misses)
        return tuple(
            SharedPair(*self._name(tag), *self._name(other), lines=lines, misses=misses)
            for tag, other, lines, misses in zip(*(c.tolist() for c in columns), strict=True)
        )

    def _records(self) -> tuple[RecordScore, ...]:
        scores = []
        for name in self._workload.types:
            size = self._layouts[name].size
            groups = [
                (group, first)
                for group, first in self._workload.groups.values()
                if group.type == name
            ]
            objects = sum(group.count for group, _ in groups)
            spanned = taken = 0.0
            for group, first in groups:
                if group.array:
                    base = self._binding.base[first] + np.arange(
                        group.count, dtype=np.uint64
                    ) * np.uint64(size)
                else:
                    base = self._binding.base[first : first + group.count]
                taken += self._taken(group)
                spanned += self._spanned(base, size)
            scores.append(RecordScore(name, objects, size, taken / objects, spanned / objects))
        return tuple(scores)

    def _spanned(self, base: NDArray[np.uint64], size: int) -> int:
        """Lines that objects at these addresses lie on, added up."""
        line = np.uint64(self.line)
        last = base + np.uint64(max(size, 1) - 1)
        return int((last // line - base // line).sum()) + len(base)
