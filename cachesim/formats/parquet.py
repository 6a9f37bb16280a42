"""Parquet: one row an access, one column for each of a Trace's that is there.

Only ``address`` must be there; ``size``, ``kind`` and ``thread`` default to 1, 0 and 0. Any integer
type will do whose values fit the column's own; other columns are ignored. Nothing may be null.
Every column survives a round trip. Source: parquet.apache.org/docs/file-format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from cachesim.errors import CacheError, TruncatedTrace
from cachesim.formats.base import Format, replacing
from cachesim.formats.streams import Stream
from cachesim.trace import COLUMNS, DTYPES, Column, Kind, Trace

MAGIC = b"PAR1"  # the first and the last four bytes
# Rows read at once.
_BATCH = 1 << 18
# Rows of a row group: large enough to compress well, some 30 MB of columns at most.
_GROUP = 1 << 20
# Bytes of each column read ahead; without it a whole column of a row group is read at once.
_BUFFER = 1 << 20
# The values that an access may have, where its type allows more.
_LIMITS = {"size": (1, 65535), "kind": (0, int(max(Kind)))}


def _import_parquet(place: str) -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise CacheError(
            f"{place}: Parquet needs pyarrow; install it with: pip install 'linewise[parquet]'"
        ) from None
    return pyarrow, pyarrow.parquet


def matches(head: bytes) -> bool:
    """Whether the file begins as Parquet does."""
    return head.startswith(MAGIC)


def read(stream: Stream) -> Iterator[Trace]:
    """The rows of a file, in batches."""
    arrow, parquet = _import_parquet(stream.name)
    source, total = stream.whole()
    source.seek(-min(len(MAGIC), total), 2)
    if total < 2 * len(MAGIC) or source.read() != MAGIC:
        raise TruncatedTrace(
            f"{stream.name}: byte {total}: the file does not end as Parquet does, so it may be cut "
            "off; get the whole file"
        )
    source.seek(0)
    try:
        for trace, share in _batches(stream.name, source, arrow, parquet):
            stream.bytes_read = int(total * share)
            yield trace
    except CacheError:
        raise
    except (arrow.ArrowException, OSError, ValueError, MemoryError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CacheError(
            f"{stream.name}: broken Parquet data: {reason}; get the file again"
        ) from None


def _batches(place: str, source: Any, arrow: Any, parquet: Any) -> Iterator[tuple[Trace, float]]:
    """Each batch, and how much of the file has been read after it."""
    with parquet.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False) as file:
        names = _check_schema(place, file.schema_arrow, arrow)
        rows = 0
        for batch in file.iter_batches(_BATCH, columns=names, use_threads=False):
            columns = {n: _column(place, n, batch.column(n), rows) for n in batch.schema.names}
            trace = Trace(**columns)
            _check_reach(place, trace, rows)
            rows += len(trace)
            if len(trace):
                yield trace, min(rows / max(file.metadata.num_rows, 1), 1.0)


def _check_schema(place: str, schema: Any, arrow: Any) -> list[str]:
    """The columns to read."""
    names = [name for name in COLUMNS if name in schema.names]
    if "address" not in names:
        raise CacheError(
            f"{place}: no column address, only {_listed(schema.names)}; rename the one that holds "
            "addresses"
        )
    for name in names:
        if schema.names.count(name) > 1:
            raise CacheError(f"{place}: column {name} is there more than once; remove one")
        kind = schema.field(name).type
        if not arrow.types.is_integer(kind):
            raise CacheError(
                f"{place}: column {name} has the type {str(kind)[:40]}, but must be "
                f"{DTYPES[name]}; convert it"
            )
    return names


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(name[:30]) for name in names[:8])
    return (shown or "none") + (", ..." if len(names) > 8 else "")


def _column(place: str, name: str, values: Any, rows: int) -> Column:
    """A column of the batch that begins at this row, its values checked."""
    if values.null_count:
        row = rows + int(np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False))[0])
        raise CacheError(f"{place}: row {row}: {name} is null; fill it in or leave the row out")
    column: Column = values.to_numpy(zero_copy_only=False)
    bounds = np.iinfo(DTYPES[name])
    low, high = _LIMITS.get(name, (int(bounds.min), int(bounds.max)))
    if len(column) and (int(column.min()) < low or int(column.max()) > high):
        at = int(np.argmin(column) if int(column.min()) < low else np.argmax(column))
        raise CacheError(
            f"{place}: row {rows + at}: {name} = {column[at]}, but must be {low} to {high}; "
            "correct the column"
        )
    return column.astype(DTYPES[name], copy=False)


def _check_reach(place: str, trace: Trace, rows: int) -> None:
    """No access passes the end of memory."""
    passes = trace.address > ~np.uint64(0) - (trace.size.astype(np.uint64) - np.uint64(1))
    if passes.any():
        at = int(np.argmax(passes))
        raise CacheError(
            f"{place}: row {rows + at}: {trace.size[at]} bytes at {int(trace.address[at]):#x} pass "
            "the end of memory; correct address or size"
        )


def write(path: Path, chunks: Iterable[Trace]) -> tuple[str, ...]:
    """All columns that the first chunk has; nothing is lost.

    Raises CacheError where a later chunk has other columns.
    """
    arrow, parquet = _import_parquet(path.name)
    with replacing(path) as beside:
        writer = None
        try:
            for table in _tables(path.name, chunks, arrow):
                if writer is None:
                    writer = parquet.ParquetWriter(beside, table.schema, compression="zstd")
                writer.write_table(table, row_group_size=_GROUP)
        finally:
            if writer is not None:
                writer.close()
    return ()


def _tables(place: str, chunks: Iterable[Trace], arrow: Any) -> Iterator[Any]:
    """Chunks gathered until they make a row group."""
    gathered: list[Any] = []
    rows = 0
    for chunk in chunks:
        columns = {n: np.ascontiguousarray(c) for n, c in chunk.columns().items() if c is not None}
        table = arrow.table(columns)
        if gathered and table.schema != gathered[0].schema:
            raise CacheError(
                f"{place}: chunks with the columns {', '.join(gathered[0].schema.names)} and with "
                f"{', '.join(table.schema.names)} are mixed; give all of them the same ones"
            )
        gathered.append(table)
        rows += len(chunk)
        if rows >= _GROUP:
            yield arrow.concat_tables(gathered)
            gathered, rows = [table.slice(0, 0)], 0
    if rows or (gathered and len(gathered) > 1):
        yield arrow.concat_tables(gathered)


FORMAT = Format("parquet", (".parquet", ".pq"), matches, read, write)
