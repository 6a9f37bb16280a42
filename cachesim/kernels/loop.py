"""The loop over blocks of a trace: collect, then stage by stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from numba import njit
from numba.extending import register_jitable

from cachesim.kernels.collect import collect_lines, collect_rows
from cachesim.kernels.level import count_demands, make_stage
from cachesim.kernels.plan import BLOCK, GOING_ON, NEXT_ROW, STATUS
from cachesim.policies.base import Policy


def _choose(policies: tuple[Policy, ...]) -> Callable[..., int]:
    """One function that runs the stage of the policy with the number it is given."""
    first = make_stage(policies[0])
    if len(policies) == 1:
        return first
    rest = _choose(policies[1:])

    @register_jitable
    def either(policy: int, *args: Any) -> int:
        if policy == 0:
            return first(0, *args)
        return rest(policy - 1, *args)

    return either


def make_loop(policies: tuple[Policy, ...], digest: str) -> Callable[..., None]:
    """The compiled loop for these policies, cached on disk under the digest of its sources."""
    run_stage = _choose(policies)

    def loop(
        columns: Any,
        rows: int,
        bits: Any,
        plain_info: int,
        collapse: bool,
        machine: Any,
        stages: Any,
        clock: Any,
        store: Any,
        state: Any,
        lines: Any,
        infos: Any,
        marks: Any,
    ) -> None:
        plan, counts, tagged = machine[:3]
        by_tag = len(tagged) > 0
        while state[NEXT_ROW] < rows and state[STATUS] == GOING_ON:
            stop = min(state[NEXT_ROW] + BLOCK, rows)
            if plain_info >= 0:
                items = collect_lines(columns[0], stop, bits, plain_info, state, lines[0], infos[0])
            else:
                items = collect_rows(
                    columns, stop, bits, collapse, machine, state, lines[0], infos[0], marks
                )
            for stage in range(len(stages)):
                here = stage & 1
                if by_tag:
                    count_demands(stage, plan, tagged, infos[here], items)
                items = run_stage(
                    stages[stage],
                    stage,
                    bits,
                    clock,
                    store,
                    plan,
                    counts,
                    lines[here],
                    infos[here],
                    items,
                    lines[1 - here],
                    infos[1 - here],
                )
            if by_tag:
                count_demands(-1, plan, tagged, infos[len(stages) & 1], items)

    # Numba lists the binaries of one function in one index, which processes overwrite unguarded:
    # of two loops compiled at once, one was answered by the other's binary. A name of its own gives
    # each an index of its own, and the digest in it a new one after every edit.
    loop.__qualname__ = f"loop_{digest}"
    return cast("Callable[..., None]", njit(cache=True, nogil=True, error_model="numpy")(loop))
