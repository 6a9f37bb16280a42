"""Writes a guard file: TOML that a reviewer can read and a hand can edit.

The first line has a digest of the rest, so that a file that a hand has edited is told from one that
only this program wrote.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from linewise.guard.spec import SCHEMA, AbiSpec, GuardSpec, RecordSpec

__all__ = ["edited_by_hand", "guard_text"]

_HEAD = "# Written by linewise guard write, digest "

_INTRODUCTION = """\
# What these records promise about their layout; `linewise guard check` fails when one is broken.
# size, align, lines, offsets and apart are promises: edit or delete them as you like. members and
# sizes are what the record had then: they only tell which edit broke a promise.
"""

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def guard_text(spec: GuardSpec) -> str:
    """The text of a guard file."""
    parts = [_INTRODUCTION, f"schema = {_string(SCHEMA)}\n"]
    parts += ["\n".join(_record(record)) + "\n" for record in spec.records]
    body = "\n".join(parts)
    return f"{_HEAD}{_digest(body)}\n{body}"


def edited_by_hand(text: str) -> bool:
    """Whether a guard file is not as `guard_text` wrote it."""
    first, _, body = text.partition("\n")
    return first != f"{_HEAD}{_digest(body)}"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _record(record: RecordSpec) -> Iterator[str]:
    yield "[[records]]"
    yield f"name = {_string(record.name)}"
    yield f"source = {_string(record.source)}"
    for abi in record.abis:
        yield from ("", "[[records.abis]]", *_abi(abi))
    for apart in record.apart:
        groups = ", ".join(f"[{', '.join(map(_string, group))}]" for group in apart.groups)
        yield from ("", "[[records.apart]]", f"groups = [{groups}]")
        if apart.why:
            yield f"why = {_string(apart.why)}"
    if record.members:
        yield from ("", "[records.members]")
        yield from (f"{_key(name)} = {_string(type_)}" for name, type_ in record.members.items())


def _abi(abi: AbiSpec) -> Iterator[str]:
    yield f"name = {_string(abi.name)}"
    numbers = {"size": abi.size, "max_size": abi.max_size, "align": abi.align}
    yield from (f"{name} = {value}" for name, value in numbers.items() if value is not None)
    if abi.lines:
        yield f"lines = {_table({name: list(lines) for name, lines in abi.lines.items()})}"
    if abi.offsets:
        yield f"offsets = {_table(abi.offsets)}"
    if abi.sizes:
        yield f"sizes = {list(abi.sizes)}"


def _table(values: Mapping[str, object]) -> str:
    return "{ " + ", ".join(f"{_key(name)} = {value}" for name, value in values.items()) + " }"


def _key(name: str) -> str:
    return name if _BARE.match(name) else _string(name)


def _string(text: str) -> str:
    # A basic string of TOML 1.0 escapes as JSON does, and DEL besides.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
