"""A record's body cut into pieces that may change places: a member and the comments that are its.

What stands between two declarations belongs to the one before it when it is

- a comment that begins on the same line,
- a comment of its own line that continues that one: directly below and in the same column,
- a comment that says so (``/**<``, ``///<``, ``/*!<``, ``//!<``),
- a preprocessor line, and what stands above the last such line; but not a macro's definition that
  the declaration behind it uses;

everything else, blank lines among it, belongs to the one behind it. What follows the last member's
own stays at the end of the record, and a comment behind the opening brace stays there.

No language is named here: a reader that gives its members spans, and whose comments are ``//`` and
``/* */``, can have them moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from layout.errors import LayoutError
from layout.model import Field, Record

__all__ = ["Body", "Chunk", "cut", "notes"]

_LINE_COMMENT = r"//(?:\\\r?\n|\\.|[^\n\\\r]|\r(?!\n))*"
_BLOCK_COMMENT = r"/\*[\s\S]*?\*/"
_PIECE = re.compile(
    rf"(?P<newline>\r?\n)|(?P<blank>(?:[ \t\f\v\r]|\\\r?\n)+)|(?P<line>{_LINE_COMMENT})"
    rf"|(?P<block>{_BLOCK_COMMENT})"
    rf"|(?P<directive>\#(?:\"(?:[^\"\\\n]|\\.)*\"|{_LINE_COMMENT}|{_BLOCK_COMMENT}"
    r"|\\\r?\n|\\.|[^\n\\\r]|\r(?!\n))*)"
    r"|(?P<empty>;)|(?P<other>[\s\S])"
)
_COMMENT = re.compile(
    rf"(?P<comment>{_LINE_COMMENT}|{_BLOCK_COMMENT})"
    r"|\"(?:[^\"\\\n]|\\[\s\S])*\"|'(?:[^'\\\n]|\\[\s\S])*'"
)
_DEFINED = re.compile(r"#\s*define\s+([^\W\d]\w*)")
_BLANK_END = re.compile(r"[ \t\f\v]*(?=\r?\n)")
_BACKWARDS = ("/**<", "///<", "/*!<", "//!<")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One declaration with what is its: ``start`` to ``end`` of the text, the declaration itself
    from ``span[0]`` to ``span[1]``; ``open`` when only a line's end ends it."""

    fields: tuple[Field, ...]
    start: int
    span: tuple[int, int]
    end: int
    open: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A record's chunks, which touch each other; ``open`` as `Chunk` for what precedes them."""

    chunks: tuple[Chunk, ...]
    open: bool


def notes(text: str) -> list[str]:
    """Every comment of a text, in its order."""
    return [match[0] for match in _COMMENT.finditer(text) if match["comment"] is not None]


def cut(text: str, record: Record) -> Body:
    """The chunks of a record as it stands in ``text``.

    Raises LayoutError when a member does not stand there by itself, or when something that is
    neither member, comment nor preprocessor line stands between two.
    """
    if record.span is None:
        fault = "a macro opens or closes it; expand it"
        if record.language == "go":
            fault = "it is another type's with arguments; change that one"
        if record.preprocessed:
            fault = "preprocessed it is other text than in the file; expand what is inside"
        raise LayoutError(f"{record.place}: {record.name}: {fault}")
    spans: list[tuple[tuple[int, int], tuple[Field, ...]]] = []
    for span, members in groupby(record.fields, key=lambda member: member.span):
        own = tuple(members)
        if span is None or not record.span[0] < span[0] < span[1] < record.span[1]:
            what = own[0].name or "a member without a name"
            fault = f"'{what[:80]}' begins or ends within a macro; expand it"
            raise LayoutError(f"{record.file}:{own[0].line}: {record.name}: {fault}")
        if spans and span[0] < spans[-1][0][1]:
            fault = "two members stand in one place; expand macros first"
            raise LayoutError(f"{record.file}:{own[0].line}: {record.name}: {fault}")
        spans.append((span, own))
    if not spans:
        return Body((), False)
    stops = [*(span[0] for span, _ in spans[1:]), record.span[1] - 1]
    first = spans[0][0][0]
    below = [text[slice(*span)] for span, _ in spans] + [""]
    start, opened = _Gap(text, record.span[0] + 1, first, record).taken(below[0], in_front=True)
    chunks: list[Chunk] = []
    begin = start
    for (span, own), stop, following in zip(spans, stops, below[1:], strict=True):
        end, ends_open = _Gap(text, span[1], stop, record).taken(following)
        chunks.append(Chunk(own, begin, span, end, ends_open))
        begin = end
    return Body(tuple(chunks), opened)


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    start: int
    end: int
    row: int  # lines below the one that the gap starts on


class _Gap:
    """What stands between a declaration and the next."""

    def __init__(self, text: str, start: int, end: int, record: Record) -> None:
        self.text, self.start, self.end = text, start, end
        self.pieces = list(self._pieces(record))

    def _pieces(self, record: Record) -> Iterator[_Piece]:
        row = 0
        for match in _PIECE.finditer(self.text, self.start, self.end):
            kind = match.lastgroup or "other"
            fresh = row > 0 and not self.text[self._line(match.start()) : match.start()].strip()
            if kind == "other" or (kind == "directive" and not fresh):
                line = record.line + self.text.count("\n", (record.span or (0, 0))[0], self.start)
                fault = f"{match[0][:20]!r} between members is no member; move it out"
                raise LayoutError(f"{record.file}:{line + row}: {record.name}: {fault}")
            if kind == "newline":
                row += 1
            yield _Piece(kind, match.start(), match.end(), row)

    def taken(self, below: str, *, in_front: bool = False) -> tuple[int, bool]:
        """How far the gap belongs to what stands before it, and whether a line's end must follow.

        ``below`` is the declaration behind it. In front of all members nothing is taken when the
        first one stands on the brace's line.
        """
        if in_front and not any(piece.kind == "newline" for piece in self.pieces):
            return self.start, False
        last: _Piece | None = None
        for piece in self.pieces:
            if piece.kind == "directive":
                if self._is_used(piece, below):
                    break
                last = piece
            elif piece.kind in ("line", "block", "empty") and (
                piece.row == 0 or self._continues(piece, last)
            ):
                last = piece
        if last is None:
            return self._line_end(self.start), False
        return self._line_end(last.end), last.kind in ("line", "directive")

    def _is_used(self, piece: _Piece, below: str) -> bool:
        """Whether the directive defines a macro that the declaration below uses."""
        name = _DEFINED.match(self.text, piece.start, piece.end)
        return name is not None and re.search(rf"\b{re.escape(name[1])}\b", below) is not None

    def _continues(self, piece: _Piece, last: _Piece | None) -> bool:
        """Whether a comment on a line of its own goes on with what stands above it."""
        text = self.text
        if text[self._line(piece.start) : piece.start].strip():
            return last is not None and not text[last.end : piece.start].strip(" \t\f\v")
        if text.startswith(_BACKWARDS, piece.start):
            return True
        if last is None or last.kind not in ("line", "block"):
            return False
        below = text.count("\n", last.end, piece.start) == 1
        beside = text[self._line(last.start) : last.start].strip() != "" or last.row > 0
        return below and beside and self._column(piece.start) == self._column(last.start)

    def _line(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _column(self, at: int) -> int:
        return len(self.text[self._line(at) : at].expandtabs(8))

    def _line_end(self, at: int) -> int:
        """Behind the blanks at that place when only they stand before the line's end."""
        match = _BLANK_END.match(self.text, at, self.end)
        return match.end() if match else at
