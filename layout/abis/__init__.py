"""The target ABIs: one row each, one file per family.

A row's ``sources`` name the document and the section of each rule; the files' first lines say
which documents these are.
"""

from __future__ import annotations

import difflib

from layout.abis import apple, golang, linux, wasm, windows
from layout.abis.triples import normal
from layout.errors import LayoutError
from layout.model import Abi

__all__ = ["ABIS", "DEFAULT_ABI", "STANDARD_NAMES", "find_abi"]

DEFAULT_ABI = "x86_64-linux-gnu"

_C_ROWS = (*linux.ROWS, *apple.ROWS, *windows.ROWS, *wasm.ROWS)
ABIS: dict[str, Abi] = {abi.name: abi for abi in (*_C_ROWS, *golang.ROWS)}

# What C itself calls its types: the keywords in Abi.scalars.
_KEYWORDS = frozenset({
    "_Bool", "char", "signed char", "unsigned char", "short", "unsigned short", "int",
    "unsigned int", "long", "unsigned long", "long long", "unsigned long long", "__int128",
    "unsigned __int128", "_Float16", "float", "double", "long double", "pointer",
})  # fmt: skip

# Names that need no declaration in a C file, on any of C's ABIs. What one of them has and another
# lacks is refused when it is placed.
STANDARD_NAMES = frozenset().union(*(abi.scalars for abi in _C_ROWS)) - _KEYWORDS


def find_abi(name: str | Abi) -> Abi:
    """The row of that triple or alias, however a compiler spells it (``x86_64-redhat-linux``,
    ``arm64-apple-darwin23.1.0``). Raises LayoutError that names the nearest ones."""
    if isinstance(name, Abi):
        return name
    wanted = name.strip().lower()
    for abi in ABIS.values():
        if wanted == abi.name or wanted in abi.aliases:
            return abi
    known = ABIS.get(normal(wanted))
    if known is not None:
        return known
    spellings = [spelling for abi in ABIS.values() for spelling in (abi.name, *abi.aliases)]
    near = difflib.get_close_matches(wanted, spellings, 1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(ABIS)}"
    raise LayoutError(f"{name[:80]!r}: unknown ABI; {hint}")
