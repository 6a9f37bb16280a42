"""Other records that share a record's bytes: unions, holders, second definitions."""

from __future__ import annotations

from collections.abc import Iterator

from layout.refusals.case import Case, Hit
from layout.refusals.words import Words

__all__ = ["find_twice", "find_union", "holders"]


def find_union(case: Case) -> Iterator[Hit]:
    """A member of a union, by value (C11 6.5.2.3 paragraph 6: structs there may share their first
    members; and anyone may read the bytes through another member)."""
    for words, at, around in _memberships(case):
        if _kind(words, around) == "union":
            yield case.hit(words, at, at + 3)


def find_twice(case: Case) -> Iterator[Hit]:
    """Another definition of the same name: all of them would have to change alike."""
    for body in case.bodies[1:]:
        yield case.hit(body.words, body.opening - 2, body.opening)


def holders(case: Case) -> set[str]:
    """Names of the records that hold it by value, in whatever they hold without a name too."""
    found = set()
    for words, _, opening in _memberships(case):
        around = opening
        while around >= 0 and _kind(words, around):
            name = _name(words, around)
            if name and name != case.name:
                found.add(name)
            around = _brace_around(words, around)
    return found


def _memberships(case: Case) -> Iterator[tuple[Words, int, int]]:
    """Where the type is a member by value: its word, and the brace that is open around it."""
    for site in case.subject.sites:
        words = site.words
        end = site.end
        if words.at(end) == "{" and words.match[end] > 0:
            end = words.match[end] + 1
            declares = words.at(end)
        else:
            declares = "" if site.pointers else words.at(site.declared)
        is_name = declares[:1].isalpha() or declares[:1] == "_"
        around = words.outer[site.first]
        if is_name and around >= 0 and words.at(around) == "{" and _kind(words, around):
            yield words, site.first, around
    for body in case.bodies[:1]:
        around = body.words.outer[body.opening]
        if around >= 0 and body.words.at(around) == "{" and _kind(body.words, around):
            yield body.words, body.first, around


def _brace_around(words: Words, index: int) -> int:
    around = words.outer[index]
    while around >= 0 and words.at(around) != "{":
        around = words.outer[around]
    return around


def _kind(words: Words, opening: int) -> str:
    """``struct`` or ``union`` when that brace opens the members of one, else nothing."""
    at = opening - 1
    for _ in range(6):
        text = words.at(at)
        if text in ("struct", "union", "class"):
            return text
        if text == ")" and words.match[at] > 0:
            at = words.match[at]
        elif not (text[0].isalnum() or text[0] == "_"):
            return ""
        at -= 1
    return ""


def _name(words: Words, opening: int) -> str:
    """The name of the record that a brace opens, by its tag or its typedef."""
    before, kind = words.at(opening - 1), _kind(words, opening)
    if before not in (kind, ")") and before[0] not in "({":
        return f"{kind} {before}"
    closing = words.match[opening]
    behind = words.at(closing + 1) if closing > 0 else ""
    first = opening
    while first > 0 and words.at(first - 1) not in (";", "}", "{", "\n"):
        first -= 1
    return behind if words.at(first) == "typedef" and behind[:1].isalpha() else ""
