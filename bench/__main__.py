"""``python -m bench [NAME...]``: run all benchmarks, or those named."""

from __future__ import annotations

import sys
from importlib import import_module

# name -> the module whose ``main()`` runs and prints it.
BENCHMARKS = {
    "replay": "bench.replay",
    "parse": "bench.parse",
    "heap": "bench.heap",
    "order": "bench.order",
    "startup": "bench.startup",
    "placement": "bench.placement",
    "headers": "bench.headers",
    "lint": "bench.lint",
    "show": "bench.show",
    "classes": "bench.classes",
    "debuginfo": "bench.debuginfo",
}


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, all for none; the answer is the exit code."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        import_module(BENCHMARKS[name]).main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
