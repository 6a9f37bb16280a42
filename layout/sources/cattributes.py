"""Attributes: which of them shape a layout, which do not, and which are refused.

GNU's ``__attribute__``, Microsoft's ``__declspec``, and C23's ``[[...]]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from layout.model import Count, MaximumAlign
from layout.sources.cexpressions import Cursor, Unreadable, parse_expression

__all__ = ["Attributes", "parse_attributes", "starts_attributes"]

# Attributes that change no size, alignment or offset on a target of `layout.abis`. Everything else
# is refused: scalar_storage_order, randomize_layout, address_space and the like do change them,
# and an unknown one may.
HARMLESS = frozenset({
    "access", "alias", "alloc_align", "alloc_size", "always_inline", "annotate", "artificial",
    "assume_aligned", "availability", "btf_decl_tag", "btf_type_tag", "capability", "cdecl",
    "cleanup",
    "cold", "common", "const", "constructor", "copy", "counted_by", "counted_by_or_null",
    "deprecated", "designated_init", "destructor", "dllexport", "dllimport",
    "enum_extensibility", "error", "fallthrough", "fastcall",
    "fd_arg", "flag_enum", "flatten", "format", "format_arg", "gnu_inline",
    "guarded_by", "hot", "ifunc", "leaf", "lockable", "malloc", "maybe_unused", "may_alias",
    "ms_abi",
    "noclone", "nodebug", "nodiscard", "noinline", "nomerge", "nonnull", "nonstring", "nothrow",
    "noreturn", "null_terminated_string_arg", "optimize", "patchable_function_entry",
    "preserve_access_index", "pt_guarded_by", "pure", "retain", "returns_nonnull", "section",
    "sentinel", "sized_by", "sized_by_or_null", "stdcall", "sysv_abi", "target", "thiscall",
    "tls_model", "transparent_union",
    "type_visibility", "unavailable", "unused", "used", "visibility", "warn_if_not_aligned",
    "warn_unused_result", "warning", "weak", "zero_call_used_regs",
    # of C++
    "abi_tag", "carries_dependency", "likely", "unlikely",
})  # fmt: skip

HARMLESS_DECLSPEC = frozenset({
    "allocator", "code_seg", "deprecated", "dllexport", "dllimport", "naked", "noalias", "noinline",
    "noreturn", "nothrow", "restrict", "safebuffers", "selectany", "spectre", "thread",
})  # fmt: skip


@dataclass(slots=True)
class Attributes:
    """What the attributes of one place ask for."""

    packed: bool = False
    aligned: list[Count] = field(default_factory=list)
    vector: Count | None = None
    overlaps: bool = False  # [[no_unique_address]]
    refused: Unreadable | None = None  # in C++: the first one that is not supported
    ms_struct: bool | None = None  # ms_struct, gcc_struct, or neither
    mode: str = ""  # of mode(DI): "DI"
    declspec: bool = False  # whether a __declspec(align) is among ``aligned``

    def take(self, other: Attributes) -> None:
        """Adds another place's."""
        self.packed = self.packed or other.packed
        self.aligned += other.aligned
        self.vector = other.vector if self.vector is None else self.vector
        self.overlaps = self.overlaps or other.overlaps
        self.refused = self.refused or other.refused
        self.ms_struct = other.ms_struct if self.ms_struct is None else self.ms_struct
        self.mode = self.mode or other.mode
        self.declspec = self.declspec or other.declspec

    def check(self) -> None:
        """Raises Unreadable for one that C++ put off, as it matters to no function."""
        if self.refused is not None:
            raise self.refused

    def __bool__(self) -> bool:
        shaping = self.packed or bool(self.aligned) or self.vector is not None
        return shaping or self.ms_struct is not None or bool(self.mode)


def starts_attributes(cursor: Cursor) -> bool:
    """Whether an attribute list stands at the cursor, of any of the three kinds."""
    text = cursor.text()
    if text == "[":
        texts = cursor.tokens.texts
        return cursor.index + 1 < len(texts) and texts[cursor.index + 1] == "["
    return text in ("__attribute__", "__attribute", "__declspec")


