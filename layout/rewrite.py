"""Another order of a record's members, written into its source.

What moves are the characters of a declaration and of the comments that are its, see
`layout.chunks`; no character is made up but for the line's end that a comment needs behind it, and
for the words that both halves of a divided declaration need. Blank lines go with the member that
they stand above; those above the first one change places with those of the one that becomes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.chunks import Body, Chunk, cut, notes
from layout.errors import LayoutError
from layout.model import Field, Record

__all__ = ["Edit", "apply", "edit", "headings", "rewrite", "settle"]

_BLANK_LINE = re.compile(r"\n[ \t\f\v]*\r?\n")
_BLANK_LINES = re.compile(r"(?:[ \t\f\v]*\r?\n)*")


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` becomes ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands in the new body: a whole chunk, or one member of a divided one."""

    text: str
    open: bool
    chunk: Chunk


def rewrite(text: str, record: Record, order: Sequence[Field]) -> str:
    """``text`` with the members of ``record``, which was read from it, in that order.

    ``order`` holds the record's own `Field` objects. Raises LayoutError when it holds others, or
    when the source does not let them move.
    """
    return apply(text, [edit(text, record, order)])


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits that do not overlap made."""
    out, at = [], 0
    for one in sorted(edits, key=lambda one: one.start):
        out += [text[at : one.start], one.replacement]
        at = one.end
    return "".join([*out, text[at:]])


def settle(text: str, record: Record, order: Sequence[Field]) -> list[Field]:
    """The order made possible: the members of a declaration that ``order`` tears apart, and that
    cannot be divided, follow its first one."""
    place = {id(member): at for at, member in enumerate(order)}
    keys: dict[int, tuple[int, int]] = {}
    for chunk in cut(text, record).chunks:
        members = chunk.fields
        whole = _is_whole(chunk, order, place)
        first = min(place[id(member)] for member in members)
        for index, member in enumerate(members):
            free = whole or _can_divide(text, chunk)
            keys[id(member)] = (place[id(member)], 0) if free else (first, index)
    return sorted(order, key=lambda member: keys[id(member)])


def headings(text: str, record: Record, order: Sequence[Field]) -> list[tuple[int, str]]:
    """Line and member of each comment that heads a group which ``order`` parts.

    Such a comment stands above the first member of a group between blank lines, and the next
    member, which has no comment above it, would no longer follow.
    """
    place = {id(member): at for at, member in enumerate(order)}
    chunks = cut(text, record).chunks
    found = []
    for at, (chunk, following) in enumerate(pairwise(chunks)):
        above, next_above = (text[one.start : one.span[0]] for one in (chunk, following))
        own = notes(next_above) or _BLANK_LINE.search(next_above)
        opens = notes(above) and (at == 0 or _BLANK_LINE.search(above))
        last, behind = chunk.fields[-1], following.fields[0]
        if opens and not own and place[id(behind)] != place[id(last)] + 1:
            start = chunk.start + above.index(notes(above)[0])
            line = text.count("\n", 0, start) + 1
            found.append((line, last.name or "a member without a name"))
    return found


def edit(text: str, record: Record, order: Sequence[Field]) -> Edit:
    """As `rewrite`, the change alone: all between the record's braces."""
    if sorted(map(id, order)) != sorted(map(id, record.fields)):
        raise LayoutError(f"{record.place}: {record.name}: the order holds other members")
    body = cut(text, record)
    assert record.span is not None  # noqa: S101
    if not body.chunks:
        return Edit(record.span[1] - 1, record.span[1] - 1, "")
    start, end = body.chunks[0].start, body.chunks[-1].end
    parts = _lead(body, _parts(text, record, body, order))
    new = _join(text, body, parts, text[end : record.span[1] - 1])
    if Counter(notes(text[start:end])) != Counter(notes(new)):
        raise LayoutError(
            f"{record.place}: {record.name}: a comment would be lost; move it by hand"
        )
    return Edit(start, end, new)


