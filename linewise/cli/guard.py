"""``linewise guard``: promises about layouts, written down, checked, emitted as assertions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import emit_json, json_option, paint
from linewise.cli.records import SourceOptions, abi_option, select_records, targets_of
from linewise.guard import DEFAULT_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout import AccessProfile
    from linewise.guard.check import Broken, Checked
    from linewise.guard.write import Promised

# Language -> its module in linewise/guard/, whose function of that name writes the assertions.
EMITTERS = {"c": "emit_c", "cpp": "emit_c", "go": "emit_go", "rust": "emit_rust"}

guard_argument = click.argument("guard", type=Path, default=DEFAULT_FILE, metavar="[FILE]")


@click.group(
    invoke_without_command=True,
    subcommand_metavar="write|check|emit",
    epilog="Example: linewise guard write order_book.h --scenario order_book.toml",
)
@click.pass_context
def command(context: click.Context) -> None:
    """Keep good layouts good: write promises down, check them, emit them as assertions.

    Each of the three has a --help and takes --json.
    """
    if context.invoked_subcommand is None:
        raise click.UsageError("say write, check or emit; linewise guard --help explains them")


@command.command(epilog="Example: linewise guard write order_book.h --struct order")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--struct", "pattern", metavar="GLOB", help="Only records whose name matches.")
@abi_option
@click.option(
    "--scenario",
    metavar="FILE.toml",
    help="Promise the lines of its hot members too, and that its writers stay apart.",
)
@click.option("--offsets", is_flag=True, help="Promise every member's offset too.")
@click.option("-o", "--output", type=Path, default=DEFAULT_FILE, show_default=True, metavar="FILE")
@click.option("--force", is_flag=True, help="Write over a file that was edited by hand.")
@json_option
def write(
    files: tuple[str, ...],
    pattern: str | None,
    abis: tuple[str, ...],
    scenario: str | None,
    offsets: bool,
    output: Path,
    force: bool,
    as_json: bool,
) -> int:
    """Write down what records promise: size, alignment, lines, who stays apart.

    Promises that the file has of other records stay.
    """
    from linewise.guard.write import save
    from linewise.lint.run import profiles_of

    profiles = profiles_of(scenario)
    promised: list[Promised] = []
    skipped: list[str] = []
    for path in files:
        made, left = _promises(path, pattern, abis, profiles, (output, offsets))
        promised += made
        skipped += left
    if not promised:
        raise click.UsageError(f"{files[0]}: no record could be read; `linewise show` says why")
    save(output, [one.spec for one in promised], force)
    if as_json:
        emit_json("guard-write", 1, _written(output, promised, skipped))
        return 0
    for line in skipped:
        print(f"skipped: {line}")
    for one in promised:
        for refused in one.refused:
            print(f"{one.spec.source}: {one.spec.name} {refused}: not promised")
    number = len(promised)
    targets = dict.fromkeys(abi.name for one in promised for abi in one.spec.abis)
    print(f"{output}: {number} record{'s' * (number != 1)} on {', '.join(targets)}")
    return 0


def _promises(
    path: str,
    pattern: str | None,
    abis: tuple[str, ...],
    profiles: Mapping[str, AccessProfile],
    wanted: tuple[Path, bool],
) -> tuple[list[Promised], list[str]]:
    """The promises of a file's records, and those that could not be read or placed, in words."""
    import layout
    from linewise.guard.write import promise, relative

    output, offsets = wanted
    source = layout.read(path)
    skipped = [f"{path}:{one.line}: {one.name}: {one.reason}" for one in source.skipped]
    targets = targets_of(source, path, abis, SourceOptions())
    promised = []
    for record in select_records(source, pattern):
        profile = profiles.get(record.name)
        try:
            promised.append(promise(record, relative(path, output), targets, profile, offsets))
        except layout.LayoutError as error:
            # A record asked for by name must be promised; one of a whole file is listed.
            if pattern is not None:
                raise
            skipped.append(str(error))
    return promised, [] if pattern is not None else skipped


def _written(output: Path, promised: list[Promised], skipped: list[str]) -> dict[str, Any]:
    import msgspec

    return {
        "file": str(output),
        "skipped": skipped,
        "records": [
            {**msgspec.to_builtins(one.spec), "not_promised": list(one.refused)} for one in promised
        ],
    }


@command.command(epilog="Example: linewise guard check")
@guard_argument
@json_option
def check(guard: Path, as_json: bool) -> int:
    """Hold the records to their promises; say which edit broke one, and the cheapest repair.

    Exit code 1 when a promise is broken.
    """
    from linewise.guard.check import check as check_file

    checked = check_file(guard)
    if as_json:
        emit_json("guard-check", 1, _document(checked))
    else:
        print("\n".join(_text(checked)))
    return 1 if checked.broken else 0


def _document(checked: Checked) -> dict[str, Any]:
    from dataclasses import asdict

    broken = [asdict(one) for one in checked.broken]
    return {"file": checked.path, "records": checked.records, "broken": broken}


def _text(checked: Checked) -> list[str]:
    lines = [line for one in checked.broken for line in _broken(one)]
    number = len(checked.broken)
    records = f"{checked.records} record{'s' * (checked.records != 1)}"
    if number:
        lines.append(paint(f"{number} of {records} of {checked.path} broke a promise", "bold"))
    else:
        lines.append(paint(f"{records} of {checked.path} as promised", "green"))
    return lines


def _broken(one: Broken) -> list[str]:
    from linewise.lint.text import plain

    where = f"{paint(f'{plain(one.file)}:{one.line}:', 'bold')} {plain(one.record)}"
    if one.gone:
        return [f"{where} {plain(one.gone)}"]
    lines = [f"{where} {paint(plain(breach.message), 'yellow')} on {', '.join(breach.abis)}"
             for breach in one.breaches]  # fmt: skip
    lines += [f"  edit: {plain(change.message)}" for change in one.changes[:5]]
    if len(one.changes) > 5:
        lines.append(f"  edit: {len(one.changes) - 5} more")
    lines.append(f"  repair: {one.repair.message if one.repair else one.hint}")
    return lines


@command.command(epilog="Example: linewise guard emit --format c > layout_promises.c")
@guard_argument
@click.option("--format", "language", type=click.Choice(list(EMITTERS)), required=True)
@abi_option
@json_option
def emit(guard: Path, language: str, abis: tuple[str, ...], as_json: bool) -> int:
    """Print the promises as assertions that a compiler checks.

    --abi chooses among the ABIs of the file; all of them by default.
    """
    from importlib import import_module

    from linewise.guard.asserts import load_asserts

    asserts = load_asserts(guard, abis)
    text = getattr(import_module(f"linewise.guard.{EMITTERS[language]}"), language)(asserts, guard)
    if as_json:
        emit_json("guard-emit", 1, {"file": str(guard), "format": language, "text": text})
    else:
        click.echo(text, nl=False)
    return 0
