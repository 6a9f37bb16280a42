"""A progress bar for longer work: on a terminal only, on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

# Seconds of silence before the bar appears: quick work stays quiet, and rich (about 0.1 s to
# import) is loaded only where it pays.
PATIENCE = 0.5


class Progress:
    """``update(stage, done, total)`` as often as one likes; rate and time left are shown.

    Piped output gets nothing; ``NO_COLOR`` is honoured by rich.
    """

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(
        self, stage: str, done: int, total: int | None = None, counted: int | None = None
    ) -> None:
        """Say how far a stage is: ``done`` of ``total`` (None when unknown).

        ``counted`` is what the rate counts when that is not ``done`` itself: accesses replayed
        while ``done`` and ``total`` are bytes of a compressed file.
        """
        if not self._terminal or time.monotonic() - self._began < PATIENCE:
            return
        bar = self._bar or self._start()
        if stage != self._stage or self._task is None:
            if self._task is not None:
                bar.remove_task(self._task)
            self._task = bar.add_task(stage, total=total, counted="")
            self._stage, self._stage_began = stage, time.monotonic()
        amount = done if counted is None else counted
        seconds = max(time.monotonic() - self._stage_began, 1e-3)
        text = f"{amount:,} {self._unit}, {amount / seconds / 1e6:,.1f} M/s"
        bar.update(self._task, completed=done, total=total, counted=text)

    def _start(self) -> RichProgress:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TextColumn("{task.fields[counted]}"),
            TimeRemainingColumn(compact=True),
            console=Console(file=sys.stderr),
            transient=True,
        )
        self._bar.start()
        return self._bar
