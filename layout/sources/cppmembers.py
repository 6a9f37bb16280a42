"""Members of C++ classes: data, functions, nested types."""

from __future__ import annotations

from typing import NamedTuple

from layout.model import Count, Enum, Field, RecordType
from layout.sources.cattributes import parse_attributes
from layout.sources.cdeclarators import Declarator, Step, build
from layout.sources.cexpressions import Unreadable, parse_expression
from layout.sources.cppclasses import Body
from layout.sources.cppheads import ACCESS
from layout.sources.cppnames import Resolved
from layout.sources.cppscopes import Later
from layout.sources.cpptemplates import TemplateReader
from layout.sources.cspecifiers import Specifiers
from layout.sources.ctokens import BAD, DIRECTIVE, MARK

__all__ = ["MemberReader"]


class Parameter(NamedTuple):
    """``own`` is ``&``, ``&&`` or ``value`` for one of the class itself, else empty."""

    own: str
    optional: bool


class MemberReader(TemplateReader):
    """Reads one member declaration after another."""

    def class_member(self, body: Body) -> None:
        text = self.text()
        if text in (";", "__extension__"):
            self.index += 1
            return
        if self.tokens.kinds[self.index] in (DIRECTIVE, MARK, BAD):
            raise Unreadable(self.index, self.unexpected())
        if text in ACCESS and self.peek() == ":":
            body.access = text
            self.index += 2
        elif text in ("_Static_assert", "static_assert") and self.peek() == "(":
            self.index += 1
            self.pass_brackets()
            self.expect(";")
        elif text == "using":
            self.using()
        elif text == "template":
            self.template()
        elif text == "friend":
            self.pass_declaration()
        else:
            self._declaration_in_class(body)

    def _declaration_in_class(self, body: Body) -> None:
        start = self.index
        specifiers = self.specifiers()
        if "friend" in specifiers.flags:
            self.index = start
            self.pass_declaration()
            return
        if self.text() == ";":
            if not specifiers.typedef:
                self._unnamed(specifiers, body, start)
            self.index += 1
            return
        try:
            while True:
                if self._member_declarator(specifiers, body, start):
                    return
                if self.text() != ",":
                    break
                self.index += 1
            self.expect(";")
        except Unreadable as error:
            self.taint(specifiers, error)
            raise

    def _unnamed(self, specifiers: Specifiers, body: Body, start: int) -> None:
        """An anonymous struct or union is a member; any other declaration is not."""
        if specifiers.body < 0 or specifiers.tagged or isinstance(specifiers.type, Enum):
            return
        if specifiers.type is None:
            raise Unreadable(start, specifiers.fault)
        if specifiers.attributes or specifiers.attributes.refused:
            reason = "attributes before an anonymous member; put them behind its brace"
            raise Unreadable(start, reason)
        if "static" in specifiers.flags:
            return
        line = self.tokens.line(start)
        initialised = isinstance(specifiers.type, RecordType) and any(
            member.initialised for member in specifiers.type.record.fields
        )
        body.fields.append(
            Field(None, specifiers.type, line=line, access=body.access, initialised=initialised)
        )

    def _member_declarator(self, specifiers: Specifiers, body: Body, start: int) -> bool:
        """One declarator; whether a function's body ended the declaration."""
        if self.text() == ":" or (self.text() == "[" and self.peek() == "["):
            declarator = Declarator(index=self.index)
            parse_attributes(self, declarator.attributes)
        else:
            declarator = self.declarator()
        function = bool(declarator.steps) and declarator.steps[0].kind == "("
        if specifiers.typedef:
            self.typedef_name(specifiers, declarator, start)
            return False
        if function:
            return self._function(specifiers, declarator, body)
        if specifiers.type is None and not specifiers.fault:
            raise Unreadable(declarator.index, self.unexpected())
        if specifiers.flags & {"static", "extern", "constexpr"}:
            self.variable(specifiers, declarator)
            return False
        body.fields.append(self._data_member(specifiers, declarator, body))
        return False

    def _data_member(self, specifiers: Specifiers, declarator: Declarator, body: Body) -> Field:
        attributes = declarator.attributes
        parse_attributes(self, attributes)
        width: Count | None = None
        if self.text() == ":":
            self.index += 1
            width = parse_expression(self)
            parse_attributes(self, attributes)
        elif declarator.name is None:
            raise Unreadable(self.index, self.unexpected())
        initialised = self.text() in ("=", "{")
        if initialised:
            self.pass_initializer()
        specifiers.attributes.check()
        attributes.check()
        if attributes.vector is not None:
            raise Unreadable(declarator.index, "vector_size behind a name; put it into a typedef")
        type_ = build(specifiers.type, specifiers.text, specifiers.fault, declarator)
        return Field(
            declarator.name,
            type_,
            width,
            self.tokens.line(declarator.index),
            specifiers.attributes.packed or attributes.packed,
            (*specifiers.attributes.aligned, *attributes.aligned),
            specifiers.attributes.overlaps or attributes.overlaps,
            body.access,
            initialised,
        )

    # Functions

    def _function(self, specifiers: Specifiers, declarator: Declarator, body: Body) -> bool:
        """A member function: whether its body ended the declaration. Raises Unreadable."""
        name = declarator.name or ""
        untyped = specifiers.type is None and not specifiers.fault
        if not name or (
            untyped and name != body.name and name[0] != "~" and name[:8] != "operator"
        ):
            macro = name or self._texts[max(declarator.index - 1, 0)]
            reason = f"'{macro[:40]}(...)' may be a macro; expand it first"
            raise Unreadable(declarator.index, reason)
        parameters = self._parameters(declarator.steps[0])
        kind, ended = self.pass_tail()
        if "static" in specifiers.flags:
            return ended
        virtual = "virtual" in specifiers.flags
        body.virtual = body.virtual or virtual
        if name.startswith("~"):
            kind_of = "destructor"
            body.virtual_destructor = body.virtual_destructor or virtual
        elif untyped and name == body.name:
            kind_of = _constructor(parameters)
        elif name == "operator=":
            kind_of = _assignment(parameters)
        else:
            return ended
        if kind_of:
            body.declared.add(kind_of)
            if kind not in ("default", "delete"):
                body.provided.add(kind_of)
        return ended

    def _parameters(self, step: Step) -> list[Parameter]:
        """What the special member functions hang on, of each parameter."""
        match, at = self.tokens.match, step.at + 1
        end = match[step.at]
        if self._texts[at:end] in ([], ["void"]):
            return []
        found = [self._parameter(at)]
        while at < end:
            text = self._texts[at]
            if text == ",":
                found.append(self._parameter(at + 1))
            elif text == "=":
                found[-1] = found[-1]._replace(optional=True)
            elif text == "<" and self.angle_end(at) >= 0:
                at = self.angle_end(at)
            elif text in ("(", "[", "{") and match[at] > 0:
                at = match[at]
            at += 1
        return found

    def _parameter(self, at: int) -> Parameter:
        texts = self._texts
        if texts[at] == "...":
            return Parameter("", True)
        while texts[at] in ("const", "volatile", "struct", "class", "union"):
            at += 1
        resolved = self.resolve(at)
        behind = resolved.end
        while texts[behind] in ("const", "volatile"):
            behind += 1
        own = resolved.text == self.own_name or self._is_own(resolved)
        mark = texts[behind] if texts[behind] in ("&", "&&") else ""
        if not mark and texts[behind] in ("*", "[", "("):
            own = False
        return Parameter(mark or "value" if own else "", False)

    def _is_own(self, resolved: Resolved) -> bool:
        """Whether a name is an alias of the class being read, which is not complete yet."""
        type_ = resolved.found.type if resolved.found else None
        outer = self.scope.parent.types.get(self.own_name) if self.scope.parent else None
        return isinstance(type_, Later) and type_ is outer


def _constructor(parameters: list[Parameter]) -> str:
    """Which special member function a constructor is (C++11 12.1, 12.8); ``other`` for none."""
    if all(parameter.optional for parameter in parameters):
        return "default"
    if not all(parameter.optional for parameter in parameters[1:]):
        return "other"
    return {"&": "copy", "&&": "move"}.get(parameters[0].own, "other")


def _assignment(parameters: list[Parameter]) -> str:
    """Which one an ``operator=`` is, empty for none."""
    if len(parameters) != 1:
        return ""
    return {"&": "copy=", "&&": "move=", "value": "copy="}.get(parameters[0].own, "")
