"""The command line: one file per verb, one row per verb in ``VERBS``.

``linewise --help`` is answered from the table alone: importing click and a verb's module costs
more than starting Python does, and is left to the verb that is called.
"""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

# typing's own constant would cost its import, a third of what `--help` takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    import click

OK, FINDINGS, MISUSE, INTERRUPTED = 0, 1, 2, 130


# Each verb's module linewise/cli/VERB.py holds its click command, named `command`.
VERBS = {
    "show": "each record of a source: offsets, holes, cache lines",
    "optimize": "a better field order for one record, with its proof",
    "lint": "what is wrong with the layouts of a source, by rules with codes",
    "explain": "why a lint rule is one, with examples",
    "fix": "write better field orders into the source, where that is safe",
    "guard": "layouts promised in a file: write, check, emit as assertions",
    "replay": "replay an access trace through a cache hierarchy",
    "record": "the accesses of a program, into a trace",
    "convert": "a trace from one format into another",
    "curve": "misses at every size of cache, from one pass over a trace",
    "run": "the whole loop: place, propose, allocate, replay, report",
    "machines": "the processors linewise knows, and their sources",
    "verify": "check linewise against this machine's own tools",
}

# The verbs that must start without numba and pyarrow, which cost 0.3 s: a test holds them to it.
LIGHT_VERBS = ("show", "lint", "explain", "fix", "guard", "machines")

EXAMPLES = (
    ("linewise show order_book.h --abi x86-64 --abi arm64", "offsets, holes and lines on two ABIs"),
    ("linewise optimize order_book.h --struct order", "the smallest order, and why it is"),
    ("linewise fix order_book.h --uses src --diff", "a patch, and why records are left alone"),
    ("linewise replay trace.xz --machine zen2", "hits and misses of a recorded program"),
    ("linewise run order_book.toml --report out.html", "the proof of a proposal, as a report"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 clean, 1 findings, 2 misuse or failure."""
    args = list(sys.argv[1:] if argv is None else argv)
    # A stream that the caller closed (`>&-`) is None, and everything that asks it fails.
    sys.stdout, sys.stderr = (stream or _nowhere() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        # Lines and arrows, and names of any script, on a terminal that cannot show them.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = _dispatch(args)
        sys.stdout.flush()
        if argv is None:
            # The process ends here: the last search for cycles of garbage would walk all of Numba.
            gc.freeze()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): say nothing, also not at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}", MISUSE)
    except ValueError as error:
        if not isinstance(error, _room_errors()):
            raise
        return _complain(str(error), MISUSE)
    return code


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _dispatch(args: list[str]) -> int:
    if not args or args[0] in ("-h", "--help", "help"):
        print(_help())
        return OK if args else MISUSE
    if args[0] in ("-V", "--version"):
        from linewise.version import __version__

        print(f"linewise {__version__}")
        return OK
    if args[0] not in VERBS:
        from difflib import get_close_matches

        near = get_close_matches(args[0], VERBS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "say linewise --help for the list"
        return _complain(f"no verb {args[0]!r}; {hint}", MISUSE)
    from importlib import import_module

    return _call(args[0], import_module(f"linewise.cli.{args[0]}").command, args[1:])


def _call(name: str, command: click.Command, args: list[str]) -> int:
    import click

    try:
        code = command.main(args, prog_name=f"linewise {name}", standalone_mode=False)
    except SystemExit:  # click's answer, without standalone mode, to a reader that has gone
        raise BrokenPipeError from None
    except click.Abort:
        return _complain("interrupted", INTERRUPTED)
    except click.ClickException as error:
        return _complain(f"{name}: {error.format_message()}", MISUSE)
    return code if isinstance(code, int) else OK


def _room_errors() -> tuple[type[ValueError], ...]:
    from allocator import HeapError
    from cachesim import CacheError
    from layout import LayoutError
    from linewise.errors import LinewiseError

    return LayoutError, CacheError, HeapError, LinewiseError


def _complain(message: str, code: int) -> int:
    print(f"linewise: {' '.join(message.split())}", file=sys.stderr)
    return code


def _help() -> str:
    width = max(len(name) for name in VERBS)
    verbs = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in VERBS.items())
    wide = max(len(call) for call, _ in EXAMPLES)
    examples = "\n".join(f"  {call:<{wide}}  # {what}" for call, what in EXAMPLES)
    return (
        "Usage: linewise VERB [OPTIONS] [ARGUMENTS]\n\n"
        "How your data should lie in memory, on this hardware, and the proof.\n\n"
        f"Verbs:\n{verbs}\n\n"
        "Options:\n"
        "  -h, --help     this text; `linewise VERB --help` explains one verb\n"
        "  -V, --version  the version\n\n"
        "Every verb takes --json. Exit codes: 0 clean, 1 findings, 2 misuse or failure.\n\n"
        f"Examples:\n{examples}"
    )
