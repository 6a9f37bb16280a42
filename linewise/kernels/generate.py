"""The loop of ``linewise.scenario.generate``: the rows of each operation, one after another."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Plan = tuple[
    NDArray[np.int64], NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]
]
Drawn = tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]
Columns = tuple[
    NDArray[np.uint8], NDArray[np.uint16], NDArray[np.int64], NDArray[np.uint64],
    NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64],
]  # fmt: skip

ALLOC = 0  # as in linewise.workload.Operation


@njit(cache=True, nogil=True)
def fill(plan: Plan, drawn: Drawn, first_time: int, columns: Columns) -> None:
    """Write the rows of the operations drawn.

    plan    by step: number of rows, their operations and fields (one row of a table each), the
            type and the site of its objects
    drawn   by operation: its step, thread, object and element
    """
    lengths, codes, fields, types, sites = plan
    steps, threads, objects, elements = drawn
    operation, thread, object_, time, type_, field, site, value = columns
    row = 0
    for index in range(len(steps)):
        step = steps[index]
        for part in range(lengths[step]):
            operation[row] = codes[step, part]
            thread[row] = threads[index]
            object_[row] = objects[index]
            time[row] = first_time + index
            type_[row] = types[step]
            field[row] = fields[step, part]
            site[row] = sites[step]
            value[row] = 1 if codes[step, part] == ALLOC else elements[index]
            row += 1
