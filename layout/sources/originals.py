"""Where the text of a preprocessed record stands in the file itself, when it stands there as it is.

A rewriter moves characters of the file, and a reader's spans count those of the preprocessor's
output. The two agree on a record when its tokens between the braces are the same in both, comments
and white space aside: no macro expanded, no conditional decided, nothing included in between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from layout.errors import LayoutError

__all__ = ["Original", "Span"]

Span = tuple[int, int]  # the first character and the first one behind

_TOKEN = re.compile(
    r"(?P<blank>\s+|//[^\n]*|/\*[\s\S]*?\*/)"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[\w$]+|[^\s\w]"
)
_MARKERS = re.compile(r"^[ \t]*#[^\n]*$", re.MULTILINE)

# Tokens of one record that are compared at most; real ones have hundreds.
MAX_TOKENS = 200_000


class Original:
    """The file that a preprocessor's output was made of."""

    def __init__(self, text: str, expanded: str) -> None:
        self._text = text
        # Markers among the members are no part of them; blanks keep every offset.
        self._expanded = _MARKERS.sub(lambda marker: " " * len(marker[0]), expanded)
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._newlines = [match.start() for match in re.finditer("\n", expanded)]

    @classmethod
    def of(cls, path: str, expanded: str) -> Original:
        """Reads the file as a rewriter does: UTF-8, any other byte a lone surrogate."""
        try:
            data = Path(path).read_bytes()
        except (OSError, ValueError) as error:
            raise LayoutError(f"{path}: {error}; name a source file that can be read") from None
        return cls(data.decode("utf-8", "surrogateescape"), expanded)

    def line_of(self, offset: int) -> int:
        """The line, from 1, of a character of the output."""
        return bisect_left(self._newlines, offset) + 1

    def places(self, span: Span, line: int) -> dict[int, int]:
        """Offsets in the output -> offsets in the file, at each token's ends within ``span``.

        ``line`` is the one of the file, from 1, on which the span's first token was written. Empty
        where the tokens are not the same.
        """
        if not 0 < line <= len(self._lines):
            return {}
        begin = self._lines[line - 1]
        end = self._lines[line] if line < len(self._lines) else len(self._text)
        wanted = self._expanded[span[0] : span[0] + 1]
        for first, _ in _tokens(self._text, begin, end):
            if self._text[first] == wanted:
                places = self._compared(span, first)
                if places:
                    return places
        return {}

    def _compared(self, span: Span, first: int) -> dict[int, int]:
        places: dict[int, int] = {}
        ours = _tokens(self._text, first, len(self._text))
        for count, (start, end) in enumerate(_tokens(self._expanded, *span)):
            begin, stop = next(ours, (0, 0))
            if count == MAX_TOKENS or self._text[begin:stop] != self._expanded[start:end]:
                return {}
            places[start], places[end] = begin, stop
        return places


def _tokens(text: str, begin: int, end: int) -> Iterator[Span]:
    """The ends of each token, comments and white space passed over."""
    for match in _TOKEN.finditer(text, begin, end):
        if match["blank"] is None:
            yield match.span()
