"""What keeps a Go struct's fields in their order: literals by position, bytes, encoders.

Names are matched in all files given, scopes and packages are not: another type of the same name
counts too, and rather too much is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from layout.model import Scalar
from layout.refusals.case import Case, Hit
from layout.refusals.words import Words

__all__ = [
    "find_atomic",
    "find_binary",
    "find_cgo",
    "find_conversion",
    "find_derived",
    "find_generated",
    "find_host_layout",
    "find_literal",
    "find_reflect",
    "find_tags",
    "find_twice",
    "find_unsafe",
]

_GENERATED = re.compile(r"^// Code generated .* DO NOT EDIT\.$", re.MULTILINE)
_NAME = re.compile(r"[^\W\d]\w*")
_TAG = re.compile(r"[`\"]")
_UNSAFE = frozenset({"Sizeof", "Offsetof", "Alignof", "Pointer", "Add", "Slice", "String"})
_BINARY = frozenset({"Read", "Write", "Size", "Append", "Encode", "Decode"})
_ATOMIC = frozenset(
    f"{verb}{kind}"
    for verb in ("Add", "Load", "Store", "Swap", "CompareAndSwap", "And", "Or")
    for kind in ("Int64", "Uint64")
)


def _mentions(case: Case, name: str | None = None) -> Iterator[tuple[Words, int]]:
    for words in case.uses.files:
        for at in words.where.get(name or case.name, ()):
            yield words, at


def find_literal(case: Case) -> Iterator[Hit]:
    """A composite literal without the fields' names (Go specification, Composite literals)."""
    for words, at in _mentions(case):
        opening = at + 1
        if words.at(opening) == "[" and words.match[opening] > 0:  # type arguments
            opening = words.match[opening] + 1
        if words.at(at - 1) == "[" and words.at(at - 2) == "map" and words.at(opening) == "]":
            opening += 1
            while words.at(opening) in ("*", "[", "]", ".") or _NAME.fullmatch(words.at(opening)):
                opening += 1
        if words.at(opening) != "{" or _is_result(words, at):
            continue
        held = words.at(at - 1) in ("]", "*", ".", "[") and _of_many(words, at)
        if any(_by_position(words, one) for one in _groups(words, opening, within=held)):
            yield case.hit(words, at, opening + 3)


def _of_many(words: Words, at: int) -> bool:
    """Whether the type stands behind ``[]``, ``[n]``, ``map[k]`` or as a map's key."""
    at -= 1
    while words.at(at) in ("*", ".") or (_NAME.fullmatch(words.at(at)) and words.at(at + 1) == "."):
        at -= 1
    return words.at(at) in ("]", "[")


def _is_result(words: Words, at: int) -> bool:
    """Whether the brace behind a type opens the body of a function that gives it back."""
    at -= 1
    while words.at(at) in ("*", ".", "]", "map", "chan", "-", "<") or (
        _NAME.fullmatch(words.at(at)) and words.at(at + 1) == "."
    ):
        at = words.match[at] - 1 if words.at(at) == "]" and words.match[at] >= 0 else at - 1
    return words.at(at) == ")"


def _groups(words: Words, opening: int, *, within: bool) -> Iterator[int]:
    """The braces of a literal that may hold the fields: its own, or all within it."""
    if not within:
        yield opening
        return
    for at in range(opening + 1, max(words.match[opening], opening)):
        if words.at(at) == "{" and not _is_result(words, at):
            yield at


def _by_position(words: Words, opening: int) -> bool:
    first, second = words.at(opening + 1), words.at(opening + 2)
    return first not in ("}", "{", "&") and second != ":"


def find_derived(case: Case) -> Iterator[Hit]:
    """Another type made of it, whose literals and conversions are not followed."""
    for words, at in _mentions(case):
        before = at - 1
        while words.at(before) in ("=", "*", "map", "]"):
            closing = words.at(before) == "]" and words.match[before] >= 0
            before = words.match[before] - 1 if closing else before - 1
        if before == at - 1 and words.at(before) == "type":
            continue  # its own declaration
        group = words.outer[before] if before >= 0 else -1
        grouped = group > 0 and words.at(group) == "(" and words.at(group - 1) == "type"
        if words.at(before - 1) == "type" or (grouped and _NAME.fullmatch(words.at(before))):
            yield case.hit(words, before, at + 1)


