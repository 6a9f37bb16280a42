"""Names of source files, from the headers of line tables (DWARF 5, section 6.2.4; 4, 6.2.4)."""

from __future__ import annotations

from layout.sources.dwarf.elf import Elf

__all__ = ["Files"]

# A name, or the form and the place of one in a string section; and the number of its folder.
_Entry = tuple[str | tuple[int, int], int]

# Bytes of data1, data2, data4, data8 and data16.
_FIXED = {0x0B: 1, 0x05: 2, 0x06: 4, 0x07: 8, 0x1E: 16}

# Names read of all tables at most: beyond, a record is said to stand in the binary.
MAX_FILES = 1 << 20
# Bytes of a table's header that are looked at.
MAX_HEADER = 1 << 22
# Bytes of one name: Linux's PATH_MAX.
MAX_NAME = 4096


class Files:
    """The file tables of some ELF files, each read once."""

    def __init__(self) -> None:
        self._tables: dict[tuple[int, int], _Table] = {}
        self._left = MAX_FILES

    def name(self, elf: Elf, table: int, number: int) -> str:
        """The name of a file by its number, '' when it is not known."""
        key = (id(elf), table)
        known = self._tables.get(key)
        if known is None:
            try:
                known = self._read(elf, table)
            except (LookupError, ValueError):
                known = _Table(elf, [], [])
            self._left -= len(known.files) + len(known.folders)
            self._tables[key] = known
        return known.name(number)

    def _read(self, elf: Elf, table: int) -> _Table:
        section = elf.first(".debug_line")
        if section is None or not 0 <= table < section.size or self._left <= 0:
            return _Table(elf, [], [])
        cursor = _Cursor(section[table : table + 24].tobytes())
        wide = cursor.number(4) == 0xFFFFFFFF
        if wide:
            cursor.number(8)
        size = 8 if wide else 4
        version = cursor.number(2)
        if not 2 <= version <= 5:
            return _Table(elf, [], [])
        cursor.at += 2 if version == 5 else 0
        length = min(cursor.number(size), MAX_HEADER)
        start = table + cursor.at
        cursor = _Cursor(section[start : start + length].tobytes())
        cursor.at = 5 if version >= 4 else 4
        opcodes = cursor.number(1)
        cursor.at += opcodes - 1
        if version < 5:
            return _old(elf, cursor, self._left)
        return _Table(elf, _entries(cursor, size, self._left), _entries(cursor, size, self._left))


class _Table:
    """Folders and files of one unit, a name as text or as where it stands: form, offset."""

    def __init__(self, elf: Elf, folders: list[_Entry], files: list[_Entry]) -> None:
        self.elf = elf
        self.folders = folders
        self.files = files

    def name(self, number: int) -> str:
        """The path of a file, '' for a number that the table has not."""
        if not 0 <= number < len(self.files):
            return ""
        name, folder = self.files[number]
        text = self._text(name)
        if text.startswith("/") or not 0 < folder < len(self.folders):
            return text
        return f"{self._text(self.folders[folder][0])}/{text}"

    def _text(self, name: str | tuple[int, int]) -> str:
        if isinstance(name, str):
            return name
        form, offset = name
        section = self.elf.first(".debug_line_str" if form == 0x1F else ".debug_str")
        if section is None or offset >= section.size:
            return ""
        piece = section[offset : offset + MAX_NAME].tobytes()
        return piece.partition(b"\0")[0].decode("utf-8", "replace")


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


def _old(elf: Elf, cursor: _Cursor, most: int) -> _Table:
    """DWARF 4 and before: folders and files count from 1."""
    folders: list[_Entry] = [("", 0)]
    while text := cursor.text():
        folders.append((text, 0))
    files: list[_Entry] = [("", 0)]
    while (text := cursor.text()) and len(files) < most:
        folder = cursor.uleb()
        cursor.uleb()
        cursor.uleb()
        files.append((text, folder))
    return _Table(elf, folders, files)


def _entries(cursor: _Cursor, size: int, most: int) -> list[_Entry]:
    """Name and folder of each entry (DWARF 5, 6.2.4.1: DW_LNCT_path 1, DW_LNCT_directory 2)."""
    formats = [(cursor.uleb(), cursor.uleb()) for _ in range(cursor.number(1))]
    count = min(cursor.uleb(), most)
    if not formats:
        return []
    found: list[_Entry] = []
    for _ in range(count):
        name: str | tuple[int, int] = ""
        folder = 0
        for content, form in formats:
            value = _content(cursor, form, size)
            if content == 1 and not isinstance(value, int):
                name = value
            elif content == 2 and isinstance(value, int):
                folder = value
        found.append((name, folder))
    return found


def _content(cursor: _Cursor, form: int, size: int) -> str | int | tuple[int, int]:
    if form in (0x0E, 0x1F):
        return form, cursor.number(size)
    if form == 0x0F:
        return cursor.uleb()
    if form == 0x08:
        return cursor.text()
    if form == 0x09:
        cursor.number(cursor.uleb())
        return 0
    return cursor.number(_FIXED[form])
