"""Whether a ``.h`` is C++: told from what no C source holds, macros aside."""

from __future__ import annotations

from layout.sources.ctokens import DIRECTIVE, NAME, tokenize

__all__ = ["is_cpp"]


def is_cpp(text: str) -> bool:
    """Whether a header declares a namespace, a template or a class where C would begin a
    declaration. What only ``#ifdef __cplusplus`` lets through does not count: it is for both."""
    tokens = tokenize(text)
    texts, kinds, match = tokens.texts, tokens.kinds, tokens.match
    at, starts = 0, True
    while at < len(texts) - 2:
        word, after, behind = texts[at : at + 3]
        named = kinds[at + 1] == NAME
        if starts and word == "template" and after == "<":
            return True
        if starts and word == "namespace" and (after == "{" or (named and behind in ("{", "::"))):
            return True
        if starts and word == "class" and named and behind in (";", ":", "{", "final"):
            return True
        if word in ("{", "(", "["):
            at = max(match[at], at)
        starts = texts[at] in (";", "}") or kinds[at] == DIRECTIVE
        at += 1
    return False
