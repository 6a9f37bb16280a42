"""C declarators: from ``(*handlers[N])(int)`` to a type, and types to their spelling."""

from __future__ import annotations

from dataclasses import dataclass, field

from layout.model import MAX_DEPTH, Array, Count, MemberPointer, Pointer, Reference, Type
from layout.sources.cattributes import Attributes, parse_attributes, starts_attributes
from layout.sources.cexpressions import Cursor, Unreadable, parse_expression
from layout.sources.ctokens import NAME, NUMBER

__all__ = ["CALLING", "QUALIFIERS", "Declarator", "Step", "array_bound", "build",
           "parse_declarator", "spell"]  # fmt: skip

QUALIFIERS = frozenset({
    "const", "volatile", "restrict", "_Atomic", "__const", "__const__", "__volatile",
    "__volatile__", "__restrict", "__restrict__", "_Nonnull", "_Nullable", "_Null_unspecified",
})  # fmt: skip

# Calling conventions, Microsoft's keywords: they say nothing about a pointer's layout.
CALLING = frozenset({
    "__cdecl", "_cdecl", "__stdcall", "_stdcall", "__fastcall", "__thiscall", "__vectorcall",
})  # fmt: skip


# Steps that stand before the name, and those of them that need no blank behind them.
_PREFIXES = ("*", "&", "::*")
_TIGHT = ("*", "&", "&&")


@dataclass(slots=True)
class Step:
    """One derivation: ``kind`` is ``*``, ``[`` or ``(``, in C++ ``&`` for either reference and
    ``::*`` for a pointer to a member too; ``text`` is how it is spelled."""

    kind: str
    text: str
    count: Count | None = None
    at: int = -1  # token of a function's opening parenthesis, in C++


@dataclass(slots=True)
class Declarator:
    """A declared name and the steps from it outwards, towards the base type."""

    name: str | None = None
    index: int = 0
    steps: list[Step] = field(default_factory=list)
    attributes: Attributes = field(default_factory=Attributes)


def parse_declarator(cursor: Cursor) -> Declarator:
    """A declarator, named or abstract, at the cursor. Raises Unreadable."""
    cursor.depth += 1
    if cursor.depth > MAX_DEPTH:
        raise Unreadable(cursor.index, "a declarator nests too deep")
    declarator = Declarator(index=cursor.index)
    pointers = _pointers(cursor)
    tokens = cursor.tokens
    if cursor.text() == "(" and _is_nested(cursor):
        cursor.index += 1
        inner = parse_declarator(cursor)
        cursor.expect(")")
        inner.attributes.take(declarator.attributes)
        declarator = inner
    elif cursor.index < len(tokens.texts) and tokens.kinds[cursor.index] == NAME:
        declarator.name = tokens.texts[cursor.index]
        declarator.index = cursor.index
        cursor.index += 1
    _suffixes(cursor, declarator)
    declarator.steps += reversed(pointers)
    if len(declarator.steps) > MAX_DEPTH:
        raise Unreadable(cursor.index, f"a declarator of more than {MAX_DEPTH} steps")
    cursor.depth -= 1
    return declarator


def _pointers(cursor: Cursor) -> list[Step]:
    pointers: list[Step] = []
    while True:
        text = cursor.text()
        if text == "*":
            pointers.append(Step("*", "*"))
            cursor.index += 1
        elif pointers and text in QUALIFIERS:
            pointers[-1].text += f" {text}"
            cursor.index += 1
        elif text in CALLING:
            cursor.index += 1
        elif starts_attributes(cursor):
            found = Attributes()
            parse_attributes(cursor, found)
            if found:
                raise Unreadable(cursor.index, "an attribute inside a declarator; move it behind")
        else:
            return pointers


def _is_nested(cursor: Cursor) -> bool:
    """Whether a parenthesis holds a declarator rather than parameters."""
    after = cursor.index + 1
    tokens = cursor.tokens
    if after >= len(tokens.texts):
        return False
    text = tokens.texts[after]
    if text in ("*", "(", "[", "__attribute__", "__attribute") or text in CALLING:
        return True
    return tokens.kinds[after] == NAME and not cursor.starts_type(after)


