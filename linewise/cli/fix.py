"""``linewise fix``: better orders written into the source, where nothing speaks against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import change, emit_json, json_option, paint
from linewise.cli.records import (
    SourceOptions,
    abi_option,
    read_source,
    short_name,
    source_options,
)

if TYPE_CHECKING:
    from layout import AccessProfile, Record, Source
    from layout.fix import Change, Outcome, Refused
    from linewise.fixing import Report


@click.command(
    epilog="Example: linewise fix src/queue.h --uses src --abi x86-64 --abi arm64 --diff"
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--struct", "pattern", metavar="GLOB", help="Only records whose name matches.")
@abi_option
@click.option(
    "--goal",
    type=click.Choice(["bytes", "lines"]),
    help="What is made less; lines needs --scenario, and is meant by it.  [default: bytes]",
)
@click.option(
    "--scenario", metavar="FILE.toml", help="Order for what this scenario does with the records."
)
@click.option(
    "--min-gain",
    type=click.IntRange(min=1),
    metavar="BYTES",
    help="Leave a record that would shrink by less on every ABI (goal bytes).  [default: 8]",
)
@click.option(
    "--uses",
    "folders",
    multiple=True,
    metavar="DIR",
    help="Also look for uses of the records in all sources below; may be repeated.",
)
@click.option("--diff", "as_diff", is_flag=True, help="Print a patch, write nothing.")
@click.option("--check", is_flag=True, help="Write nothing, exit 1 when something would change.")
@click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="REASON",
    help="Do not refuse for this reason (sizeof, cast, ...); may be repeated.",
)
@click.option("--unsafe", is_flag=True, help="Refuse for no reason that can be waived.")
@source_options
@json_option
def command(
    files: tuple[str, ...],
    pattern: str | None,
    abis: tuple[str, ...],
    goal: str | None,
    scenario: str | None,
    min_gain: int | None,
    folders: tuple[str, ...],
    as_diff: bool,
    check: bool,
    allowed: tuple[str, ...],
    unsafe: bool,
    as_json: bool,
    options: SourceOptions,
) -> int:
    """Reorder the fields of C and Go records in place: fewer bytes, or what a scenario asks for.

    A record is left as it is, and the reason printed, where its order may matter to someone:
    a positional initialiser, a cast, sizeof, a packed or wire-format mark and others. They are
    looked for in the files given and below --uses.
    """
    from layout.fix import MIN_GAIN, Request
    from linewise.fixing import fix_files, patch, write

    if goal == "lines" and scenario is None:
        raise click.UsageError("--goal lines needs --scenario FILE.toml")
    request = Request(
        abis=abis,
        goal=goal or ("bytes" if scenario is None else "lines"),
        profile=None if scenario is None else _profiles(scenario),
        wanted=_wanted(pattern),
        min_gain=MIN_GAIN if min_gain is None else min_gain,
        allowed=frozenset(allowed),
        unsafe=unsafe,
    )
    report = fix_files(files, folders, request, _reading(options))
    _require_match(report, pattern)
    dry = as_diff or check
    if not dry:
        for outcome in report.outcomes:
            write(outcome)
    if as_json:
        emit_json("fix", 1, _document(report, written=not dry, patches=as_diff))
    else:
        if as_diff:
            click.echo(b"".join(map(patch, report.outcomes)), nl=False)
        text = "\n".join(_text(report, written=not dry, pattern=pattern, folders=bool(folders)))
        # A patch stands alone on standard output, so that it can be piped.
        click.echo(_printable(text), err=as_diff)
    return int(check and any(outcome.changes for outcome in report.outcomes))


def _reading(options: SourceOptions) -> Callable[[str, str, str], Source] | None:
    """How a file's text is read: through the preprocessor when that is asked for."""
    if options.all_files:
        raise click.UsageError("--all-files: fix edits the files that are named; leave it out")
    if options.language is not None:
        raise click.UsageError("--language: fix goes by the files' names; leave it out")
    if not options.cpp:
        return None

    def read(path: str, language: str, text: str) -> Source:
        return read_source(path, replace(options, language=language), text)

    return read


def _profiles(path: str) -> Callable[[Record], AccessProfile | None]:
    from linewise.scenario import load_scenario

    scenario = load_scenario(path)

    def profile(record: Record) -> AccessProfile | None:
        found = scenario.profile(record.name)
        return found if found.operations else None

    return profile


