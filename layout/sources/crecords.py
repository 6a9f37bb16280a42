"""C records and enumerations: members, tags, and what is declared twice."""

from __future__ import annotations

import re
from dataclasses import replace

from layout.model import (
    MAX_DEPTH,
    Binary,
    Constant,
    Count,
    Enum,
    Enumerator,
    Field,
    Record,
    RecordType,
    Skipped,
    Type,
    is_flexible,
)
from layout.sources.calike import holds_record, lie_alike
from layout.sources.cattributes import Attributes, parse_attributes, starts_attributes
from layout.sources.cdeclarators import Declarator, build
from layout.sources.cexpressions import Unreadable, parse_expression
from layout.sources.cmodes import with_mode
from layout.sources.cspans import brace_span, declaration_span, declarator_span
from layout.sources.cspecifiers import Fault, SpecifierReader, Specifiers
from layout.sources.ctokens import BAD, DIRECTIVE, MARK, NAME, Tokens

__all__ = ["RecordReader", "check_flexible", "check_names", "like_macro"]

_MACRO = re.compile(r"pack|align|attr", re.IGNORECASE)


def like_macro(name: str) -> bool:
    """Whether a name behind a closing brace may stand for an attribute that shapes the record."""
    return (name.startswith("__") or name.isupper()) and _MACRO.search(name) is not None