def find_conversion(case: Case) -> Iterator[Hit]:
    """A conversion to it: the other type's fields must stand in the same order."""
    for words, at in _mentions(case):
        plain = words.at(at + 1) == "(" and words.at(at - 1) not in ("func", ")", ".", "type")
        pointer = [words.at(at + step) for step in (-2, -1, 1, 2)] == ["(", "*", ")", "("]
        if plain or pointer:
            yield case.hit(words, at - 2 if pointer else at, at + 3)


def _beside(case: Case, package: str, calls: Collection[str]) -> Iterator[Hit]:
    """Calls of a package in files that name the type or one that holds it."""
    names = _holders(case)
    for words in case.uses.files:
        if not any(name in words.where for name in names):
            continue
        for at in words.where.get(package, ()):
            if words.at(at + 1) == "." and words.at(at + 2) in calls:
                yield case.hit(words, at, at + 4)


def _holders(case: Case) -> set[str]:
    """The type and all struct types of the files that name it between their braces, and so on."""
    bodies = []
    for words in case.uses.files:
        for at in words.where.get("struct", ()):
            opening = at + 1
            if words.at(opening) == "{" and words.match[opening] > 0:
                inside = set(words.texts[opening : words.match[opening]])
                bodies.append((words.at(at - 1), inside))
    found = {case.name}
    while True:
        more = {name for name, inside in bodies if inside & found} - found
        if not more:
            return found
        found |= more


def find_unsafe(case: Case) -> Iterator[Hit]:
    """Package unsafe in a file that names it: sizes, offsets and pointers may be taken of it."""
    yield from _beside(case, "unsafe", _UNSAFE)


def find_binary(case: Case) -> Iterator[Hit]:
    """Package encoding/binary in a file that names it: it writes fields in their order."""
    yield from _beside(case, "binary", _BINARY)


def find_atomic(case: Case) -> Iterator[Hit]:
    """64-bit functions of sync/atomic: on 32 bits only a struct's first word is aligned for them
    (sync/atomic, Bugs)."""
    record = case.record
    wide = record is not None and any(
        isinstance(field.type, Scalar) and field.type.key in ("int64", "uint64")
        for field in record.fields
    )
    if wide:
        yield from _beside(case, "atomic", _ATOMIC)


def find_reflect(case: Case) -> Iterator[Hit]:
    """A field taken by its number through package reflect, in a file that names it."""
    names = _holders(case)
    for words in case.uses.files:
        if any(name in words.where for name in names):
            for at in words.where.get("Field", ()):
                if words.at(at + 1) == "(" and words.at(at + 2).isdigit():
                    yield case.hit(words, at, at + 4)


def find_cgo(case: Case) -> Iterator[Hit]:
    """A file that names it and imports C: it may be passed to C."""
    names = _holders(case)
    for words in case.uses.files:
        if any(name in words.where for name in names):
            for at in words.where.get("import", ()):
                end = words.match[at + 1] if words.at(at + 1) == "(" else at + 1
                if '"C"' in words.texts[at : end + 1]:
                    yield case.hit(words, at, at + 2)


def find_tags(case: Case) -> Iterator[Hit]:
    """A field with a tag: encoders such as encoding/json write fields in their order."""
    record, text = case.record, case.text
    if record is None or text is None:
        return
    for field in record.fields:
        if field.span is not None and _TAG.search(text, *field.span):
            yield Hit(record.file, field.line, text[slice(*field.span)].split("\n")[0][:60])


def find_host_layout(case: Case) -> Iterator[Hit]:
    """structs.HostLayout among the fields: the layout is the host's by wish (package structs)."""
    for body in case.bodies[:1]:
        for at in range(body.opening, body.closing):
            if body.words.at(at) == "HostLayout":
                yield case.hit(body.words, at)


def find_generated(case: Case) -> Iterator[Hit]:
    """A generated file (go help generate): the next run writes it again."""
    match = _GENERATED.search(case.text or "")
    if match is not None and case.record is not None:
        line = (case.text or "").count("\n", 0, match.start()) + 1
        yield Hit(case.record.file, line, match[0][:60])


def find_twice(case: Case) -> Iterator[Hit]:
    """Another struct type of that name, as for another system: both would have to change alike."""
    found = [
        (words, at) for words, at in _mentions(case)
        if words.at(at + 1) == "struct" and words.at(at + 2) == "{"
    ]  # fmt: skip
    for words, at in found[1:]:
        yield case.hit(words, at, at + 2)
