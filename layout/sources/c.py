"""The reader of C: every record of a file, at file scope or inside another record.

Grammars for editors (tree-sitter-c 0.24.2) mistake unnamed bit-fields, packed enumerations,
``_Complex`` and attributes behind a declarator for errors and lose the records around them, so
this one reads the declarations itself; function bodies and initialisers are passed over by their
brackets.
"""

from __future__ import annotations

from dataclasses import replace

from layout.errors import LayoutError
from layout.model import (
    MAX_DEPTH,
    Alias,
    RecordType,
    Source,
    Type,
    Vector,
)
from layout.sources.cattributes import Attributes, parse_attributes
from layout.sources.cdeclarators import Declarator, build
from layout.sources.cexpressions import Unreadable
from layout.sources.cmodes import with_mode
from layout.sources.crecords import RecordReader
from layout.sources.cspecifiers import Fault, Specifiers
from layout.sources.ctokens import DIRECTIVE, MARK, NAME, STRING, tokenize

__all__ = ["read"]

# Characters of source that are read: beyond is generated data, not a header.
MAX_TEXT = 64 << 20

# Macros on a line of their own that open or close a header and declare nothing.
_FENCES = ("BEGIN_DECLS", "END_DECLS", "BEGIN_EXTERN_C", "END_EXTERN_C", "EXTERN_C_BEGIN",
           "EXTERN_C_END", "EXTERN_C_START")  # fmt: skip
# What attributes are written behind.
_LISTS = ("__attribute__", "__attribute", "__declspec")
_STARTERS = ("struct", "union", "enum", "typedef", "static", "extern", "inline", "const")


def read(text: str, file: str) -> Source:
    """Records and skipped records of a C source. Raises LayoutError for a file beyond MAX_TEXT."""
    if len(text) > MAX_TEXT:
        size = f"{len(text) >> 20} MiB of source, {MAX_TEXT >> 20} at most"
        raise LayoutError(f"{file}:1: {size}; give the header alone")
    reader = _FileReader(tokenize(text), file)
    reader.run()
    skipped = tuple(sorted(reader.skipped.values(), key=lambda entry: (entry.line, entry.name)))
    return Source(file, reader.records, skipped, reader.aliases)


