"""Records read per second from the recorded trace: as text, compressed, and as Parquet."""

from __future__ import annotations

import lzma
import tempfile
from pathlib import Path

from bench.timing import best_seconds
from cachesim import open_trace, write_trace

TRACE = Path(__file__).parent.parent / "examples" / "traces" / "order_book.lackey.xz"


def read(path: Path) -> int:
    """Read the whole file; the answer: its accesses."""
    with open_trace(path) as reader:
        return sum(map(len, reader))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        text, table = Path(folder, "t.lackey"), Path(folder, "t.parquet")
        text.write_bytes(lzma.decompress(TRACE.read_bytes()))
        with open_trace(TRACE) as reader:
            write_trace(table, reader)
        rows = read(text)
        print(f"parse: {rows:,} records of {TRACE.name}")
        print(f"{'':24}{'M records/s':>14}{'bytes/record':>14}")
        for name, path in (("lackey text", text), ("lackey text in xz", TRACE), ("Parquet", table)):
            seconds = best_seconds(lambda path=path: read(path))
            size = path.stat().st_size / rows
            print(f"{name:24}{rows / seconds * 1e-6:14.1f}{size:14.2f}")
