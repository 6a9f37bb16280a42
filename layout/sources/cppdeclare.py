"""What a C++ declaration enters into a scope: aliases, constants, names that using brings in."""

from __future__ import annotations

from dataclasses import replace

from layout.model import (
    MAX_DEPTH,
    Alias,
    Cast,
    Count,
    Record,
    RecordType,
    Scalar,
    Type,
    Vector,
)
from layout.sources.cattributes import Attributes, parse_attributes
from layout.sources.cdeclarators import Declarator, build
from layout.sources.cexpressions import Unreadable, parse_expression
from layout.sources.cppdeclarators import DeclaratorReader
from layout.sources.cppscopes import Later, Scope
from layout.sources.cspecifiers import Fault, Specifiers
from layout.sources.ctokens import Tokens

__all__ = ["DeclarationReader"]


class DeclarationReader(DeclaratorReader):
    """Enters names."""

    def __init__(self, tokens: Tokens, file: str) -> None:
        super().__init__(tokens, file)
        self.class_scopes: dict[Record, Scope] = {}
        self.alias_names: dict[str, str] = {}

    def declare_type(
        self, scope: Scope, name: str, type_: Type | Fault, signature: str
    ) -> Type | Fault:
        """Enters a name. The first of two equal definitions wins; different ones are a fault."""
        key = f"{id(scope)} {name}"
        old = scope.types.get(name)
        if old is None or self.signatures.get(key) is None:
            scope.types[name] = type_
            self.signatures[key] = signature
            return type_
        if self.signatures[key] != signature or isinstance(type_, Fault) != isinstance(old, Fault):
            line = self.tokens.line(self.index)
            full = scope.prefix + name
            old = Fault(f"{full} is defined differently again; keep one definition", line)
            scope.types[name] = old
        return old

    def _pack(self, opening: int) -> int | None:
        return self.tokens.pack(opening)

    def _list_record(self, label: str, record: Record, opening: int) -> None:
        """Lists a record; two of one name, from unnamed scopes, are both refused."""
        if label in self.records and self.records[label] is not record:
            self.skip(label, opening, f"two records are called {label}; rename one")
        elif label not in self.skipped:
            self.records[label] = record

    def variable(self, specifiers: Specifiers, declarator: Declarator) -> None:
        """A variable: nothing to a layout but for a constant's value."""
        constant = specifiers.flags & {"const", "constexpr"} and declarator.name is not None
        plain = not declarator.steps
        start = self.index
        value: Count | Fault | None = None
        if constant and plain and self.text() in ("=", "{"):
            value = self._constant_value(specifiers)
        self.index = start
        if self.text() in ("=", "{"):
            self.pass_initializer()
        elif self.text() == ":":
            raise Unreadable(self.index, self.unexpected())
        if value is not None and declarator.name is not None:
            old = self.scope.values.get(declarator.name)
            if old is not None and not (isinstance(old, int) and old == value):
                name = declarator.name[:40]
                value = Fault(f"constant '{name}' is defined twice; keep one", 0)
            self.scope.values[declarator.name] = value

    def _constant_value(self, specifiers: Specifiers) -> Count | Fault:
        """The value at the cursor, as its type holds it."""
        closing = ";" if self.text() == "=" else "}"
        self.index += 1
        if closing == ";" and self.text() == "{":
            self.index += 1
            closing = "}"
        depth = self.depth
        try:
            value = parse_expression(self)
            if self.text() not in (closing, ","):
                raise Unreadable(self.index, self.unexpected())
        except Unreadable as error:
            self.depth = depth
            return Fault(f"a constant that is not computed: {error.reason}", 0)
        type_ = specifiers.type
        if type_ is None:
            deduced = specifiers.text.replace("const", "").strip() == "auto"
            return value if deduced else Fault(specifiers.fault, 0)
        base = type_.target if isinstance(type_, Alias) else type_
        if not isinstance(base, Scalar):
            return Fault("a constant that is no integer", 0)
        if base.key == "int" and isinstance(value, int):
            return value
        depth = 1 + max(type_.depth, 1 if isinstance(value, int) else value.depth)
        if depth > MAX_DEPTH:
            return Fault("a constant that nests too deep", 0)
        return Cast(type_, value, depth=depth)

    def typedef_name(self, specifiers: Specifiers, declarator: Declarator, start: int) -> None:
        """Enters a typedef's name, which names an unnamed class too."""
        name = declarator.name
        if name is None:
            return
        parse_attributes(self, declarator.attributes)
        base, text = specifiers.type, specifiers.text
        if not declarator.steps and self._is_named_so(specifiers, name):
            return
        naming = specifiers.body >= 0 and not specifiers.tagged and not declarator.steps
        if naming and isinstance(base, RecordType):
            full = self.scope.prefix + name
            scope = self.class_scopes.get(base.record)
            record = replace(base.record, name=full)
            base = RecordType(name, record, depth=base.depth)
            if scope is not None:
                self.class_scopes[record] = scope
            specifiers.type, specifiers.text, specifiers.tagged = base, name, True
        else:
            naming = naming and base is None
        signature = f"{' '.join(self._texts[start : self.index])} {self._pack(start)}"
        try:
            type_: Type | Fault = self._aliased(name, base, text, specifiers, declarator)
        except Unreadable as error:
            line = specifiers.fault_line or self.tokens.line(declarator.index)
            type_ = Fault(error.reason, line)
            bare = not (declarator.steps or specifiers.attributes or declarator.attributes)
            if isinstance(specifiers.later, Later) and bare:
                type_ = specifiers.later
        self.enter_alias(name, type_, signature, naming=naming)

    def _is_named_so(self, specifiers: Specifiers, name: str) -> bool:
        """Whether ``typedef struct S S`` says what is known (C++20 9.2.4 paragraph 3)."""
        if specifiers.attributes or not specifiers.tagged:
            return False
        known = self.scope.types.get(name)
        return known is not None and (known is specifiers.type or known is specifiers.later)

    def enter_alias(
        self, name: str, type_: Type | Fault, signature: str, *, naming: bool = False
    ) -> None:
        """Makes an alias known; ``naming`` when it gives an unnamed class its name."""
        full = self.scope.prefix + name
        known = self.declare_type(self.scope, name, type_, signature)
        if isinstance(known, Alias) and isinstance(known.target, RecordType):
            record = known.target.record
            if naming and known is type_:
                self._list_record(full, record, self.index)
            elif record.name != full:
                self.alias_names[full] = record.name
            if record in self.class_scopes:
                self.scope.scopes[name] = self.class_scopes[record]
        elif naming and isinstance(known, Fault):
            self.refuse(full, known)

    def _aliased(
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
        attributes = Attributes()
        attributes.take(specifiers.attributes)
        attributes.take(declarator.attributes)
        attributes.check()
        type_ = build(base, text, specifiers.fault, declarator)
        if attributes.vector is not None:
            if declarator.steps:
                reason = "vector_size behind a pointer or an array; use a typedef of the element"
                raise Unreadable(declarator.index, reason)
            type_ = Vector(name, type_, attributes.vector, depth=type_.depth + 1)
        return self.alias(name, type_, tuple(attributes.aligned), declarator.index)

    def alias(self, name: str, type_: Type, aligned: tuple[Count, ...], at: int) -> Alias:
        """An alias; a chain of them is flat, as only the last alignment and the type matter."""
        depths = [count.depth for count in aligned if not isinstance(count, int)]
        if isinstance(type_, Alias):
            aligned, type_ = aligned or type_.aligned, type_.target
        depth = max([type_.depth, *depths]) + 1
        if depth > MAX_DEPTH:
            raise Unreadable(at, f"a type nests deeper than {MAX_DEPTH} levels")
        return Alias(name, type_, aligned, depth=depth)
