"""The report as a document: whole, offline, escaped, and honest about the numbers."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from linewise.report import pictures, render, write_report
from linewise.report.sections import SECTIONS
from linewise.report.text import MINUS
from linewise.score import Quantity, Run
from tests.linewise.pages import Element, parse
from tests.linewise.runs import COUNTERS, HOT_AND_COLD, Member, make_run, without_times

NASTY = "<img src=x onerror=alert(1)>\"'&{{7*7}}</script></svg>"


@pytest.fixture(scope="module")
def run() -> Run:
    return make_run({"struct order": HOT_AND_COLD, "struct counters": COUNTERS})


@pytest.fixture(scope="module")
def page(run: Run) -> Element:
    return parse(render(run))


def words_of(run: Run) -> str:
    return parse(render(run)).all("p", class_="verdict")[0].text


def test_every_section_stands_in_the_page_and_in_the_navigation(page: Element) -> None:
    links = [link.attributes["href"] for link in page.all("nav")[0].all("a")]
    assert links == [f"#{section.name}" for section in SECTIONS]
    for section in SECTIONS:
        (element,) = page.all("section", id=section.name)
        (title,) = element.all(id=element.attributes["aria-labelledby"])
        assert title.text == section.title


def test_the_page_refers_to_nothing_outside_itself(run: Run) -> None:
    html = render(run)
    for element in parse(html).all():
        for key in ("src", "href", "srcset", "action", "data", "poster", "xlink:href"):
            value = element.attributes.get(key, "#")
            assert value.startswith(("#", "data:")), (element.tag, key, value)
    style = "".join(re.findall(r"<style>(.*?)</style>", html, re.S))
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", html)
    outside = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+[^\s'\"]*", html, re.I))
    assert outside <= {"http://www.w3.org/2000/svg"}


def test_the_policy_forbids_requests_and_every_script_but_the_page_s_own(run: Run) -> None:
    html = render(run)
    (policy,) = parse(html).all("meta", http_equiv="Content-Security-Policy")
    rules = dict(
        rule.strip().split(" ", 1) for rule in policy.attributes["content"].split(";") if rule
    )
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert not {"connect-src", "font-src"} & rules.keys()


def test_every_field_is_drawn_and_listed_before_and_after(page: Element) -> None:
    (record,) = [one for one in page.all("article") if "audit" in one.text and one.all("figure")]
    written, proposed = record.all("svg", class_="figure")
    for number, member in enumerate(HOT_AND_COLD, start=1):
        key = f"struct order/{member.name}"
        for picture in (written, proposed):
            assert picture.all("g", data_field=key), (member.name, picture.text[:40])
        (row,) = record.all("tr", data_field=key)
        assert row.text.startswith(f"{number} {member.name} {member.type} ")


def test_a_field_keeps_its_colour_from_one_order_to_the_other(page: Element) -> None:
    (record,) = [one for one in page.all("article") if "audit" in one.text and one.all("figure")]
    colours: dict[str, set[str]] = {}
    for box in record.all("g", class_="item"):
        if "data-field" in box.attributes:
            hue = re.findall(r"\bf\d+\b", box.attributes["class"])
            colours.setdefault(box.attributes["data-field"], set()).update(hue)
    assert len(colours) == len(HOT_AND_COLD)
    assert all(len(hues) == 1 for hues in colours.values())


def test_every_figure_has_a_title_and_something_in_it(page: Element) -> None:
    figures = page.all("svg", class_="figure")
    assert len(figures) >= 6
    for figure in figures:
        (title,) = figure.all(id=figure.attributes["aria-labelledby"])
        assert title.text
        assert figure.all("rect")
        assert figure.all("g", class_="item")
        for item in figure.all("g", class_="item"):
            assert item.attributes["aria-label"]
            assert item.attributes["tabindex"] == "-1"
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))


def test_names_with_html_in_them_are_shown_as_text() -> None:
    members = (Member(NASTY, NASTY, 8, 8, 30.0, 1.0), Member("plain", "int", 4, 4, 20.0, 1.0))
    run = make_run({f"struct {NASTY}": members}, reorder=True, abis=(NASTY,))
    run = replace(run, scenario=NASTY, description=NASTY, machine=NASTY, heap=NASTY)
    run = replace(run, changes=tuple(replace(one, source=NASTY) for one in run.changes))
    html = render(run)
    page = parse(html)
    assert not page.all("img")
    assert len(page.all("script")) == 1
    assert not [one for one in page.all() if any(key.startswith("on") for key in one.attributes)]
    assert page.all("h1")[0].text == " ".join(NASTY.split())
    assert "49" not in page.all("h1")[0].text
    assert page.all("g", data_field=f"struct {NASTY}/{NASTY}")
    for picture in pictures(run).values():
        root = ET.fromstring(picture)  # noqa: S314  (made right here)
        assert not [one for one in root.iter() if one.tag.endswith("img")]


def test_characters_that_no_page_may_hold_are_replaced(tmp_path: Path) -> None:
    name = "a\x00b\x1b\udcffc"
    run = make_run({f"struct {name}": (Member(name, "int", 4, 4, 9.0),)})
    html = render(run)
    html.encode("utf-8")
    assert "a\ufffdb\ufffd\ufffdc" in html
    for picture in pictures(run).values():
        ET.fromstring(picture)  # noqa: S314
    write_report(run, tmp_path / "report.html")


def test_each_picture_is_a_document_of_its_own_with_its_colours_resolved(run: Run) -> None:
    made = pictures(run)
    assert {name.rsplit("-", 3)[0] for name in made} >= {"record-lines"}
    assert {"field-misses", "shared-pairs", "level-misses"} <= made.keys()
    for name, picture in made.items():
        root = ET.fromstring(picture)  # noqa: S314  (made right here)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in picture, name
        assert float(root.attrib["height"]) > 40


def test_the_verdict_says_the_numbers_before_and_after(run: Run) -> None:
    words = words_of(run)
    assert words.startswith("better The proposed order is better")
    assert f"L1d misses per 1000 accesses 300.0 → 150.0 ({MINUS}50 %)" in words
    assert f"average access 15.00 → 9.50 cycles ({MINUS}37 %, modelled)" in words
    size = run.changes[0].before[0].size, run.changes[0].after[0].size
    assert f"size of struct order {size[0]} → {size[1]} bytes" in words


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"reorder": False, "gain": 1.0}, "keep it Keep the order as written"),
        ({"gain": 1.2}, "a trade The proposed order is a trade: better in size"),
        ({"records": {"struct c": COUNTERS[::-1]}, "gain": 1.0, "reorder": True}, "keep it"),
    ],
)
def test_a_verdict_without_gain_is_honest(changes: dict[str, Any], start: str) -> None:
    assert words_of(make_run(**changes)).startswith(start)


def test_a_proposal_that_loses_everywhere_is_called_worse() -> None:
    same_size = (Member("a", "int", 4, 4, 1.0), Member("b", "int", 4, 4, 9.0))
    assert words_of(make_run({"struct s": same_size}, gain=1.5)).startswith("worse ")
    words = words_of(make_run({"struct s": same_size}, gain=1.0, threads=1))
    assert words.startswith("no gain The proposed order gains nothing")


def test_an_unknown_time_is_marked_and_never_shown_as_a_number(run: Run) -> None:
    page = parse(render(without_times(run)))
    (tile,) = [one for one in page.all("li", class_="tile") if "average access" in one.text]
    assert tile.all("span", class_="mark")[0].text == "unknown"
    assert "unknown → unknown" in tile.text.replace(" to ", " ")
    assert not re.search(r"\d", tile.all("p", class_="pair")[0].text)


def test_every_tile_and_every_table_of_numbers_carries_its_mark(page: Element) -> None:
    for tile in page.all("li", class_="tile"):
        assert tile.all("span", class_="mark")[0].text in ("exact", "modelled", "unknown")
    for table in page.all("table"):
        assert table.all("caption")[0].all("span", class_="mark"), table.text[:60]


def test_layouts_that_differ_between_abis_are_each_drawn(run: Run) -> None:
    change = run.changes[0]
    wider = replace(change.before[1], size=change.before[1].size + 64)
    differs = replace(change, before=(change.before[0], wider))
    page = parse(render(replace(run, changes=(differs,))))
    (record,) = [one for one in page.all("article") if one.all("figure")]
    assert len(record.all("svg", class_="figure")) == 4
    assert "The offsets differ between" in record.text


def test_a_level_that_costs_nothing_and_a_program_that_touches_nothing_still_render() -> None:
    run = make_run(gain=0.0, threads=1)
    empty = replace(run.written, fields=(), sharing=(), shared_lines=0, levels=(), records=())
    empty = replace(empty, lines_per_operation=Quantity(0.0, "lines", "exact"))
    page = parse(render(replace(run, written=empty, proposed=empty, seconds={})))
    assert "one thread" in page.all("section", id="sharing")[0].text
    parse(render(run))


def test_the_example_stays_far_below_two_megabytes(run: Run) -> None:
    many = tuple(Member(f"counter_{i}", "uint64_t", 8, 8, 1.0, 1.0) for i in range(60))
    assert len(render(run).encode()) < 300_000
    assert len(render(make_run({"struct many": many})).encode()) < 2_000_000


def test_the_report_is_written_beside_and_renamed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    write_report(run, path)
    assert path.read_text("utf-8") == render(run)
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_failed_write_is_one_line_and_keeps_the_old_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linewise.errors import LinewiseError

    with pytest.raises(LinewiseError, match=r"cannot write the report: .*; choose another place$"):
        write_report(run, tmp_path / "missing" / "report.html")
    path = tmp_path / "report.html"
    path.write_text("old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(LinewiseError, match="No space left") as caught:
        write_report(run, path)
    assert "\n" not in str(caught.value)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_rendering_twice_gives_the_same_page(run: Run) -> None:
    assert render(run) == render(run)


def test_a_pipe_is_written_to_and_a_link_stays(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    write_report(run, pipe)
    reader.join(20)
    assert said[0].startswith("<!DOCTYPE html>")
    assert pipe.is_fifo()
    target, link = tmp_path / "target.html", tmp_path / "link.html"
    link.symlink_to(target)
    target.write_text("old")
    write_report(run, link)
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
