"""Names of source files, from the headers of line tables (DWARF 5, section 6.2.4; 4, 6.2.4)."""

from __future__ import annotations

from collections.abc import Callable

from layout.sources.dwarf.elf import Elf

__all__ = ["Files"]

# Names read of all tables at most: beyond, a record is said to stand in the binary.
MAX_FILES = 1 << 20
# Bytes of a table's header that are looked at.
MAX_HEADER = 1 << 22
# Bytes of one name: Linux's PATH_MAX.
MAX_NAME = 4096


class Files:
    """The file tables of some ELF files, each read once."""

    def __init__(self) -> None:
        self._tables: dict[tuple[int, int], list[str]] = {}
        self._strings: dict[int, Callable[[int, int], str]] = {}
        self._left = MAX_FILES

    def name(self, elf: Elf, table: int, number: int) -> str:
        """The name of a file by its number, '' when it is not known."""
        key = (id(elf), table)
        names = self._tables.get(key)
        if names is None:
            try:
                names = self._read(elf, table)
            except (IndexError, ValueError):
                names = []
            self._left -= len(names)
            self._tables[key] = names
        return names[number] if 0 <= number < len(names) else ""

    def _read(self, elf: Elf, table: int) -> list[str]:
        section = elf.first(".debug_line")
        if section is None or not 0 <= table < section.size or self._left <= 0:
            return []
        cursor = _Cursor(section[table : table + MAX_HEADER].tobytes())
        wide = cursor.number(4) == 0xFFFFFFFF
        if wide:
            cursor.number(8)
        size = 8 if wide else 4
        version = cursor.number(2)
        if not 2 <= version <= 5:
            return []
        cursor.at += 2 if version == 5 else 0
        cursor.number(size)
        cursor.at += 5 if version >= 4 else 4
        opcodes = cursor.number(1)
        cursor.at += opcodes - 1
        if version < 5:
            return _old(cursor, self._left)
        look = self._strings.get(id(elf))
        if look is None:
            look = self._strings[id(elf)] = _strings(elf)
        return _new(cursor, size, look, self._left)


class _Cursor:
    """Reads upwards; IndexError beyond the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, size: int) -> int:
        self.at += size
        if self.at > len(self.data):
            raise IndexError
        return int.from_bytes(self.data[self.at - size : self.at], "little")

    def uleb(self) -> int:
        value = shift = 0
        while True:
            byte = self.number(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 63:
                raise ValueError

    def text(self) -> str:
        end = self.data.index(b"\0", self.at)
        text = self.data[self.at : end].decode("utf-8", "replace")
        self.at = end + 1
        return text


def _join(folder: str, name: str) -> str:
    return name if name.startswith("/") or folder in ("", ".") else f"{folder}/{name}"


def _old(cursor: _Cursor, most: int) -> list[str]:
    folders = [""]
    while text := cursor.text():
        folders.append(text)
    names = [""]  # files count from 1
    while (text := cursor.text()) and len(names) < most:
        folder = cursor.uleb()
        cursor.uleb()
        cursor.uleb()
        names.append(_join(folders[folder] if folder < len(folders) else "", text))
    return names


def _strings(elf: Elf) -> Callable[[int, int], str]:
    known: dict[tuple[int, int], str] = {}
    sections = {0x1F: elf.first(".debug_line_str"), 0x0E: elf.first(".debug_str")}

    def look(form: int, offset: int) -> str:
        text = known.get((form, offset))
        if text is None:
            section = sections[form]
            if section is None or offset >= section.size:
                return ""
            piece = section[offset : offset + MAX_NAME].tobytes()
            text = piece.partition(b"\0")[0].decode("utf-8", "replace")
            known[form, offset] = text
        return text

    return look


def _new(cursor: _Cursor, size: int, look: Callable[[int, int], str], most: int) -> list[str]:
    folders = [text for text, _ in _entries(cursor, size, look, most)]
    return [
        _join(folders[folder] if 0 < folder < len(folders) else "", text)
        for text, folder in _entries(cursor, size, look, most)
    ]


def _entries(
    cursor: _Cursor, size: int, look: Callable[[int, int], str], most: int
) -> list[tuple[str, int]]:
    """Path and folder of each entry (DWARF 5, 6.2.4.1: DW_LNCT_path 1, DW_LNCT_directory 2)."""
    formats = [(cursor.uleb(), cursor.uleb()) for _ in range(cursor.number(1))]
    found = []
    for _ in range(min(cursor.uleb(), most)):
        text, folder = "", 0
        for content, form in formats:
            value = _content(cursor, form, size, look)
            if content == 1 and isinstance(value, str):
                text = value
            elif content == 2 and isinstance(value, int):
                folder = value
        found.append((text, folder))
    return found


def _content(cursor: _Cursor, form: int, size: int, look: Callable[[int, int], str]) -> str | int:
    if form == 0x08:
        return cursor.text()
    if form in (0x0E, 0x1F):
        return look(form, cursor.number(size))
    if form == 0x0F:
        return cursor.uleb()
    if form == 0x09:
        cursor.number(cursor.uleb())
        return 0
    fixed = {0x0B: 1, 0x05: 2, 0x06: 4, 0x07: 8, 0x1E: 16}
    if form not in fixed:
        raise ValueError
    return cursor.number(fixed[form])
