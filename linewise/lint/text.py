"""Findings as lines for a terminal, as compilers print theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.lint import Finding
from linewise.cli.output import paint
from linewise.lint.report import LintReport, counts

__all__ = ["plain", "render"]

# What a name in a hostile binary or of a file could do to a terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

LEVEL_STYLES = {"warning": "yellow", "note": "cyan"}


def plain(text: str) -> str:
    """The text without control characters."""
    return _CONTROL.sub("\ufffd", text)


def render(report: LintReport) -> str:
    """One line per finding and a summary."""
    return "\n".join([*(_line(finding, report) for finding in report.findings), _summary(report)])


def _line(finding: Finding, report: LintReport) -> str:
    where = paint(f"{plain(finding.file)}:{finding.line}:", "bold")
    code = paint(finding.code, LEVEL_STYLES[finding.level])
    owner = f"{finding.record}: " if finding.record else ""
    # Where a finding holds on all ABIs asked for, or names them itself, they need no saying.
    some = set(finding.abis) < set(report.abis) and finding.abis
    named = any(abi in finding.message for abi in finding.abis)
    abis = paint(f"  [{', '.join(finding.abis)}]", "dim") if some and not named else ""
    return f"{where} {code} {plain(owner + finding.message)}{abis}"


def _summary(report: LintReport) -> str:
    parts = [_found(report), *_rest(report)]
    text = "; ".join(parts)
    if not report.findings:
        return paint(text, "green")
    return f"{paint(text, 'bold')}; `linewise explain CODE` says why"


def _found(report: LintReport) -> str:
    records = f"{report.records} record{'s' * (report.records != 1)}"
    if len(report.abis) > 1:
        records += f" on {len(report.abis)} ABIs"
    if not report.findings:
        return f"no findings in {records}"
    number = len(report.findings)
    with_findings = len({(finding.file, finding.record) for finding in report.findings})
    codes = ", ".join(f"{code} {count}" for code, count in counts(report).items())
    return f"{number} finding{'s' * (number != 1)} in {with_findings} of {records} ({codes})"


def _rest(report: LintReport) -> Iterator[str]:
    if report.skipped:
        yield f"{len(report.skipped)} skipped (--json lists them)"
    if report.suppressed:
        yield f"{len(report.suppressed)} suppressed"
    if report.baselined:
        yield f"{report.baselined} in the baseline"
    if report.stale:
        yield f"{report.stale} of the baseline gone (--write-baseline drops them)"
