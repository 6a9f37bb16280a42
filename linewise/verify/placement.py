"""Does this machine's compiler place the records as linewise does?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import layout
from linewise.errors import LinewiseError
from linewise.verify.compiler import Answer, ask, target
from linewise.verify.finding import Context, Finding, Verdict

NAME = "placement"


def check(context: Context) -> Iterator[Finding]:
    """Compile each file's records with the user's compiler; compare size, alignment, fields."""
    if context.files:
        for path in context.files:
            yield from _file(context, path, str(path))
        return
    with as_file(files("linewise.verify") / "sample.h") as path:
        yield from _file(context, path, "the built-in sample")


def _file(context: Context, path: Path, subject: str) -> Iterator[Finding]:
    source = layout.read(path)

    def finding(verdict: Verdict, detail: str, at: str = "") -> Finding:
        repeat = f"linewise verify --check {NAME}{context.arguments}"
        return Finding(NAME, subject + at, verdict, detail, repeat)

    abi, reason = target_abi(context.compiler)
    if abi is None:
        yield finding(Verdict.UNCHECKED, reason)
        return
    placed = []
    for record in source.records.values():
        try:
            placed.append(layout.place(record, abi))
        except layout.LayoutError as error:
            yield finding(Verdict.UNCHECKED, str(error), f":{record.line}: {record.name}")
    if placed:
        yield from _compared(context.compiler, path, placed, finding)
    for skip in source.skipped:
        yield finding(Verdict.UNCHECKED, f"not read: {skip.reason}", f":{skip.line}: {skip.name}")
    if not source.records and not source.skipped:
        yield finding(Verdict.UNCHECKED, "it holds no record")


def target_abi(compiler: Sequence[str]) -> tuple[layout.Abi | None, str]:
    """The ABI of a compiler's target, or why there is none."""
    if not compiler:
        return None, "no C compiler found; install one or name it with --cc"
    triple = target(compiler)
    if not triple:
        return None, f"{compiler[0]} does not say its target (-dumpmachine); is it a C compiler?"
    try:
        return layout.find_abi(triple), ""
    except layout.LayoutError:
        return None, f"the compiler's target {triple!r} is not modelled yet"


def _compared(
    compiler: Sequence[str],
    path: Path,
    placed: Sequence[layout.Layout],
    finding: Callable[..., Finding],
) -> Iterator[Finding]:
    try:
        answers = ask(compiler, path, placed)
    except LinewiseError as error:
        yield finding(Verdict.UNCHECKED, str(error))
        return
    wrong = 0
    for ours, theirs in zip(placed, answers, strict=True):
        found = list(differences(ours, theirs))
        wrong += bool(found)
        for difference in found:
            at = f":{ours.record.line}: {ours.record.name}"
            yield finding(Verdict.DIFFERS, difference, at)
    if not wrong:
        fields = sum(len(one.fields) for one in placed)
        told = f"placed as {' '.join(compiler)} does ({placed[0].abi})"
        yield finding(Verdict.EQUAL, f"{len(placed)} records, {fields} fields: {told}")


def differences(ours: layout.Layout, theirs: Answer) -> Iterator[str]:
    """What the compiler says otherwise of one record, in words."""
    if (ours.size, ours.align) != (theirs.size, theirs.align):
        yield (
            f"size {ours.size} align {ours.align}, "
            f"but the compiler says size {theirs.size} align {theirs.align}"
        )
    for field in ours.fields:
        if field.bit_width is None:
            place, said = (field.offset, field.size), theirs.fields[field.name]
            words = "offset {} size {}"
        else:
            place, said = (field.bit_offset, field.bit_width), theirs.bit_fields[field.name]
            words = "bit {} width {}"
        if place != said:
            theirs_said = words.format(*said)
            yield f"{field.name}: {words.format(*place)}, but the compiler says {theirs_said}"
