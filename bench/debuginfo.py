"""How long ``linewise show BINARY`` takes for all records, beside pahole: whole processes.

    python -m bench debuginfo

The binary is the debug file of Debian's python3.11-dbg, or what the variable LINEWISE_BINARY names.
The two are run in turn, so that whatever else the machine does meets both; the ratio is the median
of the pairs.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
FOLDER = Path("/usr/lib/debug/.build-id")


def binary() -> Path | None:
    """The file to read: the largest debug file that is installed."""
    named = os.environ.get("LINEWISE_BINARY")
    if named:
        return Path(named)
    files = sorted(FOLDER.glob("*/*.debug"), key=lambda path: path.stat().st_size)
    return files[-1] if files else None


def measure(command: list[str]) -> tuple[float, int]:
    """Seconds and the most memory in MB of one run, its output thrown away."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return time.perf_counter() - begun, used.ru_maxrss >> 10


def main() -> None:
    """Print the table."""
    path, pahole = binary(), shutil.which("pahole")
    if path is None or pahole is None:
        print("debuginfo: needs pahole, and a debug file such as python3.11-dbg's")
        return
    ours, theirs = [sys.executable, "-m", "linewise", "show", str(path)], [pahole, str(path)]
    measure(ours)  # compiles the loops once for all
    pairs = [(measure(ours), measure(theirs)) for _ in range(RUNS)]
    ratio = statistics.median(mine[0] / other[0] for mine, other in pairs)
    print(f"debuginfo: {path.name}, {path.stat().st_size / 1e6:.1f} MB, {RUNS} pairs")
    print(f"{'':24}{'s':>10}{'MB':>10}{'x pahole':>12}")
    for name, index, by in (("linewise show", 0, f"{ratio:.2f}"), ("pahole", 1, "1.00")):
        seconds = statistics.median(pair[index][0] for pair in pairs)
        memory = max(pair[index][1] for pair in pairs)
        print(f"{name:24}{seconds:10.3f}{memory:10}{by:>12}")


if __name__ == "__main__":
    main()