def _parts(text: str, record: Record, body: Body, order: Sequence[Field]) -> list[_Part]:
    place = {id(member): at for at, member in enumerate(order)}
    found: list[tuple[int, _Part]] = []
    for chunk in body.chunks:
        if _is_whole(chunk, order, place):
            whole = _Part(text[chunk.start : chunk.end], chunk.open, chunk)
            found.append((place[id(chunk.fields[0])], whole))
        elif _can_divide(text, chunk):
            divided = _divided(text, chunk, [place[id(member)] for member in chunk.fields])
            found += divided
        else:
            names = ", ".join(member.name or "unnamed" for member in chunk.fields)[:80]
            fault = f"the order tears the declaration of {names} apart; divide it by hand"
            raise LayoutError(f"{record.file}:{chunk.fields[0].line}: {record.name}: {fault}")
    return [part for _, part in sorted(found, key=lambda entry: entry[0])]


def _is_whole(chunk: Chunk, order: Sequence[Field], place: dict[int, int]) -> bool:
    first = place[id(chunk.fields[0])]
    behind = order[first : first + len(chunk.fields)]
    return all(one is other for one, other in zip(chunk.fields, behind, strict=False)) and len(
        behind
    ) == len(chunk.fields)


def _can_divide(text: str, chunk: Chunk) -> bool:
    """Whether each member can have a declaration of its own: no comment speaks for all of them,
    and nothing is defined in what they share."""
    if any(member.part is None for member in chunk.fields):
        return False
    shared = text[chunk.start : chunk.span[0]], text[chunk.span[1] : chunk.end]
    words = text[chunk.span[0] : chunk.span[1]]
    return not any(map(str.strip, shared)) and not re.search(r"[{}#]|//|/\*|\\\n", words)


def _divided(text: str, chunk: Chunk, places: list[int]) -> list[tuple[int, _Part]]:
    parts = [member.part for member in chunk.fields if member.part is not None]
    before = text[chunk.span[0] : parts[0][0]]
    behind = text[parts[-1][1] : chunk.span[1]]
    lead = text[chunk.start : chunk.span[0]]
    line = text[text.rfind("\n", 0, chunk.span[0]) + 1 : chunk.span[0]]
    again = (_newline(text) + line) if not line.strip() else " "
    out = []
    for index, (part, place) in enumerate(zip(parts, places, strict=True)):
        words = before + text[part[0] : part[1]] + behind
        out.append((place, _Part((again if index else lead) + words, False, chunk)))
    return out


def _lead(body: Body, parts: list[_Part]) -> list[_Part]:
    """Gives the blank lines above the new first member to the one that was the first."""
    first = next(at for at, part in enumerate(parts) if part.chunk is body.chunks[0])
    if not first:
        return parts
    new, old = _blank_lines(parts[0].text), _blank_lines(parts[first].text)
    if not (new and old):
        return parts
    out = list(parts)
    for at, own, other in ((0, new, old), (first, old, new)):
        out[at] = replace(parts[at], text=other + parts[at].text[len(own) :])
    return out


def _join(text: str, body: Body, parts: Sequence[_Part], behind: str) -> str:
    """The parts in a row, with a line's end and the usual indentation where a comment needs it."""
    first = body.chunks[0].span[0]
    line = text[text.rfind("\n", 0, first) + 1 : first]
    fresh = _newline(text) + ("" if line.strip() else line)
    out: list[str] = []
    needs_end = body.open
    for part in parts:
        breaks = needs_end and not _blank_lines(part.text)
        out.append(fresh + part.text.lstrip(" \t") if breaks else part.text)
        needs_end = part.open
    if needs_end and not _blank_lines(behind):
        out.append(_newline(text))
    return "".join(out)


def _blank_lines(text: str) -> str:
    """The line's ends that a text begins with, and the blanks before each."""
    match = _BLANK_LINES.match(text)
    return match[0] if match else ""


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
