"""What the targets' C++ ABIs differ in: one row each, the rest are as the document says."""

from __future__ import annotations

from dataclasses import dataclass

from layout.errors import LayoutError
from layout.model import Abi, Record

__all__ = ["CxxRules", "rules_of"]


@dataclass(frozen=True, slots=True)
class CxxRules:
    """A row: whose tail padding may be reused, and what ``packed`` packs."""

    # Itanium C++ ABI 1.1, POD for the purpose of layout: by C++03 with its first corrigendum.
    # Apple's arm64 and WebAssembly go by C++11 instead: trivial and standard-layout.
    pod11: bool = False
    # GCC's ``packed`` leaves members of non-POD class types alone; Apple's clang packs them.
    packs_non_pod: bool = False


RULES: dict[str, CxxRules] = {
    "aarch64-macos": CxxRules(pod11=True, packs_non_pod=True),
    "wasm32-wasi": CxxRules(pod11=True),
}


def rules_of(abi: Abi, record: Record) -> CxxRules:
    """The row of an ABI. Raises LayoutError for Microsoft's, which is another one altogether."""
    if abi.name.endswith("-msvc"):
        fault = f"{abi.name}: Microsoft's C++ ABI is not modelled"
        raise LayoutError(
            f"{record.place}: {record.name}: {fault}; ask for x86_64-windows-gnu or for C"
        )
    return RULES.get(abi.name, CxxRules())
