"""Truth from pyelftools: every named record of a binary, by its own iterator over entries.

Slow and plain: no dropping of repeats before the end, no placement. Of each record it knows the
full name, the size and the members with a name and a constant place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile

TAGS = {
    "DW_TAG_structure_type": "struct",
    "DW_TAG_class_type": "class",
    "DW_TAG_union_type": "union",
}
GO, RUST = 0x16, 0x1C
CPP = {0x04, 0x1A, 0x21, 0x2B}

# Name, bytes, and per member its name and first bit.
Seen = tuple[str, int, tuple[tuple[str, int], ...]]


def records(path: Path) -> set[Seen]:
    """Every record with a name, as C, C++, Rust or Go call it."""
    found = set()
    with path.open("rb") as stream:
        info = ELFFile(stream).get_dwarf_info()
        for unit in info.iter_CUs():
            language = _number(unit.get_top_DIE(), "DW_AT_language")
            for entry in unit.iter_DIEs():
                if entry.tag in TAGS and "DW_AT_declaration" not in entry.attributes:
                    name = _name(entry, language)
                    if name:
                        found.add((name, _number(entry, "DW_AT_byte_size"), _members(entry)))
    return found


def _text(entry: Any) -> str:
    at = entry.attributes.get("DW_AT_name")
    return at.value.decode("utf-8", "replace") if at else ""


def _number(entry: Any, name: str) -> int:
    at = entry.attributes.get(name)
    return at.value if at and isinstance(at.value, int) else -1


def _name(entry: Any, language: int) -> str:
    word = TAGS[entry.tag]
    if "DW_AT_specification" in entry.attributes and "DW_AT_name" not in entry.attributes:
        entry = entry.get_DIE_from_attribute("DW_AT_specification")
    names = [_text(entry)]
    if not names[0]:
        return ""
    parent = entry.get_parent()
    while parent is not None and language != GO:
        inside = parent.tag in TAGS and language in {*CPP, RUST}
        if inside or parent.tag == "DW_TAG_namespace":
            names.append(_text(parent) or "(anonymous)")
        parent = parent.get_parent()
    full = "::".join(reversed(names))
    return full if language in (GO, RUST) else f"{word} {full}"


def _members(entry: Any) -> tuple[tuple[str, int], ...]:
    found = []
    for child in entry.iter_children():
        static = {"DW_AT_external", "DW_AT_declaration", "DW_AT_const_value"}
        if child.tag != "DW_TAG_member" or static & set(child.attributes) or not _text(child):
            continue
        found.append((_text(child), _bit(child)))
    return tuple(found)


def _bit(child: Any) -> int:
    at = child.attributes.get("DW_AT_data_member_location")
    place = 0
    if at is not None:
        place = at.value if isinstance(at.value, int) else _operand(at.value)
    return place * 8 + max(_number(child, "DW_AT_data_bit_offset"), 0)


def _operand(block: list[int]) -> int:
    assert block[0] == 0x23, "DW_OP_plus_uconst"
    return sum((byte & 127) << 7 * index for index, byte in enumerate(block[1:]))
