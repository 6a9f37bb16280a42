"""Casts that take other bytes for a record, or a record for other bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.model import Alias, RecordType, Type
from layout.refusals.case import Case, Hit
from layout.refusals.uses import QUALIFIERS, Site
from layout.refusals.words import Words

__all__ = ["find_bytes", "find_cast", "find_first_member"]

# Calls whose result is fresh memory: a cast of it takes no bytes for anything.
_FRESH = re.compile(r"\w*(alloc|malloc|Alloc|Malloc|_new|New|mempool|slab|obstack)\w*")
# Words before a bracket that may hold a cast; any other name there calls or declares a function.
_BEFORE_CAST = ("return", "else", "do", "case", "in", "throw", "co_return")
_BYTES = ("char", "uint8_t", "int8_t", "u8", "__u8", "u_char", "u_int8_t", "Byte", "BYTE", "uchar",
          "Bytef", "guint8", "gchar")  # fmt: skip


def find_cast(case: Case) -> Iterator[Hit]:
    """A cast to a pointer to the record of anything but fresh memory or null."""
    for site in case.subject.sites:
        end = _cast(site)
        if end and not _is_fresh(site.words, end):
            yield case.hit(site.words, site.words.outer[site.first], end + 2)
        elif site.words.at(site.before) == "<" and site.words.at(site.before - 1).endswith("_cast"):
            yield case.hit(site.words, site.before - 1, site.declared + 1)


def _cast(site: Site) -> int:
    """The first word of the operand when the type is a cast to a pointer to it, else 0."""
    words, opening = site.words, site.before
    if words.at(opening) != "(" or not site.pointers or words.at(site.declared) != ")":
        return 0
    before = words.at(opening - 1)
    named = before[0].isalnum() or before[0] == "_" or before in (")", "]")
    if named and before not in _BEFORE_CAST:
        return 0
    operand = site.declared + 1
    text = words.at(operand)
    begins = text[0].isalnum() or text[0] in "_(&*\"'-+~"
    return operand if begins and text not in QUALIFIERS else 0


def _is_fresh(words: Words, at: int) -> bool:
    """Whether an operand is the null pointer or what an allocator returns."""
    while words.at(at) == "(":
        at += 1
    if words.at(at) in ("0", "NULL", "nullptr"):
        return words.at(at + 1) in (")", ";", ",", ":", "}")
    # A method of a structure of functions: `heap->alloc(...)`.
    while words.at(at + 1) in ("->", ".", "::"):
        at += 2
    return words.at(at + 1) == "(" and _FRESH.fullmatch(words.at(at)) is not None


def find_bytes(case: Case) -> Iterator[Hit]:
    """A cast of an object of the record to bytes or to its first member."""
    types = [*_BYTES, *_first_names(case)]
    for words in case.uses.files:
        variables = case.subject.variables(words)
        if not variables:
            continue
        for name in types:
            for at in words.where.get(name, ()):
                end = _cast(Site(words, at, at + 1))
                if not end and words.at(at - 1) in ("unsigned", "signed", "struct", "union"):
                    end = _cast(Site(words, at - 1, at + 1))
                start = end + (words.at(end) == "&")
                whole = words.at(start + 1) not in ("->", ".", "[", "(")
                if end and whole and words.at(start) in variables:
                    yield case.hit(words, at - 1, start + 1)


def find_first_member(case: Case) -> Iterator[Hit]:
    """A cast to the type of its first member, a record, when another one is to become the first.

    C11 6.7.2.1 paragraph 15: a pointer to a structure points to its first member too.
    """
    record = case.record
    if record is None or not record.fields or case.order[:1] == record.fields[:1]:
        return
    first = _record_of(record.fields[0].type)
    if first is None:
        return
    for site in case.uses.subject(first).sites:
        end = _cast(site)
        if end and not _is_fresh(site.words, end):
            yield case.hit(site.words, site.words.outer[site.first], end + 2)


def _record_of(type_: Type) -> str | None:
    while isinstance(type_, Alias):
        type_ = type_.target
    return type_.record.name if isinstance(type_, RecordType) else None


def _first_names(case: Case) -> list[str]:
    """The last word of the first member's type, when that is a name."""
    if case.record is None or not case.record.fields:
        return []
    words = re.findall(r"[^\W\d]\w*", str(case.record.fields[0].type))
    return [word for word in words[-1:] if word not in ("void", *_BYTES, *QUALIFIERS)]
