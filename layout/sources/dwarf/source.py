"""From an ELF file to a `Source`: finds the files, walks them, names the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.model import Abi, Layout, Record, Skipped, Source
from layout.place import Placer
from layout.sources.dwarf import companions
from layout.sources.dwarf.elf import Elf
from layout.sources.dwarf.entries import Entries
from layout.sources.dwarf.graph import Graph, Node, resolve
from layout.sources.dwarf.kernels import rows as col
from layout.sources.dwarf.lines import Files
from layout.sources.dwarf.records import Records
from layout.sources.dwarf.spelling import GO, RECORD_WORDS, Speller
from layout.sources.dwarf.types import Unreadable

__all__ = ["collect", "read_elf"]

# C's ABI of a machine -> Go's, for programs without any unit of C.
_GO_ABIS = {
    "x86_64-linux-gnu": "go-amd64",
    "aarch64-linux-gnu": "go-arm64",
    "x86-linux-gnu": "go-386",
    "arm-linux-gnueabihf": "go-arm",
}


def read_elf(elf: Elf) -> Source:
    """As `layout.sources.dwarf.read_binary`."""
    abi = find_abi(elf.abi)
    debug, tried = companions.debug_file(elf)
    if debug is None:
        if elf.named(".BTF"):
            from layout.sources.btf import read_section

            return read_section(elf, abi)
        looked = f"looked for {', '.join(tried)}" if tried else "it names no debug file"
        remedy = "compile with -g or install its debug package"
        raise elf.fault(f"no debug info; {looked}", remedy)
    entries = Entries()
    supplement, lost = companions.supplement(debug)
    if lost:
        entries.faults.append(f"{debug.path}: {lost}")
    entries.add(debug, supplement)
    _add_split(entries, debug, elf)
    if supplement is not None:
        entries.add(supplement)
    tops = entries.tops()
    languages = dict(zip(tops[0].tolist(), tops[1 + col.SIZE].tolist(), strict=True))
    if set(languages.values()) == {GO}:
        abi = find_abi(_GO_ABIS.get(abi.name, abi.name))
    tables = {
        unit: place
        for unit, flags, place in tops[[0, 1 + col.FLAGS, 1 + col.PLACE]].T.tolist()
        if flags & col.PLACED
    }
    files = Files()

    def where(node: Node) -> str:
        if node.line <= 0 or node.unit not in tables:
            return str(elf.path)
        name = files.name(entries.units[node.unit].elf, tables[node.unit], node.file)
        return name or str(elf.path)

    graph = resolve(entries.rows, entries.count, entries.starts, entries.signatures, entries.name)
    return collect(str(elf.path), graph, languages, abi, where, entries.faults)


def _add_split(entries: Entries, debug: Elf, elf: Elf) -> None:
    """The units that a file's skeletons stand for: from a package, or one by one."""
    tops = entries.tops()[[0, 1 + col.BITS, 1 + col.BIT_PLACE, 1 + col.SIGNATURE]].T.tolist()
    skeletons = [top for top in tops if top[1] > 0]
    if not skeletons:
        return
    packed = companions.package(debug, elf.path)
    known = _marks(entries, entries.add(packed, split=True)) if packed is not None else set()
    for unit, name, folder, signature in skeletons:
        header = entries.units[unit].unit
        mark = signature if header.mark is None else header.mark
        if mark in known:
            continue
        text = entries.name(name)
        other = companions.split_file(debug, text, entries.name(folder) if folder > 0 else "")
        if other is None:
            fault = "is not there; keep the .dwo files or make a .dwp"
            entries.faults.append(f"{debug.path}: the split file {text} {fault}")
            continue
        added = entries.add(other, split=True)
        if mark not in _marks(entries, added):
            fault = "is of another build; build anew"
            entries.faults.append(f"{debug.path}: the split file {text} {fault}")
            entries.cut(added)


def _marks(entries: Entries, first: int) -> set[int]:
    """The marks of the units from ``first`` on, by which skeletons know them."""
    marks = set(entries.tops(first)[1 + col.SIGNATURE].tolist())
    return marks | {unit.mark for _, unit in entries.units[first:] if unit.mark is not None}


def collect(
    path: str,
    graph: Graph,
    languages: dict[int, int],
    abi: Abi,
    where: Callable[[Node], str],
    faults: list[str],
) -> Source:
    """The source of a graph. ``where`` gives the file that a node was declared in."""
    speller = Speller(graph, languages)
    builder = Records(graph, speller, abi, where)
    names = _Names(builder.placer)
    skipped = [Skipped(name="debug info", line=0, reason=fault) for fault in faults]
    for index in graph.records:
        node = graph.nodes[index]
        try:
            names.add(builder.named(index))
        except Unreadable as error:
            record = node.tag in RECORD_WORDS
            name = speller.record_name(node) if record else speller.qualified(node)
            place = f" ({where(node)}:{node.line})" if node.line > 0 else ""
            skipped.append(Skipped(name=name, line=0, reason=f"{error}{place}"))
    for node in graph.nodes:
        if node.tag == 0x16 and node.type >= 0 and graph.nodes[node.type].tag in RECORD_WORDS:
            target = graph.nodes[node.type]
            if target.name_number >= 0:
                names.aliases.setdefault(speller.qualified(node), speller.record_name(target))
    return Source(path, names.records, tuple(skipped), names.aliases, abi.name)


class _Names:
    """Records by name. The same record again is dropped: same name, size and members; another of
    the same name is called ``struct state#2``."""

    def __init__(self, placer: Placer) -> None:
        self.placer = placer
        self.records: dict[str, Record] = {}
        self.aliases: dict[str, str] = {}
        self._contents: dict[str, set[object]] = {}

    def add(self, record: Record) -> None:
        name = record.name
        try:
            layout = self.placer.place(record)
        except LayoutError as error:
            raise Unreadable(str(error)) from None
        known = self._contents.setdefault(name, set())
        content = _content(layout)
        if content in known:
            return
        known.add(content)
        if len(known) > 1:
            record = replace(record, name=f"{name}#{len(known)}")
        self.records[record.name] = record
        if name.startswith("class "):
            self.aliases.setdefault(name.removeprefix("class "), record.name)


def _content(layout: Layout) -> object:
    rows = tuple(
        (field.name, field.type, field.bit_offset, field.size, field.bit_width)
        for field in layout.fields
    )
    return (layout.size, rows)
