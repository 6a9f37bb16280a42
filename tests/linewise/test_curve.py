"""``linewise curve``: its text, its JSON, its picture, and what it refuses."""

import xml.etree.ElementTree as ET

import pytest

from tests.linewise.test_cli import complaint, document, run

# Lines 0 1 0 2 0 1: cold three times, then distances 1, 1, 2.
TRACE = "".join(f" L {line * 64:x},4\n" for line in (0, 1, 0, 2, 0, 1)) + "I  400000,4\n"


@pytest.fixture
def trace(tmp_path):
    path = tmp_path / "small.trace"
    path.write_text(TRACE)
    return path


def test_a_curve_counts_at_every_size(capsys, trace):
    said = document(capsys, "curve", trace)
    assert said["schema"] == "linewise.curve/1"
    assert (said["accesses"], said["mark"]) == (6, "exact")
    points = {point["lines"]: point["misses"] for point in said["points"]}
    assert points == {1: 6, 2: 4, 4: 3}
    assert [point["size"] for point in said["points"]] == [64, 128, 256]
    assert {point["error"] for point in said["points"]} == {None}


def test_a_curve_over_ways_counts_at_every_associativity(capsys, trace):
    said = document(capsys, "curve", trace, "--sets", "2", "--ways", "2")
    # Set 0 sees 0 0 2 0, set 1 sees 1 1.
    assert [(p["ways"], p["misses"]) for p in said["points"]] == [(1, 4), (2, 3)]


def test_fetches_count_when_asked_for(capsys, trace):
    assert document(capsys, "curve", trace, "--kinds", "fetches")["accesses"] == 1
    assert document(capsys, "curve", trace, "--kinds", "all")["accesses"] == 7


def test_a_sample_says_that_it_is_an_estimate(capsys, trace):
    said = document(capsys, "curve", trace, "--sample", "0.5")
    assert said["mark"] == "estimated"
    assert all(point["error"] is not None for point in said["points"])
    code, out, _ = run(capsys, "curve", trace, "--sample", "0.5")
    assert code == 0
    assert "estimated from a sample" in out


def test_the_text_has_a_row_for_each_size(capsys, trace):
    code, out, _ = run(capsys, "curve", trace)
    assert code == 0
    assert "6 accesses to 64-byte lines, LRU, fully associative" in out
    assert "128 B" in out
    assert "66.667%" in out
    assert "exact for LRU" in out


def test_the_picture_has_a_dot_for_each_size(capsys, trace, tmp_path):
    picture = tmp_path / "curve.svg"
    assert run(capsys, "curve", trace, "--svg", picture)[0] == 0
    root = ET.fromstring(picture.read_text("utf-8"))  # noqa: S314 -- our own file
    assert len(root.findall(".//{*}circle[@class='bar-after']")) == 3
    assert len(root.findall(".//{*}polyline")) == 1
    titles = [title.text for title in root.findall(".//{*}title")]
    assert "128 B: 66.67% miss" in titles


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--line", "48"), "line = 48, but must be a power of two"),
        (("--sample", "2"), "rate = 2.0, but must be"),
        (("--sets", "0"), "sets = 0, but must be 1 to"),
        (("--sets", "4", "--sample", "0.1"), "exclude each other"),
        (("--kinds", "reads"), "kinds = 'reads', but must be one of data, fetches, all"),
        (("--svg", "/missing/folder/curve.svg"), "/missing/folder/curve.svg: cannot write"),
    ],
    ids=["line", "rate", "sets", "both", "kinds", "path"],
)
def test_what_cannot_be_asked_gets_one_line(capsys, trace, options, message):
    assert message in complaint(capsys, "curve", trace, *options)


def test_convert_says_what_a_format_cannot_hold(capsys, trace, tmp_path):
    parquet, din = tmp_path / "t.parquet", tmp_path / "t.din"
    said = document(capsys, "convert", trace, parquet)
    assert said["schema"] == "linewise.convert/1"
    assert (said["format"], said["accesses"], said["lost"]) == ("lackey", 7, [])
    assert document(capsys, "curve", parquet)["accesses"] == 6
    code, out, _ = run(capsys, "convert", parquet, din)
    assert code == 0
    assert "7 accesses" in out
    assert complaint(capsys, "convert", trace, tmp_path / "t.xyz").count("\n") <= 1
