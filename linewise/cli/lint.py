"""``linewise lint``: what is wrong with the layouts of a source, by rules with codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from linewise.cli.output import emit_json, json_option
from linewise.cli.records import (
    SourceOptions,
    abi_option,
    read_source,
    source_options,
    targets_of,
)

if TYPE_CHECKING:
    from layout import Source
    from linewise.lint.report import LintReport

# Each output is linewise/lint/MODULE.py with `render(report) -> str`; json goes through emit_json.
FORMATS = {"text": "text", "json": "", "sarif": "sarif", "github": "github"}


@click.command(epilog="Example: linewise lint order_book.h --scenario order_book.toml")
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER...")
@click.option("--struct", "pattern", metavar="GLOB", help="Only records whose name matches.")
@abi_option
@source_options
@click.option(
    "--select", metavar="CODES", help="Only these rules, such as LW001,LW010; ALL is all."
)
@click.option("--ignore", metavar="CODES", help="Not these rules.")
@click.option("--min-bytes", default=1, show_default=True, metavar="N",
              help="Leave out what loses fewer bytes.")  # fmt: skip
@click.option("--scenario", metavar="FILE.toml",
              help="Who uses which members: for the rules about hot ones and writers.")  # fmt: skip
@click.option("--allocator", metavar="NAME",
              help="Whose size classes: glibc, jemalloc, mimalloc, tcmalloc.  "
              "[default: Go's for Go sources]")  # fmt: skip
@click.option("--baseline", metavar="FILE", type=Path, help="Leave out the findings it knows.")
@click.option("--write-baseline", is_flag=True, help="Make all findings known to --baseline FILE.")
@click.option("--format", "output", type=click.Choice(list(FORMATS)), default="text",
              show_default=True)  # fmt: skip
@json_option
def command(
    files: tuple[str, ...],
    pattern: str | None,
    abis: tuple[str, ...],
    select: str | None,
    ignore: str | None,
    min_bytes: int,
    scenario: str | None,
    allocator: str | None,
    baseline: Path | None,
    write_baseline: bool,
    output: str,
    as_json: bool,
    options: SourceOptions,
) -> int:
    """Check the records of sources: holes, order, lines, size classes, and more.

    `linewise explain` lists the rules. A comment `linewise: ignore LW002 -- reason` on a record's
    or member's line suppresses findings. Exit code 1 means findings.
    """
    from layout.lint import Settings
    from linewise.lint.run import profiles_of, run_lint

    if write_baseline and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE to say where")
    if allocator is not None:
        _check_allocator(allocator)
    settings = Settings(
        codes=_codes(select, ignore),
        min_bytes=min_bytes,
        profiles=profiles_of(scenario),
        allocator=allocator,
    )
    report = run_lint(files, settings, pattern, lambda path: _read(path, abis, options))
    if baseline is not None:
        whole = not (pattern or select or ignore) and min_bytes <= 1
        report = _known(report, baseline, write_baseline, whole)
    if write_baseline and not as_json:
        number = report.baselined
        print(f"{baseline}: {number} finding{'s' * (number != 1)} known from now on")
    else:
        _print(report, "json" if as_json else output)
    return 1 if report.findings else 0


def _known(report: LintReport, baseline: Path, write: bool, whole: bool) -> LintReport:
    """The report without what the baseline knows: everything when it is written now."""
    from linewise.lint.baseline import apply_baseline, write_baseline

    if write:
        write_baseline(baseline, report)
    return apply_baseline(baseline, report, whole)


def _read(
    path: str, abis: tuple[str, ...], options: SourceOptions
) -> tuple[Source, tuple[str, ...]]:
    """A file's records, and the names of the ABIs that they are checked on."""
    source = read_source(path, options)
    return source, targets_of(source, path, abis, options)


def _print(report: LintReport, output: str) -> None:
    if output == "json":
        from linewise.lint.document import document

        emit_json("lint", 1, document(report))
        return
    from importlib import import_module

    text = import_module(f"linewise.lint.{FORMATS[output]}").render(report)
    if text:
        print(text)


def _check_allocator(name: str) -> None:
    from layout.sizeclasses import find_allocator

    find_allocator(name)


def _codes(select: str | None, ignore: str | None) -> frozenset[str] | None:
    """The codes of the rules that run; None for the default."""
    from layout.rules import RULES, find_rule

    def listed(text: str | None) -> set[str]:
        names = [part.strip() for part in (text or "").split(",")]
        return {find_rule(name).code for name in names if name}

    if select is not None and select.strip().upper() == "ALL":
        chosen = set(RULES)
    elif select is not None:
        chosen = listed(select)
    else:
        chosen = {rule.code for rule in RULES.values() if rule.default}
    return frozenset(chosen - listed(ignore))
