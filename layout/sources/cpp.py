"""The reader of C++: every class of a file that lies in a namespace or in another class.

It is the reader of C with C++ on top: the same tokens, expressions and declarators. Function bodies
are passed over, templates too; whatever may change a layout and is not understood refuses the class
that holds it, see docs/cpp.md.
"""

from __future__ import annotations

from layout.errors import LayoutError
from layout.model import MAX_DEPTH, Source
from layout.sources.cattributes import Attributes, parse_attributes, starts_attributes
from layout.sources.cexpressions import Unreadable
from layout.sources.cppmembers import MemberReader
from layout.sources.cppscopes import Scope
from layout.sources.cppskip import CLASS_KEYS
from layout.sources.cspecifiers import Specifiers
from layout.sources.ctokens import DIRECTIVE, MARK, NAME, STRING, tokenize

__all__ = ["read"]

# Characters of source that are read: beyond is generated data.
MAX_TEXT = 64 << 20

# Words that a declaration which enters a name may begin with.
_STARTS = frozenset({
    *CLASS_KEYS, "enum", "typedef", "const", "constexpr", "static", "inline", "constinit",
    "__extension__", "extern", "volatile", "alignas", "_Alignas",
})  # fmt: skip


def read(text: str, file: str) -> Source:
    """Records and skipped records of a C++ source. Raises LayoutError for a file beyond
    MAX_TEXT."""
    if len(text) > MAX_TEXT:
        size = f"{len(text) >> 20} MiB of source, {MAX_TEXT >> 20} at most"
        raise LayoutError(f"{file}:1: {size}; give the header alone")
    reader = _FileReader(tokenize(text, cplusplus=True), file)
    reader.run()
    skipped = tuple(sorted(reader.skipped.values(), key=lambda entry: (entry.line, entry.name)))
    return Source(file, reader.records, skipped, reader.alias_names)


