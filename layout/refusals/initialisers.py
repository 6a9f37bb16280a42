"""Initialisers that give values by position."""

from __future__ import annotations

from collections.abc import Iterator

from layout.model import MAX_DEPTH
from layout.refusals.case import Case, Hit
from layout.refusals.records import holders
from layout.refusals.uses import QUALIFIERS, Site, Subject, is_cpp
from layout.refusals.words import END, Words

__all__ = ["find_positional"]


def find_positional(case: Case) -> Iterator[Hit]:
    """An initialiser or compound literal of the type, of arrays of it, or of what holds it, with a
    value that no designator names. All zero, ``{0}`` or ``{}``, is the same in any order."""
    for site in case.subject.sites:
        yield from _of_site(case, site, case.subject)
    for holder in sorted(holders(case)):
        subject = case.uses.subject(holder)
        for site in subject.sites:
            for words, at, _ in _initialisers(site, subject):
                bad = _anywhere(words, at)
                if bad:
                    yield case.hit(words, bad, bad + 6)


def _of_site(case: Case, site: Site, subject: Subject) -> Iterator[Hit]:
    for words, at, arrays in _initialisers(site, subject):
        if words.at(at) == "{" and is_cpp(words.path):
            # Designators of C++ must stand in the order of the members (C++20 9.4.2).
            bad = 0 if _is_zero(words, at) else at
        elif words.at(at) == "{":
            bad = _anywhere(words, at) if arrays < 0 else _at_level(words, at, arrays)
        else:
            bad = _by_macro(case, words, at)
        if bad:
            yield case.hit(words, bad, bad + 6)


def _initialisers(site: Site, subject: Subject) -> Iterator[tuple[Words, int, int]]:
    """Each initialiser's first word, and how many levels of arrays it has; -1 when unknown."""
    words = site.words
    name = words.at(site.first) if site.end - site.first == 1 else ""
    hidden = -1 if subject.names.get(name, (0, False))[1] else 0
    at = site.after
    if words.at(site.before) == "(":  # a compound literal
        level, end = _bounds(words, at)
        if words.at(end) == ")" and words.at(end + 1) == "{":
            yield words, end + 1, hidden or level
        return
    if words.at(at) == "{" and words.match[at] > 0:
        at = words.match[at] + 1  # its definition, which may go on with objects
    while True:
        stars = site.stars
        while words.at(at) == "*" or words.at(at) in QUALIFIERS:
            stars, at = stars + (words.at(at) == "*"), at + 1
        if not (words.at(at)[0].isalpha() or words.at(at)[0] == "_"):
            return
        level, at = _bounds(words, at + 1)
        while words.at(at) in ("__attribute__", "__attribute") and words.match[at + 1] > 0:
            at = words.match[at + 1] + 1
        braced = words.at(at) == "{" and is_cpp(words.path)
        if words.at(at) == "=" or braced:
            at += words.at(at) == "="
            if not stars:
                yield words, at, hidden or level
            at = _behind(words, at)
        if words.at(at) != ",":
            return
        at += 1


def _bounds(words: Words, at: int) -> tuple[int, int]:
    level = 0
    while words.at(at) == "[" and words.match[at] > 0:
        level, at = level + 1, words.match[at] + 1
    return level, at


def _behind(words: Words, at: int) -> int:
    """The comma or semicolon that ends an initialiser."""
    while words.at(at) not in (",", ";", ")", "}", "=", END):
        at = words.match[at] + 1 if words.match[at] > at else at + 1
    return at


def _elements(words: Words, opening: int) -> Iterator[tuple[int, int]]:
    """First word and end of each element of a list."""
    at, closing = opening + 1, words.match[opening]
    while at < closing:
        end = at
        while end < closing and words.at(end) != ",":
            end = words.match[end] + 1 if words.match[end] > end else end + 1
        if end > at:
            yield at, end
        at = end + 1


def _is_zero(words: Words, opening: int) -> bool:
    inside = words.texts[opening + 1 : words.match[opening]]
    return inside in ([], ["0"], ["0", ","])


def _at_level(words: Words, opening: int, arrays: int) -> int:
    """The first value by position of a record in an initialiser of so many levels of arrays, or 0.
    Where arrays leave out their inner braces, or a macro stands, the values are by position."""
    if words.match[opening] < 0 or _is_zero(words, opening):
        return 0
    for first, end in _elements(words, opening):
        at = first
        if not arrays:
            gnu = words.at(first + 1) == ":" and words.at(first)[0].isalpha()
            if words.at(first) != "." and not gnu:
                return first
            continue
        while at < end and words.at(at) == "[" and words.match[at] > 0:
            at = words.match[at] + 1
        at += words.at(at) == "="
        if words.at(at) == "(":  # a compound literal is found by itself
            continue
        if words.at(at) != "{":
            return first
        bad = _at_level(words, at, arrays - 1)
        if bad:
            return bad
    return 0


def _anywhere(words: Words, opening: int, depth: int = 0) -> int:
    """The first value by position at any level of an initialiser, or 0."""
    if depth > MAX_DEPTH:
        return opening
    if words.at(opening) != "{" or words.match[opening] < 0 or _is_zero(words, opening):
        return 0
    for first, end in _elements(words, opening):
        named = words.at(first) in (".", "[") or words.at(first + 1) == ":"
        if not named:
            return first
        for at in range(first, end):
            if words.at(at) == "{" and words.at(at - 1) in ("=", ")", ":"):
                bad = _anywhere(words, at, depth + 1)
                if bad:
                    return bad
    return 0


def _by_macro(case: Case, words: Words, at: int) -> int:
    """The word when it is a macro whose list is by position, or one that the files do not have."""
    name = words.at(at)
    for other in case.uses.files:
        start = other.macros.get(name)
        if start is not None:
            if other.at(start) != "{":
                return 0 if other.at(start) == "(" else at
            return at if _anywhere(other, start) else 0
    alone = words.at(at + 1) in (";", ",", "(")
    return at if alone and name.isupper() and name != "NULL" and len(name) > 1 else 0
