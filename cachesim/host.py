"""The caches of the machine we run on, as Linux states them in /sys."""

from __future__ import annotations

from pathlib import Path

from cachesim.errors import CacheError
from cachesim.spec import CacheSpec, Machine

# Linux: Documentation/ABI/testing/sysfs-devices-system-cpu, "cache".
SYSFS = Path("/sys/devices/system/cpu/cpu0/cache")


def host_machine(root: Path = SYSFS) -> Machine:
    """The host's geometry: sizes, ways, lines and who shares a level.

    Latencies stay unknown, and so does the policy (LRU stands in). In a virtual machine the
    hypervisor may state a last level that the guest cannot use alone.

    Raises CacheError where the kernel states no caches (another system, some containers).
    """
    indexes = sorted(root.glob("index[0-9]*"))
    caches = tuple(_cache(index) for index in indexes)
    if not caches:
        raise CacheError(f"{root}: states no caches; name a machine of `linewise machines`")
    return Machine(name="host", title="this machine", caches=caches, source=(str(root),))


def _cache(index: Path) -> CacheSpec:
    def fact(name: str) -> str:
        try:
            return (index / name).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise CacheError(f"{index / name}: cannot be read; name a machine instead") from None

    suffix = {"Data": "d", "Instruction": "i", "Unified": ""}.get(fact("type"), "")
    try:
        sets = int(fact("number_of_sets"))
        return CacheSpec(
            name=f"L{int(fact('level'))}{suffix}",
            sets=sets,
            ways=int(fact("ways_of_associativity")),
            line=int(fact("coherency_line_size")),
            index="modulo" if sets & (sets - 1) else "bits",
            private=int(fact("level")) < 3,
            source=(str(index),),
        )
    except ValueError as error:  # a number that is none, or a spec that refuses it
        raise CacheError(f"{index}: {error}") from None
