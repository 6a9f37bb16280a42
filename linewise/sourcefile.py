"""Source files as they are on disk, to the byte, and changed in one step."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from linewise.errors import LinewiseError

__all__ = ["decode", "encode", "read_bytes", "replace_bytes"]

# As `layout.read`: beyond is generated data.
MAX_BYTES = 64 << 20


def decode(data: bytes) -> str:
    """The text of a source: UTF-8, with every other byte kept as a lone surrogate."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes again."""
    return text.encode("utf-8", "surrogateescape")


def read_bytes(path: Path) -> bytes:
    """A source file's bytes. Raises LinewiseError."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LinewiseError(f"{path}: {reason}; name a source file that can be read") from error
    except ValueError as error:
        raise LinewiseError(
            f"{str(path)!r}: no file has such a name; name a source file"
        ) from error
    if len(data) > MAX_BYTES:
        raise LinewiseError(f"{path}: larger than {MAX_BYTES >> 20} MiB; give the header alone")
    return data


def replace_bytes(path: Path, old: bytes, new: bytes) -> None:
    """Give a file that holds ``old`` the content ``new`` in one step.

    It keeps its rights and, where that is allowed, its owner; what a symbolic link names is
    changed, the link stays. Raises LinewiseError when the file holds something else by now or
    cannot be written: it is then untouched, and nothing is left beside it.
    """
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:64]}.", suffix=".tmp"
        )
    except OSError as error:
        raise _complaint(path, error) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        _keep_rights(target, beside)
        if target.read_bytes() != old:
            raise LinewiseError(f"{path}: it was changed in the meantime; run again")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _complaint(path, error) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _keep_rights(target: Path, beside: Path) -> None:
    status = target.stat()
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "it is read-only", str(target))
    with contextlib.suppress(PermissionError):  # only root gives files away
        os.chown(beside, status.st_uid, status.st_gid)
    beside.chmod(status.st_mode & 0o7777)


def _complaint(path: Path, error: OSError) -> LinewiseError:
    reason = error.strerror or str(error)
    return LinewiseError(f"{path}: cannot be changed: {reason}; the file is as it was")
