"""``linewise explain``: why a lint rule is one, with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import emit_json, json_option, paint, table

if TYPE_CHECKING:
    from layout.rules import Rule


@click.command(epilog="Example: linewise explain LW002")
@click.argument("code", required=False, metavar="[CODE]")
@json_option
def command(code: str | None, as_json: bool) -> int:
    """Explain a rule of `linewise lint` by its code or name, or list them all."""
    from layout.rules import RULES, find_rule

    rules = list(RULES.values()) if code is None else [find_rule(code)]
    if as_json:
        emit_json("explain", 1, {"rules": [_document(rule) for rule in rules]})
    elif code is None:
        print("\n".join(table(("code", "name", "what"), map(_row, rules), left=(0, 1, 2))))
    else:
        print(_page(rules[0]))
    return 0


def _row(rule: Rule) -> tuple[str, str, str]:
    return rule.code, rule.name, f"{rule.title}{'' if rule.default else ' (when selected)'}"


def _document(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "level": rule.level,
        "default": rule.default,
        "needs": rule.need or None,
        "why": rule.why,
        "language": rule.language,
        "bad": rule.bad,
        "good": rule.good,
        "leave": rule.leave,
        "fix": rule.fix,
    }


def _page(rule: Rule) -> str:
    parts = [f"{paint(f'{rule.code} {rule.name}', 'bold')}: {rule.title}", rule.why]
    for title, example in (("Bad:", rule.bad), ("Good:", rule.good)):
        body = "\n".join(f"    {line}".rstrip() for line in example.splitlines())
        parts.append(f"{paint(title, 'bold')}\n\n{body}")
    parts.append(f"{paint('Leave it alone:', 'bold')} {rule.leave}")
    parts.append(f"{paint('Remedy:', 'bold')} {rule.fix}.")
    return "\n\n".join(parts)
