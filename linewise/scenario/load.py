"""Reads a scenario's file and the source it names, and checks the one against the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import layout
from cachesim.specfile import load_spec
from linewise.errors import LinewiseError
from linewise.scenario.spec import OperationSpec, ScenarioSpec

if TYPE_CHECKING:
    from linewise.scenario.generate import ScenarioWorkload

# How the lists of an operation change what they name.
ACCESS_LISTS = ("reads", "updates", "atomics", "writes")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario whose every name has been checked.

    path     the file
    spec     what it says
    source   the header, relative to the file
    records  the records of the groups, by the name of their type, in the groups' order
    """

    path: Path
    spec: ScenarioSpec
    source: Path
    records: dict[str, layout.Record]

    def workload(self) -> ScenarioWorkload:
        """The events that the scenario describes."""
        from linewise.scenario.generate import ScenarioWorkload

        return ScenarioWorkload(self.spec)

    def profile(self, record: str) -> layout.AccessProfile:
        """What the operations do to one record: the weight is how often each is expected to run.

        Threads that may touch the same object count as different ones. The threads of a
        partitioned operation keep to their own objects, and so count as one thread of their own.
        """
        types = {group.name: group.type for group in self.spec.objects}
        operations = []
        for phase in self.spec.phases:
            total = sum(operation.weight for operation in phase.operations)
            for operation in phase.operations:
                if types[operation.objects] != record:
                    continue
                expected = phase.count * operation.weight / total
                operations.append(self._profiled(phase.name, operation, expected))
        return layout.AccessProfile(operations=tuple(operations))

    def _profiled(self, phase: str, operation: OperationSpec, expected: float) -> layout.Operation:
        threads = threads_of(self.spec, operation)
        thread: int | None = threads[0] if len(set(threads)) == 1 else None
        if operation.partition and thread is None:
            # A number for this set of threads, which no thread has.
            thread = -1 - sum(1 << number for number in set(threads))
        written = (*operation.updates, *operation.atomics, *operation.writes)
        return layout.Operation(
            name=f"{phase}.{operation.name}",
            weight=expected,
            thread=thread,
            reads=frozenset(map(_first_step, (*operation.reads, *operation.updates))),
            writes=frozenset(map(_first_step, written)),
        )


def _first_step(path: str) -> str:
    """``level`` of ``level.count`` and of ``level[3]``: the member of the record itself."""
    return path.split(".", 1)[0].split("[", 1)[0]


def threads_of(spec: ScenarioSpec, operation: OperationSpec) -> Sequence[int]:
    """The threads that do an operation, in turn."""
    return operation.threads or range(spec.threads)


def load_scenario(path: str | Path) -> Scenario:
    """Read a scenario and its source.

    Raises LinewiseError naming the file and the key, with the nearest name for one that does not
    exist; LayoutError for a record that cannot be read or placed.
    """
    path = Path(path)
    spec = load_spec(path, ScenarioSpec, LinewiseError)
    header = path.parent / spec.source
    checker = _Checker(path.name, spec, layout.read(header))
    return Scenario(path=path, spec=spec, source=header, records=checker.check())


class _Checker:
    """Holds what a check needs to say where it is: the file, the spec, the source's records."""

    def __init__(self, file: str, spec: ScenarioSpec, source: layout.Source) -> None:
        self._file = file
        self._spec = spec
        self._source = source

    def _mistake(self, place: str, what: str, name: str, names: Sequence[str]) -> LinewiseError:
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names) or 'none'}"
        return LinewiseError(f"{self._file}: {place}: {what}; {hint}")

    def check(self) -> dict[str, layout.Record]:
        spec = self._spec
        for index, name in enumerate(spec.abis):
            try:
                layout.find_abi(name)
            except layout.LayoutError as error:
                raise LinewiseError(f"{self._file}: abis[{index}]: {error}") from None
        records: dict[str, layout.Record] = {}
        placed: dict[str, layout.Layout] = {}
        for index, group in enumerate(spec.objects):
            place = f"objects[{index}]"
            if group.name in placed:
                raise LinewiseError(
                    f"{self._file}: {place}: a second group named {group.name!r}; rename it"
                )
            self._threads(place, group.threads)
            record = self._record(place, group.type)
            records[group.type] = record
            placed[group.name] = layout.place(record, spec.abis[0])
        for place, operation in self._operations():
            if operation.objects not in placed:
                what = f"no group of objects is named {operation.objects!r}"
                raise self._mistake(place, what, operation.objects, list(placed))
            self._threads(place, operation.threads)
            self._fields(place, operation, placed[operation.objects])
            self._whole(place, operation)
        return records

    def _operations(self) -> Iterator[tuple[str, OperationSpec]]:
        for number, phase in enumerate(self._spec.phases):
            for index, operation in enumerate(phase.operations):
                yield f"phases[{number}].operations[{index}]", operation

    def _threads(self, place: str, threads: Sequence[int]) -> None:
        for thread in threads:
            if not 0 <= thread < self._spec.threads:
                raise LinewiseError(
                    f"{self._file}: {place}: thread {thread}, but there are threads 0 to "
                    f"{self._spec.threads - 1}; raise `threads` or name another"
                )

    def _record(self, place: str, name: str) -> layout.Record:
        record = self._source.records.get(name)
        if record is not None:
            return record
        for skip in self._source.skipped:
            if skip.name == name:
                where = f"{self._source.path}:{skip.line}"
                raise LinewiseError(f"{self._file}: {place}: {name}: {where}: {skip.reason}")
        what = f"{self._spec.source} has no record {name!r}"
        raise self._mistake(place, what, name, list(self._source.records))

    def _fields(self, place: str, operation: OperationSpec, placed: layout.Layout) -> None:
        names = [field.name for field in placed.fields]
        for key in ACCESS_LISTS:
            for index, path in enumerate(getattr(operation, key)):
                try:
                    _, size = layout.locate(placed, path)
                except layout.LayoutError as error:
                    where = f"{place}.{key}[{index}]"
                    if _first_step(path) not in names:
                        what = f"field {path!r} is not in {placed.record.name}"
                        raise self._mistake(where, what, path, names) from None
                    raise LinewiseError(f"{self._file}: {where}: {error}") from None
                if not 0 < size < 1 << 16:
                    raise LinewiseError(
                        f"{self._file}: {place}.{key}[{index}]: {path!r} has {size} bytes, but "
                        "one access takes 1 to 65535; name a part of it"
                    )

    def _whole(self, place: str, operation: OperationSpec) -> None:
        """Elements of an array are not allocated one by one; shares need an object each."""
        group = next(one for one in self._spec.objects if one.name == operation.objects)
        if operation.replace and group.array:
            raise LinewiseError(
                f"{self._file}: {place}: replace, but {group.name!r} is one array; "
                "drop one of the two"
            )
        threads = threads_of(self._spec, operation)
        if operation.partition and len(threads) > group.count:
            raise LinewiseError(
                f"{self._file}: {place}: {len(threads)} threads share {group.count} objects; "
                "name fewer threads"
            )
