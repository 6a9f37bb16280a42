"""Where a record's type is used in the files given: by its tag, by its typedefs, through pointers.

Names are matched, scopes are not: a use of another type of the same name counts too, which may
refuse a record that could have been changed, and never the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from layout.refusals.words import END, Words

__all__ = ["QUALIFIERS", "Site", "Subject", "Uses", "is_cpp"]

QUALIFIERS = frozenset({
    "const", "volatile", "restrict", "__restrict", "__restrict__", "__const", "__volatile__",
    "_Atomic", "register", "static", "extern", "near", "far",
})  # fmt: skip
_CPP = (".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".c++", ".h++", ".inl", ".ipp", ".tpp")
_HEADERS = (".h", ".hh", ".hpp", ".hxx", ".inc", ".inl")


def is_cpp(path: str) -> bool:
    """Whether a file's ending says that it is C++ and not C."""
    return path.lower().endswith(_CPP)


class Site(NamedTuple):
    """One mention of a type: words ``first`` up to ``end``; ``stars`` of a pointer's typedef."""

    words: Words
    first: int
    end: int
    stars: int = 0

    @property
    def after(self) -> int:
        """The word behind the type and its qualifiers."""
        at = self.end
        while self.words.at(at) in QUALIFIERS:
            at += 1
        return at

    @property
    def pointers(self) -> int:
        """How many times it is a pointer here: ``s **`` is 2."""
        count, at = self.stars, self.after
        while self.words.at(at) == "*" or self.words.at(at) in QUALIFIERS:
            count += self.words.at(at) == "*"
            at += 1
        return count

    @property
    def declared(self) -> int:
        """The word behind qualifiers and stars: the name that is declared, or whatever it is."""
        at = self.after
        while self.words.at(at) == "*" or self.words.at(at) in QUALIFIERS:
            at += 1
        return at

    @property
    def before(self) -> int:
        """The word before the type and its qualifiers."""
        at = self.first - 1
        while self.words.at(at) in QUALIFIERS:
            at -= 1
        return at


@dataclass(slots=True)
class _Alias:
    base: str
    stars: int
    array: bool


class Uses:
    """All the words that are searched, and the typedefs in them."""

    def __init__(self, files: Sequence[Words]) -> None:
        self.files = list(files)
        self.aliases: dict[str, list[tuple[str, _Alias]]] = defaultdict(list)
        for words in self.files:
            for at in words.where.get("typedef", ()):
                for name, alias in _typedef(words, at):
                    self.aliases[alias.base].append((name, alias))

    @cached_property
    def _shared_macros(self) -> frozenset[str]:
        headers = (words for words in self.files if words.path.lower().endswith(_HEADERS))
        return frozenset(name for words in headers for name in words.macros)

    def is_macro(self, name: str, words: Words) -> bool:
        """Whether that file or any header defines a macro of the name."""
        return name in words.macros or name in self._shared_macros

    def subject(self, name: str) -> Subject:
        """All that the files call the record of that name, ``struct s`` or a typedef's name."""
        names: dict[str, tuple[int, bool]] = {}
        pending = [(name, 0, False)]
        while pending:
            base, stars, array = pending.pop()
            if base in names:
                continue
            names[base] = (stars, array)
            pending += [
                (new, stars + alias.stars, array or alias.array)
                for new, alias in self.aliases.get(base, ())
            ]
        return Subject(name, names, self)


