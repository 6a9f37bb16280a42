"""The report of a run: one HTML file that opens offline, and its figures as SVG documents.

>>> from linewise.report import write_report
>>> write_report(run, Path("report.html"))  # doctest: +SKIP

The room is cut so that a new figure is one file in ``figures/`` and one row in its table, and a
new section one file in ``views/``, one template, and one row in ``sections.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linewise.score import Run

__all__ = ["pictures", "render", "write_report"]


def render(run: Run) -> str:
    """The report as one HTML document: no reference to any other file, no request to anywhere."""
    from linewise.report.page import page

    return page(run)


def pictures(run: Run) -> dict[str, str]:
    """Each figure as an SVG document in the light theme, by a name that is fit for a file."""
    from linewise.report.page import drawings

    return {name: drawing.standalone() for name, drawing in drawings(run).items()}


def write_report(run: Run, path: Path) -> None:
    """Write the report to ``path``: beside it first, then renamed, so that a crash leaves the old.

    Raises linewise.LinewiseError where the file cannot be written.
    """
    from linewise.report.write import write_text

    write_text(Path(path), render(run))