def _wanted(pattern: str | None) -> Callable[[str], bool]:
    def wanted(name: str) -> bool:
        if pattern is None:
            return True
        return fnmatchcase(name, pattern) or fnmatchcase(short_name(name), pattern)

    return wanted


def _require_match(report: Report, pattern: str | None) -> None:
    """Raises click.UsageError when a pattern matches nothing in any file."""
    wanted = _wanted(pattern)
    names = [
        name
        for outcome in report.outcomes
        for name in (*outcome.source.records, *(skip.name for skip in outcome.source.skipped))
    ]
    if pattern is not None and not any(map(wanted, names)):
        raise click.UsageError(f"no record matches {pattern!r}; linewise show FILE lists them")


def _printable(text: str) -> str:
    """Text of a source that may hold bytes which are no UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(report: Report, *, written: bool, pattern: str | None, folders: bool) -> Iterator[str]:
    wanted = _wanted(pattern)
    unread = 0
    for outcome in report.outcomes:
        for done in outcome.changes:
            yield f"{_head(outcome, done)}{'' if written else '  would change'}"
            for line, name in done.headings:
                yield f"    the comment of line {line} moves with '{name}': is it about others too?"
        for refused in outcome.refused:
            yield f"{_head(outcome, refused.change)}  {paint('not touched', 'yellow')}"
            yield from _reasons(refused)
        for skip in (*outcome.source.skipped, *outcome.unplaced):
            if wanted(skip.name):
                unread += 1
                yield f"{outcome.path}:{skip.line}: {skip.name}  not read: {skip.reason}"
    changed = [len(outcome.changes) for outcome in report.outcomes]
    refusals = sum(len(outcome.refused) for outcome in report.outcomes)
    verb = "changed" if written else "to change"
    yield (
        f"{_count(sum(changed), 'record')} {verb} in "
        f"{_count(sum(map(bool, changed)), 'file')}, {refusals} not touched, {unread} not read"
    )
    left = f", {report.left} could not be opened" if report.left else ""
    more = "" if folders else "; --uses DIR searches more"
    yield f"uses searched in {_count(report.searched, 'file')}{left}{more}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _head(outcome: Outcome, made: Change) -> str:
    pairs = zip(made.before, made.after, strict=True)
    sizes = [f"{change(before.size, after.size)} on {before.abi}" for before, after in pairs]
    name = paint(made.record.name, "bold")
    return f"{outcome.path}:{made.record.line}: {name}  bytes {', '.join(sizes)}"


def _reasons(refused: Refused) -> Iterator[str]:
    if refused.fault:
        yield f"    {refused.fault}"
    for reason in refused.reasons:
        more = f" and {reason.count - 1} more" if reason.count > 1 else ""
        holder = f", of {reason.holder}, which holds it" if reason.holder else ""
        place = f"{reason.hit.path}:{reason.hit.line}: {reason.hit.words}"
        yield f"    {reason.refusal.name}: {reason.refusal.title}{holder}: {place}{more}"


def _document(report: Report, *, written: bool, patches: bool) -> dict[str, Any]:
    from linewise.fixing import patch
    from linewise.sourcefile import decode

    files = []
    for outcome in report.outcomes:
        entry: dict[str, Any] = {
            "file": outcome.path,
            "changed": [_change_document(done) for done in outcome.changes],
            "refused": [
                {
                    **_change_document(refused.change),
                    "fault": refused.fault or None,
                    "reasons": [
                        {
                            "name": reason.refusal.name,
                            "title": reason.refusal.title,
                            "file": reason.hit.path,
                            "line": reason.hit.line,
                            "words": reason.hit.words,
                            "count": reason.count,
                            "holder": reason.holder,
                        }
                        for reason in refused.reasons
                    ],
                }
                for refused in outcome.refused
            ],
            "skipped": [
                {"name": skip.name, "line": skip.line, "reason": skip.reason}
                for skip in (*outcome.source.skipped, *outcome.unplaced)
            ],
        }
        if patches:
            entry["patch"] = decode(patch(outcome))
        files.append(entry)
    searched = {"searched": report.searched, "not_opened": report.left}
    return {"written": written, **searched, "files": files}


def _change_document(made: Change) -> dict[str, Any]:
    return {
        "name": made.record.name,
        "line": made.record.line,
        "headings": [{"line": line, "field": name} for line, name in made.headings],
        "order": [member.name or "<anonymous>" for member in made.order],
        "sizes": [
            {"abi": before.abi, "before": before.size, "after": after.size}
            for before, after in zip(made.before, made.after, strict=True)
        ],
    }
