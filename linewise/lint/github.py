"""Findings as GitHub annotations: workflow commands that a job prints.

GitHub Docs, Workflow commands for GitHub Actions: ``::warning file=…,line=…,title=…::message``;
what a value may not hold is escaped as actions/toolkit does in packages/core/src/command.ts.
"""

from __future__ import annotations

from layout.lint import Finding
from layout.rules import RULES
from linewise.lint.report import LintReport

__all__ = ["render"]

COMMANDS = {"warning": "warning", "note": "notice"}


def render(report: LintReport) -> str:
    """One command per finding; nothing for none."""
    return "\n".join(_command(finding) for finding in report.findings)


def _command(finding: Finding) -> str:
    title = f"{finding.code} {RULES[finding.code].title}"
    properties = {"file": finding.file, "line": str(finding.line), "title": title}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    owner = f"{finding.record}: " if finding.record else ""
    return f"::{COMMANDS[finding.level]} {listed}::{_data(owner + finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
