"""``linewise verify``: this machine's own tools against linewise."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linewise.cli.output import emit_json, json_option, paint

if TYPE_CHECKING:
    from linewise.verify import Finding

STYLE = {
    "equal": "green",
    "within bound": "green",
    "differs": "red",
    "not checkable here": "yellow",
}


@click.command(epilog="Example: linewise verify include/order_book.h --cc clang")
@click.argument("files", nargs=-1, type=Path, metavar="[FILE...]")
@click.option(
    "--check", "wanted", multiple=True, metavar="NAME", help="Only this check; may be repeated."
)
@click.option("--cc", metavar="COMMAND", help="The C compiler.  [default: $CC, or cc, gcc, clang]")
@json_option
def command(files: tuple[Path, ...], wanted: tuple[str, ...], cc: str | None, as_json: bool) -> int:
    """Check linewise here: placements against the compiler, counts against known ones, times.

    Each line ends as equal, within a stated bound, differs, or not checkable here. The exit code
    is 1 when anything differs.
    """
    from linewise.verify import CHECKS, Context, Verdict

    unknown = [name for name in wanted if name not in CHECKS]
    if unknown:
        raise click.BadParameter(f"no check {unknown[0]!r}; there are {', '.join(CHECKS)}")
    context = Context(files=files, compiler=_compiler(cc))
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        if wanted and name not in wanted:
            continue
        for finding in check(context):
            findings.append(finding)
            if not as_json:
                _print(finding)
    differing = sum(finding.verdict is Verdict.DIFFERS for finding in findings)
    if as_json:
        import msgspec

        emit_json("verify", 1, {"findings": msgspec.to_builtins(findings), "differing": differing})
    else:
        sums = [f"{sum(one.verdict is kind for one in findings)} {kind}" for kind in Verdict]
        print(f"\n{', '.join(sums)}")
    return 1 if differing else 0


def _compiler(named: str | None) -> tuple[str, ...]:
    """The compiler's command as words; empty when there is none. A named one must exist."""
    from layout import LayoutError
    from layout.sources.compiler import find_compiler

    try:
        return find_compiler(named)
    except LayoutError:
        if named is None and not os.environ.get("CC"):
            return ()
        raise


def _print(finding: Finding) -> None:
    verdict = paint(f"{finding.verdict:<18}", STYLE[finding.verdict], "bold")
    print(f"{verdict} {finding.check}: {finding.subject}")
    print(f"{'':19}{finding.detail}")
    print(paint(f"{'':19}again: {finding.repeat}", "dim"))
