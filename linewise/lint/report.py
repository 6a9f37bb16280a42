"""What a run over files found, for any output to show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from layout.lint import Finding, Linted
from layout.model import Skipped

__all__ = ["LintReport", "counts"]


@dataclass(frozen=True, slots=True)
class LintReport:
    """Findings over all files in order.

    suppressed  by a comment, each with its reason
    baselined   findings that the baseline knows
    stale       entries of the baseline that nothing matches any more
    skipped     records that could not be read or placed, each with its file
    """

    abis: tuple[str, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, str], ...]
    skipped: tuple[tuple[str, Skipped], ...]
    files: tuple[str, ...]
    records: int
    baselined: int = 0
    stale: int = 0

    @staticmethod
    def of(abis: tuple[str, ...], linted: dict[str, Linted]) -> LintReport:
        """The report of several files, by path."""
        return LintReport(
            abis=abis,
            findings=tuple(finding for one in linted.values() for finding in one.findings),
            suppressed=tuple(entry for one in linted.values() for entry in one.suppressed),
            skipped=tuple((path, skip) for path, one in linted.items() for skip in one.skipped),
            files=tuple(linted),
            records=sum(one.records for one in linted.values()),
        )

    def without(self, known: frozenset[int], stale: int) -> LintReport:
        """The same without the findings at these positions, which a baseline knows."""
        left = tuple(one for at, one in enumerate(self.findings) if at not in known)
        return replace(self, findings=left, baselined=len(known), stale=stale)


def counts(report: LintReport) -> dict[str, int]:
    """Findings by code, in the order of the codes."""
    return dict(sorted(Counter(finding.code for finding in report.findings).items()))
