"""Put the page together: templates, style, script, and a policy that forbids every request."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from linewise.report.figures import FIGURES
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import count, decimal, percent
from linewise.report.palette import HUES, field_css, theme_css
from linewise.report.sections import SECTIONS
from linewise.report.text import plural, short_name, without_controls
from linewise.score import Run
from linewise.version import __version__


def drawings(run: Run) -> dict[str, Drawing]:
    """Every figure of the run by its name, in the order of ``FIGURES``."""
    made = [drawing for draw in FIGURES.values() for drawing in draw(run)]
    return {drawing.name: drawing for drawing in made}


def page(run: Run) -> str:
    """The whole document. Deterministic but for ``run.seconds``, which it shows."""
    made = drawings(run)
    script = _asset("script.js")
    return without_controls(
        _environment()
        .get_template("page.html.j2")
        .render(
            run=run,
            sections=[(section, section.view(run, made)) for section in SECTIONS],
            style=Markup(theme_css() + _asset("style.css") + _asset("figure.css") + field_css()),  # noqa: S704
            script=Markup(script),  # noqa: S704  (both are files of this package)
            policy=_policy(script),
            version=__version__,
        )
    )


def _policy(script: str) -> str:
    """No request to anywhere; no script but ours, by its digest; styles are inline."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return (files("linewise.report") / "templates" / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("linewise.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        count=count, decimal=decimal, percent=percent, plural=plural, short=short_name
    )
    environment.globals.update(hues=HUES)
    return environment
