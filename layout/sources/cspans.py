"""Where a C declaration stands in the text, for those who edit it.

A macro's tokens all stand where the macro was used. A declaration that begins or ends within one
has no span, and so nothing moves it.
"""

from __future__ import annotations

from layout.sources.ctokens import Tokens

__all__ = ["Span", "brace_span", "declaration_span", "declarator_span"]

# First character and first one behind it, in the text as read.
Span = tuple[int, int]


def brace_span(tokens: Tokens, opening: int) -> Span | None:
    """From a record's opening brace to behind its closing one."""
    closing = tokens.match[opening]
    if _is_written(tokens, opening) and _is_written(tokens, closing):
        return tokens.offsets[opening], tokens.offsets[closing] + 1
    return None


def declaration_span(tokens: Tokens, first: int, semicolon: int) -> Span | None:
    """From a declaration's first token to behind its semicolon."""
    if _is_written(tokens, semicolon) and _is_alone(tokens, first):
        return tokens.offsets[first], tokens.offsets[semicolon] + 1
    return None


def declarator_span(tokens: Tokens, first: int, behind: int) -> Span | None:
    """From a declarator's first token to the last one before the comma or semicolon ``behind``."""
    if not (_is_written(tokens, behind) and _is_alone(tokens, first)):
        return None
    start, end = tokens.offsets[first], tokens.offsets[behind]
    return start, start + len(tokens.source[start:end].rstrip())


def _is_written(tokens: Tokens, index: int) -> bool:
    """Whether that token of one character stands in the text itself."""
    if index >= len(tokens.texts):
        return False
    return tokens.source.startswith(tokens.texts[index], tokens.offsets[index])


def _is_alone(tokens: Tokens, index: int) -> bool:
    """Whether the token before it does not stem from the same use of a macro."""
    return index == 0 or tokens.offsets[index - 1] != tokens.offsets[index]