@dataclass
class Subject:
    """A record's type: ``names`` gives for each name the stars it stands for and if it is an
    array."""

    name: str
    names: dict[str, tuple[int, bool]]
    uses: Uses
    _variables: dict[str, dict[str, int]] = field(default_factory=dict)

    @cached_property
    def sites(self) -> list[Site]:
        """Every mention, in the order of the files."""
        order = {id(words): at for at, words in enumerate(self.uses.files)}
        return sorted(self._mentions(), key=lambda site: (order[id(site.words)], site.first))

    def _mentions(self) -> Iterator[Site]:
        for words in self.uses.files:
            for name, (stars, _) in self.names.items():
                kind, _, tag = name.rpartition(" ")
                for at in words.where.get(tag, ()):
                    before = words.at(at - 1)
                    if kind:
                        if before == kind:
                            yield Site(words, at - 1, at + 1, stars)
                        elif is_cpp(words.path) and before not in (".", "->"):
                            yield Site(words, at, at + 1, stars)
                    elif before not in ("struct", "union", "enum", ".", "->", "goto"):
                        yield Site(words, at, at + 1, stars)

    @cached_property
    def definitions(self) -> list[tuple[Words, int]]:
        """The opening braces of its bodies."""
        found = []
        for site in self.sites:
            at = site.end
            if " " in self.name and site.words.at(at) == "{":
                found.append((site.words, at))
        return found

    @cached_property
    def named(self) -> list[tuple[Words, int]]:
        """The opening braces of the bodies that a typedef of its name follows."""
        return [
            (words, words.match[at - 1])
            for words in self.uses.files
            for at in words.where.get(self.name, ())
            if words.at(at - 1) == "}" and words.match[at - 1] >= 0
        ]

    def variables(self, words: Words) -> dict[str, int]:
        """Names of objects, parameters and members of the type that a file, or a header, declares,
        and how many times each is a pointer to it."""
        known = self._variables.get(words.path)
        if known is None:
            known = {}
            for site in self.sites:
                if site.words is words or _is_shared(site):
                    for name, stars in _declared(site):
                        known.setdefault(name, stars)
            self._variables[words.path] = known
        return known


def _is_shared(site: Site) -> bool:
    """Whether a declaration in another file counts: a header's, but no parameter."""
    around = site.words.outer[site.first]
    parameter = around >= 0 and site.words.at(around) == "("
    return site.words.path.lower().endswith(_HEADERS) and not parameter


def _declared(site: Site) -> Iterator[tuple[str, int]]:
    words, at, stars = site.words, site.declared, site.pointers
    while _is_name(words.at(at)):
        yield words.at(at), stars
        at += 1
        while words.at(at) == "[" and words.match[at] > 0:
            at = words.match[at] + 1
        if words.at(at) != ",":
            return
        at, stars = at + 1, site.stars
        while words.at(at) == "*":
            at, stars = at + 1, stars + 1
        if words.at(at + 1) not in (",", ";", "=", "["):
            return


def _is_name(text: str) -> bool:
    return text[0].isalpha() or text[0] == "_"


def _typedef(words: Words, at: int) -> Iterator[tuple[str, _Alias]]:
    """The names that one typedef declares, with what they stand for."""
    at += 1
    while words.at(at) in QUALIFIERS or words.at(at) in ("__extension__", "__attribute__"):
        at = words.match[at + 1] + 1 if words.at(at + 1) == "(" else at + 1
    base, at = _base(words, at)
    while words.at(at) in QUALIFIERS:
        at += 1
    stars, name, array = 0, "", False
    while words.at(at) not in (END, "typedef"):
        text = words.at(at)
        if text in (",", ";"):
            if name:
                yield name, _Alias(base or name, stars, array)
                base = base or name
            if text == ";":
                return
            stars, name, array = 0, "", False
        elif text == "*":
            stars += 1
        elif text in ("(", "["):
            if text == "(" and not name:
                return  # a pointer to a function or to an array
            if text == "(" and words.at(at - 1) not in ("__attribute__", "__attribute"):
                return  # a function's type
            array = array or text == "["
            if words.match[at] < 0:
                return
            at = words.match[at]
        elif _is_name(text) and text not in ("__attribute__", "__attribute", *QUALIFIERS):
            name = text
        at += 1


def _base(words: Words, at: int) -> tuple[str, int]:
    """What a typedef's declarators derive from: empty for a record without a tag."""
    kind = words.at(at)
    if kind not in ("struct", "union", "enum"):
        return kind, at + 1
    at += 1
    while words.at(at) in ("__attribute__", "__attribute") and words.at(at + 1) == "(":
        at = max(words.match[at + 1], at + 1) + 1
    if _is_name(words.at(at)) and _is_name(words.at(at + 1)) and words.at(at + 2) == "{":
        at += 1  # a macro before the tag
    tag = ""
    if _is_name(words.at(at)):
        tag = words.at(at)
        at += 1
    if words.at(at) == "{" and words.match[at] > 0:
        at = words.match[at] + 1
    return (f"{kind} {tag}" if tag else ""), at