def _suffixes(cursor: Cursor, declarator: Declarator) -> None:
    tokens = cursor.tokens
    while True:
        text = cursor.text()
        if text == "[" and not starts_attributes(cursor):
            declarator.steps.append(array_bound(cursor))
        elif text == "(":
            end = tokens.match[cursor.index]
            if end < 0:
                raise Unreadable(cursor.index, "a parenthesis that nothing closes")
            if NUMBER in tokens.kinds[cursor.index : end]:
                macro = declarator.name or tokens.texts[cursor.index - 1]
                reason = f"'{macro[:40]}(...)' may be a macro; expand it first"
                if not _has_bracketed_number(cursor, end):
                    raise Unreadable(cursor.index, reason)
            inside = spell(tokens.texts[cursor.index + 1 : end])
            declarator.steps.append(Step("(", f"({inside})"))
            cursor.index = end + 1
        else:
            return


def _has_bracketed_number(cursor: Cursor, end: int) -> bool:
    """Whether the numbers of a parameter list stand in array bounds only."""
    tokens, index = cursor.tokens, cursor.index + 1
    while index < end:
        if tokens.texts[index] == "[" and tokens.match[index] > 0:
            index = tokens.match[index]
        elif tokens.kinds[index] == NUMBER:
            return False
        index += 1
    return True


def array_bound(cursor: Cursor) -> Step:
    """The ``[count]`` at the cursor. Raises Unreadable."""
    opening = cursor.index
    cursor.index += 1
    if cursor.text() == "]":
        cursor.index += 1
        return Step("[", "[]")
    count = parse_expression(cursor)
    if cursor.text() != "]":
        raise Unreadable(cursor.index, f"'{cursor.text()[:40]}' inside an array bound")
    text = spell(cursor.tokens.texts[opening + 1 : cursor.index])
    cursor.index += 1
    return Step("[", f"[{text}]", count)


def build(base: Type | None, base_text: str, fault: str, declarator: Declarator) -> Type:
    """The declared type; ``base`` None says with ``fault`` why only pointers to it are possible."""
    steps = declarator.steps
    type_ = base
    function = False
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        text = spelled(base_text, steps[at:])
        if step.kind == "*":
            type_, function = Pointer(text), False
        elif step.kind == "&":
            type_, function = Reference(text), False
        elif step.kind == "::*":
            if type_ is None and not function:
                raise Unreadable(declarator.index, fault)
            type_, function = MemberPointer(text, 2 if function else 1), False
        elif step.kind == "(":
            type_, function = None, True
            fault = "a function as a member; make it a pointer"
        elif type_ is not None:
            if step.count is None and at:
                raise Unreadable(declarator.index, "an array of arrays of unknown size")
            inner = step.count.depth if not isinstance(step.count, int | None) else 0
            type_ = Array(text, type_, step.count, depth=max(type_.depth, inner) + 1)
    if type_ is None or function:
        raise Unreadable(declarator.index, fault)
    if type_.depth > MAX_DEPTH:
        raise Unreadable(declarator.index, f"a type nests deeper than {MAX_DEPTH} levels")
    return type_


def spelled(base: str, steps: list[Step]) -> str:
    """A type as C spells it without a name: ``int (*)[3]``."""
    text = ""
    for at, step in enumerate(steps):
        if step.kind in _PREFIXES:
            text = step.text + (" " if step.text not in _TIGHT and text else "") + text
        else:
            before = steps[at - 1].kind if at else ""
            text = (f"({text})" if before in _PREFIXES else text) + step.text
    return f"{base} {text}" if text else base


def spell(texts: list[str]) -> str:
    """Tokens as one would write them, 200 characters at most."""
    out = ""
    for text in texts[:100]:
        tight = not out or text in ",;)]" or out[-1] in "([" or (out[-1] == "*" and text == "*")
        out += text if tight or (text in "([" and out[-1] != ",") else f" {text}"
    return out if len(out) <= 200 and len(texts) <= 100 else out[:200] + "..."
