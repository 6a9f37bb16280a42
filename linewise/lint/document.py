"""Findings as one JSON document, schema ``linewise.lint/1``."""

from __future__ import annotations

from typing import Any

from layout.lint import Finding
from linewise.lint.report import LintReport, counts

__all__ = ["document"]


def document(report: LintReport) -> dict[str, Any]:
    """Everything a run found; the names are part of the interface."""
    return {
        "abis": list(report.abis),
        "files": list(report.files),
        "records": report.records,
        "counts": counts(report),
        "findings": [_finding(finding) for finding in report.findings],
        "suppressed": [{**_finding(one), "reason": reason} for one, reason in report.suppressed],
        "baselined": report.baselined,
        "stale": report.stale,
        "skipped": [
            {"file": path, "line": skip.line, "name": skip.name, "reason": skip.reason}
            for path, skip in report.skipped
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.level,
        "file": finding.file,
        "line": finding.line,
        "record": finding.record,
        "field": finding.field,
        "abis": list(finding.abis),
        "message": finding.message,
        "bytes": finding.bytes,
        "fix": finding.fix,
    }