class RecordReader(SpecifierReader):
    """Reads the bodies of records and enumerations."""

    def __init__(self, tokens: Tokens, file: str) -> None:
        super().__init__(tokens, file)
        self.signatures: dict[str, str] = {}
        self.records: dict[str, Record] = {}
        self.skipped: dict[str, Skipped] = {}
        self.bodies: set[int] = set()  # tokens of the { of records that were read or skipped

    def skip(self, name: str, index: int, reason: str) -> Fault:
        """Lists a record as not read because of that token."""
        return self.refuse(name, Fault(reason, self.tokens.line(index)))

    def refuse(self, name: str, fault: Fault) -> Fault:
        """Lists a record as not read."""
        self.records.pop(name, None)
        self.skipped.setdefault(name, Skipped(name, fault.line, fault.reason))
        return fault

    def define(
        self, table: dict[str, Type | Fault], name: str, type_: Type | Fault, signature: str
    ) -> Type | Fault:
        """Enters a name. The first of two equal definitions wins; different ones are a fault."""
        old = table.get(name)
        if old is None or self.signatures.get(name) is None:
            table[name] = type_
            self.signatures[name] = signature
            return type_
        same = self.signatures[name] == signature and isinstance(type_, Fault) == isinstance(
            old, Fault
        )
        if not same and not lie_alike(old, type_):
            line = self.tokens.line(self.index)
            old = Fault(f"{name} is defined differently again; keep one definition", line)
            table[name] = old
        return old

    # Records

    def record(self, name: str, opening: int, attributes: Attributes) -> Type | Fault:
        closing = self.tokens.match[opening]
        self.bodies.add(opening)
        anonymous = name.endswith(" ")
        outer = self.tags.get(name)
        if closing < 0:
            raise self._unclosed(name, opening)
        if not anonymous and outer is None:
            self.tags[name] = Fault(f"{name} contains itself; hold a pointer to it", 0)
        depth = self.depth
        self.depth += 1
        fields: list[Field] = []
        seen: set[str] = set()
        fault: Unreadable | None = None
        declares = False
        if self.depth > MAX_DEPTH:
            fault = Unreadable(opening, f"records nest deeper than {MAX_DEPTH} levels")
        self.index = opening + 1
        while fault is None or self.depth <= MAX_DEPTH:
            if self.index >= closing:
                break
            inner, start, known = self.depth, self.index, len(fields)
            try:
                declares = self._member(fields) or declares
                check_names(fields[known:], seen, start)
            except Unreadable as error:
                fault = fault or error
                self.depth = inner
                self._next_member(closing)
        self.index = closing + 1
        self.depth = depth
        try:
            parse_attributes(self, attributes)
            if fault is None:
                if not name.startswith("union"):
                    check_flexible(fields, closing)
                self._check_suffix(name, attributes)
        except Unreadable as error:
            fault = fault or error
        result = self._finished(name, opening, fields, attributes, fault)
        if declares and isinstance(result, RecordType):
            record = replace(result.record, declares=True)
            result = RecordType(result.spelling, record, depth=result.depth)
        if anonymous:
            return result
        if outer is None:
            del self.tags[name]
        return self._enter(name, opening, result)

    def _unclosed(self, name: str, opening: int) -> Unreadable:
        reason = "no brace closes the record; close it"
        self.skip(self._label(name), opening, reason)
        return Unreadable(opening, reason)

    def _label(self, name: str) -> str:
        return f"{name}<anonymous>" if name.endswith(" ") else name

    def _check_suffix(self, name: str, attributes: Attributes) -> None:
        if attributes.vector is not None or attributes.mode:
            raise Unreadable(self.index, f"vector_size or mode on {name.strip()}")
        after = self.text()
        if self.index < len(self.tokens.texts) and self.tokens.kinds[self.index] in (
            MARK,
            BAD,
            DIRECTIVE,
        ):
            raise Unreadable(self.index, self.unexpected())
        if like_macro(after):
            reason = f"'{after[:40]}' behind the record may be a macro that changes its layout"
            raise Unreadable(self.index, f"{reason}; give the preprocessor's output")

    def _finished(
        self,
        name: str,
        opening: int,
        fields: list[Field],
        attributes: Attributes,
        fault: Unreadable | None,
    ) -> Type | Fault:
        pack = self.tokens.pack(opening)
        if fault is None and pack == -1:
            reason = "#pragma pack is not known here; set it without conditions"
            fault = Unreadable(opening, reason)
        pragma = self.tokens.ms_struct(opening)
        if fault is None and (pragma is False or (pragma and attributes.ms_struct is False)):
            reason = "#pragma ms_struct is not known here; set it without conditions"
            fault = Unreadable(opening, reason)
        line = self.tokens.line(opening)
        if fault is not None:
            return Fault(fault.reason, self.tokens.line(fault.index))
        counts: list[Count] = list(attributes.aligned)
        for member in fields:
            counts += member.aligned
            counts += [] if member.bit_width is None else [member.bit_width]
        depths = [count.depth for count in counts if not isinstance(count, int)]
        depth = 1 + max([*depths, *(member.type.depth for member in fields)], default=0)
        kind = name.partition(" ")[0]
        record = Record(
            name=self._label(name),
            kind="union" if kind == "union" else "struct",
            fields=tuple(fields),
            line=line,
            file=self.file,
            packed=attributes.packed,
            aligned=tuple(attributes.aligned),
            pack=pack,
            depth=depth,
            ms_struct=pragma if attributes.ms_struct is None else attributes.ms_struct,
            span=brace_span(self.tokens, opening),
        )
        return RecordType(name if name[-1] != " " else f"{name}{{...}}", record, depth=depth)

    def _enter(self, name: str, opening: int, result: Type | Fault) -> Type | Fault:
        """Makes a tagged record known."""
        tokens = self.tokens
        state = f"{tokens.pack(opening)} {tokens.ms_struct(opening)}"
        signature = f"{state} {' '.join(tokens.texts[opening : self.index])}"
        known = self.define(self.tags, name, result, signature)
        if isinstance(known, Fault):
            self.refuse(name, known)
        elif isinstance(known, RecordType):
            self.records[name] = known.record
        return known

    def _next_member(self, closing: int) -> None:
        """After a fault: the cursor behind the next semicolon of this body."""
        tokens = self.tokens
        while self.index < closing:
            text = tokens.texts[self.index]
            if text in "([{" and tokens.match[self.index] > 0:
                opens_record = text == "{" and self.index not in self.bodies
                if opens_record:
                    self._skip_body(self.index)
                self.index = tokens.match[self.index]
            self.index += 1
            if text == ";":
                return

    def _skip_body(self, opening: int) -> None:
        """Lists a record that a fault before it kept from being read."""
        texts = self.tokens.texts
        at = opening - 1
        tag = texts[at] if self.tokens.kinds[at] == NAME else ""
        kind = texts[at - 1] if tag not in ("struct", "union") else tag
        if kind in ("struct", "union") and tag != kind:
            self.bodies.add(opening)
            self.skip(f"{kind} {tag}", opening, "a fault before it in the record that holds it")

    def _member(self, fields: list[Field]) -> bool:
        """One member declaration, with all its declarators. Whether it names a record without
        making it a member."""
        tokens = self.tokens
        text = self.text()
        if text == ";":
            self.index += 1
            return False
        kind = tokens.kinds[self.index]
        if kind in (DIRECTIVE, MARK, BAD):
            raise Unreadable(self.index, self.unexpected())
        if text in ("_Static_assert", "static_assert") and tokens.match[self.index + 1] > 0:
            self.index = tokens.match[self.index + 1] + 1
            self.expect(";")
            return False
        start = self.index
        specifiers = self.specifiers()
        if specifiers.typedef:
            raise Unreadable(start, "a typedef inside a record")
        if self.text() == ";":
            declares = self._unnamed_member(specifiers, fields, start)
            self.index += 1
            return declares
        known = len(fields)
        try:
            while True:
                fields.append(self._declared(specifiers))
                if self.text() != ",":
                    break
                self.index += 1
            self.expect(";")
            span = declaration_span(tokens, start, self.index - 1)
            fields[known:] = [replace(field, span=span) for field in fields[known:]]
        except Unreadable as error:
            self.taint(specifiers, error)
            raise
        return False

    def taint(self, specifiers: Specifiers, error: Unreadable) -> None:
        """Withdraws what a declaration defined when what follows its brace is not understood."""
        if specifiers.body < 0 or not specifiers.tagged:
            return
        for table_name, type_ in list(self.tags.items()):
            if type_ is specifiers.type:
                reason = f"what follows its brace is not understood: {error.reason}"
                fault = Fault(reason, self.tokens.line(specifiers.body))
                if isinstance(type_, RecordType):
                    fault = self.skip(table_name, specifiers.body, reason)
                self.tags[table_name] = fault

    def _unnamed_member(self, specifiers: Specifiers, fields: list[Field], start: int) -> bool:
        """A declaration without declarators: a member only if it defines a record without a tag
        (C11 6.7.2.1 paragraph 13); a tagged one is declared, but is no member, which is what this
        answers. Microsoft makes it one (C language reference, Anonymous structures)."""
        if specifiers.body < 0 or specifiers.tagged or isinstance(specifiers.type, Enum):
            return holds_record(specifiers.type)
        if specifiers.type is None:
            raise Unreadable(start, specifiers.fault)
        if specifiers.attributes:
            reason = "attributes before an anonymous member; put them behind its brace"
            raise Unreadable(start, reason)
        span = declaration_span(self.tokens, start, self.index)
        fields.append(Field(None, specifiers.type, line=self.tokens.line(start), span=span))
        return False

    def _declared(self, specifiers: Specifiers) -> Field:
        """One declarator of a member declaration."""
        start = self.index
        if self.text() == ":" or starts_attributes(self):
            declarator = Declarator(index=start)
            parse_attributes(self, declarator.attributes)
        else:
            declarator = self.declarator()
        name = declarator.name
        if name is None and self.text() != ":":
            raise Unreadable(self.index, self.unexpected())
        if specifiers.body >= 0 and name is not None and like_macro(name):
            raise Unreadable(declarator.index, f"'{name[:40]}' may be a macro; expand it first")
        width: Count | None = None
        attributes = declarator.attributes
        parse_attributes(self, attributes)
        if self.text() == ":":
            self.index += 1
            width = parse_expression(self)
            parse_attributes(self, attributes)
        if attributes.vector is not None:
            raise Unreadable(start, "vector_size behind a name; put it into a typedef")
        if attributes.ms_struct is not None or specifiers.attributes.ms_struct is not None:
            raise Unreadable(start, "ms_struct or gcc_struct on a member; put it on its record")
        type_ = build(specifiers.type, specifiers.text, specifiers.fault, declarator)
        mode = attributes.mode or specifiers.attributes.mode
        if mode:
            type_ = with_mode(type_, mode, start)
        return Field(
            name,
            type_,
            width,
            self.tokens.line(declarator.index),
            specifiers.attributes.packed or attributes.packed,
            (*specifiers.attributes.aligned, *attributes.aligned),
            part=declarator_span(self.tokens, start, self.index),
        )

    # Enumerations

    def successor(self, previous: Count) -> Count:
        """The value of an enumerator without one, after ``previous``. Raises Unreadable."""
        if isinstance(previous, int):
            following = previous + 1
            return following if following < 1 << 31 else Constant(following, "long long")
        if isinstance(previous, Constant):
            return Constant(previous.value + 1, previous.key)
        if isinstance(previous, Binary) and previous.operator == "+" and previous.right == 1:
            raise Unreadable(self.index, "enumerators that follow a sizeof; give each its value")
        return Binary("+", previous, 1, depth=previous.depth + 1)

    def enumeration(self, name: str, opening: int, attributes: Attributes) -> Type | Fault:
        underlying: Type | None = None
        if self.text() == ":":
            self.index += 1
            underlying = self.type_name()
        closing = self.tokens.match[opening]
        if self.index != opening or closing < 0:
            raise Unreadable(self.index, self.unexpected())
        values: list[Count] = []
        previous: Count = -1
        self.index += 1
        try:
            while self.index < closing:
                previous = self._enumerator(previous)
                values.append(previous)
            self.index = closing + 1
            parse_attributes(self, attributes)
            if like_macro(self.text()):
                raise Unreadable(self.index, f"'{self.text()[:40]}' may be a macro")
            if attributes.aligned or attributes.vector is not None or attributes.mode:
                raise Unreadable(opening, "an aligned enumeration; align a typedef of it")
        except Unreadable as error:
            self.index = closing + 1
            parse_attributes(self, Attributes())
            result: Type | Fault = Fault(
                f"{name.strip()} cannot be read: {error.reason}", self.tokens.line(opening)
            )
        else:
            result = self._enum(name, tuple(values), underlying, attributes.packed)
        if name.endswith(" "):
            return result
        signature = " ".join(self.tokens.texts[opening : self.index])
        return self.define(self.tags, name, result, signature)

    def _enum(
        self, name: str, values: tuple[Count, ...], underlying: Type | None, packed: bool
    ) -> Type:
        spelling = name if name[-1] != " " else f"{name}{{...}}"
        lazy = tuple(value for value in values if not isinstance(value, int))
        plain = [value for value in values if isinstance(value, int)]
        # Only the range counts, so two of the plain values stand for all of them.
        kept = (*lazy, *((min(plain), max(plain)) if plain else ()))
        depth = 1 + max((value.depth for value in lazy), default=0)
        return Enum(spelling, kept, underlying, packed, depth=depth)

    def _enumerator(self, previous: Count) -> Count:
        at = self.index
        if self.tokens.kinds[at] != NAME:
            raise Unreadable(at, self.unexpected())
        name = self.text()
        self.index += 1
        parse_attributes(self, Attributes())
        if self.text() == "=":
            self.index += 1
            value = parse_expression(self)
        else:
            value = self.successor(previous)
        if self.text() == ",":
            self.index += 1
        elif self.text() != "}":
            raise Unreadable(self.index, self.unexpected())
        old = self.constants.get(name)
        if old is not None and not (isinstance(old, int) and old == value):
            reason = f"constant '{name[:40]}' is defined twice; keep one"
            self.constants[name] = Fault(reason, self.tokens.line(at))
        else:
            known = value if isinstance(value, int) else Enumerator(value, depth=value.depth + 1)
            self.constants[name] = known
        return value


def check_names(fields: list[Field], seen: set[str], index: int) -> None:
    """Whether new members' names are new. Raises Unreadable."""
    for member in fields:
        for name in _names(member):
            if name in seen:
                raise Unreadable(index, f"member '{name[:40]}' twice; rename one")
            seen.add(name)


def check_flexible(fields: list[Field], closing: int) -> None:
    """C11 6.7.2.1 paragraph 18. Raises Unreadable."""
    for member in fields[:-1]:
        if is_flexible(member.type):
            reason = f"flexible array '{member.name}' is not the last member; move it there"
            raise Unreadable(closing, reason)


def _names(member: Field) -> list[str]:
    if member.name is not None:
        return [member.name]
    if isinstance(member.type, RecordType):
        return [name for inner in member.type.record.fields for name in _names(inner)]
    return []
