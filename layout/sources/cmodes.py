"""``__attribute__((mode(DI)))``: a machine mode to the type that has it on every target.

GCC internals, Machine Modes. What is a word, what x87's mode is and what vectors are differ between
targets and compilers: refused.
"""

from __future__ import annotations

from layout.model import Alias, Scalar, Type
from layout.sources.cexpressions import Unreadable

__all__ = ["with_mode"]

# Mode -> the signed type, or the floating one.
_INTEGERS = {
    "QI": "signed char",
    "byte": "signed char",
    "HI": "short",
    "SI": "int",
    "DI": "long long",
    "TI": "__int128",
    "pointer": "intptr_t",
}
_FLOATS = {"SF": "float", "DF": "double"}
_UNSIGNED = {"signed char": "unsigned char", "intptr_t": "uintptr_t"}
_SIGNED = ("signed char", "short", "int", "long", "long long", "__int128")


def with_mode(type_: Type, mode: str, index: int) -> Type:
    """The type in that mode. Raises Unreadable at token ``index``."""
    target = type_
    while isinstance(target, Alias) and not target.aligned:
        target = target.target
    key = target.key if isinstance(target, Scalar) else ""
    if key in ("float", "double") and mode in _FLOATS:
        return Scalar(type_.spelling, _FLOATS[mode])
    found = _INTEGERS.get(mode, "")
    if found and key in _SIGNED:
        return Scalar(type_.spelling, found)
    if found and key.startswith("unsigned "):
        return Scalar(type_.spelling, _UNSIGNED.get(found, f"unsigned {found}"))
    raise Unreadable(index, f"attribute 'mode({mode[:20]})' of {type_}; name the type that has it")
