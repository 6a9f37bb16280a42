"""``python -m linewise.lint.manual > docs/rules.md``: the manual of the rules, from their table."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from layout.rules import RULES, Rule

__all__ = ["manual"]

NEEDS = {
    "": "",
    "profile": "Runs for records that a scenario uses: `--scenario FILE.toml`.",
    "classes": "Runs for Go records, and with `--allocator NAME` for others.",
    "pointers": "Runs for Go records.",
    "abis": "Runs with more than one `--abi`.",
}


def manual() -> str:
    """The text of docs/rules.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Lint rules"
    yield ""
    yield "What [`linewise lint`](lint.md) looks for; `linewise explain CODE` prints the same. Made"
    yield "from the rules themselves by `python -m linewise.lint.manual > docs/rules.md`."
    yield ""
    yield "| code | name | what | level |"
    yield "|---|---|---|---|"
    for rule in RULES.values():
        anchor = f"{rule.code}-{rule.name}".lower()
        yield f"| [{rule.code}](#{anchor}) | {rule.name} | {rule.title} | {rule.level} |"
    for rule in RULES.values():
        yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    yield from ("", f"## {rule.code} {rule.name}", "", f"*{rule.title}*", "", rule.why)
    when = NEEDS[rule.need] if rule.default else "Runs when it is selected: `--select`."
    if when:
        yield from ("", when)
    for title, example in (("Bad:", rule.bad), ("Good:", rule.good)):
        yield from ("", title, "", f"```{rule.language}", example, "```")
    yield from ("", f"**Leave it alone:** {rule.leave}", "", f"**Remedy:** {rule.fix}.")


if __name__ == "__main__":
    sys.stdout.write(manual())
