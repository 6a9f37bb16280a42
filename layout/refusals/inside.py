"""What stands between a record's braces and keeps it from being moved blindly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.refusals.case import Case, Hit

__all__ = ["find_directive", "find_macro", "find_macro_constant", "find_preprocessed"]

_COMMENT = re.compile(r"/\*[\s\S]*?\*/|//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"")
_DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(\w*)[^\n]*", re.MULTILINE)
_LINE_MARK = re.compile(r"^#(?:line)?[ \t]+(\d+)[ \t]+\"", re.MULTILINE)


def _macros(case: Case, *, constant: bool) -> Iterator[Hit]:
    body = case.bodies[0]
    words = body.words
    # What stands around the braces may be its name or an attribute.
    for index in range(body.first, body.last + 1):
        known = case.uses.is_macro(words.at(index), words)
        if known and _is_constant(case, index) is constant:
            yield case.hit(words, index)


def _is_constant(case: Case, index: int) -> bool:
    """Whether a word stands within an array's bound or is a bit-field's width."""
    words = case.bodies[0].words
    around, opening = words.outer[index], case.bodies[0].opening
    while around > opening:
        if words.at(around) == "[":
            return True
        around = words.outer[around]
    return words.at(index - 1) == ":"


def find_macro(case: Case) -> Iterator[Hit]:
    """A macro of the files given that stands for a part of the record's declaration."""
    return _macros(case, constant=False)


def find_macro_constant(case: Case) -> Iterator[Hit]:
    """A macro of the files given as an array's bound or a bit-field's width."""
    return _macros(case, constant=True)


def find_directive(case: Case) -> Iterator[Hit]:
    """A preprocessor line that is no definition."""
    record, text = case.record, case.text
    if record is None or text is None or record.span is None:
        return
    start, end = record.span

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    inside = _COMMENT.sub(blank, text[start:end])
    for match in _DIRECTIVE.finditer(inside):
        if match[1] != "define":
            line = text.count("\n", 0, start + match.start()) + 1
            yield Hit(record.file, line, match[0].strip()[:60])


def find_preprocessed(case: Case) -> Iterator[Hit]:
    """Line marks of a preprocessor: the file is not what people edit."""
    record, text = case.record, case.text
    if record is None or text is None:
        return
    mark = _LINE_MARK.search(text)
    if mark is not None or record.file.endswith(".i"):
        line = text.count("\n", 0, mark.start()) + 1 if mark else 1
        yield Hit(record.file, line, "output of a preprocessor or a generator")
