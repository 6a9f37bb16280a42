"""Does this machine's compiler place the records as linewise does?"""

from __future__ import annotations

from collections.abc import Iterator
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

    def finding(verdict: Verdict, detail: str, what: str = subject) -> Finding:
        repeat = f"linewise verify --check {NAME}{context.arguments}"
        return Finding(NAME, what, verdict, detail, repeat)

    if not context.compiler:
        yield finding(Verdict.UNCHECKED, "no C compiler found; install one or name it with --cc")
        return
    triple = target(context.compiler)
    try:
        abi = layout.find_abi(triple)
    except layout.LayoutError:
        yield finding(Verdict.UNCHECKED, f"the compiler's target {triple!r} is not modelled yet")
        return
    placed = [layout.place(record, abi) for record in source.records.values()]
    try:
        answers = ask(context.compiler, path, placed)
    except LinewiseError as error:
        yield finding(Verdict.UNCHECKED, str(error))
        return
    wrong = 0
    for ours, theirs in zip(placed, answers, strict=True):
        differences = list(_differences(ours, theirs))
        wrong += bool(differences)
        for difference in differences:
            what = f"{subject}:{ours.record.line}: {ours.record.name}"
            yield finding(Verdict.DIFFERS, difference, what)
    fields = sum(len(one.fields) for one in placed)
    compiler = " ".join(context.compiler)
    if placed and not wrong:
        detail = f"{len(placed)} records, {fields} fields: placed as {compiler} does ({triple})"
        yield finding(Verdict.EQUAL, detail)
    for skip in source.skipped:
        what = f"{subject}:{skip.line}: {skip.name}"
        yield finding(Verdict.UNCHECKED, f"not read: {skip.reason}", what)


def _differences(ours: layout.Layout, theirs: Answer) -> Iterator[str]:
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
