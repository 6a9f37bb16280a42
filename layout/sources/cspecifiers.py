"""C declaration specifiers: the words before a declarator, to a type of the model.

A name that cannot be used by value is a `Fault` with its reason, and so is every record that
holds it. Nothing is guessed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from layout.abis import STANDARD_NAMES
from layout.model import (
    MAX_DEPTH,
    Alias,
    Atomic,
    Complex,
    Count,
    Measure,
    Scalar,
    Type,
    Vector,
)
from layout.sources.cattributes import Attributes, parse_attributes, starts_attributes
from layout.sources.cdeclarators import CALLING, QUALIFIERS, Declarator, build, parse_declarator
from layout.sources.cexpressions import Unreadable, parse_expression
from layout.sources.ctokens import DIRECTIVE, MARK, NAME, Tokens

__all__ = ["Fault", "SpecifierReader", "Specifiers"]

_STORAGE = frozenset({
    "typedef", "extern", "static", "auto", "register", "inline", "__inline", "__inline__",
    "_Noreturn", "_Thread_local", "thread_local", "__thread", "constexpr", "__extension__",
    "__forceinline", *CALLING,
})  # fmt: skip
# Microsoft, Fundamental types: what may follow a sign; alone they are names of the table of ABIs.
_SIZED = {"__int8": ("char",), "__int16": ("short",), "__int32": ("int",),
          "__int64": ("long", "long")}  # fmt: skip
_SIGN = {"__signed": "signed", "__signed__": "signed", "__complex__": "_Complex",
         "__complex": "_Complex"}  # fmt: skip
_WORDS = frozenset({
    "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool",
    "_Complex", "__int128", "_Float16", "_Float32", "_Float64", "_Float32x", "_Float64x",
    "_Float128", "__float128", "__fp16", "__bf16",
})  # fmt: skip
_UNSUPPORTED = {
    "_BitInt": "_BitInt is not supported",
    "_Imaginary": "_Imaginary is not supported",
    "_Decimal32": "decimal floating point is not supported",
    "_Decimal64": "decimal floating point is not supported",
    "_Decimal128": "decimal floating point is not supported",
    "__auto_type": "__auto_type has no type here",
}
_TYPEOF = ("typeof", "__typeof__", "__typeof", "typeof_unqual")
_ALIGNAS = ("_Alignas", "alignas")
_REMEDY = "declare it in this file or give the preprocessor's output"


def _combinations() -> dict[tuple[str, ...], str]:
    """Specifier words in any order (C11 6.7.2) to the key of the scalar."""
    table: dict[tuple[str, ...], str] = {("void",): "void"}
    for key in ("char", "float", "double", "_Bool", "__int128", "_Float16", "_Float32", "_Float64",
                "_Float32x", "_Float64x", "__float128", "__fp16", "__bf16"):  # fmt: skip
        table[(key,)] = key
    table["_Float128",] = "__float128"
    table["double", "long"] = "long double"
    table["char", "signed"] = "signed char"
    table["char", "unsigned"] = "unsigned char"
    table["__int128", "signed"] = "__int128"
    table["__int128", "unsigned"] = "unsigned __int128"
    for words, key in (
        ((), "int"),
        (("short",), "short"),
        (("long",), "long"),
        (("long", "long"), "long long"),
    ):
        for more in ((), ("int",)):
            table[tuple(sorted((*words, *more)))] = key
            table[tuple(sorted((*words, *more, "signed")))] = key
            table[tuple(sorted((*words, *more, "unsigned")))] = f"unsigned {key}"
    del table[()]
    return table


_COMBINATIONS = _combinations()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a name cannot be used by value.

    ``awaits`` is the tag whose members a typedef still waits for: C11 6.2.5 paragraph 22 lets them
    come later, and the typedef is complete from then on.
    """

    reason: str
    line: int
    awaits: str = field(default="", kw_only=True)


