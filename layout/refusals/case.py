"""What a finder is given, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from layout.model import Field, Record
from layout.refusals.uses import Subject, Uses
from layout.refusals.words import Words

__all__ = ["Body", "Case", "Finder", "Hit", "Refusal"]

# Definitions of one name that are looked at: the second one refuses the record already.
MAX_BODIES = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a reason not to touch a record stands, ``words`` as the source has them there."""

    path: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Body:
    """A record's definition: its opening brace, the first word of the declaration and the last."""

    words: Words
    opening: int
    first: int
    last: int

    @property
    def closing(self) -> int:
        """The brace that closes it, or the opening one when none does."""
        return max(self.words.match[self.opening], self.opening)


class Case:
    """A record that is to get another order: ``order`` its members as they would stand.

    ``record`` and ``text`` are None for a record that only holds the one to be changed, and is
    known from its name alone.
    """

    def __init__(
        self,
        name: str,
        uses: Uses,
        *,
        record: Record | None = None,
        order: Sequence[Field] = (),
        text: str | None = None,
        holders: frozenset[str] = frozenset(),
    ) -> None:
        self.name, self.uses, self.record = name, uses, record
        self.order, self.text, self.holders = tuple(order), text, holders

    @cached_property
    def subject(self) -> Subject:
        """Its names and mentions."""
        return self.uses.subject(self.name)

    @cached_property
    def bodies(self) -> list[Body]:
        """Its definitions: the one that was read, and others of the same tag or typedef."""
        found: list[tuple[Words, int]] = self.subject.definitions[:MAX_BODIES]
        if self.record is not None and self.record.span is not None:
            words = next(w for w in self.uses.files if w.path == self.record.file)
            own = (words, words.word(self.record.span[0]))
            found = [
                own,
                *(other for other in found if other[0] is not words or other[1] != own[1]),
            ]
        elif not found:
            found = self.subject.named[:MAX_BODIES]
        return [_body(words, opening) for words, opening in found]

    def hit(self, words: Words, index: int, until: int | None = None) -> Hit:
        """The place of a word, and the words up to ``until``."""
        end = index + 1 if until is None else until
        spoken = " ".join(words.texts[index : min(end, index + 12)])
        spoken = re.sub(r"\s*([\[\](),.;]|->)\s*", r"\1", spoken)
        spoken = re.sub(r"([*&]) (?=[\w*])", r"\1", spoken)
        return Hit(words.path, words.line(words.offsets[index]), spoken[:60])


def _body(words: Words, opening: int) -> Body:
    first = opening
    while first > 0 and words.at(first - 1) not in (";", "}", "{", "\n"):
        first -= 1
    last = max(words.match[opening], opening)
    while last < len(words.texts) - 1 and words.at(last) not in (";", "\n"):
        last += 1
    return Body(words, opening, first, last)


Finder = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row: a record that ``find`` finds something for is not touched unless ``name`` is allowed.

    ``title`` says what was found. ``held`` whether it counts too for a record that holds the one to
    be changed by value, and so changes its size or offsets. A language without a row is not edited.
    """

    name: str
    title: str
    find: Finder
    held: bool = False
    languages: tuple[str, ...] = ("c",)
