"""C++ templates, which are passed over, and using declarations."""

from __future__ import annotations

from layout.model import Enum, Type
from layout.sources.cattributes import Attributes, parse_attributes, starts_attributes
from layout.sources.cexpressions import Unreadable
from layout.sources.cppclasses import BodyReader
from layout.sources.cppskip import CLASS_KEYS
from layout.sources.cspecifiers import Fault
from layout.sources.ctokens import NAME

__all__ = ["TemplateReader"]

_BEFORE_NAME = frozenset({"inline", "constexpr", "explicit", "consteval", "static", "virtual"})


class TemplateReader(BodyReader):
    """Passes templates and enters their names, so that a use says why it is not read."""

    def template(self) -> None:
        """A template, an instantiation or a specialisation at the cursor. Raises Unreadable."""
        start = self.index
        while self.text() == "template":
            self.index += 1
            if self.text() == "<":
                self.pass_angles()
            if self.text() == "requires":
                self._pass_requires()
        head = self.index
        self._template_name(start)
        own = self._is_own_constructor()
        self.index = head
        self.pass_declaration()
        if own and self.body is not None:
            # C++11 12.8: a template is never a copy or move constructor.
            self.body.declared.add("other")
            self.body.provided.add("other")

    def _template_name(self, start: int) -> None:
        """Enters the name of a class or alias template and lists a class's."""
        text = self.text()
        if text not in (*CLASS_KEYS, "using", "concept"):
            return
        self.index += 1
        while starts_attributes(self) or self.text() == "alignas":
            if starts_attributes(self):
                parse_attributes(self, Attributes())
            else:
                self.index += 1
                self.pass_brackets()
        at = self.index
        if at >= self._count or self.tokens.kinds[at] != NAME:
            return
        name = self._texts[at]
        special = self._texts[at + 1 : at + 2] == ["<"]
        if not special and "::" not in self._texts[at + 1 : at + 2]:
            reason = f"'{name[:40]}' is a template; templates are not read"
            self.scope.types.setdefault(name, Fault(reason, 0))
        if text in CLASS_KEYS and self._has_body(at):
            label = f"{self.scope.prefix}{name}{'<...>' if special else ''}"
            self.skip(label, start, "a class template; templates are not read")

    def _has_body(self, at: int) -> bool:
        texts, match = self._texts, self.tokens.match
        while at < self._count and texts[at] != ";":
            if texts[at] == "{":
                self.bodies.add(at)
                return True
            if texts[at] == "<":
                at = max(self.angle_end(at), at)
            elif texts[at] in ("(", "["):
                at = max(match[at], at)
            at += 1
        return False

    def _is_own_constructor(self) -> bool:
        while self.text() in _BEFORE_NAME or starts_attributes(self):
            if starts_attributes(self):
                parse_attributes(self, Attributes())
                continue
            self.index += 1
            if self.text() == "(":
                self.pass_brackets()
        return bool(self.own_name) and self.text() == self.own_name and self.peek() == "("

    # Using

    def using(self) -> None:
        """A using declaration, directive or alias at the cursor. Raises Unreadable."""
        start = self.index
        self.index += 1
        if self.text() == "namespace":
            self._directive()
        elif self.text() == "enum":
            self._using_enum()
        elif self._is_alias():
            self._using_alias(start)
            return
        else:
            self._using_names()
        self.expect(";")

    def _directive(self) -> None:
        self.index += 1
        resolved = self.resolve(self.index)
        self.index = resolved.end
        if resolved.found is not None and resolved.found.scope is not None:
            self.scope.use(resolved.found.scope)
        if starts_attributes(self):
            parse_attributes(self, Attributes())

    def _using_enum(self) -> None:
        self.index += 1
        resolved = self.resolve(self.index)
        self.index = resolved.end
        found = resolved.found
        if found is None or found.scope is None or not isinstance(found.type, Enum):
            raise Unreadable(self.index, f"'{resolved.text[:40]}' is no enumeration known here")
        for name, value in found.scope.values.items():
            self.scope.values.setdefault(name, value)

    def _is_alias(self) -> bool:
        at = self.index + 1
        if at < self._count and self._texts[at] == "=":
            return True
        return self._texts[at : at + 2] in (["[", "["], ["__attribute__", "("])

    def _using_alias(self, start: int) -> None:
        name = self.text()
        self.index += 1
        attributes = Attributes()
        parse_attributes(self, attributes)
        self.expect("=")
        at = self.index
        depth = self.depth
        try:
            attributes.check()
            specifiers = self.specifiers()
            attributes.take(specifiers.attributes)
            specifiers.attributes = attributes
            declarator = self.declarator()
            declarator.name = name
            if self.text() != ";":
                raise Unreadable(self.index, self.unexpected())
        except Unreadable as error:
            self.depth = depth
            self.index = at
            self.pass_declaration()
            fault = Fault(error.reason, self.tokens.line(error.index))
            self.declare_type(self.scope, name, fault, " ".join(self._texts[start : self.index]))
            return
        self.typedef_name(specifiers, declarator, start)
        self.expect(";")

    def _using_names(self) -> None:
        while True:
            if self.text() == "typename":
                self.index += 1
            resolved = self.resolve(self.index)
            texts = self._texts
            self.index = max(resolved.end, self.index)
            if texts[self.index : self.index + 1] == ["::"]:
                self.index += 1
            if self.text() == "operator":
                self._operator()
                if self.text() == "(":
                    self.pass_brackets()
            else:
                self._import(resolved.text)
            if self.text() == "...":
                self.index += 1
            if self.text() != ",":
                return
            self.index += 1

    def _import(self, text: str) -> None:
        """Enters what a qualified name stands for under its last part."""
        name = text.rpartition("::")[2]
        start = self.index
        while start > 0 and (
            self.tokens.kinds[start - 1] == NAME or self._texts[start - 1] == "::"
        ):
            if self._texts[start - 1] in ("using", "typename"):
                break
            start -= 1
        found = self.resolve(start).found
        if not name or name == self.own_name:
            return
        if found is None:
            reason = f"'{text[:60]}' is unknown here; give the preprocessor's output"
            self.scope.types.setdefault(name, Fault(reason, 0))
            return
        if isinstance(found.type, Type | Fault):
            self.scope.types.setdefault(name, found.type)
        if found.value is not None:
            self.scope.values.setdefault(name, found.value)
        if found.scope is not None:
            self.scope.scopes.setdefault(name, found.scope)
