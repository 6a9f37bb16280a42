"""The reader of debug info: every record of an ELF binary, as its compiler laid it out.

For each record the places are those of DWARF. A record that placing its members again reproduces is
a plain `Record`, for any ABI; any other carries them in `Record.recorded`, with the reason.
"""

from __future__ import annotations

from pathlib import Path

from layout.model import Source
from layout.sources.dwarf.elf import Elf

__all__ = ["read_binary"]


def read_binary(path: Path) -> Source:
    """The records of an ELF file, from DWARF or else BTF; `Source.abi` is its machine's.

    Raises LayoutError for a file that is damaged as a whole, of an unknown machine, or without
    debug info that can be found; a damaged unit is listed in `Source.skipped`.
    """
    from layout.sources.dwarf.source import read_elf

    return read_elf(Elf(path))
