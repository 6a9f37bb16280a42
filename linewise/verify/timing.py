"""Does a small case take the time that the model predicts, roughly?

A chain of dependent loads, one per line and in random order, is timed on the processor twice:
once where the lines fit in half of the first cache, once where they are four times the second.
The prediction replays the same two chains through the host's geometry. Only the ratio of the two
is compared, and only loosely: the host's latencies are unknown and defaults stand in, its policy
need not be LRU, and it translates addresses and prefetches, which the model does not.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import cachesim
from cachesim.host import host_machine
from linewise.verify.finding import Context, Finding, Verdict

NAME = "timing"
SUBJECT = "dependent loads: inside L1d against four times L2"
# How far the measured ratio may lie from the predicted one, as a factor either way.
BOUND = 3.0
LOADS = 4_000_000
REPEATS = 5  # of which the fastest counts: everything else that runs only adds time
SEED = 1
SECONDS = 60

PROGRAM = r"""
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    size_t lines = strtoul(argv[1], 0, 10), line = strtoul(argv[2], 0, 10);
    size_t loads = strtoul(argv[3], 0, 10), repeats = strtoul(argv[4], 0, 10);
    char *memory = aligned_alloc(4096, (lines * line + 4095) / 4096 * 4096);
    unsigned *order = malloc(lines * sizeof *order);
    if (!memory || !order) return 2;
    for (size_t i = 0; i < lines; i++)
        if (scanf("%u", &order[i]) != 1 || order[i] >= lines) return 2;
    for (size_t i = 0; i < lines; i++)
        *(char **)(memory + order[i] * line) = memory + order[(i + 1) % lines] * line;
    char *volatile start = memory + order[0] * line;
    double best = 1e30;
    for (size_t repeat = 0; repeat <= repeats; repeat++) {
        struct timespec from, to;
        char *at = start;
        clock_gettime(CLOCK_MONOTONIC, &from);
        for (size_t i = 0; i < loads; i++) at = *(char **)at;
        clock_gettime(CLOCK_MONOTONIC, &to);
        start = at;
        double ns = ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / loads;
        if (repeat && ns < best) best = ns;
    }
    printf("%.6f\n", best);
    return 0;
}
"""


def check(context: Context) -> Iterator[Finding]:
    """Compile and time the two chains, replay them, compare the ratios."""

    def finding(verdict: Verdict, detail: str) -> Finding:
        return Finding(NAME, SUBJECT, verdict, detail, f"linewise verify --check {NAME}")

    if not context.compiler:
        yield finding(Verdict.UNCHECKED, "no C compiler found; install one or name it with --cc")
        return
    try:
        host = host_machine()
        first, second = (host.caches[index] for index in host.path(cachesim.Kind.READ)[:2])
    except (cachesim.CacheError, ValueError) as error:
        yield finding(Verdict.UNCHECKED, f"this system does not state two data caches: {error}")
        return
    orders = [_order(first.size // first.line // 2), _order(4 * second.size // second.line)]
    predicted = [_predict(order, host, first.line) for order in orders]
    measured = _measure(context.compiler, orders, first.line)
    if isinstance(measured, str):
        yield finding(Verdict.UNCHECKED, measured)
        return
    said, seen = predicted[1] / predicted[0], measured[1] / measured[0]
    inside = seen > 1 and said / BOUND <= seen <= said * BOUND
    yield finding(
        Verdict.WITHIN if inside else Verdict.DIFFERS,
        f"measured {measured[0]:.2f} and {measured[1]:.2f} ns, {seen:.1f} x; "
        f"predicted {said:.1f} x; "
        f"bound: a factor of {BOUND:g} either way (modelled, latencies assumed)",
    )


def _order(lines: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.random.default_rng(SEED).permutation(lines)


def _predict(
    order: np.ndarray[tuple[int], np.dtype[np.int64]], host: cachesim.Machine, line: int
) -> float:
    """Average cycles of a load, the first round left out by counting two against three."""
    cycles, loads = [], []
    for rounds in (2, 3):
        address = np.tile(order, rounds).astype(np.uint64) * np.uint64(line)
        result = cachesim.replay(cachesim.Trace(address=address), host)
        average = cachesim.average_access_time(result, host).cycles or 0.0
        cycles.append(average * len(address))
        loads.append(len(address))
    return (cycles[1] - cycles[0]) / (loads[1] - loads[0])


def _measure(
    compiler: tuple[str, ...], orders: list[np.ndarray[tuple[int], np.dtype[np.int64]]], line: int
) -> list[float] | str:
    """Nanoseconds per load of each chain on this machine, or why there are none."""
    with tempfile.TemporaryDirectory(prefix="linewise-verify-") as folder:
        source, program = Path(folder) / "chain.c", Path(folder) / "chain"
        source.write_text(PROGRAM, encoding="ascii")
        try:
            subprocess.run(
                [*compiler, "-O2", "-o", str(program), str(source)],
                capture_output=True, timeout=SECONDS, check=True,
            )  # fmt: skip
            return [
                float(
                    subprocess.run(
                        [str(program), *map(str, (len(order), line, LOADS, REPEATS))],
                        input=" ".join(map(str, order)), text=True,
                        capture_output=True, timeout=SECONDS, check=True,
                    ).stdout
                )
                for order in orders
            ]  # fmt: skip
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            return f"the timing program does not build or run here: {error}"