@dataclass(slots=True)
class Specifiers:
    """What stands before the declarators of one declaration."""

    type: Type | None = None
    fault: str = ""  # when type is None: why only a pointer to it can be declared
    awaits: str = ""  # the tag whose members may still come
    fault_line: int = 0  # and where that became clear, 0 when at this declaration
    text: str = ""
    typedef: bool = False
    body: int = -1  # token of the { that defines a record or enumeration here
    tagged: bool = True  # False: a record or enumeration without a tag
    attributes: Attributes = field(default_factory=Attributes)
    flags: set[str] = field(default_factory=set)  # in C++: virtual, static, friend and the like
    later: Fault | None = None  # in C++: what the name stands for whose fault it is


class SpecifierReader(ABC):
    """A cursor over tokens and the names declared so far."""

    cplusplus = False

    def __init__(self, tokens: Tokens, file: str) -> None:
        self.tokens = tokens
        self.file = file
        self._texts = tokens.texts
        self._count = len(tokens.texts)
        self.index = 0
        self.depth = 0
        self.typedefs: dict[str, Type | Fault] = {}
        self.tags: dict[str, Type | Fault] = {}  # "struct s", "enum e"
        self.constants: dict[str, Count | Fault] = {}

    # The cursor

    def text(self) -> str:
        """The token at the cursor, empty at the end of the file."""
        index = self.index
        return self._texts[index] if index < self._count else ""

    def expect(self, text: str) -> None:
        """Passes that token. Raises Unreadable when another one stands there."""
        if self.text() != text:
            raise Unreadable(self.index, self.unexpected())
        self.index += 1

    def unexpected(self) -> str:
        """What to say about the token at the cursor."""
        if self.index >= len(self.tokens.texts):
            return "the file ends inside the record; close it"
        kind, text = self.tokens.kinds[self.index], self.tokens.texts[self.index]
        if kind in (MARK, DIRECTIVE):
            return f"{text}; give the preprocessor's output"
        if kind == NAME:
            return f"'{text[:40]}' is unexpected here; expand it first if it is a macro"
        return f"{text[:40]!r} is unexpected here; mend the declaration"

    def starts_type(self, index: int) -> bool:
        """Whether a type's name begins at that token."""
        tokens = self.tokens
        if index >= len(tokens.texts) or tokens.kinds[index] != NAME:
            return False
        text = tokens.texts[index]
        if text in _WORDS or text in QUALIFIERS or text in ("struct", "union", "enum"):
            return True
        if text in _SIGN or text in _TYPEOF or text in _UNSUPPORTED:
            return True
        return text in self.typedefs or (text in STANDARD_NAMES and text not in self.constants)

    def constant(self, name: str) -> Count:
        """The value of an enumerator. Raises Unreadable."""
        value = self.constants.get(name)
        if value is None:
            if name in ("true", "false"):
                return int(name == "true")
            reason = f"unknown constant '{name[:40]}'; {_REMEDY}"
            raise Unreadable(self.index - 1, reason)
        if isinstance(value, Fault):
            raise Unreadable(self.index - 1, value.reason)
        return value

    def type_name(self) -> Type:
        """A type's name, as in ``sizeof(...)``. Raises Unreadable."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(self.index, "types nest too deep")
        start = self.index
        specifiers = self.specifiers()
        declarator = self.declarator()
        if declarator.name is not None:
            raise Unreadable(declarator.index, f"'{declarator.name[:40]}' inside a type's name")
        if specifiers.attributes:
            raise Unreadable(start, "an attribute inside a type's name; use a typedef")
        self.depth -= 1
        return build(specifiers.type, specifiers.text, specifiers.fault, declarator)

    def declarator(self) -> Declarator:
        """A declarator, named or abstract, at the cursor. Raises Unreadable."""
        return parse_declarator(self)

    def primary(self) -> Count | None:
        """An operand that C has not; None when none begins at the cursor. Raises Unreadable."""
        return None

    # Specifiers

    def specifiers(self) -> Specifiers:
        """Reads declaration specifiers. Raises Unreadable."""
        found = Specifiers()
        words: list[str] = []
        spelling: list[str] = []
        atomic = False
        tokens = self.tokens
        while self.index < len(tokens.texts):
            text = tokens.texts[self.index]
            if tokens.kinds[self.index] != NAME:
                if not starts_attributes(self):
                    break
                parse_attributes(self, found.attributes)
            elif text in _STORAGE:
                found.typedef = found.typedef or text == "typedef"
                self.index += 1
            elif text == "_Atomic" and tokens.texts[self.index + 1 : self.index + 2] == ["("]:
                self._only(found, words)
                spelling.append(self._atomic(found))
            elif text in QUALIFIERS:
                atomic = atomic or text == "_Atomic"
                spelling.append(text)
                self.index += 1
            elif text in _WORDS or text in _SIGN or (text == "complex" and self._is_complex(words)):
                self._only(found)
                words.append("_Complex" if text == "complex" else _SIGN.get(text, text))
                spelling.append(text)
                self.index += 1
            elif text in ("struct", "union", "enum"):
                self._only(found, words)
                spelling.append(self._tagged(found, text))
            elif starts_attributes(self):
                parse_attributes(self, found.attributes)
            elif text in _ALIGNAS:
                self._alignas(found.attributes)
            elif text in _TYPEOF:
                self._only(found, words)
                spelling.append(self._typeof(found, text))
            elif text in _UNSUPPORTED:
                raise Unreadable(self.index, _UNSUPPORTED[text])
            elif text in _SIZED and words in (["unsigned"], ["signed"]):
                words += _SIZED[text]
                spelling.append(text)
                self.index += 1
            elif words or found.type is not None or found.fault:
                break
            else:
                self._named(found, text)
                spelling.append(text)
        found.text = " ".join(spelling)
        self._finish(found, words, atomic)
        return found

    def _only(self, found: Specifiers, words: list[str] | None = None) -> None:
        if words or found.type is not None or found.fault:
            raise Unreadable(self.index, "two types in one declaration; expand macros first")

    def _is_complex(self, words: list[str]) -> bool:
        """Whether ``complex`` is <complex.h>'s macro and not a member's name."""
        after = self.tokens.texts[self.index + 1 : self.index + 2]
        ends = after and after[0] in (";", ",", "[", ":", ")")
        return bool(words) and "complex" not in self.typedefs and not ends

    def _finish(self, found: Specifiers, words: list[str], atomic: bool) -> None:
        if words:
            self._scalar(found, words)
        if found.type is None and not found.fault:
            raise Unreadable(self.index, self.unexpected())
        if atomic and found.type is not None:
            found.type = Atomic(found.text, found.type, depth=found.type.depth + 1)
        vector = found.attributes.vector
        if vector is not None and found.type is not None:
            found.text = f"{found.text} __attribute__((vector_size))"
            found.type = Vector(found.text, found.type, vector, depth=found.type.depth + 1)
            found.attributes.vector = None

    def _scalar(self, found: Specifiers, words: list[str]) -> None:
        plain = sorted(word for word in words if word != "_Complex")
        complex_ = len(plain) < len(words)
        key = _COMBINATIONS.get(tuple(plain or ("double",)))
        if key is None or len(words) - len(plain) > 1:
            raise Unreadable(self.index, f"'{' '.join(words)[:80]}' is no type")
        if key == "void":
            found.fault = "a member of type void; give it a type"
            return
        found.type = Scalar(found.text, key)
        if complex_:
            found.type = Complex(found.text, Scalar(key, key), depth=2)

    def completed(self, name: str) -> Type | Fault | None:
        """What a typedef's name stands for, now that the tag that it waited for may be complete."""
        known = self.typedefs.get(name)
        if isinstance(known, Fault) and known.awaits:
            base = self.tags.get(known.awaits)
            if isinstance(base, Type) and base.depth < MAX_DEPTH:
                known = self.typedefs[name] = Alias(name, base, depth=base.depth + 1)
            elif isinstance(base, Fault):
                known = replace(known, reason=base.reason)
        return known

    def _named(self, found: Specifiers, text: str) -> None:
        known = self.completed(text)
        self.index += 1
        if known is None and text in STANDARD_NAMES:
            known = Scalar(text, text)
        if isinstance(known, Type):
            found.type = known
        elif isinstance(known, Fault):
            derived = known.reason.startswith(("type '", "unknown type '"))
            found.fault = known.reason if derived else f"type '{text[:40]}': {known.reason}"
            found.awaits = known.awaits
        else:
            found.fault = f"unknown type '{text[:40]}'; {_REMEDY}"

    def _atomic(self, found: Specifiers) -> str:
        self.index += 2
        inner = self.type_name()
        self.expect(")")
        text = f"_Atomic({inner})"
        found.type = Atomic(text, inner, depth=inner.depth + 1)
        return text

    def _typeof(self, found: Specifiers, word: str) -> str:
        self.index += 1
        self.expect("(")
        if not self.starts_type(self.index):
            raise Unreadable(self.index, f"{word} of an expression; name the type")
        found.type = self.type_name()
        self.expect(")")
        return str(found.type)

    def _alignas(self, into: Attributes) -> None:
        self.index += 1
        self.expect("(")
        if self.starts_type(self.index):
            type_ = self.type_name()
            into.aligned.append(Measure("_Alignof", type_, depth=type_.depth + 1))
        else:
            value = parse_expression(self)
            if value != 0:  # C11 6.7.5: an alignment of zero has no effect
                into.aligned.append(value)
        self.expect(")")

    # Records and enumerations

    def _tagged(self, found: Specifiers, kind: str) -> str:
        start = self.index
        self.index += 1
        own = Attributes()
        parse_attributes(self, own)
        tag = ""
        if self.index < len(self.tokens.texts) and self.tokens.kinds[self.index] == NAME:
            tag = self.text()
            self.index += 1
        name = f"{kind} {tag}"
        opening = self._body_opening(kind)
        if opening < 0:
            if not tag:
                raise Unreadable(self.index, self.unexpected())
            if own:
                raise Unreadable(start, f"attributes before {name} without its members")
            self._refer(found, name)
            return name
        if found.attributes.declspec:
            reason = f"__declspec(align) before the keyword {kind}; put it behind the keyword"
            raise Unreadable(start, reason)
        found.tagged = bool(tag)
        found.body = opening
        spelling = name if tag else f"{kind} {{...}}"
        if kind == "enum":
            known = self.enumeration(name, opening, own)
        else:
            known = self.record(name, opening, own)
        if isinstance(known, Fault):
            found.fault, found.fault_line = known.reason, known.line
        else:
            found.type = known
        return spelling

    @abstractmethod
    def record(self, name: str, opening: int, attributes: Attributes) -> Type | Fault:
        """The record whose members follow the { at ``opening``; ``name`` ends in a blank when it
        has no tag."""

    @abstractmethod
    def enumeration(self, name: str, opening: int, attributes: Attributes) -> Type | Fault:
        """Likewise the enumeration; the cursor may stand at the colon before its type."""

    def _body_opening(self, kind: str) -> int:
        """The { of a definition, or -1; passes over ``: type`` of an enumeration."""
        if self.text() == "{":
            return self.index
        if kind == "enum" and self.text() == ":":
            at = self.index
            while at < len(self.tokens.texts) and self.tokens.texts[at] not in ("{", ";", ","):
                at += 1
            return at if self.tokens.texts[at : at + 1] == ["{"] else -1
        return -1

    def _refer(self, found: Specifiers, name: str) -> None:
        known = self.tags.get(name)
        if isinstance(known, Type):
            found.type = known
        elif isinstance(known, Fault):
            found.fault = known.reason
            if known.line:
                found.fault = f"{name} was not read, see line {known.line}"
        else:
            found.fault = f"{name} has no members before this line; define it first"
            found.awaits = name
