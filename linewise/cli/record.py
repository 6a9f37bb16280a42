"""``linewise record``: the accesses of a program, as valgrind's lackey sees them, into a trace."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from linewise.cli.output import count, emit_json, json_option
from linewise.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cachesim import Trace, TraceReader

# As cachegrind: the stack pointer is right at each access, so that both see the same ones.
LACKEY = ("--tool=lackey", "--trace-mem=yes", "--px-default=sp-at-mem-access")


@click.command(
    epilog="Example: linewise record -o sort.parquet -- sort /etc/passwd",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.option(
    "-o", "--output", "target", required=True, metavar="FILE", help="Its ending says the format."
)
@json_option
@click.argument("program", nargs=-1, required=True, type=click.UNPROCESSED, metavar="CMD [ARG]...")
def command(target: str, program: tuple[str, ...], as_json: bool) -> int:
    """Run a program under valgrind's lackey and keep every access that it makes.

    The program reads and prints as ever, some hundred times slower; its children are not recorded.
    The exit code is the program's.
    """
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise click.UsageError(
            "valgrind is not installed; install it (Debian: apt install valgrind), or record with "
            "another tool whose format `linewise replay` reads"
        )
    if shutil.which(program[0]) is None:
        raise click.UsageError(f"{program[0]!r}: no such program on PATH; name one that can be run")
    import cachesim

    read, write = os.pipe()
    told = _Told()
    try:
        child = subprocess.Popen(
            [valgrind, *LACKEY, f"--log-fd={write}", "--", *program], pass_fds=(write,)
        )
    finally:
        os.close(write)
    try:
        with Progress("accesses") as progress, cachesim.open_trace(f"/dev/fd/{read}") as reader:
            lost = cachesim.write_trace(target, _watched(reader, progress, told))
    except BaseException:
        child.terminate()
        raise
    finally:
        os.close(read)
        code = child.wait()
    if as_json:
        document = {"target": target, "program": list(program), "exit_code": code}
        numbers = {"accesses": told.accesses, "cut": told.cut, "lost": list(lost)}
        emit_json("record", 1, {**document, **numbers})
    else:
        end = ", up to where it was killed" if told.cut else ""
        click.echo(f"{target}: {count(told.accesses)} accesses of {program[0]}{end}", err=True)
    return code if code >= 0 else 128 - code


@dataclass(slots=True)
class _Told:
    """What a recording came to; ``cut``: the last record was not whole."""

    accesses: int = 0
    cut: bool = False


def _watched(reader: TraceReader, progress: Progress, told: _Told) -> Iterator[Trace]:
    from cachesim import TruncatedTrace

    try:
        for chunk in reader:
            told.accesses += len(chunk)
            progress.update("recording", told.accesses, None, counted=told.accesses)
            yield chunk
    except TruncatedTrace:
        told.cut = True
