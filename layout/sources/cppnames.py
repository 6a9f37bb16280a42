"""C++ names and declaration specifiers: ``ns::Outer::T`` to a type of the model."""

from __future__ import annotations

from typing import NamedTuple

from layout.abis import STANDARD_NAMES
from layout.model import Alias, Cast, Count, Pointer, Reference, Scalar, Type
from layout.sources.cattributes import parse_attributes, starts_attributes
from layout.sources.cdeclarators import CALLING, QUALIFIERS
from layout.sources.cexpressions import Unreadable, nested_expression
from layout.sources.cppscopes import Found, Scope, find, find_within
from layout.sources.cppskip import CLASS_KEYS, SkippingReader
from layout.sources.cspecifiers import Fault, Specifiers
from layout.sources.ctokens import NAME, PUNCTUATOR, Tokens

__all__ = ["KEYWORDS", "NameReader"]

_FLAGS = frozenset({
    "typedef", "extern", "static", "register", "inline", "__inline", "__inline__", "thread_local",
    "__thread", "constexpr", "consteval", "constinit", "virtual", "friend", "mutable", "explicit",
    "__extension__", "_Thread_local", *CALLING,
})  # fmt: skip
_WORDS = {
    **{word: word for word in (
        "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool",
        "_Complex", "__int128", "_Float16", "__float128", "__fp16", "__bf16", "_Float32",
        "_Float64", "_Float32x", "_Float64x", "_Float128")},
    "bool": "_Bool", "__signed": "signed", "__signed__": "signed", "__complex__": "_Complex",
}  # fmt: skip
# C++20 6.8.2: of the size of the least types of so many bits; wchar_t is the ABI's.
_CHARACTERS = {"wchar_t": "wchar_t", "char8_t": "unsigned char", "char16_t": "unsigned short",
               "char32_t": "unsigned int"}  # fmt: skip
_DEDUCED = ("auto", "decltype", "__decltype", "typeof", "__typeof__", "__typeof",
            "__underlying_type")  # fmt: skip
_UNSUPPORTED = {
    "_BitInt": "_BitInt is not supported",
    "_Decimal32": "decimal floating point is not supported",
}
_CASTS = frozenset({"static_cast", "const_cast", "reinterpret_cast"})

# Tokens beyond the end that may be looked at.
AHEAD = 8

# What declares a name or ends a declaration, so that it is none itself (C++20 5.11).
KEYWORDS = frozenset({
    "alignas", "alignof", "asm", "auto", "break", "case", "catch", "class", "const", "const_cast",
    "continue", "default", "delete", "do", "dynamic_cast", "else", "enum", "explicit", "export",
    "extern", "false", "for", "friend", "goto", "if", "inline", "mutable", "namespace", "new",
    "noexcept", "nullptr", "operator", "private", "protected", "public", "register",
    "reinterpret_cast", "requires", "return", "sizeof", "static", "static_assert", "static_cast",
    "struct", "switch", "template", "this", "throw", "true", "try", "typedef", "typeid",
    "typename", "union", "using", "virtual", "volatile", "while", "concept", "co_await",
}) | _FLAGS | _WORDS.keys() | _CHARACTERS.keys()  # fmt: skip

# Library names that are known without their headers, also behind std::. The atomic ones are
# classes in C++, whose insides the library does not promise.
_NAMES = frozenset(
    name for name in STANDARD_NAMES if not name.startswith("atomic_")
) - _CHARACTERS.keys() - {"bool"}  # fmt: skip
# Those that C++ itself declares, in <cstddef>, <cstdint> and <ctime>.
_STD = frozenset(
    name for name in _NAMES
    if name.startswith(("int", "uint")) or name in (
        "size_t", "ptrdiff_t", "max_align_t", "va_list", "time_t", "clock_t", "wint_t",
        "sig_atomic_t")
)  # fmt: skip
_REMEDY = "declare it in this file or give the preprocessor's output"


class Resolved(NamedTuple):
    """A name, qualified or not: what it is, where it ends, and how it is written."""

    found: Found | None
    end: int
    text: str


