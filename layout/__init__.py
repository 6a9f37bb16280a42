"""Memory layout: what a record looks like on an ABI, and which order of members is better.

Reading and placing need neither numba nor numpy; the search for a better order imports them when
it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layout.abis import ABIS, DEFAULT_ABI, find_abi
from layout.constraints import Constraints
from layout.errors import LayoutError
from layout.goals import Weights
from layout.locate import locate
from layout.model import (
    Abi,
    Field,
    Hole,
    Layout,
    PlacedField,
    Proposal,
    Record,
    Recorded,
    Skipped,
    Source,
    Type,
)
from layout.place import place
from layout.profile import AccessProfile, Operation
from layout.sources import layouts, read, read_text

if TYPE_CHECKING:
    from layout.order import optimize
    from layout.sources.cdef import from_cdef
    from layout.sources.dtype import from_dtype, to_dtype

__all__ = [
    "ABIS",
    "DEFAULT_ABI",
    "Abi",
    "AccessProfile",
    "Constraints",
    "Field",
    "Hole",
    "Layout",
    "LayoutError",
    "Operation",
    "PlacedField",
    "Proposal",
    "Record",
    "Recorded",
    "Skipped",
    "Source",
    "Type",
    "Weights",
    "find_abi",
    "from_cdef",
    "from_dtype",
    "layouts",
    "locate",
    "optimize",
    "place",
    "read",
    "read_text",
    "to_dtype",
]


def __getattr__(name: str) -> Any:
    if name == "optimize":
        from layout.order import optimize

        return optimize
    if name == "from_cdef":
        from layout.sources.cdef import from_cdef

        return from_cdef
    if name in ("from_dtype", "to_dtype"):
        from layout.sources import dtype

        return getattr(dtype, name)
    raise AttributeError(f"module 'layout' has no attribute {name!r}")
