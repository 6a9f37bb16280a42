"""Look into a page without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br"}


@dataclass
class Element:
    """One element, its attributes, and what is in it in order: text and elements."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        return [one for one in self.inside if isinstance(one, Element)]

    def all(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """Every element inside with that tag and those attributes (class: one of its classes)."""
        found = [one for one in self.children if one._is(tag, attributes)]
        for child in self.children:
            found += child.all(tag, **attributes)
        return found

    def _is(self, tag: str | None, attributes: dict[str, str]) -> bool:
        for key, value in attributes.items():
            mine = self.attributes.get(key.rstrip("_").replace("_", "-"))
            if mine is None or (value not in mine.split() and value != mine):
                return False
        return tag is None or tag == self.tag

    @property
    def text(self) -> str:
        """All text inside, script and style left out, runs of spaces as one."""
        if self.tag in ("script", "style"):
            return ""
        words = (one if isinstance(one, str) else one.text for one in self.inside)
        return " ".join(" ".join(words).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Element:
    """The page as a tree. Raises ValueError where tags do not match."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.faults or len(reader.open) > 1:
        raise ValueError(reader.faults or f"left open: {[one.tag for one in reader.open]}")
    return reader.open[0]
