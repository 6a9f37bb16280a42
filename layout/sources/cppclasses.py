"""C++ classes: their bodies, to records of the model."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field

from layout.model import MAX_DEPTH, Count, Field, Record, RecordType, Special, Type
from layout.sources.cattributes import parse_attributes
from layout.sources.cexpressions import Unreadable
from layout.sources.cppheads import Head, HeadReader
from layout.sources.cppscopes import Later, Scope
from layout.sources.cppskip import CLASS_KEYS
from layout.sources.crecords import check_flexible, check_names
from layout.sources.cspecifiers import Fault, Specifiers
from layout.sources.ctokens import NAME

__all__ = ["Body", "BodyReader"]


@dataclass(slots=True)
class Body:
    """A class while its members are read."""

    name: str  # for constructors
    access: str
    fields: list[Field] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    virtual: bool = False
    virtual_destructor: bool = False
    declared: set[str] = field(default_factory=set)
    provided: set[str] = field(default_factory=set)
    fault: Unreadable | None = None

    def special(self) -> Special:
        """What of it the layout depends on beside the members."""
        return Special(
            self.virtual, self.virtual_destructor, frozenset(self.declared),
            frozenset(self.provided),
        )  # fmt: skip


class BodyReader(HeadReader):
    """Reads what stands between a class's braces."""

    body: Body | None = None

    @abstractmethod
    def class_member(self, body: Body) -> None:
        """One member declaration at the cursor. Raises Unreadable."""

    def class_definition(self, head: Head, opening: int) -> Type | Fault:
        """The class whose members follow the { at ``opening``."""
        closing = self.tokens.match[opening]
        self.bodies.add(opening)
        label = head.name or f"{head.parent.prefix}{head.kind} <anonymous>"
        if closing < 0:
            self.skip(label, opening, "no brace closes the record; close it")
            raise Unreadable(opening, "no brace closes the record; close it")
        scope = self._class_scope(head)
        body = Body(head.last, "private" if head.kind == "class" else "public", fault=head.fault)
        outer = self.scope, self.own_name, self.body, self.depth
        self.scope, self.own_name, self.body = scope, head.last, body
        self.depth += 1
        if self.depth > MAX_DEPTH:
            reason = f"records nest deeper than {MAX_DEPTH} levels"
            body.fault = body.fault or Unreadable(opening, reason)
            self.index = closing
        else:
            self.index = opening + 1
        self._members(body, closing)
        self.scope, self.own_name, self.body, self.depth = outer
        self.index = closing + 1
        result = self._class(head, body, opening, closing, label)
        return self._enter_class(head, opening, result, scope, label)

    def _class_scope(self, head: Head) -> Scope:
        last, outer = head.last or head.alias, head.parent
        prefix = f"{outer.prefix}{last}::" if last else outer.prefix
        short = f"{outer.short}{last}::" if last else outer.short
        scope = Scope("class", prefix, outer, bases=list(head.base_scopes), short=short)
        if head.fault is not None:
            scope.unknown = f"a base of {head.name or head.kind} that is not read"
        if head.last and "<" not in head.last:
            head.parent.scopes.setdefault(head.last, scope)
            known = head.parent.types.get(head.last)
            if known is None or (isinstance(known, Fault) and not known.line):
                reason = f"{head.name} contains itself; hold a pointer to it"
                head.parent.types[head.last] = Later(reason, 0, head.parent, head.last)
        return scope

    def _members(self, body: Body, closing: int) -> None:
        while self.index < closing:
            depth, start, known = self.depth, self.index, len(body.fields)
            scope, own = self.scope, self.own_name
            try:
                self.class_member(body)
                check_names(body.fields[known:], body.names, start)
                if self.index > closing:
                    raise Unreadable(start, "a member that runs over the end of its class")
            except Unreadable as error:
                body.fault = body.fault or error
                self.depth, self.scope, self.own_name, self.body = depth, scope, own, body
                self._next_member(closing)
            if self.index == start:
                self.index += 1

    def _class(
        self, head: Head, body: Body, opening: int, closing: int, label: str
    ) -> Type | Fault:
        tokens, fault, attributes = self.tokens, body.fault, head.attributes
        try:
            parse_attributes(self, attributes)
            if fault is None:
                attributes.check()
                if head.kind != "union":
                    check_flexible(body.fields, closing)
                self._check_suffix(label, attributes)
        except Unreadable as error:
            fault = fault or error
        pack = tokens.pack(opening)
        if fault is None and pack == -1:
            fault = Unreadable(opening, "#pragma pack is not known here; set it without conditions")
        if fault is None and tokens.ms_struct(opening) is not None:
            fault = Unreadable(opening, "#pragma ms_struct is not supported in C++; drop it")
        if fault is not None:
            return Fault(fault.reason, tokens.line(fault.index))
        depth = self._depth_of(body.fields, head)
        if depth > MAX_DEPTH:
            return Fault(f"a type nests deeper than {MAX_DEPTH} levels", tokens.line(opening))
        record = Record(
            name=label,
            kind="union" if head.kind == "union" else "struct",
            fields=tuple(body.fields),
            line=tokens.line(opening),
            file=self.file,
            packed=attributes.packed,
            aligned=tuple(attributes.aligned),
            pack=pack,
            depth=depth,
            language="cpp",
            bases=tuple(head.bases),
            special=body.special(),
        )
        return RecordType(head.name or f"{head.kind} {{...}}", record, depth=depth)

    @staticmethod
    def _depth_of(fields: list[Field], head: Head) -> int:
        counts: list[Count] = list(head.attributes.aligned)
        for member in fields:
            counts += member.aligned
            counts += [] if member.bit_width is None else [member.bit_width]
        depths = [count.depth for count in counts if not isinstance(count, int)]
        depths += [member.type.depth for member in fields]
        depths += [base.record.depth for base in head.bases]
        return 1 + max(depths, default=0)

    def _enter_class(
        self, head: Head, opening: int, result: Type | Fault, scope: Scope, label: str
    ) -> Type | Fault:
        """Makes a class known under its name."""
        texts = self._texts
        if isinstance(result, RecordType):
            self.class_scopes[result.record] = scope
        if not head.name:
            return result
        if "<" in head.last:
            self.refuse(label, result if isinstance(result, Fault) else Fault("", 0))
            return result
        tokens = " ".join(texts[head.start : self.index])
        known = self.declare_type(head.parent, head.last, result, f"{tokens} {self._pack(opening)}")
        if isinstance(known, Fault):
            self.refuse(label, known)
        elif isinstance(known, RecordType) and known is result:
            self._list_record(label, known.record, opening)
            if (short := head.parent.short + head.last) != label:
                self.alias_names[short] = label
        if known is result:
            head.parent.scopes[head.last] = scope
        return known

    def taint(self, specifiers: Specifiers, error: Unreadable) -> None:
        """Withdraws what a declaration defined when what follows its brace is not understood."""
        if specifiers.body < 0 or not specifiers.tagged:
            return
        for name, type_ in list(self.scope.types.items()):
            if type_ is specifiers.type:
                reason = f"what follows its brace is not understood: {error.reason}"
                fault = Fault(reason, self.tokens.line(specifiers.body))
                if isinstance(type_, RecordType):
                    self.refuse(type_.record.name, fault)
                self.scope.types[name] = fault

    def _skip_body(self, opening: int) -> None:
        """Lists a class that a fault before it kept from being read."""
        texts = self._texts
        at = opening - 1
        while at > max(0, opening - 64) and texts[at] not in (";", "{", "}", ")"):
            if texts[at] in CLASS_KEYS and texts[at - 1] not in ("enum", "friend"):
                named = self.tokens.kinds[at + 1] == NAME
                name = texts[at + 1] if named else f"{texts[at]} <anonymous>"
                self.bodies.add(opening)
                reason = "a fault before it in what holds it"
                self.skip(self.scope.prefix + name, opening, reason)
                return
            at -= 1
