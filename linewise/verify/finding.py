"""What a check is given and what it says."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """How a check ended; only ``DIFFERS`` speaks against linewise."""

    EQUAL = "equal"
    WITHIN = "within bound"
    DIFFERS = "differs"
    UNCHECKED = "not checkable here"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked: what, how it ended, the figures, and the command that repeats it."""

    check: str
    subject: str
    verdict: Verdict
    detail: str
    repeat: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the user asked to check, and with what.

    files     sources whose records are checked; the package's own sample when empty
    compiler  the command of a C compiler, split into words; empty when there is none
    """

    files: tuple[Path, ...]
    compiler: tuple[str, ...]

    @property
    def arguments(self) -> str:
        """The files and the compiler as the command line takes them, to repeat a check."""
        words = [*map(str, self.files)]
        if self.compiler:
            words += ["--cc", shlex.join(self.compiler)]
        return f" {shlex.join(words)}" if words else ""
