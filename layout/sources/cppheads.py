"""Heads of C++ classes and enumerations: names, attributes, bases, enumerators."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field

from layout.model import MAX_DEPTH, Alias, Base, Count, Enum, RecordType, Scalar, Type
from layout.sources.cattributes import Attributes, parse_attributes
from layout.sources.cexpressions import Unreadable
from layout.sources.cppdeclare import DeclarationReader
from layout.sources.cppnames import KEYWORDS
from layout.sources.cppscopes import Later, Scope, find, find_within
from layout.sources.cspecifiers import Fault, Specifiers
from layout.sources.ctokens import NAME

__all__ = ["ACCESS", "Head", "HeadReader"]

ACCESS = ("public", "protected", "private")


@dataclass(slots=True)
class Head:
    """What stands before the members of a class."""

    kind: str
    start: int  # token of the class key
    attributes: Attributes
    parent: Scope  # what it is a member of
    name: str = ""  # as printed, with its scope; empty without one
    last: str = ""  # the name itself
    bases: list[Base] = field(default_factory=list)
    base_scopes: list[Scope] = field(default_factory=list)
    fault: Unreadable | None = None
    alias: str = ""  # the typedef's name of one without a name, for the names of what is within


class HeadReader(DeclarationReader):
    """Reads from ``class`` or ``enum`` up to the brace, and enumerations whole."""

    @abstractmethod
    def class_definition(self, head: Head, opening: int) -> Type | Fault:
        """The class whose members follow the { at ``opening``."""

    def _tagged(self, found: Specifiers, kind: str) -> str:
        start = self.index
        self.index += 1
        scoped = kind == "enum" and self.text() in ("class", "struct")
        self.index += scoped
        own = Attributes()
        self.attributes(own)
        named_at = self.index
        name = self._head_name()
        if kind == "enum":
            return self._enum_specifier(found, start, own, name, named_at, scoped=scoped)
        spelling = name if name else f"{kind} {{...}}"
        self.index += self.text() == "final" and self.peek() in (":", "{")
        if self.text() not in ("{", ":") or (self.text() == ":" and self._is_bit_field()):
            self._elaborated(found, name, named_at)
            return spelling
        head = self._head(kind, start, own, name)
        if self.text() == ":":
            self._base_clause(head)
        if self.text() != "{":
            raise Unreadable(self.index, self.unexpected())
        found.tagged, found.body = bool(name), self.index
        head.alias = "" if name or not found.typedef else self._name_behind(self.index)
        known = self.class_definition(head, self.index)
        if isinstance(known, Fault):
            found.fault, found.fault_line = known.reason, known.line
        else:
            found.type = known
        return spelling

    def _name_behind(self, opening: int) -> str:
        at = self.tokens.match[opening] + 1
        plain = 0 < at < self._count - 1 and self._texts[at + 1] in (",", ";")
        return self._texts[at] if plain and self.tokens.kinds[at] == NAME else ""

    def _is_bit_field(self) -> bool:
        """Whether the colon at the cursor is followed by a width rather than bases."""
        return self.tokens.kinds[min(self.index + 1, self._count - 1)] != NAME and (
            self.peek() not in ("::", "[")
        )

    def _head_name(self) -> str:
        """The name in a head, qualified or not; a specialisation's with its brackets."""
        at = self.index
        if at >= self._count or (self.tokens.kinds[at] != NAME and self.text() != "::"):
            return ""
        if self.text() in KEYWORDS or (self.text() == "final" and self.peek() in (":", "{")):
            return ""
        resolved = self.resolve(at)
        self.index = resolved.end
        return resolved.text

    def _head(self, kind: str, start: int, own: Attributes, name: str) -> Head:
        """Finds the scope that a class is a member of, and its full name."""
        head = Head(kind, start, own, self.scope)
        scopes, _, head.last = name.rpartition("::")
        if "<" in name:
            head.fault = Unreadable(start, "a specialisation of a template; templates are not read")
            head.name = self.scope.prefix + name
        elif "::" in name:
            scope = self._scope_called(scopes)
            if scope is None:
                head.fault = Unreadable(start, f"'{name[:60]}' is a member of an unknown scope")
            head.parent = scope or Scope("namespace", f"{scopes}::", self.scope)
            head.name = head.parent.prefix + head.last
        elif name:
            head.name = self.scope.prefix + name
        return head

    def _scope_called(self, name: str) -> Scope | None:
        """The scope of that name, which is qualified or empty for the global one."""
        scope: Scope | None = None
        for at, part in enumerate(name.split("::")):
            if not part:
                scope = self.globals
                continue
            found = find(part, self.scope) if at == 0 else find_within(part, scope or self.globals)
            scope = found.scope if found else None
            if scope is None:
                return None
        return scope

    def _elaborated(self, found: Specifiers, name: str, named_at: int) -> None:
        """``struct S`` without members: declares it when that is all the declaration says."""
        if not name:
            raise Unreadable(self.index, self.unexpected())
        plain = "::" not in name and "<" not in name
        missing = f"{name[:60]} has no members before this line; define it first"
        known: Type | Fault | None
        if plain and self.text() == ";" and not found.flags:
            known = self.scope.types.setdefault(name, Later(missing, 0, self.scope, name))
        else:
            entity = self.resolve(named_at).found
            known = entity.type if entity else None
            if known is None and plain:
                known = self._declare_outside(name, missing)
        if isinstance(known, Type):
            found.type = known
        else:
            found.fault = known.reason if known is not None else missing
            found.later = known

    def _declare_outside(self, name: str, missing: str) -> Fault:
        """Enters a class that a declaration of something else names first, into the namespace
        around it (C++20 6.4.2 paragraph 7)."""
        scope = self.scope
        while scope.kind != "namespace" and scope.parent is not None:
            scope = scope.parent
        scope.types[name] = known = Later(missing, 0, scope, name)
        return known

    # Bases

    def _base_clause(self, head: Head) -> None:
        """``: public A, virtual B`` up to the brace. Raises Unreadable when none follows."""
        self.index += 1
        default = "private" if head.kind == "class" else "public"
        while self.text() != "{":
            virtual, access = False, default
            while self.text() in (*ACCESS, "virtual", "typename"):
                virtual = virtual or self.text() == "virtual"
                access = self.text() if self.text() in ACCESS else access
                self.index += 1
            self._base(head, access, virtual=virtual)
            if self.text() == "...":
                self.index += 1
            if self.text() not in (",", "{"):
                self._pass_base(head)
            if self.text() == ",":
                self.index += 1

    def _base(self, head: Head, access: str, *, virtual: bool) -> None:
        at = self.index
        resolved = self.resolve(at)
        self.index = resolved.end
        found = resolved.found
        type_ = found.type if found else None
        while isinstance(type_, Alias):
            type_ = type_.target
        if isinstance(type_, RecordType) and type_.record.kind != "union" and head.kind != "union":
            head.bases.append(Base(type_.record, virtual, access, self.tokens.line(at)))
            scope = self.class_scopes.get(type_.record)
            head.base_scopes += [] if scope is None else [scope]
        elif head.fault is None:
            reason = type_.reason if isinstance(type_, Fault) else "it is no class known here"
            head.fault = Unreadable(at, f"base '{resolved.text[:60]}': {reason}")

    def _pass_base(self, head: Head) -> None:
        """Passes a base that is not understood. Raises Unreadable when no class follows."""
        start = self.index
        head.fault = head.fault or Unreadable(start, f"a base class: {self.unexpected()}")
        while self.text() not in ("{", ","):
            text = self.text()
            if text in ("", ";", ")", "}"):
                raise Unreadable(start, self.unexpected())
            if text == "<" and self.angle_end(self.index) >= 0:
                self.pass_angles()
            elif text in ("(", "["):
                self.pass_brackets()
            else:
                self.index += 1

    # Enumerations

    def _enum_specifier(
        self,
        found: Specifiers,
        start: int,
        own: Attributes,
        name: str,
        named_at: int,
        *,
        scoped: bool,
    ) -> str:
        spelling = name or "enum {...}"
        underlying: Type | None = Scalar("int", "int") if scoped else None
        if self.text() == ":":
            self.index += 1
            underlying = self._underlying()
        elif self.text() != "{" and not scoped:
            self._elaborated(found, name, named_at)
            return spelling
        result: Type | Fault
        if self.text() == "{":
            found.body, found.tagged = self.index, bool(name)
            result = self._enumerators(name, own, underlying, scoped=scoped)
        else:
            result = self._opaque(name, Enum(spelling, (), underlying, own.packed))
        if found.body >= 0 and name and "::" not in name:
            signature = " ".join(self._texts[start : self.index])
            result = self.declare_type(self.scope, name, result, signature)
        if isinstance(result, Fault):
            found.fault, found.fault_line = result.reason, result.line
        else:
            found.type = result
        return spelling

    def _opaque(self, name: str, type_: Enum) -> Type | Fault:
        """An enumeration that is declared with its type and may be defined elsewhere."""
        known = self.scope.types.get(name)
        if known is None or isinstance(known, Later):
            self.scope.types[name] = known = type_
        return known

    def _underlying(self) -> Type:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(self.index, "types nest too deep")
        specifiers = self.specifiers()
        if specifiers.type is None:
            raise Unreadable(self.index, specifiers.fault)
        self.depth -= 1
        return specifiers.type

    def _enumerators(
        self, name: str, own: Attributes, underlying: Type | None, *, scoped: bool
    ) -> Type | Fault:
        opening = self.index
        closing = self.tokens.match[opening]
        if closing < 0:
            raise Unreadable(opening, "no brace closes the enumeration; close it")
        outer, inner = self.scope, Scope("enum", f"{self.scope.prefix}{name}::", self.scope)
        if scoped:
            self.scope = inner
        self.constants = self.scope.values
        values, fault = self._enumerator_values(closing)
        self.scope = outer
        if name and "::" not in name:
            inner.values = inner.values if scoped else outer.values
            outer.scopes[name] = inner
        self.index = closing + 1
        parse_attributes(self, own)
        if own.aligned or own.vector is not None or own.refused is not None:
            return Fault(f"enum {name}: an attribute is not supported", self.tokens.line(opening))
        if fault is not None and underlying is None:
            reason = f"enum {name} cannot be read: {fault.reason}"
            return Fault(reason, self.tokens.line(opening))
        kept = () if underlying is not None else tuple(values)
        return self._enum(name or "enum ", kept, underlying, own.packed)

    def _enumerator_values(self, closing: int) -> tuple[list[Count], Unreadable | None]:
        values: list[Count] = []
        previous: Count = -1
        self.index += 1
        depth = self.depth
        try:
            while self.index < closing:
                previous = self._enumerator(previous)
                values.append(previous)
        except Unreadable as error:
            self.depth = depth
            for at in range(error.index, closing):
                if self.tokens.kinds[at] == NAME and self._texts[at + 1] in (",", "=", "}"):
                    self.constants[self._texts[at]] = Fault(error.reason, 0)
            return values, error
        return values, None
