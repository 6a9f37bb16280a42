"""Files as streams of bytes: decompressed on the way, in bounded memory, with progress.

A compressed file that ends before its own end mark is truncated: TruncatedTrace, never an end.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from cachesim.errors import CacheError, TruncatedTrace

# Bytes read from the file at once.
_READ = 1 << 18
# Bytes that a decompressor may allocate: `xz -9` needs 65 MiB, `zstd --ultra -22` 128 MiB.
_MEMORY = 160 << 20


class Decompressor(Protocol):
    """What the decompressors of lzma and zstd have in common; see ``_Gzip``."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """zlib's decompressor with the interface of lzma's."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _xz() -> Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def _zstd() -> Decompressor:
    zstd = _import_zstd()
    decompressor: Decompressor = zstd.ZstdDecompressor(
        options={zstd.DecompressionParameter.window_log_max: 27}  # 128 MiB
    )
    return decompressor


def _import_zstd() -> Any:
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]  # Python 3.14
    except ImportError:
        try:
            from backports import zstd
        except ImportError:
            raise CacheError("zstd is missing; install it: pip install 'linewise[zstd]'") from None
    return zstd


# First bytes of a compressed file -> name and decompressor.
COMPRESSIONS: dict[bytes, tuple[str, Callable[[], Decompressor]]] = {
    b"\x1f\x8b": ("gzip", _Gzip),
    b"\xfd7zXZ\x00": ("xz", _xz),
    b"\x28\xb5\x2f\xfd": ("zstd", _zstd),
}
_LONGEST_MAGIC = max(map(len, COMPRESSIONS))


class Stream:
    """A file's bytes, decompressed; ``read`` gives b"" at the end.

    bytes_read   of the file as it lies on the disk
    bytes_total  the same at the end; None where nobody knows (a pipe)
    line         the line reached, from 1, where a reader counts lines; part of error messages
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.line: int | None = None
        try:
            self._file: BufferedReader = path.open("rb")
        except (OSError, ValueError) as error:  # ValueError: a null byte in the path
            reason = getattr(error, "strerror", None) or str(error)
            raise CacheError(f"{path}: {reason}; give a readable file") from None
        self.bytes_total = self._file.seek(0, 2) if self._file.seekable() else None
        if self.bytes_total is not None:
            self._file.seek(0)
        self.bytes_read = 0
        self.compression: str | None = None
        self._make: Callable[[], Decompressor] | None = None
        self._inner: Decompressor | None = None
        self._kept = b""  # read ahead by ``peek``
        self._raw = b""
        while len(self._raw) < _LONGEST_MAGIC and (more := self._fetch(_LONGEST_MAGIC)):
            self._raw += more
        for magic, (name, make) in COMPRESSIONS.items():
            if self._raw.startswith(magic):
                self.compression, self._make = name, make

    @property
    def place(self) -> str:
        """The file, and the line where lines are counted."""
        return self.name if self.line is None else f"{self.name}:{self.line}"

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def peek(self, size: int) -> bytes:
        """The next bytes, at most ``size`` and fewer only at the end; they stay to be read."""
        while len(self._kept) < size:
            more = self._next(size)
            if not more:
                break
            self._kept += more
        return self._kept[:size]

    def read(self, size: int) -> bytes:
        """At least one byte and about ``size`` at most; b"" at the end."""
        if self._kept:
            kept, self._kept = self._kept, b""
            return kept
        return self._next(size)

    def skip(self, size: int) -> None:
        """Leave out the next bytes, all of which have been peeked at."""
        self._kept = self._kept[size:]

    def whole(self) -> tuple[BinaryIO, int]:
        """The file itself, from its first byte, and its bytes: for formats that jump about in it.

        Raises CacheError where the file is compressed as a whole, or a pipe.
        """
        if self.compression is not None:
            raise CacheError(
                f"{self.name}: this format cannot be read inside {self.compression}; decompress it"
            )
        if self.bytes_total is None:
            raise CacheError(
                f"{self.name}: this format cannot be read from a pipe; give the file itself"
            )
        self._file.seek(0)
        return self._file, self.bytes_total

    def _next(self, size: int) -> bytes:
        if self._make is None:
            raw, self._raw = self._raw, b""
            return raw or self._fetch(size)
        try:
            return self._decompress(self._make, size)
        except CacheError:
            raise
        except Exception as error:
            # zstd's own error has no base but Exception, and is known only where zstd is there.
            if not isinstance(error, (lzma.LZMAError, zlib.error, ValueError)) and (
                type(error).__name__ != "ZstdError"
            ):
                raise
            raise CacheError(
                f"{self.place}: broken {self.compression} data before byte {self.bytes_read}: "
                f"{error}; get the file again"
            ) from None

    def _decompress(self, make: Callable[[], Decompressor], size: int) -> bytes:
        while True:
            if self._inner is None:
                # Between members: padding of zero bytes is allowed, then another one or the end.
                self._raw = self._raw.lstrip(b"\0") or self._fetch(_READ)
                if not self._raw:
                    return b""
                if not self._raw.strip(b"\0"):
                    continue
                self._inner = self._started(make)
            if self._inner.needs_input and not self._raw:
                self._raw = self._fetch(_READ)
                if not self._raw:
                    raise TruncatedTrace(
                        f"{self.place}: the {self.compression} data end in the middle, at byte "
                        f"{self.bytes_read}; get the whole file"
                    )
            raw, self._raw = self._raw, b""
            data = self._inner.decompress(raw, size)
            if self._inner.eof:
                self._raw = self._inner.unused_data
                self._inner = None
            if data:
                return data

    def _started(self, make: Callable[[], Decompressor]) -> Decompressor:
        try:
            return make()
        except CacheError as error:
            raise CacheError(f"{self.name}: {error}") from None

    def _fetch(self, size: int) -> bytes:
        try:
            data = self._file.read1(size)  # what a pipe has now, not all that is asked for
        except OSError as error:
            raise CacheError(f"{self.place}: {error.strerror}; give a readable file") from None
        self.bytes_read += len(data)
        return data
