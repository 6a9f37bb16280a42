"""Frozen specs from TOML files: one line that names the file and the place for every mistake."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import msgspec

Spec = TypeVar("Spec", bound=msgspec.Struct)

# Bytes of the largest spec file: some hundred times the longest one of ours.
MAX_FILE = 1 << 20


def load_spec(path: Path, spec: type[Spec], mistake: type[ValueError]) -> Spec:
    """The value of type ``spec`` that a TOML file states; ``mistake`` is raised if it does not."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise mistake(f"{path}: {error.strerror}; give a readable file") from None
    if len(data) > MAX_FILE:
        raise mistake(f"{path.name}: longer than {MAX_FILE} bytes; is it the right file?")
    try:
        return msgspec.toml.decode(data, type=spec)
    except msgspec.ValidationError as error:
        raise mistake(f"{path.name}: {_placed(str(error))}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = str(error).splitlines()[0]
        raise mistake(f"{path.name}: no valid TOML: {message}; correct it") from None


def _placed(message: str) -> str:
    """msgspec's ``message - at `$.caches[0].line` `` as ``caches[0].line: message``."""
    found = re.fullmatch(r"(.*) - at `\$\.?([^`]*)`", message, re.DOTALL)
    if found is None or not found[2]:
        return message if found is None else found[1]
    return f"{found[2]}: {found[1]}"
