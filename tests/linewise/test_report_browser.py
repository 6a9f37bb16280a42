"""The report in a real browser: no error, no request, nothing too wide, and every control works.

Needs Chromium (Debian: chromium), which is started without a driver: what a page does is asked by
a probe script that is added to a copy of it, and read from the document that comes out.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from linewise.report import render
from tests.linewise.pages import parse
from tests.linewise.runs import COUNTERS, HOT_AND_COLD, make_run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), None)
FLAGS = (
    "--headless",
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=f"none of {', '.join(NAMES)} is installed")

# Uses the page as a reader would and writes down what came of it.
# A busy machine may dump a page before its frame has run its script, unless the page's own clock
# is what counts: milliseconds of it.
UNTIL_DONE = ("--virtual-time-budget=20000",)

PROBE = """
const out = { errors: [], width: innerWidth, scroll: document.documentElement.scrollWidth };
const $ = (selector) => document.querySelector(selector);
const press = (element, key) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
out.wide = [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".scroll, pre, nav, .unseen, .skip, [hidden], svg"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.tagName + "." + one.className);
out.figures = [...document.querySelectorAll("svg.figure")]
  .filter((one) => !one.closest("details:not([open])"))
  .map((one) => { const box = one.getBoundingClientRect(); return [box.width, box.height]; });
const button = $("#theme");
out.themes = [];
for (let i = 0; i < 3; i++) {
  button.click();
  out.themes.push([button.textContent, getComputedStyle(document.body).backgroundColor]);
}
const box = $("svg.figure .f0 > .box");
out.fills = [getComputedStyle(box).fill];
const heat = $("input[value=heat]");
heat.checked = true;
heat.dispatchEvent(new Event("change"));
out.fills.push(getComputedStyle(box).fill);
const stops = document.querySelectorAll("svg.figure [tabindex='0']");
out.stops = [stops.length, document.querySelectorAll("svg.figure").length];
stops[0].focus();
out.tips = [$("#tip").hidden ? null : $("#tip").textContent];
press(stops[0], "ArrowRight");
out.tips.push($("#tip").textContent);
out.tooltips = [stops[0], document.activeElement].map((one) => one.getAttribute("aria-label"));
document.activeElement.blur();
out.tips.push($("#tip").hidden);
const table = $("#misses table.sortable");
const column = () => [...table.tBodies[0].rows].map((row) => row.cells[0].textContent.trim());
const sorter = table.querySelector("thead .sort");
sorter.click();
out.sorted = [column(), sorter.closest("th").getAttribute("aria-sort")];
sorter.click();
out.sorted.push(column(), sorter.closest("th").getAttribute("aria-sort"));
const reads = table.querySelectorAll("thead .sort")[2];
reads.click();
out.reads = [...table.tBodies[0].rows].map((row) => Number(row.cells[2].dataset.v));
$(".copy").click();
const result = document.createElement("pre");
result.id = "probe";
result.textContent = JSON.stringify(out);
parent.document.body.append(result);
"""


def browse(page: Path, tmp_path: Path) -> tuple[str, str]:
    """The document after its script ran, and what the browser said."""
    assert CHROMIUM is not None
    where = (f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1400,1000")
    done = subprocess.run(
        [CHROMIUM, *FLAGS, *where, *UNTIL_DONE, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout, done.stderr


def probe(tmp_path: Path, width: int) -> dict[str, Any]:
    """What the probe found in a frame of that width: Chromium's own windows are never below 500."""
    html = render(make_run({"struct order": HOT_AND_COLD, "struct counters": COUNTERS}))
    start, end = html.index("<meta http-equiv"), html.index('<meta name="viewport"')
    probed = html[:start] + html[end:].replace("</body>", f"<script>{PROBE}</script></body>")
    page = tmp_path / "framed.html"
    frame = f'<iframe width="{width}" height="900" frameborder="0" srcdoc="{escape(probed)}">'
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{frame}</iframe></body>', "utf-8")
    dom, said = browse(page, tmp_path)
    assert "CONSOLE" not in said, said
    (result,) = re.findall(r'<pre id="probe">(.*?)</pre>', dom, re.S)
    return dict(json.loads(unescape(result)))


def test_the_page_as_written_runs_its_script_without_a_word_on_the_console(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(make_run({"struct <b>": HOT_AND_COLD})), "utf-8")
    dom, said = browse(page, tmp_path)
    assert "CONSOLE" not in said, said
    (button,) = parse(dom).all("button", id="theme")
    assert "hidden" not in button.attributes
    assert not parse(dom).all("b")


@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_but_figures_and_tables_in_their_boxes_is_wider_than_the_window(
    tmp_path: Path, width: int
) -> None:
    seen = probe(tmp_path, width)
    assert seen["width"] == width
    assert seen["scroll"] <= width
    assert seen["wide"] == []
    assert len(seen["figures"]) == 5
    assert all(wide > 300 and high > 60 for wide, high in seen["figures"])


def test_every_control_does_what_it_says(tmp_path: Path) -> None:
    seen = probe(tmp_path, 1280)
    names = [name for name, _ in seen["themes"]]
    assert names == ["Theme: light", "Theme: dark", "Theme: auto"]
    assert seen["themes"][0][1] != seen["themes"][1][1]
    assert seen["fills"][0] != seen["fills"][1]
    assert seen["stops"][0] == seen["stops"][1]
    assert seen["tips"] == [*seen["tooltips"], True]
    assert seen["tooltips"][0] != seen["tooltips"][1]
    rising, up, falling, down = seen["sorted"]
    assert (rising, up) == (sorted(rising), "ascending")
    assert (falling, down) == (rising[::-1], "descending")
    assert seen["reads"] == sorted(seen["reads"], reverse=True)
