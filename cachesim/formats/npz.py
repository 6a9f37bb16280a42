"""NumPy's ``.npz``: an archive with an array for each column of a Trace.

``address`` must be there, all arrays have one dimension and the same length, and their values must
fit the column's own type. Other arrays are ignored. Objects are refused: nothing is unpickled.
Source: numpy.lib.format.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np

from cachesim.errors import CacheError, TruncatedTrace
from cachesim.formats.base import Format, replacing
from cachesim.formats.streams import Stream
from cachesim.trace import COLUMNS, Trace

MAGIC = b"PK\x03\x04"
# Rows read at once.
_BATCH = 1 << 18


def matches(head: bytes) -> bool:
    """Whether the file is an archive whose first member is an array."""
    return head.startswith(MAGIC) and b".npy" in head[:128]


def read(stream: Stream) -> Iterator[Trace]:
    """The rows of a file, in batches."""
    source, total = stream.whole()
    try:
        with zipfile.ZipFile(source) as archive:
            yield from _batches(stream, archive, total)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise TruncatedTrace(
            f"{stream.name}: byte {total}: broken archive: {error}; get the whole file again"
        ) from None


def _batches(stream: Stream, archive: zipfile.ZipFile, total: int) -> Iterator[Trace]:
    present = set(archive.namelist())
    names = [name for name in COLUMNS if f"{name}.npy" in present]
    if "address" not in names:
        raise CacheError(f"{stream.name}: no array named address; save it under that name")
    files = {name: archive.open(f"{name}.npy") for name in names}
    kinds: dict[str, np.dtype[Any]] = {}
    rows = -1
    for name, file in files.items():
        shape, kinds[name] = _header(stream.name, name, file)
        if len(shape) != 1 or (rows >= 0 and shape[0] != rows):
            raise CacheError(
                f"{stream.name}: array {name} has the shape {shape}, but all must have one "
                "dimension and the same length; save them again"
            )
        rows = shape[0]
    for start in range(0, rows, _BATCH):
        count = min(_BATCH, rows - start)
        columns = {}
        for name, file in files.items():
            data = file.read(count * kinds[name].itemsize)
            if len(data) < count * kinds[name].itemsize:
                raise TruncatedTrace(
                    f"{stream.name}: array {name} ends before row {rows}; get the whole file again"
                )
            columns[name] = np.frombuffer(data, kinds[name])
        stream.bytes_read = int(total * (start + count) / rows)
        try:
            yield Trace(**columns)
        except CacheError as error:
            raise CacheError(f"{stream.name}: rows from {start}: {error}") from None


def _header(file_name: str, name: str, file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    from numpy.lib import format as npy

    try:
        version = npy.read_magic(file)
        read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, kind = read_header(file)
    except (ValueError, TypeError, SyntaxError) as error:
        reason = str(error).splitlines()[0]
        raise CacheError(f"{file_name}: array {name}: {reason}; save it with numpy.savez") from None
    if kind.kind not in "iub":
        raise CacheError(f"{file_name}: array {name} has the type {kind}; save whole numbers")
    return shape, kind


def write(path: Path, chunks: Iterable[Trace]) -> tuple[str, ...]:
    """Every column that is there. The rows are gathered in memory first, as the format needs."""
    parts = list(chunks)
    present = [name for name, c in parts[0].columns().items() if c is not None]
    columns: dict[str, Any] = {
        name: np.concatenate([np.asarray(part.columns()[name]) for part in parts])
        for name in present
    }
    with replacing(path) as beside, beside.open("wb") as file:
        np.savez_compressed(file, **columns)
    return ()


FORMAT = Format("npz", (".npz",), matches, read, write)
