"""Target triples: the many spellings of compilers to the one of the table."""

from __future__ import annotations

import re

__all__ = ["normal"]

# What clang, gcc, rustc and zig call the processors of the table.
_PROCESSORS = {
    "x64": "x86_64",
    "amd64": "x86_64",
    "i386": "x86",
    "i486": "x86",
    "i586": "x86",
    "i686": "x86",
    "arm64": "aarch64",
    "arm64e": "aarch64",
    "armv7": "arm",
    "armv7a": "arm",
    "armv7l": "arm",
    "armv7hl": "arm",
    "armv6": "arm",
    "armv6l": "arm",
    "thumbv7neon": "arm",
    "riscv64gc": "riscv64",
    "riscv64a23": "riscv64",
}

# Vendors say nothing about the layout. Distributions put their names there.
_VENDORS = frozenset(
    {"unknown", "pc", "none", "apple", "w64", "redhat", "suse", "oe", "poky", "buildroot", "cross"}
)

# Processor and the rest without vendor and versions -> the rest as the table has it.
_SYSTEMS = {
    "x86_64": {
        "linux": "linux-gnu",
        "linux-gnu": "linux-gnu",
        "windows-msvc": "windows-msvc",
        "windows": "windows-msvc",
        "win": "windows-msvc",
        "windows-gnu": "windows-gnu",
        "windows-gnullvm": "windows-gnu",
        "mingw": "windows-gnu",
        "windows-mingw": "windows-gnu",
    },
    "x86": {"linux": "linux-gnu", "linux-gnu": "linux-gnu"},
    "aarch64": {
        "linux": "linux-gnu",
        "linux-gnu": "linux-gnu",
        "darwin": "macos",
        "macos": "macos",
        "macosx": "macos",
    },
    # The soft-float variant passes arguments otherwise and lays records out alike.
    "arm": {"linux-gnueabihf": "linux-gnueabihf", "linux-gnueabi": "linux-gnueabihf"},
    "riscv64": {"linux": "linux-gnu", "linux-gnu": "linux-gnu"},
    "wasm32": dict.fromkeys(("wasi", "wasip", "wasi-musl", "wasi-threads", "freestanding", ""),
                            "wasi"),
}  # fmt: skip


def normal(triple: str) -> str:
    """The table's spelling of a triple in lower case, or the triple as it is when it is none."""
    first, *rest = triple.split("-")
    processor = _PROCESSORS.get(first, first)
    if not rest or len(rest) > 3:
        return triple
    parts = [part for part in rest if part not in _VENDORS]
    # Versions: darwin23.1.0, linux6.1.2-gnu.2.36, mingw32, wasip1.
    system = "-".join(re.sub(r"[\d.]+$", "", part) for part in parts)
    named = _SYSTEMS.get(processor, {}).get(system)
    return triple if named is None else f"{processor}-{named}"
