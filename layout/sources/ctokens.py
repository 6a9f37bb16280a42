"""C text to tokens, with the part of the preprocessor that a layout depends on.

Object-like macros that the file itself defines are expanded, ``#pragma pack`` is followed, and of
a conditional both branches are read unless the file itself decides it: ``#if 0``, ``__cplusplus``,
a name that was defined above. A macro or a pragma whose value hangs on an undecided conditional is
marked, and whatever uses it is refused. Nothing is included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from layout.sources.cppraw import raw_matches

__all__ = ["DIRECTIVE", "MARK", "PUNCTUATOR", "Tokens", "tokenize"]

# Kinds of tokens; the text of a MARK or DIRECTIVE says why a record that holds it is not read.
NAME, NUMBER, STRING, CHARACTER, PUNCTUATOR, BAD, DIRECTIVE, MARK = range(8)

_DIRECTIVE_BODY = (
    r"(?:[^\n\\/\"]|\\\r?\n|\\.|//(?:[^\n\\]|\\\r?\n|\\.)*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)|/"
    r"|\"(?:[^\"\\\n]|\\.)*\"?)*"
)
_BLANK = r"[ \t\f\v\r\ufeff]"
_TOKEN = re.compile(
    rf"(?P<directive>(?:\A|\n){_BLANK}*(?:\#|%:)(?P<body>{_DIRECTIVE_BODY}))"
    rf"|(?P<blank>(?:{_BLANK}|\n|\\\r?\n|//(?:[^\n\\]|\\\r?\n|\\.)*"
    rf"|/\*[\s\S]*?\*/|/\*[\s\S]*\Z)(?:{_BLANK}|\n(?!{_BLANK}*(?:\#|%:)))*)"
    r"|(?P<string>(?:u8|u|U|L)?\"[^\"\\\n]*(?:\\[\s\S][^\"\\\n]*)*(?:\"|(?=\n)|\\?\Z))"
    r"|(?P<character>(?:u8|u|U|L)?'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*(?:'|(?=\n)|\\?\Z))"
    r"|(?P<name>[^\W\d][\w$]*|\$[\w$]*)"
    r"|(?P<number>\.?\d(?:[eEpP][+-]|[\w.]|'(?=\w))*)"
    r"|(?P<punctuator>\.\.\.|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||->|\+\+|--|::"
    r"|[+\-*/%&|^]=|[{}()\[\];:,.?=<>+\-*/%&|^~!])"
    r"|(?P<bad>[\s\S])"
)
_KINDS = {
    "name": NAME,
    "number": NUMBER,
    "string": STRING,
    "character": CHARACTER,
    "punctuator": PUNCTUATOR,
    "bad": BAD,
}
_COMMENT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)")
_PACK = re.compile(r"pack\s*\(\s*(.*?)\s*\)\s*$", re.DOTALL)

# Macros that no C compiler for the targets of `layout.abis` defines while it reads C.
_UNDEFINED = frozenset({"__cplusplus", "__ASSEMBLER__", "__ASSEMBLY__", "__OBJC__"})

# Tokens that one macro use may expand to, and macros that may nest: beyond is no real header.
MAX_EXPANSION = 10_000
MAX_NESTING = 50

# Tokens that all macro uses of one file may expand to.
MAX_EXPANSIONS = 1_000_000


class _Bracket(NamedTuple):
    """An open bracket, the token that it is, and the brackets around it."""

    token: int
    text: str
    outer: _Bracket | None


_OPENING = {")": "(", "]": "[", "}": "{"}


@dataclass(slots=True)
class Macro:
    """One definition. ``fault`` says why a use cannot be trusted."""

    body: tuple[tuple[int, str], ...]
    certain: bool  # defined whatever the conditionals say
    function_like: bool = False
    fault: str = ""


@dataclass(slots=True)
class Tokens:
    """The tokens of a file in columns, with macros expanded.

    ``match`` gives, for an opening bracket, the index of its closing one, or -1. ``packs`` gives
    the `#pragma pack` in force from a token on: bytes, None for none, -1 for unknown; ``structs``
    the `#pragma ms_struct`: True for on, None for off, False for unknown.
    """

    kinds: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    match: list[int] = field(default_factory=list)
    packs: list[tuple[int, int | None]] = field(default_factory=list)
    structs: list[tuple[int, bool | None]] = field(default_factory=list)
    newlines: list[int] = field(default_factory=list)
    source: str = ""

    def line(self, index: int) -> int:
        """Line of a token, from 1; of the last one when the index is beyond it."""
        if not self.offsets:
            return 1
        offset = self.offsets[min(index, len(self.offsets) - 1)]
        return bisect_right(self.newlines, offset) + 1

    def pack(self, index: int) -> int | None:
        """The `#pragma pack` in force at a token."""
        at = bisect_right(self.packs, index, key=lambda entry: entry[0])
        return self.packs[at - 1][1] if at else None

    def ms_struct(self, index: int) -> bool | None:
        """The `#pragma ms_struct` in force at a token."""
        at = bisect_right(self.structs, index, key=lambda entry: entry[0])
        return self.structs[at - 1][1] if at else None


def tokenize(text: str, *, cplusplus: bool = False) -> Tokens:
    """Tokens of a source. Never raises: what cannot be understood becomes a BAD or MARK token."""
    return _Preprocessor(text, cplusplus=cplusplus).run()


@dataclass(slots=True)
class _Conditional:
    """One open #if: whether the branch being read counts, and what an earlier branch decided."""

    reading: bool  # this branch's text is emitted
    outer: bool  # the enclosing text is emitted
    decided: bool  # the file itself decides which branch is taken
    taken: bool  # a branch that is certainly taken was seen
    text: str  # the condition as written
    brackets: _Bracket | None = None  # the open brackets at the #if
    first_end: _Bracket | None = None  # and at the end of the first branch that was read
    branches: int = 0