class _FileReader(MemberReader):
    """Reads what stands in namespaces."""

    def run(self) -> None:
        """Reads the whole file."""
        open_scopes: list[tuple[int, Scope]] = []  # closing brace, scope around the namespace
        kinds, texts = self.tokens.kinds, self._texts
        while self.index < self._count:
            while open_scopes and self.index >= open_scopes[-1][0]:
                self.scope = open_scopes.pop()[1]
            text = texts[self.index]
            if kinds[self.index] in (DIRECTIVE, MARK) or text in (";", "}", "__extension__"):
                self.index += 1
            elif (
                text == "extern"
                and self.index + 1 < self._count
                and (kinds[self.index + 1] == STRING)
            ):
                self.index += 2
                self.index += self.text() == "{"
            elif text == "namespace" or (text == "inline" and self.peek() == "namespace"):
                self._namespace(open_scopes)
            elif text == "{":
                self.index = max(self.tokens.match[self.index], self.index) + 1
            else:
                self._guarded()

    # Namespaces

    def _namespace(self, open_scopes: list[tuple[int, Scope]]) -> None:
        start = self.index
        try:
            self._open_namespace(open_scopes)
        except Unreadable:
            self.index = start + 1
            self.pass_declaration()
            self.index = max(self.index, start + 1)

    def _open_namespace(self, open_scopes: list[tuple[int, Scope]]) -> None:
        inline = self.text() == "inline"
        self.index += 1 + inline
        if starts_attributes(self):
            parse_attributes(self, Attributes())
        if self.peek() == "=":
            self._namespace_alias()
            return
        outer = scope = self.scope
        while self.text() != "{":
            if self.text() == "inline":
                inline = True
                self.index += 1
            if self.index >= self._count or self.tokens.kinds[self.index] != NAME:
                raise Unreadable(self.index, self.unexpected())
            if scope.depth > MAX_DEPTH:
                raise Unreadable(self.index, f"namespaces nest deeper than {MAX_DEPTH} levels")
            scope = self._enter_namespace(scope, self.text(), inline=inline)
            inline = False
            self.index += 1
            if starts_attributes(self) or self.text() == "__attribute__":
                parse_attributes(self, Attributes())
            if self.text() == "::":
                self.index += 1
        if scope is outer:
            scope = self._enter_namespace(scope, "", inline=True)
        closing = self.tokens.match[self.index]
        open_scopes.append((closing if closing > 0 else self._count, outer))
        self.scope = scope
        self.index += 1

    @staticmethod
    def _enter_namespace(outer: Scope, name: str, *, inline: bool) -> Scope:
        known = outer.scopes.get(name)
        if known is None or known.kind != "namespace":
            prefix = f"{outer.prefix}{name}::" if name else outer.prefix
            short = f"{outer.short}{name}::" if name and not inline else outer.short
            known = Scope("namespace", prefix, outer, short=short)
            outer.scopes[name] = known
        if inline and known not in outer.inlined:
            outer.inlined.append(known)
        return known

    def _namespace_alias(self) -> None:
        name = self.text()
        self.index += 2
        resolved = self.resolve(self.index)
        self.index = resolved.end
        self.expect(";")
        if resolved.found is not None and resolved.found.scope is not None:
            self.scope.scopes.setdefault(name, resolved.found.scope)

    # Declarations

    def _guarded(self) -> None:
        start, scope = self.index, self.scope
        try:
            self._declaration()
        except Unreadable as error:
            self.depth, self.scope, self.own_name, self.body = 0, scope, "", None
            self.index = start
            self.pass_declaration()
            self.index = max(self.index, start + 1)
            reason = error.reason or "its declaration is not understood"
            self._list_classes(start, self.index, reason)

    def _declaration(self) -> None:
        text = self.text()
        if text == "template" or (text == "extern" and self.peek() == "template"):
            self.index += text == "extern"
            self.template()
        elif text == "using":
            self.using()
        elif text in _STARTS or starts_attributes(self):
            self._simple_declaration()
        else:
            raise Unreadable(self.index, "")

    def _simple_declaration(self) -> None:
        start = self.index
        specifiers = self.specifiers()
        if specifiers.type is None and not specifiers.fault:
            raise Unreadable(start, "")
        try:
            self._declarators(specifiers, start)
        except Unreadable as error:
            self.taint(specifiers, error)
            raise

    def _declarators(self, specifiers: Specifiers, start: int) -> None:
        while self.text() not in (";", ""):
            declarator = self.declarator()
            if self.text() in ("asm", "__asm__", "__asm"):
                self.index += 1
                self.pass_brackets()
            parse_attributes(self, declarator.attributes)
            function = bool(declarator.steps) and declarator.steps[0].kind == "("
            if specifiers.typedef:
                self.typedef_name(specifiers, declarator, start)
            elif function:
                if self.text() == "=" and self.peek() not in ("default", "delete", "0"):
                    self.pass_initializer()
                elif self.pass_tail()[1]:
                    return
            else:
                self.variable(specifiers, declarator)
            if self.text() != ",":
                break
            self.index += 1
        self.expect(";")

    # Recovery

    def _list_classes(self, start: int, end: int, reason: str) -> None:
        """Lists the classes of a stretch that was passed over, but for those of functions."""
        texts, match = self._texts, self.tokens.match
        at, parameters = start, False
        while at < end:
            parameters = parameters or texts[at] == "("
            if texts[at] in CLASS_KEYS and texts[at - 1] not in ("enum", "<", ",", "friend"):
                opening = self._opening(at, end)
                if opening >= 0 and opening not in self.bodies:
                    name = self._name_between(at, opening) or f"{texts[at]} <anonymous>"
                    self.bodies.add(opening)
                    self.skip(self.scope.prefix + name, at, reason)
                    at = opening
            elif texts[at] == "{" and match[at] > 0 and parameters:
                at = match[at]
            at += 1

    def _name_between(self, at: int, opening: int) -> str:
        """The name in a head: the last one before the bases, as macros may stand before it."""
        name = ""
        for index in range(at + 1, opening):
            if self._texts[index] == ":" or self._texts[index] == "<":
                break
            if self.tokens.kinds[index] == NAME and self._texts[index] != "final":
                name = self._texts[index]
        return name

    def _opening(self, at: int, end: int) -> int:
        """The brace of the class whose key stands at a token, or -1."""
        for opening in range(at + 1, min(end, at + 64)):
            if self._texts[opening] == "{":
                return opening
            if self._texts[opening] in (";", "="):
                return -1
        return -1
