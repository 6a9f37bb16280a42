"""Write a file beside itself and rename it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from linewise.errors import LinewiseError


def write_text(path: Path, text: str, what: str = "the report") -> None:
    """Replace ``path`` by ``text`` (UTF-8) in one step, with the rights a new file would get.

    ``what`` names it in a message. A link stays and its target is replaced; a device or a pipe is
    written to as it is. Raises LinewiseError; the old file, if any, is then untouched and nothing
    is left beside it.
    """
    if path.exists() and not path.is_file():
        _write_through(path, text, what)
        return
    path = path.resolve()
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:64]}.", suffix=".tmp"
        )
    except OSError as error:
        raise _complaint(path, error, what) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_rights(path))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _complaint(path, error, what) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write_through(path: Path, text: str, what: str) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _complaint(path, error, what) from error


def _rights(path: Path) -> int:
    """Those of the file that is replaced, else what the umask leaves of 0666."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _complaint(path: Path, error: OSError, what: str) -> LinewiseError:
    reason = error.strerror or str(error)
    return LinewiseError(f"{path}: cannot write {what}: {reason}; choose another place")
