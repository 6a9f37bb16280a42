"""The compiled loops in the mode that the environment sets, on an object and damaged copies of it.

    python -m tests.layout.debug_info.modes OBJECT ROUNDS

Prints the mode, and what was read. For tests that run it with the JIT off, or with bounds checks.
"""

import sys
import tempfile
from pathlib import Path

import numba

import layout
from tests.layout.debug_info.test_hostile import mutations


def told(path: Path) -> str:
    """What a file says, in one line."""
    try:
        source = layout.read(path)
    except layout.LayoutError as error:
        return str(error).replace(str(path), "FILE")
    sizes = [f"{name} {layout.place(one, source.abi).size}" for name, one in source.records.items()]
    return f"{', '.join(sizes)}; {len(source.skipped)} skipped"


def main(path: Path, rounds: int) -> None:
    print("jit", "off" if numba.config.DISABLE_JIT else "on")
    print("checks", "on" if numba.config.BOUNDSCHECK else "off")
    print(told(path))
    with tempfile.TemporaryDirectory() as folder:
        damaged = Path(folder, "x")
        for data in mutations(path.read_bytes(), seed=3, count=rounds):
            damaged.write_bytes(data)
            print(told(damaged))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
