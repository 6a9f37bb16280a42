"""Does ``--cpp`` read what this machine's preprocessor makes of macros, where it was written?"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

import layout
from layout.sources import preprocessed
from linewise.errors import LinewiseError
from linewise.verify.compiler import ask
from linewise.verify.finding import Context, Finding, Verdict
from linewise.verify.placement import differences, target_abi

NAME = "preprocessor"
SAMPLE = """\
#include <stddef.h>
#define COUNT (2 * 3)
#define MEMBERS(X) X(char, first) X(long, second)
#define AS_MEMBER(type, name) type name;

struct sample {
    char line[__LINE__];
    MEMBERS(AS_MEMBER)
#ifdef COUNT
    size_t slots[COUNT];
#else
    int never;
#endif
};
"""


def check(context: Context) -> Iterator[Finding]:
    """Read a sample through the user's compiler, and compare place and line with its answers."""
    compiler = context.compiler

    def finding(verdict: Verdict, detail: str) -> Finding:
        repeat = f"linewise verify --check {NAME}{context.arguments}"
        return Finding(NAME, "macros, includes, conditionals", verdict, detail, repeat)

    abi, reason = target_abi(compiler)
    if abi is None:
        yield finding(Verdict.UNCHECKED, reason)
        return
    with tempfile.TemporaryDirectory(prefix="linewise-verify-") as folder:
        path = Path(folder) / "sample.h"
        path.write_text(SAMPLE, encoding="utf-8")
        try:
            record = preprocessed.read(str(path), "c", compiler=shlex.join(compiler)).record(
                "sample"
            )
            placed = layout.place(record, abi)
            (answer,) = ask(compiler, path, [placed])
        except (layout.LayoutError, LinewiseError) as error:
            yield finding(Verdict.UNCHECKED, str(error).replace(folder, "."))
            return
    wrong = list(differences(placed, answer))
    line = placed.fields[0]
    if line.line != line.size:
        wrong.append(f"{line.name}: line {line.line}, but the compiler says line {line.size}")
    for difference in wrong:
        yield finding(Verdict.DIFFERS, difference)
    if not wrong:
        told = f"{len(placed.fields)} fields lie and stand as {' '.join(compiler)} has them"
        yield finding(Verdict.EQUAL, f"{told} ({abi.name})")
