"""Baselines: findings that a project knows and does not want to hear of again.

An entry is known by file, record, code and member, so that it survives lines that move, and holds
the bytes that it was about: a finding that gets worse is reported again.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import msgspec

from layout.lint import Finding
from linewise.errors import LinewiseError
from linewise.lint.report import LintReport
from linewise.report.write import write_text

__all__ = ["SCHEMA", "apply_baseline", "write_baseline"]

SCHEMA = "linewise.baseline/1"

# Bytes of the largest file: some 100,000 entries.
MAX_FILE = 16 << 20


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One known finding; ``file`` is relative to the baseline's folder."""

    file: str
    record: str
    code: str
    field: str | None = None
    bytes: int | None = None


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    schema: str
    findings: tuple[Entry, ...]


_Key = tuple[str, str, str, str]


def write_baseline(path: Path, report: LintReport) -> None:
    """Make all findings of a report known: one line each, in order."""
    entries = sorted(
        json.dumps(msgspec.to_builtins(_entry(path, finding))) for finding in report.findings
    )
    body = "".join(
        f"    {entry}{',' * (at < len(entries))}\n" for at, entry in enumerate(entries, 1)
    )
    text = f'{{\n  "schema": "{SCHEMA}",\n  "findings": [\n{body}  ]\n}}\n'
    write_text(path, text, "the baseline")


def apply_baseline(path: Path, report: LintReport, whole: bool) -> LintReport:
    """The report without what the baseline knows. ``whole`` when all rules ran over all records, so
    that an entry without a finding is stale. Raises LinewiseError for a file that is none."""
    known: dict[_Key, list[int | None]] = defaultdict(list)
    for entry in _load(path).findings:
        known[_key(entry.file, entry.record, entry.code, entry.field)].append(entry.bytes)
    for limits in known.values():
        limits.sort(key=_weight)
    taken = set()
    for at in sorted(
        range(len(report.findings)), key=lambda at: _weight(report.findings[at].bytes)
    ):
        finding = report.findings[at]
        limits = known[_key(_relative(path, finding.file), *_named(finding))]
        fits = next((one for one in limits if _weight(one) >= _weight(finding.bytes)), -1)
        if fits != -1:
            limits.remove(fits)
            taken.add(at)
    linted = {_relative(path, file) for file in report.files}
    left = sum(len(limits) for key, limits in known.items() if key[0] in linted)
    return report.without(frozenset(taken), left if whole else 0)


def _weight(lost: int | None) -> int:
    return 0 if lost is None else lost


def _named(finding: Finding) -> tuple[str, str, str | None]:
    return finding.record, finding.code, finding.field


def _key(file: str, record: str, code: str, field: str | None) -> _Key:
    return file, record, code, field or ""


def _entry(path: Path, finding: Finding) -> Entry:
    return Entry(
        file=_relative(path, finding.file),
        record=finding.record,
        code=finding.code,
        field=finding.field,
        bytes=finding.bytes,
    )


def _relative(path: Path, file: str) -> str:
    """A file as seen from the baseline's folder, with slashes on every system."""
    return Path(os.path.relpath(file, path.parent)).as_posix()


def _load(path: Path) -> Baseline:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        hint = "--write-baseline makes one"
        raise LinewiseError(f"{path}: {error.strerror}; {hint}") from None
    if len(data) > MAX_FILE:
        raise LinewiseError(f"{path}: longer than {MAX_FILE >> 20} MiB; is it a baseline?")
    try:
        baseline = msgspec.json.decode(data, type=Baseline)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        message = str(error).splitlines()[0]
        raise LinewiseError(f"{path}: no baseline: {message}; --write-baseline makes one") from None
    if baseline.schema != SCHEMA:
        fault = f"schema {baseline.schema[:40]!r}, but this linewise reads {SCHEMA}"
        raise LinewiseError(f"{path}: {fault}; --write-baseline makes a new one")
    return baseline
