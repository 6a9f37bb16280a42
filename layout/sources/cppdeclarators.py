"""C++ declarators: what C has, and references, pointers to members, operators, qualified names."""

from __future__ import annotations

from layout.model import MAX_DEPTH
from layout.sources.cattributes import Attributes, parse_attributes, starts_attributes
from layout.sources.cdeclarators import QUALIFIERS, Declarator, Step, array_bound, spell
from layout.sources.cexpressions import Unreadable
from layout.sources.cppnames import KEYWORDS, NameReader
from layout.sources.ctokens import NAME

__all__ = ["DeclaratorReader"]

_BEHIND = frozenset({"const", "volatile", "&", "&&", "__restrict", "restrict"})


class DeclaratorReader(NameReader):
    """Reads declarators."""

    def declarator(self) -> Declarator:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(self.index, "a declarator nests too deep")
        declarator = Declarator(index=self.index)
        pointers = self._pointer_steps(declarator.attributes)
        if self.text() == "(" and self._opens_declarator():
            self.index += 1
            inner = self.declarator()
            self.expect(")")
            inner.attributes.take(declarator.attributes)
            declarator = inner
        else:
            declarator.index = self.index
            declarator.name = self._declared_name()
            self.attributes(declarator.attributes)
        self._suffix_steps(declarator)
        declarator.steps += reversed(pointers)
        if len(declarator.steps) > MAX_DEPTH:
            raise Unreadable(self.index, f"a declarator of more than {MAX_DEPTH} steps")
        self.depth -= 1
        return declarator

    def attributes(self, into: Attributes) -> None:
        """Reads attributes and ``alignas`` at the cursor. Raises Unreadable."""
        while starts_attributes(self) or self.text() in ("alignas", "_Alignas"):
            if starts_attributes(self):
                parse_attributes(self, into)
            else:
                self._alignas(into)

    def _pointer_steps(self, attributes: Attributes) -> list[Step]:
        pointers: list[Step] = []
        while True:
            text = self.text()
            if text in ("*", "&", "&&"):
                pointers.append(Step(text[0], text))
                self.index += 1
            elif pointers and text in QUALIFIERS:
                pointers[-1].text += f" {text}"
                self.index += 1
            elif starts_attributes(self):
                found = Attributes()
                parse_attributes(self, found)
                if found and pointers:
                    raise Unreadable(self.index, "an attribute inside a declarator; move it behind")
                attributes.take(found)
            elif (end := self._member_pointer(self.index)) >= 0:
                pointers.append(Step("::*", f"{''.join(self._texts[self.index : end - 2])}::*"))
                self.index = end
            else:
                return pointers

    def _member_pointer(self, at: int) -> int:
        """Behind the ``C::*`` that begins at a token, or -1."""
        if at >= self._count or (self.tokens.kinds[at] != NAME and self._texts[at] != "::"):
            return -1
        if self._texts[at] in KEYWORDS:
            return -1
        end = self.resolve(at).end
        return end + 2 if end > at and self._texts[end : end + 2] == ["::", "*"] else -1

    def _opens_declarator(self) -> bool:
        """Whether the parenthesis at the cursor holds a declarator rather than parameters."""
        text = self.peek()
        at = self.index + 1
        if text in ("*", "&", "&&", "(", "__attribute__") or self._member_pointer(at) > 0:
            return True
        named = at < self._count and self.tokens.kinds[at] == NAME and text not in KEYWORDS
        return named and self.peek(2) in (")", "[", "(") and not self.starts_type(at)

    def _declared_name(self) -> str | None:
        """The name at the cursor, or None; an operator's is ``operator=``, a qualified one keeps
        its last part, as nothing in this file's records hangs on it."""
        text = self.text()
        if text == "operator":
            return self._operator()
        at_name = self.index < self._count and self.tokens.kinds[self.index] == NAME
        if not at_name and text not in ("::", "~"):
            return None
        if text in KEYWORDS:
            raise Unreadable(self.index, self.unexpected())
        name = ""
        while self.index < self._count:
            text = self.text()
            if text == "operator":
                return self._operator()
            if text == "~":
                name = f"~{self.peek()}"
                self.index += 2
            elif text == "::":
                self.index += 1
                continue
            elif self.tokens.kinds[self.index] == NAME and text not in KEYWORDS:
                name = text
                self.index += 1
                if self.text() == "<" and self.angle_end(self.index) >= 0:
                    self.pass_angles()
            else:
                raise Unreadable(self.index, self.unexpected())
            if self.text() != "::":
                break
        return name

    def _operator(self) -> str:
        """An operator's name up to its parameters; the type of a conversion is passed over."""
        start = self.index
        self.index += 1
        if self.text() in ("(", "["):
            self.pass_brackets()
        else:
            while self.index < self._count and self.text() != "(":
                if self.text() in (";", "{", "}"):
                    raise Unreadable(self.index, self.unexpected())
                if (
                    self.text() == "<"
                    and self.tokens.kinds[self.index - 1] == NAME
                    and (self.index - 1 > start)
                ):
                    self.pass_angles()
                    continue
                self.index += 1
        return "".join(self._texts[start : self.index])[:80]

    def _suffix_steps(self, declarator: Declarator) -> None:
        while True:
            text = self.text()
            if text == "[" and not starts_attributes(self):
                declarator.steps.append(array_bound(self))
            elif text == "(":
                opening = self.index
                self.pass_brackets()
                inside = spell(self._texts[opening + 1 : self.index - 1])
                declarator.steps.append(Step("(", f"({inside})", at=opening))
                self._behind_parameters()
            else:
                return

    def _behind_parameters(self) -> None:
        """Passes what belongs to a function's type: ``const & noexcept -> T``."""
        while self.index < self._count:
            text = self.text()
            if text in _BEHIND:
                self.index += 1
            elif text in ("noexcept", "throw"):
                self.index += 1
                if self.text() == "(":
                    self.pass_brackets()
            elif text == "->":
                self._trailing_return()
            elif starts_attributes(self):
                parse_attributes(self, Attributes())
            else:
                return

    def _trailing_return(self) -> None:
        self.index += 1
        ends = (";", "{", "=", ",", ")", "}", "override", "final", "requires", "try")
        while self.index < self._count and self.text() not in ends:
            if self.text() in ("(", "["):
                self.pass_brackets()
            elif self.text() == "<":
                self.pass_angles()
            else:
                self.index += 1