class NameReader(SkippingReader):
    """Looks names up and reads declaration specifiers."""

    cplusplus = True

    def __init__(self, tokens: Tokens, file: str) -> None:
        super().__init__(tokens, file)
        # Beyond the end stand empty tokens, so that a look ahead needs no bounds.
        self._texts = [*tokens.texts, *[""] * AHEAD]
        tokens.kinds += [PUNCTUATOR] * AHEAD
        tokens.match += [-1] * AHEAD
        self.globals = Scope("namespace")
        self.scope = self.globals
        self.own_name = ""  # of the class being read, for its constructors

    # Look-up

    def resolve(self, at: int) -> Resolved:
        """The name that begins at a token. Raises nothing; an unknown one has no ``found``."""
        texts, kinds = self._texts, self.tokens.kinds
        parts: list[str] = []
        found: Found | None = None
        scope: Scope | None = None
        if at < self._count and texts[at] == "::":
            scope, at = self.globals, at + 1
            parts.append("")
        while at < self._count and kinds[at] == NAME and texts[at] not in KEYWORDS:
            name = texts[at]
            parts.append(name)
            first = len(parts) == 1
            if first:
                found = find(name, self.scope)
            elif scope is not None:
                found = find_within(name, scope)
            else:
                found = None
            if found is None:
                found = self._library(parts)
            at += 1
            if at < self._count and texts[at] == "<" and not (found and found.value is not None):
                end = self.angle_end(at)
                if end >= 0:
                    found, at = self._instance(name, found), end + 1
                    parts[-1] += "<...>"
            scope = found.scope if found else None
            if texts[at : at + 1] != ["::"] or not self._continues(at + 1):
                break
            if found is not None and scope is None and isinstance(found.type, Fault):
                return self._behind(at, found, parts)
            at += 2 if texts[at + 1] == "template" else 1
        return Resolved(found, at, "::".join(parts))

    def _continues(self, at: int) -> bool:
        if at >= self._count or self.tokens.kinds[at] != NAME:
            return False
        return self._texts[at] == "template" or self._texts[at] not in KEYWORDS

    def _behind(self, at: int, found: Found, parts: list[str]) -> Resolved:
        """A name within something that was not read: the reason stays the same."""
        texts = self._texts
        while texts[at : at + 1] == ["::"] and self._continues(at + 1):
            at += 2 if texts[at + 1] != "template" else 3
            parts.append(texts[at - 1] if at <= self._count else "")
            if texts[at : at + 1] == ["<"]:
                at = max(self.angle_end(at), at) + 1
        return Resolved(Found(found.type, found.type if isinstance(found.type, Fault) else None),
                        at, "::".join(parts))  # fmt: skip

    def _library(self, parts: list[str]) -> Found | None:
        """What needs no declaration in the file."""
        name = parts[-1]
        if parts[:-1] in ([], [""]) and name in _NAMES:
            return Found(Scalar(name, name))
        if parts[:-1] in (["std"], ["", "std"]):
            if name in _STD:
                return Found(Scalar(f"std::{name}", name))
            if name == "byte":
                return Found(Scalar("std::byte", "unsigned char"))
            if name == "nullptr_t":
                return Found(Pointer("std::nullptr_t"))
            return Found(Fault(f"std::{name[:40]} is of the library, which is not read here", 0))
        return None

    @staticmethod
    def _instance(name: str, found: Found | None) -> Found:
        """What a template's name with arguments stands for."""
        if found is not None and isinstance(found.type, Fault):
            return Found(found.type)
        reason = f"'{name[:40]}<...>' is an instance of a template; templates are not read"
        return Found(Fault(reason, 0))

    def starts_type(self, index: int) -> bool:
        """Whether a type's name begins at that token."""
        if index >= self._count:
            return False
        text = self._texts[index]
        if text in _WORDS or text in _CHARACTERS or text in QUALIFIERS or text in CLASS_KEYS:
            return True
        if text in ("enum", "typename", *_DEDUCED) or text in _UNSUPPORTED:
            return True
        found = self.resolve(index).found
        return found is not None and found.type is not None and found.value is None

    def type_name(self) -> Type:
        """As in C. Raises Unreadable for a reference too, whose size is that of what it refers
        to (C++20 7.6.2.5 paragraph 2)."""
        start = self.index
        type_ = super().type_name()
        base = type_.target if isinstance(type_, Alias) else type_
        if isinstance(base, Reference):
            raise Unreadable(start, "sizeof of a reference; name what it refers to")
        return type_

    # Constant expressions

    def constant(self, name: str) -> Count:
        """The value of a constant, whose first name is behind the cursor. Raises Unreadable."""
        start = self.index - 1
        if name in ("true", "false"):
            return int(name == "true")
        resolved = self.resolve(start)
        self.index = resolved.end
        value = resolved.found.value if resolved.found else None
        if isinstance(value, Fault):
            raise Unreadable(start, value.reason)
        if value is None:
            raise Unreadable(start, f"unknown constant '{resolved.text[:40]}'; {_REMEDY}")
        return value

    def primary(self) -> Count | None:
        """``T(x)``, ``T{x}``, ``static_cast<T>(x)`` and ``::name``."""
        text = self.text()
        if text in _CASTS and self.peek() == "<":
            self.index += 2
            type_ = self.type_name()
            self.expect(">")
            self.expect("(")
            return self._cast(type_, ")")
        if text in ("sizeof", "alignof", "_Alignof") or text in KEYWORDS - _WORDS.keys():
            return None
        if text == "::" and not self.starts_type(self.index):
            self.index += 1
            return self._global_constant()
        if text == "(" or not self.starts_type(self.index):
            return None
        start = self.index
        specifiers = self.specifiers()
        if specifiers.type is None:
            raise Unreadable(start, specifiers.fault)
        if self.text() not in ("(", "{"):
            raise Unreadable(self.index, self.unexpected())
        closing = ")" if self.text() == "(" else "}"
        self.index += 1
        return self._cast(specifiers.type, closing)

    def _global_constant(self) -> Count:
        start = self.index - 1
        resolved = self.resolve(start)
        self.index = resolved.end
        value = resolved.found.value if resolved.found else None
        if value is None or isinstance(value, Fault):
            raise Unreadable(start, f"unknown constant '{resolved.text[:40]}'; {_REMEDY}")
        return value

    def _cast(self, type_: Type, closing: str) -> Count:
        if self.text() == closing == "}":
            self.index += 1
            return 0
        value = nested_expression(self)
        self.expect(closing)
        depth = 1 + max(type_.depth, 1 if isinstance(value, int) else value.depth)
        return Cast(type_, value, depth=depth)

    # Specifiers

    def specifiers(self) -> Specifiers:
        """Reads declaration specifiers; without a type when a constructor, destructor or
        conversion function follows. Raises Unreadable."""
        found = Specifiers()
        words: list[str] = []
        spelling: list[str] = []
        atomic = False
        while self.index < self._count:
            text = self._texts[self.index]
            typed = bool(words) or found.type is not None or bool(found.fault)
            if text in _FLAGS:
                found.flags.add(text)
                found.typedef = found.typedef or text == "typedef"
                self.index += 1
                if text == "explicit" and self.text() == "(":
                    self.pass_brackets()
            elif text == "_Atomic" and self.peek() == "(":
                self._only(found, words)
                spelling.append(self._atomic(found))
            elif text in QUALIFIERS:
                atomic = atomic or text == "_Atomic"
                spelling.append(text)
                found.flags.add(text)
                self.index += 1
            elif text in _WORDS:
                self._only(found)
                words.append(_WORDS[text])
                spelling.append(text)
                self.index += 1
            elif starts_attributes(self):
                parse_attributes(self, found.attributes)
            elif text in ("alignas", "_Alignas"):
                self._alignas(found.attributes)
            elif text in (*CLASS_KEYS, "enum"):
                self._only(found, words)
                spelling.append(self._tagged(found, text))
            elif text in _UNSUPPORTED:
                raise Unreadable(self.index, _UNSUPPORTED[text])
            elif typed or not self._may_name_type(text):
                break
            else:
                spelling.append(self._type_specifier(found, text))
        found.text = " ".join(spelling)
        if words or found.type is not None or found.fault:
            self._finish(found, words, atomic)
        elif not self._starts_untyped():
            raise Unreadable(self.index, self.unexpected())
        return found

    def _may_name_type(self, text: str) -> bool:
        if text == "::":
            return True
        if self.tokens.kinds[self.index] != NAME or self._starts_untyped():
            return False
        allowed = text in _CHARACTERS or text in ("typename", *_DEDUCED)
        return allowed or text not in KEYWORDS

    def _starts_untyped(self) -> bool:
        """Whether a constructor, a destructor or a conversion function stands at the cursor."""
        text = self.text()
        own = text == self.own_name and bool(text) and self.peek() == "("
        return own or text in ("~", "operator")

    def _type_specifier(self, found: Specifiers, text: str) -> str:
        if text in _CHARACTERS:
            self.index += 1
            found.type = Scalar(text, _CHARACTERS[text])
            return text
        if text in _DEDUCED:
            self.index += 1
            if self.text() == "(":
                self.pass_brackets()
            found.fault = f"{text} deduces a type, which is not done here; name it"
            return text
        if text == "typename":
            self.index += 1
        start = self.index
        resolved = self.resolve(start)
        if resolved.end == start:
            raise Unreadable(start, self.unexpected())
        self.index = resolved.end
        type_ = resolved.found.type if resolved.found else None
        if isinstance(type_, Type):
            found.type = type_
        elif isinstance(type_, Fault):
            found.later = type_
            derived = type_.reason.startswith(("type '", "unknown type '", "'", "std::"))
            found.fault = type_.reason if derived else f"type '{resolved.text}': {type_.reason}"
        else:
            found.fault = f"unknown type '{resolved.text[:60]}'; {_REMEDY}"
        return resolved.text