class _FileReader(RecordReader):
    aliases: dict[str, str]

    def run(self) -> None:
        """Reads all declarations at file scope."""
        self.aliases = {}
        self._read()
        for name in self.typedefs:
            type_ = self.completed(name)
            if isinstance(type_, Alias) and isinstance(type_.target, RecordType):
                self.aliases.setdefault(name, type_.target.record.name)

    def _read(self) -> None:
        tokens = self.tokens
        while self.index < len(tokens.texts):
            kind, text = tokens.kinds[self.index], self.text()
            if kind in (DIRECTIVE, MARK) or text in (";", "}") or text.endswith(_FENCES):
                self.index += 1
            elif text == "extern" and tokens.kinds[self.index + 1 : self.index + 2] == [STRING]:
                self.index += 2
                if self.text() == "{":
                    self.index += 1
            elif text == "{" and tokens.match[self.index] > 0:
                self.index = tokens.match[self.index] + 1
            else:
                self._external()

    def _external(self) -> None:
        start = self.index
        try:
            self._declaration(start)
        except Unreadable as error:
            self.depth = 0
            self._recover(start, error)

    def _declaration(self, start: int) -> None:
        if self.text() in ("_Static_assert", "static_assert", "asm", "__asm__", "__asm"):
            raise Unreadable(start, "")
        specifiers = self.specifiers()
        try:
            self._declared_names(start, specifiers)
        except Unreadable as error:
            self.taint(specifiers, error)
            raise

    def _declared_names(self, start: int, specifiers: Specifiers) -> None:
        declarators: list[Declarator] = []
        while self.text() not in (";", ""):
            declarator = self.declarator()
            declarators.append(declarator)
            if self.text() in ("asm", "__asm__", "__asm"):
                self.index = max(self.tokens.match[self.index + 1], self.index) + 1
            parse_attributes(self, declarator.attributes)
            if self.text() == "=" and not specifiers.typedef:
                self._initializer()
            if self.text() == "{" and declarator.steps and declarator.steps[0].kind == "(":
                if self.tokens.match[self.index] < 0:
                    raise Unreadable(self.index, "")
                self.index = self.tokens.match[self.index] + 1
                break
            if self.text() != ",":
                self.expect(";")
                break
            self.index += 1
        if specifiers.typedef:
            self._typedef(start, specifiers, declarators)

    def _initializer(self) -> None:
        tokens = self.tokens
        while self.index < len(tokens.texts) and self.text() not in (",", ";"):
            if self.text() in ("(", "[", "{") and tokens.match[self.index] > 0:
                self.index = tokens.match[self.index]
            self.index += 1

    def _typedef(self, start: int, specifiers: Specifiers, declarators: list[Declarator]) -> None:
        base, text = specifiers.type, specifiers.text
        plain = [declarator for declarator in declarators if not declarator.steps]
        naming = plain[0].name if plain and specifiers.body >= 0 and not specifiers.tagged else None
        if naming is not None and isinstance(base, RecordType):
            base = RecordType(naming, replace(base.record, name=naming), depth=base.depth)
            text = naming
        signature = " ".join(self.tokens.texts[start : self.index])
        if specifiers.body >= 0:
            signature += f" {self.tokens.pack(specifiers.body)}"
        for declarator in declarators:
            name = declarator.name
            if name is None:
                continue
            try:
                type_: Type | Fault = self._alias(name, base, text, specifiers, declarator)
            except Unreadable as error:
                line = specifiers.fault_line or self.tokens.line(declarator.index)
                plain_name = not (
                    declarator.steps or declarator.attributes or specifiers.attributes
                )
                type_ = Fault(error.reason, line, awaits=specifiers.awaits if plain_name else "")
            self.completed(name)  # the same typedef may stand before and behind the definition
            type_ = self.define(self.typedefs, name, type_, signature)
            if name == naming:
                self._named_record(name, type_)
            if isinstance(type_, Alias) and isinstance(type_.target, RecordType):
                self.aliases[name] = type_.target.record.name

    def _named_record(self, name: str, type_: Type | Fault) -> None:
        """Lists a record without a tag under its typedef's name. What aligns the typedef does not
        align the record: a type of that name would have a size that is no multiple of it."""
        if isinstance(type_, Fault):
            self.refuse(name, type_)
        elif isinstance(type_, Alias) and type_.aligned:
            reason = "aligned behind the typedef's name, which leaves the size as it is"
            self.skip(name, self.index - 1, f"{reason}; put it behind the closing brace")
        elif isinstance(type_, Alias) and isinstance(type_.target, RecordType):
            self.records[name] = type_.target.record

    def _alias(
        self,
        name: str,
        base: Type | None,
        text: str,
        specifiers: Specifiers,
        declarator: Declarator,
    ) -> Type:
        if declarator.steps and declarator.steps[0].kind == "(":
            reason = f"'{name[:40]}' is a function type; hold a pointer to it"
            raise Unreadable(declarator.index, reason)
        type_ = build(base, text, specifiers.fault, declarator)
        attributes = Attributes()
        attributes.take(specifiers.attributes)
        attributes.take(declarator.attributes)
        if attributes.vector is not None:
            if declarator.steps:
                reason = "vector_size behind a pointer or an array; use a typedef of the element"
                raise Unreadable(declarator.index, reason)
            type_ = Vector(name, type_, attributes.vector, depth=type_.depth + 1)
        if attributes.ms_struct is not None:
            reason = "ms_struct or gcc_struct on a typedef; put it behind the record's keyword"
            raise Unreadable(declarator.index, reason)
        if attributes.mode:
            type_ = with_mode(type_, attributes.mode, declarator.index)
        aligned = tuple(attributes.aligned)
        depths = [count.depth for count in aligned if not isinstance(count, int)]
        # A chain of typedefs is flat: only the last alignment and the first type matter.
        if isinstance(type_, Alias):
            aligned, type_ = aligned or type_.aligned, type_.target
        depth = max([type_.depth, *depths]) + 1
        if depth > MAX_DEPTH:
            raise Unreadable(declarator.index, f"a type nests deeper than {MAX_DEPTH} levels")
        return Alias(name, type_, aligned, depth=depth)

    # Recovery

    def _recover(self, start: int, error: Unreadable) -> None:
        """Passes over a declaration that was not understood and lists the records in it."""
        end = self._end_of_declaration(start)
        self._skip_records(start, end, error)
        self.index = max(end, start + 1)

    def _opening(self, at: int, end: int) -> int:
        """Where the brace of the record that the keyword at ``at`` opens may stand, else ``end``.

        Attributes may lie between, and a macro with arguments right behind the keyword.
        """
        texts, match = self.tokens.texts, self.tokens.match
        opening = at + 1
        for _ in range(8):
            if opening >= end or texts[opening] in (";", "="):
                return end
            if texts[opening] == "{":
                return opening
            if texts[opening] in ("(", "["):
                own = opening == at + 2 or texts[opening - 1] in _LISTS
                if match[opening] < 0:
                    return end
                if not (own if texts[opening] == "(" else texts[opening + 1] == "["):
                    return end
                opening = match[opening]
            opening += 1
        return end

    def _end_of_declaration(self, start: int) -> int:
        tokens = self.tokens
        texts, match = tokens.texts, tokens.match
        at = start
        while at < len(texts):
            text = texts[at]
            if text == ";":
                return at + 1
            if text == "}":
                return at
            if text in ("(", "[", "{") and match[at] > 0:
                body = text == "{" and texts[at - 1] == ")"
                at = match[at]
                after = texts[at + 1 : at + 2]
                if texts[at] == "}" and (body or (after and after[0] in _STARTERS)):
                    return at + 1
            elif at > start and tokens.kinds[at] == DIRECTIVE and text.startswith("#include"):
                return at
            at += 1
        return at

    def _skip_records(self, start: int, end: int, error: Unreadable) -> None:
        tokens = self.tokens
        reason = error.reason or "its declaration is not understood; give the preprocessor's output"
        at = start
        while at < end:
            text = tokens.texts[at]
            if text in ("struct", "union"):
                opening = self._opening(at, end)
                if opening < end and tokens.texts[opening] == "{" and opening not in self.bodies:
                    tag = tokens.texts[opening - 1]
                    known = tokens.kinds[opening - 1] == NAME and opening - 1 > at
                    self.bodies.add(opening)
                    self.skip(f"{text} {tag if known else '<anonymous>'}", at, reason)
                    at = opening
            elif text == "{" and tokens.match[at] > 0 and tokens.texts[at - 1] == ")":
                at = tokens.match[at]
            at += 1
