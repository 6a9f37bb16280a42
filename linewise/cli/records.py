"""Options and look-ups that the verbs over records share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from layout import Abi, Record, Source

DEFAULT_ABI = "x86_64-linux-gnu"

abi_option = click.option(
    "--abi",
    "abis",
    multiple=True,
    metavar="ABI",
    help="Target triple or alias (x86-64, arm64); may be repeated.  "
    f"[default: what the source was made for, else {DEFAULT_ABI}]",
)


def default_abi(source: Source, language: str = "") -> str | Abi:
    """The ABI of records when the user names none: what a binary or their language was made for.

    ``language`` is the source's row of `layout.sources.READERS`, empty where it is unknown.
    """
    from layout.sources import READERS

    own = getattr(source, "abi", None) or getattr(READERS.get(language), "abi", None)
    return own or DEFAULT_ABI


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How a file is read, as the options of `source_options` say it."""

    language: str | None = None
    cpp: bool = False
    include: tuple[str, ...] = ()
    define: tuple[str, ...] = ()
    compile_commands: str | None = None
    cc: str | None = None
    all_files: bool = False

    def check(self) -> None:
        """Raises click.UsageError where an option of the preprocessor stands without --cpp."""
        of_cpp = {
            "-I": self.include,
            "-D": self.define,
            "--compile-commands": self.compile_commands is not None,
            "--cc": self.cc is not None,
            "--all-files": self.all_files,
        }
        given = [name for name, value in of_cpp.items() if value]
        if given and not self.cpp:
            raise click.UsageError(f"{given[0]} is for the preprocessor; add --cpp")


_SOURCE_OPTIONS = (
    click.option(
        "--language",
        metavar="NAME",
        help="c, cpp, go, rust and so on, whatever the file's name says.",
    ),
    click.option(
        "--cpp", is_flag=True, help="Let the system's compiler preprocess the source (-E) first."
    ),
    click.option(
        "-I", "include", multiple=True, metavar="DIR", help="With --cpp: search this for includes."
    ),
    click.option(
        "-D", "define", multiple=True, metavar="NAME[=VALUE]", help="With --cpp: define a macro."
    ),
    click.option(
        "--compile-commands",
        metavar="FILE.json",
        help="With --cpp: take -I, -D and the like from this compilation database.",
    ),
    click.option(
        "--cc",
        metavar="COMMAND",
        help="With --cpp: the compiler.  [default: $CC, or cc, gcc, clang]",
    ),
    click.option(
        "--all-files", is_flag=True, help="With --cpp: also the records of included files."
    ),
)


def source_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a verb the options on how its files are read, in one argument ``options``."""
    names = SourceOptions.__dataclass_fields__

    @wraps(function)
    def packed(*args: Any, **given: Any) -> Any:
        options = SourceOptions(**{name: given.pop(name) for name in names})
        options.check()
        return function(*args, options=options, **given)

    for option in reversed(_SOURCE_OPTIONS):
        packed = option(packed)
    return packed


def language_named(path: str, options: SourceOptions) -> str:
    """The row of `layout.sources.READERS` for a file that was read; empty for a binary."""
    from layout import LayoutError
    from layout.sources import language_of

    try:
        return language_of(path, options.language)
    except LayoutError:
        return ""


def read_source(path: str, options: SourceOptions, text: str | None = None) -> Source:
    """The records of one file, with --cpp of ``text`` in its place. Raises layout.LayoutError."""
    import layout

    if not options.cpp:
        return layout.read(path, language=options.language)
    from layout.sources import language_of, preprocessed

    return preprocessed.read(
        path,
        language_of(path, options.language),
        include=options.include,
        define=options.define,
        compile_commands=options.compile_commands,
        compiler=options.cc,
        all_files=options.all_files,
        text=text,
    )


def targets_of(
    source: Source, path: str, abis: tuple[str, ...], options: SourceOptions
) -> tuple[str, ...]:
    """The names of the ABIs asked for, each once; when none was, the one that fits the source."""
    from layout import find_abi

    wanted = abis or (default_abi(source, language_named(path, options)),)
    return tuple(dict.fromkeys(find_abi(name).name for name in wanted))


def short_name(name: str) -> str:
    """``order`` for ``struct order``: what people type."""
    return name.split(" ", 1)[-1]


def select_records(source: Source, pattern: str | None) -> list[Record]:
    """The records whose full or short name matches a glob; all of them for None.

    Raises click.UsageError when nothing matches, naming what is near; and with the reader's own
    reason when a record asked for by its plain name is one that could not be read.
    """
    if pattern is None:
        return list(source.records.values())
    from layout.model import close_arguments

    close = close_arguments(pattern)

    def matches(name: str) -> bool:
        # The brackets of a Go instance's name are no glob's.
        exact = name == pattern or ("[" in name and close_arguments(name) == close)
        return exact or fnmatchcase(name, pattern) or fnmatchcase(short_name(name), pattern)

    found = [record for name, record in source.records.items() if matches(name)]
    refused = [skip for skip in source.skipped if matches(skip.name)]
    # A record whose name is taken from its typedef or a nested one can stand in both lists.
    if refused and (not found or not any(sign in pattern for sign in "*?[")):
        skip = refused[0]
        raise click.UsageError(f"{source.path}:{skip.line}: {skip.name}: {skip.reason}")
    if not found:
        names = [short_name(name) for name in source.records]
        near = get_close_matches(short_name(pattern), names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "linewise show FILE lists them"
        raise click.UsageError(f"{source.path}: no record matches {pattern!r}; {hint}")
    return found
