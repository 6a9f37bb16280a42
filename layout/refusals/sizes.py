"""Places that know a record's size or a member's offset."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.model import MAX_DEPTH
from layout.refusals.case import Case, Hit
from layout.refusals.words import Words

__all__ = ["find_assert", "find_offsetof", "find_sizeof", "find_sizeof_allocation"]

_ASSERT = re.compile(
    r"_?_?static_?assert\w*|build_(bug|assert)\w*|(compile_?time|ct|c|assert_?static|static_?check)"
    r"_?assert\w*|verify|_Static_assert|G_STATIC_ASSERT\w*",
    re.IGNORECASE,
)
_OFFSETOF = re.compile(r"(__builtin_)?(\w*_)?offset_?of(end)?|FIELD_OFFSET|struct_offset", re.I)
# Calls that take an object's size and do not care what lies where in it.
_ALLOCATION = re.compile(r"\w*(alloc|calloc|memset|bzero|memzero|free)\w*", re.IGNORECASE)


def _calls(words: Words, index: int) -> Iterator[tuple[int, str]]:
    """The names before the round brackets around a word, innermost first."""
    around = words.outer[index]
    for _ in range(MAX_DEPTH):
        if around < 0:
            return
        if words.at(around) == "(":
            yield around - 1, words.at(around - 1)
        elif words.at(around) == "{":
            return
        around = words.outer[around]


def find_offsetof(case: Case) -> Iterator[Hit]:
    """``offsetof``, also as ``&((s *)0)->member``; not container_of, which goes by the name."""
    for site in case.subject.sites:
        words = site.words
        for at, name in _calls(words, site.first):
            if _OFFSETOF.fullmatch(name) and not _is_asserted(words, site.first):
                yield case.hit(words, at, words.match[at + 1] + 1)
        end = site.declared
        null = words.at(end) == ")" and words.at(end + 1) in ("0", "NULL")
        if site.pointers and null and words.at(end + 2) == ")" and words.at(end + 3) == "->":
            yield case.hit(words, site.first, end + 5)


def _is_asserted(words: Words, index: int) -> bool:
    return any(_ASSERT.fullmatch(name) for _, name in _calls(words, index))


def find_assert(case: Case) -> Iterator[Hit]:
    """An assertion at compile time that names the type."""
    for site in case.subject.sites:
        for at, name in _calls(site.words, site.first):
            if _ASSERT.fullmatch(name):
                yield case.hit(site.words, at, site.words.match[at + 1] + 1)
                break


def find_sizeof(case: Case) -> Iterator[Hit]:
    """``sizeof`` of the type or of an object of it, but in an allocation."""
    return (case.hit(words, at, end) for words, at, end in _sizeofs(case, allocation=False))


def find_sizeof_allocation(case: Case) -> Iterator[Hit]:
    """``sizeof`` as an argument of malloc, memset and the like."""
    return (case.hit(words, at, end) for words, at, end in _sizeofs(case, allocation=True))


def _sizeofs(case: Case, *, allocation: bool) -> Iterator[tuple[Words, int, int]]:
    for order, at, end in sorted(set(_measured(case))):
        words = case.uses.files[order]
        names = [name for _, name in _calls(words, at)]
        allocates = any(_ALLOCATION.fullmatch(name) for name in names)
        if allocates is allocation and not _is_asserted(words, at):
            yield words, at, end


def _measured(case: Case) -> Iterator[tuple[int, int, int]]:
    """File, first word and end of every sizeof that depends on the record."""
    orders = {id(words): order for order, words in enumerate(case.uses.files)}
    for site in case.subject.sites:
        around = site.words.outer[site.first]
        direct = around >= 0 and site.words.at(around - 1) in ("sizeof", "_Alignof", "alignof")
        if direct and not site.pointers:
            yield orders[id(site.words)], around - 1, site.words.match[around] + 1
    for order, words in enumerate(case.uses.files):
        variables = case.subject.variables(words)
        if not variables:
            continue
        for at in words.where.get("sizeof", ()):
            end = _operand(words, at + 1)
            if _is_object(words, at + 1, end, variables):
                yield order, at, end


def _operand(words: Words, at: int) -> int:
    """Behind the operand that begins there: a bracketed one, or a unary expression."""
    if words.at(at) == "(" and words.match[at] > 0:
        return words.match[at] + 1
    while words.at(at) in ("*", "&"):
        at += 1
    at += 1
    while words.at(at) in (".", "->", "["):
        at = words.match[at] + 1 if words.at(at) == "[" and words.match[at] > 0 else at + 2
    return at


def _is_object(words: Words, first: int, end: int, variables: dict[str, int]) -> bool:
    """Whether an operand is an object of the type: ``x``, ``*p``, ``p[0]``, ``q->x``."""
    texts = [text for text in words.texts[first:end] if text not in ("(", ")")]
    depth = texts.count("[")
    while texts and texts[-1] == "]":
        del texts[len(texts) - 1 - texts[::-1].index("[") :]
    if not texts or texts[-1] not in variables:
        return False
    reached = depth
    for text in texts:
        if text != "*":
            break
        reached += 1
    return reached >= variables[texts[-1]]
