"""How long ``linewise lint`` takes for a source of 2,000 structs, as a whole process."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.timing import best_seconds

STRUCTS = 2_000
TYPES = ("char", "short", "int", "long", "double", "bool", "uint8_t", "uint32_t", "uint64_t",
         "size_t", "void *", "char *")  # fmt: skip


def source(seed: int = 7) -> str:
    """Structs of 3 to 16 members in random order: nearly all of them are longer than they must."""
    pick = random.Random(seed)
    lines = []
    for index in range(STRUCTS):
        lines.append(f"struct rec{index} {{")
        for member in range(pick.randint(3, 16)):
            size = pick.choice(["", "", "", "", f"[{pick.randint(2, 9)}]"])
            lines.append(f"    {pick.choice(TYPES)} member_{member}{size}; /* what it is for */")
        lines.append("};\n")
    return "\n".join(lines)


def processor_seconds(call: list[str], runs: int = 5) -> float:
    """What the processor spends on a process at least: the same when others are at work too."""
    spent = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        header = Path(folder, "records.h")
        header.write_text(source())
        print(f"lint: {STRUCTS:,} structs, whole processes")
        print(f"{'':24}{'s':>14}{'processor s':>14}")
        for name, options in (
            ("one ABI", []),
            ("two ABIs", ["--abi", "x86-64", "--abi", "arm64"]),
            ("as SARIF", ["--format", "sarif"]),
        ):
            call = [sys.executable, "-m", "linewise", "lint", str(header), *options]

            def once(call: list[str] = call) -> None:
                done = subprocess.run(call, stdout=subprocess.DEVNULL, check=False)
                assert done.returncode == 1

            seconds = best_seconds(once, runs=5)
            print(f"{name:24}{seconds:14.2f}{processor_seconds(call):14.2f}")


if __name__ == "__main__":
    main()
