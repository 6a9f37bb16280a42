"""A source as plain words, for finding uses: no macro is expanded, every branch is read.

The reader of declarations must be exact; who looks for uses must miss none, also in function
bodies, in both branches of a conditional and in the bodies of macros. The body of each ``#define``
stands behind the file's own words, behind a word of its own, `END`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

__all__ = ["END", "Words", "split"]

# Ends a macro's body and the file: no name or bracket reaches across it.
END = "\n"

_WORD = re.compile(
    r"(?P<blank>\s+|\\\r?\n)"
    r"|(?P<comment>//(?:\\\r?\n|\\.|[^\n\\])*|/\*[\s\S]*?(?:\*/|\Z))"
    r"|(?P<directive>\#)"
    r"|(?P<word>(?:u8|[uUL])?\"(?:[^\"\\\n]|\\[\s\S])*\"?|(?:u8|[uUL])?'(?:[^'\\\n]|\\[\s\S])*'?"
    r"|[^\W\d][\w$]*|\.?\d(?:[eEpP][+-]|[\w.])*|->|::|\.\.\.|[\s\S])"
)
_DIRECTIVE = re.compile(
    r"\#(?:\"(?:[^\"\\\n]|\\.)*\"|//(?:\\\r?\n|\\.|[^\n\\])*|/\*[\s\S]*?(?:\*/|\Z)|\\\r?\n|\\."
    r"|[^\n])*"
)
_DEFINE = re.compile(r"\#\s*define\s+([^\W\d]\w*)(\([^)\n]*\))?")
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(slots=True)
class Words:
    """The words of one file. ``match`` of a bracket is its partner or -1; ``outer`` of any word the
    bracket that is open around it or -1; ``macros`` the first word of each macro's body."""

    path: str
    texts: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    match: list[int] = field(default_factory=list)
    outer: list[int] = field(default_factory=list)
    where: dict[str, list[int]] = field(default_factory=dict)
    macros: dict[str, int] = field(default_factory=dict)
    comments: list[tuple[int, str]] = field(default_factory=list)  # offset, words
    newlines: list[int] = field(default_factory=list)

    def line(self, offset: int) -> int:
        """The line of a character, from 1."""
        return bisect_left(self.newlines, offset) + 1

    def at(self, index: int) -> str:
        """That word, `END` outside of the file."""
        return self.texts[index] if 0 <= index < len(self.texts) else END

    def word(self, offset: int) -> int:
        """The index of the word that begins at that character, or the one before it."""
        return bisect_right(self.offsets, offset, hi=self._main()) - 1

    def commented(self, start: int, end: int) -> list[tuple[int, str]]:
        """The comments that begin between two characters."""
        first = bisect_left(self.comments, (start, ""))
        last = bisect_left(self.comments, (end, ""))
        return self.comments[first:last]

    def _main(self) -> int:
        ends = self.where.get(END, [])
        return ends[0] if ends else len(self.texts)


_GO_TEXT = re.compile(
    r"`[^`]*(?:`|\Z)|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
)


def _without_raw_strings(text: str) -> str:
    """A Go source with blanks in place of what stands between backquotes, line by line."""

    def blank(match: re.Match[str]) -> str:
        raw = match[0].startswith("`")
        return re.sub(r"[^\n]", " ", match[0]) if raw else match[0]

    return _GO_TEXT.sub(blank, text)


def split(text: str, path: str) -> Words:
    """The words of a C, C++ or Go source. Never raises."""
    if path.lower().endswith(".go"):
        text = _without_raw_strings(text)
    out = Words(path, newlines=[match.start() for match in re.finditer("\n", text)])
    bodies: list[tuple[str, int, int]] = []
    _scan(text, 0, len(text), out, bodies)
    _add(out, END, len(text))
    for name, start, end in bodies:
        out.macros[name] = len(out.texts)
        _scan(text, start, end, out, None)
        _add(out, END, end)
    _pair(out)
    return out


def _scan(
    text: str, start: int, end: int, out: Words, bodies: list[tuple[str, int, int]] | None
) -> None:
    at = start
    while at < end:
        match = _WORD.match(text, at, end)
        if match is None:
            return
        at = match.end()
        if match["word"] is not None:
            _add(out, match["word"], match.start())
        elif match["comment"] is not None and bodies is not None:
            out.comments.append((match.start(), match["comment"]))
        elif match["directive"] is not None and bodies is not None:
            at = _directive(text, match.start(), end, out, bodies)


def _directive(
    text: str, start: int, end: int, out: Words, bodies: list[tuple[str, int, int]]
) -> int:
    """Passes over a preprocessor line and remembers where a macro's body stands."""
    match = _DIRECTIVE.match(text, start, end)
    behind = match.end() if match else start + 1
    define = _DEFINE.match(text, start, behind)
    if define is not None:
        bodies.append((define[1], define.end(), behind))
    for comment in re.finditer(r"/\*[\s\S]*?(?:\*/|\Z)|//[^\n]*", text[start:behind]):
        out.comments.append((start + comment.start(), comment[0]))
    return behind


def _add(out: Words, word: str, offset: int) -> None:
    if word[0].isalpha() or word[0] in "_$\n":
        out.where.setdefault(word, []).append(len(out.texts))
    out.texts.append(word)
    out.offsets.append(offset)


def _pair(out: Words) -> None:
    out.match = [-1] * len(out.texts)
    out.outer = [-1] * len(out.texts)
    stack: list[int] = []
    for index, text in enumerate(out.texts):
        if text == END:
            stack.clear()
        if text in _CLOSING:
            # A closing brace ends whatever was left open inside of it.
            while text == "}" and stack and out.texts[stack[-1]] != "{":
                stack.pop()
            if stack and out.texts[stack[-1]] == _CLOSING[text]:
                out.match[index] = stack[-1]
                out.match[stack.pop()] = index
        out.outer[index] = stack[-1] if stack else -1
        if text in ("(", "[", "{"):
            stack.append(index)