class _Preprocessor:
    def __init__(self, text: str, *, cplusplus: bool = False) -> None:
        self.text = text
        self.cplusplus = cplusplus
        newlines = [match.start() for match in re.finditer("\n", text)]
        self.out = Tokens(newlines=newlines, source=text)
        # \n at offset p ends its line: a token after it is on the next one.
        self.macros: dict[str, Macro] = {}
        self.conditionals: list[_Conditional] = []
        # What #pragma pack pushed: label, value, and the undecided conditions around the push.
        self.packs: list[tuple[str, int | None, tuple[str, ...]]] = []
        self.pack: int | None = None
        self.brackets: _Bracket | None = None
        self.budget = MAX_EXPANSIONS

    def run(self) -> Tokens:
        out = self.out
        kinds, texts, offsets = out.kinds, out.texts, out.offsets
        macros, reading = self.macros, True
        matches = raw_matches(_TOKEN, self.text) if self.cplusplus else _TOKEN.finditer(self.text)
        for match in matches:
            group = match.lastgroup
            if group == "blank":
                continue
            if group == "directive":
                # The leading newline belongs to the line before.
                start = match.start("body") - 1
                self._directive(_plain(match.group("body")), start)
                reading = not self.conditionals or self.conditionals[-1].reading
                continue
            if not reading:
                continue
            value = match.group()
            if group == "name":
                macro = macros.get(value)
                if macro is not None:
                    self._expand(value, match.start())
                    continue
            kind = _KINDS[group or "bad"]
            if kind == BAD and value == "#":
                # A directive behind a comment: what it changes is unknown from here on.
                self._set_pack(-1)
            if kind == PUNCTUATOR:
                self._bracket(value)
            kinds.append(kind)
            texts.append(value)
            offsets.append(match.start())
        out.match.extend([-1] * (len(texts) - len(out.match)))
        return out

    def _emit(self, kind: int, text: str, offset: int) -> None:
        if kind == PUNCTUATOR:
            self._bracket(text)
        self.out.kinds.append(kind)
        self.out.texts.append(text)
        self.out.offsets.append(offset)

    def _bracket(self, text: str) -> None:
        index = len(self.out.texts)
        if text in "([{":
            self.brackets = _Bracket(index, text, self.brackets)
        elif text in ")]}":
            match = self.out.match
            match.extend([-1] * (index + 1 - len(match)))
            top = self.brackets
            # A closing brace ends whatever was left open inside of it.
            while text == "}" and top is not None and top.text != "{":
                top = top.outer
            if top is not None and top.text == _OPENING[text]:
                match[top.token] = index
                self.brackets = top.outer

    # Macros

    def _expand(self, name: str, offset: int) -> None:
        macro = self.macros[name]
        if macro.fault:
            self._emit(MARK, macro.fault, offset)
            return
        if macro.function_like:
            self._emit(MARK, f"macro {name}(...) is not expanded", offset)
            return
        # Each entry is a token, with the macros that it came from and that must not expand again.
        pending: list[tuple[int, str, tuple[str, ...]]] = [
            (kind, text, (name,)) for kind, text in reversed(macro.body)
        ]
        floor = self.budget - MAX_EXPANSION
        while pending:
            kind, text, hidden = pending.pop()
            self.budget -= 1
            if self.budget < max(floor, 0) or len(hidden) > MAX_NESTING:
                self._emit(MARK, f"macro {name} expands without end", offset)
                return
            inner = self.macros.get(text) if kind == NAME and text not in hidden else None
            if inner is None:
                self._emit(kind, text, offset)
            elif inner.fault or inner.function_like:
                reason = inner.fault or f"macro {text}(...) is not expanded"
                self._emit(MARK, reason, offset)
            else:
                names = (*hidden, text)
                pending.extend((kind, text, names) for kind, text in reversed(inner.body))

    def _define(self, rest: str) -> None:
        match = re.match(r"([^\W\d][\w$]*)(\()?", rest)
        if match is None:
            return
        name, function_like = match.group(1), match.group(2) is not None
        body = tuple(
            (_KINDS[token.lastgroup or "bad"], token.group())
            for token in _TOKEN.finditer(rest, match.end(1))
            if token.lastgroup not in ("blank", "directive")
        )
        certain = self._certain()
        old = self.macros.get(name)
        differs = old is not None and (old.body != body or old.fault or old.function_like)
        fault = ""
        if differs and not certain:
            fault = f"macro {name} depends on conditional compilation"
        self.macros[name] = Macro(body, certain, function_like, fault)

    def _undefine(self, name: str) -> None:
        macro = self.macros.get(name)
        if macro is None:
            return
        if self._certain():
            del self.macros[name]
        else:
            macro.fault = f"macro {name} depends on conditional compilation"

    def _certain(self) -> bool:
        return all(conditional.decided for conditional in self.conditionals)

    # Directives

    def _directive(self, body: str, offset: int) -> None:
        match = re.match(r"\s*([^\W\d]\w*)?\s*", body)
        word = match.group(1) if match else None
        rest = body[match.end() :] if match else ""
        if word in ("if", "ifdef", "ifndef"):
            self._open(word, rest, offset)
        elif word in ("elif", "elifdef", "elifndef", "else"):
            self._turn(word, rest, offset)
        elif word == "endif":
            self._close(offset)
        elif not self.conditionals or self.conditionals[-1].reading:
            self._effect(word, rest, offset)

    def _effect(self, word: str | None, rest: str, offset: int) -> None:
        if word == "define":
            self._define(rest)
        elif word == "undef":
            self._undefine(rest.strip())
        elif word == "pragma":
            self._pragma(rest.strip(), offset)
        elif word in ("include", "include_next", "import", "embed"):
            self._emit(DIRECTIVE, f"#{word} inside a record", offset)

    def _known(self, name: str) -> bool | None:
        if name in _UNDEFINED and name not in self.macros:
            return self.cplusplus and name == "__cplusplus"
        macro = self.macros.get(name)
        return True if macro is not None and macro.certain and not macro.fault else None

    def _test(self, word: str, rest: str) -> bool | None:
        """What a condition is, or None when the file alone does not say."""
        rest = rest.strip()
        negate = word.endswith("ndef")
        if word in ("if", "elif"):
            if re.fullmatch(r"[01]", rest):
                return rest == "1"
            match = re.fullmatch(r"(!?)\s*defined\s*\(?\s*([^\W\d]\w*)\s*\)?", rest)
            if match is None:
                return None
            negate, rest = match.group(1) == "!", match.group(2)
        known = self._known(rest)
        return None if known is None else known != negate

    def _open(self, word: str, rest: str, offset: int) -> None:
        outer = not self.conditionals or self.conditionals[-1].reading
        test = self._test(word, rest) if outer else False
        name = rest.strip()
        decided = test is not None
        if word == "ifndef" and test is None and self._is_guard(name, offset):
            # `#ifndef X` then `#define X`: X is a guard or a default, taken when read for once.
            test, decided = True, True
        conditional = _Conditional(
            outer and test is not False, outer, decided, test is True, rest, self.brackets
        )
        self.conditionals.append(conditional)
        if outer:
            self._emit(DIRECTIVE, "conditional compilation inside the record", offset)

    def _is_guard(self, name: str, offset: int) -> bool:
        pattern = (
            rf"[^\n]*\n(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*#\s*define\s+{re.escape(name)}\b"
        )
        return re.compile(pattern).match(self.text, offset) is not None

    def _turn(self, word: str, rest: str, offset: int) -> None:
        if not self.conditionals:
            return
        top = self.conditionals[-1]
        if top.reading:
            if top.branches == 0:
                top.first_end = self.brackets
            top.branches += 1
            self.brackets = top.brackets
        test = None if word != "else" else True
        if word != "else" and top.outer and not top.taken:
            test = self._test(word, rest)
        if word == "else":
            top.reading = top.outer and not top.taken
        else:
            top.reading = top.outer and not top.taken and test is not False
            top.decided = top.decided and test is not None
        top.taken = top.taken or (top.decided and test is True)
        if top.outer:
            self._emit(DIRECTIVE, "conditional compilation inside the record", offset)

    def _close(self, offset: int) -> None:
        if not self.conditionals:
            return
        top = self.conditionals.pop()
        if top.branches and top.outer:
            self.brackets = top.first_end
        if top.outer:
            self._emit(DIRECTIVE, "conditional compilation inside the record", offset)

    # Pragmas

    def _set_pack(self, value: int | None) -> None:
        self.pack = value
        self.out.packs.append((len(self.out.texts), value))

    def _pragma(self, rest: str, offset: int) -> None:
        word = re.match(r"\w*", rest)
        if word is not None and word.group() == "ms_struct":
            self._ms_struct(rest, offset)
            return
        if word is not None and word.group() in ("scalar_storage_order", "options"):
            self._set_pack(-1)
            self._emit(DIRECTIVE, f"#pragma {word.group()} is not supported", offset)
            return
        match = _PACK.match(rest)
        if match is None:
            return
        self._emit(DIRECTIVE, "#pragma pack inside the record", offset)
        arguments = [part.strip() for part in match.group(1).split(",") if part.strip()]
        self._pack(arguments)

    def _ms_struct(self, rest: str, offset: int) -> None:
        """``ms_struct on``, ``off`` or ``reset``, as clang reads it."""
        self._emit(DIRECTIVE, "#pragma ms_struct inside the record", offset)
        words = rest.split()[1:]
        known = len(words) == 1 and words[0] in ("on", "off", "reset") and self._certain()
        value = (True if words[0] == "on" else None) if known else False
        self.out.structs.append((len(self.out.texts), value))

    def _pack(self, arguments: list[str]) -> None:
        """``pack([push|pop][, name][, N])`` as gcc, clang and MSVC read it."""
        undecided = tuple(
            f"{conditional.text}#{conditional.branches}"
            for conditional in self.conditionals
            if not conditional.decided
        )
        action = arguments[0] if arguments and arguments[0] in ("push", "pop") else ""
        rest = arguments[1:] if action else arguments
        named = action and rest and rest[0] not in self.macros and re.match(r"[^\W\d]", rest[0])
        label = rest.pop(0) if named else ""
        if action == "push":
            self.packs.append((label, self.pack, undecided))
        elif action == "pop":
            self._pop(label, undecided)
        if rest or not action:
            self._set_pack(-1 if undecided else _pack_value(rest))

    def _pop(self, label: str, undecided: tuple[str, ...]) -> None:
        for index in range(len(self.packs) - 1, -1, -1):
            if not label or self.packs[index][0] == label:
                _, value, pushed = self.packs[index]
                del self.packs[index:]
                self._set_pack(value if pushed == undecided else -1)
                return


def _pack_value(rest: list[str]) -> int | None:
    """Bytes, None for the default, -1 for what compilers do not agree on."""
    if not rest:
        return None
    if len(rest) == 1 and rest[0] in ("0", "1", "2", "4", "8", "16"):
        return int(rest[0]) or None
    return -1


def _plain(body: str) -> str:
    """A directive without its comments and line splices."""
    body = re.sub(r"\\\r?\n", "", body)
    if "/" not in body:
        return body
    return _COMMENT.sub(lambda match: match[0] if match[0].startswith('"') else " ", body)