def parse_attributes(cursor: Cursor, into: Attributes) -> None:
    """Reads all attribute lists at the cursor. Raises Unreadable on one that is refused; in C++
    that is put off until `Attributes.check`."""
    while starts_attributes(cursor):
        if cursor.text() == "__declspec":
            _declspec(cursor, into)
            if cursor.cplusplus and into.declspec:
                reason = "__declspec(align) is not supported in C++; use alignas"
                into.refused = into.refused or Unreadable(cursor.index, reason)
            continue
        opening = cursor.index if cursor.text() == "[" else cursor.index + 1
        texts, match = cursor.tokens.texts, cursor.tokens.match
        whole = opening + 1 < len(texts) and texts[opening + 1] == texts[opening]
        if not whole or min(match[opening], match[opening + 1]) < 0:
            raise Unreadable(cursor.index, "an attribute without its two pairs of brackets")
        end = match[opening + 1]
        cursor.index = opening + 2
        while cursor.index < end:
            try:
                _attribute(cursor, into, standard=texts[opening] == "[")
            except Unreadable as error:
                if not cursor.cplusplus:
                    raise
                into.refused = into.refused or error
                cursor.index = end
        cursor.index = match[opening] + 1


def _declspec(cursor: Cursor, into: Attributes) -> None:
    """Microsoft, __declspec: modifiers in one pair of parentheses, with blanks between."""
    texts, match = cursor.tokens.texts, cursor.tokens.match
    opening = cursor.index + 1
    if texts[opening : opening + 1] != ["("] or match[opening] < 0:
        raise Unreadable(cursor.index, "a __declspec without its brackets")
    cursor.index = opening + 1
    while cursor.index < match[opening]:
        at = cursor.index
        name, arguments = texts[at], texts[at + 1] == "("
        if name == "align" and arguments:
            cursor.index += 2
            into.aligned.append(parse_expression(cursor))
            into.declspec = True
            cursor.expect(")")
        elif name in HARMLESS_DECLSPEC or name == ",":
            cursor.index = match[at + 1] + 1 if arguments else at + 1
        else:
            raise Unreadable(at, f"__declspec({name[:40]}) is not supported")
    cursor.index = match[opening] + 1


def _attribute(cursor: Cursor, into: Attributes, *, standard: bool) -> None:
    texts, match = cursor.tokens.texts, cursor.tokens.match
    at = cursor.index
    if texts[at] == ",":
        cursor.index += 1
        return
    name = texts[at]
    if cursor.cplusplus and standard and texts[at : at + 2] in (["gnu", "::"], ["__gnu__", "::"]):
        cursor.index = at = at + 2
        name, standard = texts[at], False
    if texts[at + 1 : at + 3] == [":", ":"] or texts[at + 1] == "::":
        raise Unreadable(at, f"attribute [[{name}::...]]; write it as __attribute__")
    if len(name) > 4 and name.startswith("__") and name.endswith("__"):
        name = name[2:-2]
    arguments = texts[at + 1] == "("
    cursor.index += 1
    if name == "packed" and not arguments and not standard:
        into.packed = True
    elif name == "no_unique_address" and standard and cursor.cplusplus:
        into.overlaps = True
    elif cursor.cplusplus and name in ("ms_struct", "gcc_struct", "mode"):
        raise Unreadable(at, f"attribute '{name}' is not supported in C++")
    elif name in ("ms_struct", "gcc_struct") and not arguments and not standard:
        into.ms_struct = name == "ms_struct"
    elif name == "mode" and arguments and not standard:
        into.mode = texts[at + 2].strip("_") or "?"
        cursor.index = match[at + 1] + 1
    elif name == "aligned" and not arguments and not standard:
        into.aligned.append(MaximumAlign())
    elif name in ("aligned", "vector_size") and arguments and not standard:
        cursor.index += 1
        value = parse_expression(cursor)
        cursor.expect(")")
        if name == "aligned":
            into.aligned.append(value)
        else:
            into.vector = value
    elif name in HARMLESS:
        cursor.index = match[at + 1] + 1 if arguments else at + 1
    else:
        raise Unreadable(at, f"attribute '{name[:40]}' is not supported")
