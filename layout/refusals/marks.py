"""Marks by which an author says that a record's bytes are fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.refusals.case import Case, Hit
from layout.refusals.uses import QUALIFIERS

__all__ = ["find_packed", "find_remark", "find_volatile", "find_wire"]

_PACKED = re.compile(
    r"_*packed_*|_*PACKED_*|\w*_PACKED|PACKED_\w*|\w*ATTR\w*PACK\w*|\w*attr\w*_packed\w*"
)
_WIRE_TYPE = re.compile(
    r"__[bl]e(16|32|64)|[bl]e(16|32|64)(_t)?|u?int(16|32|64)_?[bl]e(_t)?|u?int_?(16|32|64)[bl]e(_t)?"
    r"|\w+_[bl]e(16|24|32|64)|[bl]e_?u?int(16|32|64)(_t)?|[bl]e_u(16|32|64)"
)
_WIRE_NAME = re.compile(
    r"(^|[_\s])(wire|on_?wire|packet|pkt|pdu|on_?disk|disk|super_?block|datagram)(s?$|_)"
    r"|Packet|OnDisk|Wire(?![a-z])|Pdu(?![a-z])",
)
_WIRE_WORDS = re.compile(
    r"\bon[- ](the[- ])?(wire|disk|media)\b|\bwire\b|\bpackets?\b|\bpdus?\b|\bdatagrams?\b"
    r"|\b(file|disk|wire|binary)[- ]format\b|\b(network|host) (byte )?order\b|\bbyte[- ]order\b"
    r"|\b(little|big)[- ]?endian\b|\bseriali[sz]ed?\b|\bioctls?\b|\bshared memory\b"
    r"|\bmemory[- ]mapped\b|\bABI\b|\bbinary compatib|\bhardware\b|\bregisters\b",
    re.IGNORECASE,
)
_REMARK_WORDS = re.compile(
    r"\b(must|has to|should|needs to) (be|stay|remain|come|go|keep) (the |at the )?"
    r"(first|last|beginning|start|end|top|front)\b"
    r"|\b(keep|leave)\b[^.]{0,40}\b(first|last|in sync|together|order)\b"
    r"|\b(do not|don'?t|never|not to be) (re-?order|move|rearrange|insert)"
    r"|\bchang(e|ing) the (order|layout)\b"
    r"|\b(the |this )order (of|is|matters|must)\b|\bsame (layout|order|offsets?) as\b"
    r"|\bcache[- ]?lines?\b|\b\d+[- ]bytes? hole\b|^[/*!<\s]*(offset\W+)?0x[0-9a-f]+\b"
    r"|\boffset (is |of )?(0x[0-9a-f]+|\d+)\b|\b(synchroni[sz]ed|in sync|lockstep) with\b"
    r"|\bshares? (the|its) (first|initial|prefix)|\bfields? above\b|\bfields? below\b",
    re.IGNORECASE,
)


def find_packed(case: Case) -> Iterator[Hit]:
    """A packed attribute of the record or a member, or `#pragma pack` where it is defined."""
    for body in case.bodies:
        for index in range(body.first, body.last + 1):
            word = body.words.at(index)
            # A member may be called "packed".
            inside = word == "packed" and body.words.at(body.words.outer[index]) != "("
            if _PACKED.fullmatch(word) and not inside:
                yield case.hit(body.words, index)
    record = case.record
    if record is not None and record.pack is not None:
        yield Hit(record.file, record.line, f"#pragma pack({record.pack})")
    if record is not None and (record.packed or any(member.packed for member in record.fields)):
        yield Hit(record.file, record.line, "packed")


def find_wire(case: Case) -> Iterator[Hit]:
    """Types of a fixed byte order, and names and comments that speak of bytes elsewhere."""
    for body in case.bodies:
        for name in case.subject.names:
            if _WIRE_NAME.search(name):
                line = body.words.line(body.words.offsets[body.opening])
                yield Hit(body.words.path, line, name)
        for index in range(body.opening, body.closing):
            if _WIRE_TYPE.fullmatch(body.words.at(index)):
                yield case.hit(body.words, index)
    yield from _spoken(case, _WIRE_WORDS)


def find_remark(case: Case) -> Iterator[Hit]:
    """A comment in or right above the record that says its order matters."""
    yield from _spoken(case, _REMARK_WORDS)


def find_volatile(case: Case) -> Iterator[Hit]:
    """Volatile objects of the type: registers and memory that others write."""
    for site in case.subject.sites:
        words = site.words
        around = (*range(site.before + 1, site.first), *range(site.end, site.after))
        if any(words.at(at) == "volatile" for at in around):
            yield case.hit(words, site.before + 1, site.declared + 1)
    for body in case.bodies:
        for index in range(body.first, body.opening):
            if body.words.at(index) == "volatile":
                yield case.hit(body.words, index)
        at = body.closing + 1
        while body.words.at(at) in QUALIFIERS:
            if body.words.at(at) == "volatile":
                yield case.hit(body.words, at)
            at += 1


def _spoken(case: Case, pattern: re.Pattern[str]) -> Iterator[Hit]:
    """The comments above, within and on the last line of each definition that match."""
    for body in case.bodies:
        words = body.words
        start = words.offsets[body.first - 1] + 1 if body.first else 0
        end = words.offsets[body.last]
        for offset, comment in words.commented(start, end + 200):
            if offset > end and words.line(offset) > words.line(end):
                break
            match = pattern.search(" ".join(comment.split()))
            if match is not None:
                yield Hit(words.path, words.line(offset), f"comment: {match[0].strip()}"[:60])
