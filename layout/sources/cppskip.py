"""Passing over C++ that no layout depends on: bodies, initialisers, templates, parameters."""

from __future__ import annotations

from layout.sources.cexpressions import Unreadable
from layout.sources.crecords import RecordReader
from layout.sources.ctokens import NAME

__all__ = ["CLASS_KEYS", "SkippingReader"]

CLASS_KEYS = ("struct", "class", "union")

# Words whose parentheses are no parameters.
_WITH_ARGUMENTS = frozenset({
    "__attribute__", "__attribute", "alignas", "_Alignas", "decltype", "noexcept", "explicit",
    "throw", "__declspec", "typeof", "__typeof__", "__decltype", "requires",
})  # fmt: skip

# What a requires that begins an expression, not a clause, stands behind.
_BEFORE_OPERAND = ("requires", "=", "&&", "||", "(", "!", ">")

# Steps that all searches for a closing > may take, per token of the file.
_ANGLE_STEPS = 30


class SkippingReader(RecordReader):
    """A cursor that can pass over what it need not understand."""

    angle_steps = -1

    def peek(self, ahead: int = 1) -> str:
        """The token so many behind the cursor, empty beyond the end."""
        at = self.index + ahead
        return self._texts[at] if 0 <= at < self._count else ""

    def angle_end(self, at: int) -> int:
        """The > that closes the < at that token, or -1."""
        if self.angle_steps < 0:
            self.angle_steps = _ANGLE_STEPS * self._count + 10_000
        texts, match = self._texts, self.tokens.match
        depth = 0
        while at < self._count and self.angle_steps > 0:
            self.angle_steps -= 1
            text = texts[at]
            if text == "<":
                depth += 1
            elif text in (">", ">>"):
                depth -= len(text)
                if depth <= 0:
                    return at
            elif text in ("(", "[", "{"):
                if match[at] < 0:
                    return -1
                at = match[at]
            elif text in (";", ")", "]", "}"):
                return -1
            at += 1
        return -1

    def pass_angles(self) -> None:
        """Passes the template arguments or parameters at the cursor. Raises Unreadable."""
        end = self.angle_end(self.index)
        if end < 0:
            raise Unreadable(self.index, "template arguments that nothing closes")
        self.index = end + 1

    def pass_brackets(self) -> None:
        """Passes a pair of brackets at the cursor. Raises Unreadable."""
        end = self.tokens.match[self.index] if self.index < self._count else -1
        if end < 0:
            raise Unreadable(self.index, "a bracket that nothing closes")
        self.index = end + 1

    def pass_initializer(self) -> None:
        """Passes ``= value`` or ``{value}`` of a member or variable. Raises Unreadable.

        A comma behind a < may lie within template arguments or part two declarators.
        """
        if self.text() == "{":
            self._check_braces()
            self.pass_brackets()
            return
        self.index += 1
        angles = 0
        while self.index < self._count and self.text() != ";":
            text = self.text()
            if text in ("(", "[", "{"):
                self.pass_brackets()
                continue
            if text in (")", "]", "}"):
                raise Unreadable(self.index, self.unexpected())
            angles += text == "<"
            if text == ",":
                if angles:
                    raise Unreadable(self.index, "a comma behind '<' in an initialiser; split it")
                return
            self.index += 1

    def _check_braces(self) -> None:
        """Raises Unreadable when the braces at the cursor hold declarations, not values: what
        stands before them may be a macro and a class's name."""
        at, end = self.index + 1, self.tokens.match[self.index]
        while at < end:
            if self._texts[at] == ";":
                raise Unreadable(self.index - 1, self.unexpected())
            at = max(self.tokens.match[at], at) + 1

    def pass_tail(self) -> tuple[str, bool]:
        """Passes what follows a function's parameters: what it is (``default``, ``delete``,
        ``pure`` or empty) and whether its body ended the declaration. Raises Unreadable."""
        kind = ""
        while self.index < self._count:
            text = self.text()
            if text in (";", ","):
                return kind, False
            if text == "=":
                kind = {"default": "default", "delete": "delete", "0": "pure"}.get(self.peek(), "")
                if not kind:
                    raise Unreadable(self.index, self.unexpected())
                self.index += 2
                if kind == "delete" and self.text() == "(":
                    self.pass_brackets()
            elif text == "{":
                self.pass_brackets()
                return kind, True
            elif text == ":":
                self._pass_member_initializers()
            elif text == "try":
                self.index += 1
                self._pass_try()
                return kind, True
            elif text == "requires":
                self._pass_requires()
            elif text in ("override", "final"):
                self.index += 1
            elif text in ("__attribute__", "__asm__", "asm", "__asm"):
                self.index += 1
                self.pass_brackets()
            elif text == "[" and self.peek() == "[":
                self.pass_brackets()
            else:
                raise Unreadable(self.index, self.unexpected())
        raise Unreadable(self.index, self.unexpected())

    def _pass_member_initializers(self) -> None:
        """Passes ``: a(1), b{2}`` up to the body."""
        self.index += 1
        while self.index < self._count:
            text = self.text()
            if text == "<":
                self.pass_angles()
            elif text in ("(", "{"):
                if text == "{" and not self._names_member():
                    return
                self.pass_brackets()
            elif text in (";", "}", ")"):
                raise Unreadable(self.index, self.unexpected())
            else:
                self.index += 1

    def _names_member(self) -> bool:
        before = self._texts[self.index - 1]
        return before == ">" or self.tokens.kinds[self.index - 1] == NAME

    def _pass_try(self) -> None:
        if self.text() == ":":
            self._pass_member_initializers()
        self.pass_brackets()
        while self.text() == "catch":
            self.index += 1
            self.pass_brackets()
            self.pass_brackets()

    def _pass_requires(self) -> None:
        """Passes a requires clause up to what it is written before."""
        self.index += 1
        while self.index < self._count:
            text = self.text()
            if text == "(":
                self.pass_brackets()
            elif text == "<":
                self.pass_angles()
            elif text == "requires":
                self.index += 1
                if self.text() == "(":
                    self.pass_brackets()
                self.pass_brackets()
            elif self.tokens.kinds[self.index] == NAME or text in ("::", "!"):
                self.index += 1
            else:
                return
            if self.text() in ("&&", "||"):
                self.index += 1
            elif self.text() not in ("<", "::", "(") and text != "!":
                return

    def pass_declaration(self) -> None:
        """Passes a declaration that need not be understood, up to its semicolon or body."""
        parameters = equals = head = False
        while self.index < self._count:
            text = self.text()
            if text == "}":
                return
            if text == ";":
                self.index += 1
                return
            if text == "{":
                function = parameters and not equals
                if self._pass_braces(function=function, goes_on=head or equals):
                    return
            elif text == ":" and parameters and not equals:
                try:
                    self._pass_member_initializers()
                except Unreadable:
                    self.index += 1
            else:
                head = head or (text in (*CLASS_KEYS, "enum") and not (parameters or equals))
                parameters = parameters or (text == "(" and not equals)
                equals = equals or text == "="
                self._pass_token(in_type=not equals)

    def _pass_braces(self, *, function: bool, goes_on: bool) -> bool:
        """Passes braces in a declaration: whether they end it."""
        end = self.tokens.match[self.index]
        self.index = end + 1 if end > 0 else self._count
        if not function:
            return not goes_on and self.text() not in (";", ",", "(", ".", "=")
        while self.text() == "catch" and self.peek() == "(":
            self.index += 1
            for _ in range(2):
                self.index = max(self.tokens.match[self.index], self.index) + 1
                if self.index >= self._count:
                    break
        return True

    def _pass_token(self, *, in_type: bool) -> None:
        """Passes one token, or the brackets that it opens or takes."""
        texts, match, at = self._texts, self.tokens.match, self.index
        text = texts[at]
        if text == "operator":
            at += 2 if self.peek() == "(" else 1
        elif text in _WITH_ARGUMENTS and self.peek() == "(":
            at = max(match[at + 1], at + 1)
        elif text == "<" and in_type:
            at = max(self.angle_end(at), at)
        elif text in ("(", "["):
            at = max(match[at], at)
        expression = text == "requires" and texts[self.index - 1] in _BEFORE_OPERAND
        if expression and texts[at + 1 : at + 2] == ["{"]:
            at = max(match[at + 1], at + 1)
        self.index = min(at + 1, self._count)
