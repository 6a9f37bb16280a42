"""Linting a text in a line, for the tests."""

import layout
from layout.lint import Linted, Settings, lint
from layout.profile import AccessProfile, Operation
from layout.rules import RULES

ABI = "x86_64-linux-gnu"
ARM = "aarch64-linux-gnu"


def lint_text(text: str, *codes: str, language: str = "c", **settings) -> Linted:
    """What the rules of these codes (all for none) say about a text."""
    source = layout.read_text(text, language=language)
    chosen = frozenset(codes or RULES)
    return lint(source, Settings(codes=chosen, **settings), text=text)


def said(text: str, *codes: str, **settings) -> list[tuple[str, int, str | None, int | None]]:
    """The findings as (code, line, member, bytes)."""
    findings = lint_text(text, *codes, **settings).findings
    return [(one.code, one.line, one.field, one.bytes) for one in findings]


def operation(name, weight=1.0, thread=0, reads=(), writes=()):
    """An operation of a profile."""
    return Operation(name, weight, thread, frozenset(reads), frozenset(writes))


def profile(*operations):
    """A profile of them."""
    return AccessProfile(operations=operations)
