"""``linewise lint`` and ``linewise explain`` as a user meets them."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from layout.rules import RULES
from layout.sources import READERS
from linewise.cli import main
from linewise.lint.manual import manual

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "examples" / "order_book.h"
SCENARIO = ROOT / "examples" / "order_book.toml"
SCHEMA = ROOT / "tests" / "data" / "sarif-2.1.0-rtm.5.json"

SMALL = """\
struct point {
    char tag;
    double x;
    char flag;
};
struct fine { long a, b; };
struct lost { unknown_t what; };
struct wire { char tag; double x; char flag; }; // linewise: ignore LW001,LW002 -- wire format
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.h").write_text(SMALL)
    return Path("small.h")


def run(capsys, *argv):
    code = main([str(word) for word in argv])
    said = capsys.readouterr()
    return code, said.out, said.err


def document(capsys, *argv):
    _, out, err = run(capsys, "lint", *argv, "--json")
    assert err == ""
    return json.loads(out)


def found(said):
    return [(one["code"], one["line"], one["field"], one["bytes"]) for one in said["findings"]]


def test_findings_come_one_a_line_with_a_summary_and_exit_code_1(capsys, small):
    code, out, _ = run(capsys, "lint", small)
    assert code == 1
    assert out.splitlines() == [
        "small.h:1: LW002 struct point: 24 bytes, 16 in another order (-8)",
        "small.h:3: LW001 struct point: hole of 7 bytes before `x`",
        "2 findings in 1 of 3 records (LW001 1, LW002 1); 1 skipped (--json lists them);"
        " 2 suppressed; `linewise explain CODE` says why",
    ]


def test_a_source_without_findings_ends_in_exit_code_0(capsys, small):
    code, out, _ = run(capsys, "lint", small, "--struct", "fine")
    assert (code, out) == (0, "no findings in 1 record\n")


def test_json_has_findings_suppressions_and_skipped_records(capsys, small):
    said = document(capsys, small)
    assert said["schema"] == "linewise.lint/1"
    assert found(said) == [("LW002", 1, None, 8), ("LW001", 3, "x", 7)]
    assert said["findings"][0]["abis"] == ["x86_64-linux-gnu"]
    assert said["findings"][0]["file"] == "small.h"
    assert {one["reason"] for one in said["suppressed"]} == {"wire format"}
    assert [skip["name"] for skip in said["skipped"]] == ["struct lost"]
    assert said["counts"] == {"LW001": 1, "LW002": 1}


def test_what_differs_between_abis_is_said_once_with_each_number(capsys, small):
    small.write_text("struct s { char a; long double b; int : 8; char c; va_list v; char d; };\n")
    args = ("lint", small, "--abi", "x86-64", "--abi", "arm64", "--select", "LW002,LW008")
    _, out, _ = run(capsys, *args)
    # The va_list has 24 bytes on the one, 32 on the other.
    assert out.splitlines()[0] == (
        "small.h:1: LW002 struct s: 80 bytes, 48 in another order (-32, 1 instead of 2 lines) on"
        " x86_64-linux-gnu; 80 bytes, 64 in another order (-16, 1 instead of 2 lines) on"
        " aarch64-linux-gnu"
    )
    assert len(out.splitlines()) == 2


def test_rules_are_selected_and_ignored_by_code_or_name(capsys, small):
    assert found(document(capsys, small, "--select", "padding-hole")) == [("LW001", 3, "x", 7)]
    assert found(document(capsys, small, "--ignore", "LW001,")) == [("LW002", 1, None, 8)]
    everything = document(capsys, small, "--select", "ALL", "--allocator", "jemalloc")
    assert {one["code"] for one in everything["findings"]} == {"LW001", "LW002"}
    assert found(document(capsys, small, "--min-bytes", 8)) == [("LW002", 1, None, 8)]


def test_a_folder_means_the_sources_in_it(capsys, small, tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "b.c").write_text("struct b { char a; long b; char c; };")
    (tmp_path / "src" / "a.h").write_text("struct a { char a; long b; char c; };")
    (tmp_path / "src" / ".venv").mkdir()
    (tmp_path / "src" / ".venv" / "c.h").write_text("struct c { char a; long b; char c; };")
    (tmp_path / "src" / "notes.txt").write_text("struct n { char a; long b; char c; };")
    said = document(capsys, "src", "src/a.h")
    assert said["files"] == ["src/a.h", "src/b.c"]


def test_a_scenario_brings_the_rules_about_writers(capsys):
    said = document(capsys, HEADER, "--scenario", SCENARIO, "--select", "LW004")
    assert {one["record"] for one in said["findings"]} == {"struct order"}
    first = said["findings"][0]
    assert (first["field"], first["line"]) == ("acks_sent", 41)
    assert "trading.acknowledge writes `acks_sent`" in first["message"]
    assert found(document(capsys, HEADER, "--select", "LW004")) == []


def test_a_baseline_hides_what_it_knows_wherever_the_lines_go(capsys, small):
    code, out, _ = run(capsys, "lint", small, "--baseline", "known.json", "--write-baseline")
    assert (code, out) == (0, "known.json: 2 findings known from now on\n")
    small.write_text(f"\n\n\n{SMALL}")
    code, out, _ = run(capsys, "lint", small, "--baseline", "known.json")
    assert code == 0
    assert "2 in the baseline" in out
    entries = json.loads(Path("known.json").read_text())["findings"]
    assert entries[0] == {
        "file": "small.h", "record": "struct point", "code": "LW001", "field": "x", "bytes": 7,
    }  # fmt: skip


def test_a_baseline_does_not_hide_what_is_new_or_worse(capsys, small):
    run(capsys, "lint", small, "--baseline", "known.json", "--write-baseline")
    small.write_text(SMALL.replace("char flag;\n", "char flag; long y; char z;\n", 1))
    said = document(capsys, small, "--baseline", "known.json")
    assert found(said) == [("LW002", 1, None, 16), ("LW001", 4, "y", 7)]
    assert said["baselined"] == 1
    small.write_text(SMALL + "struct q { char tag; double x; char flag; };")
    assert {
        one["record"] for one in document(capsys, small, "--baseline", "known.json")["findings"]
    } == {"struct q"}


def test_entries_that_nothing_matches_any_more_are_counted(capsys, small):
    run(capsys, "lint", small, "--baseline", "known.json", "--write-baseline")
    small.write_text("struct fine { long a; };")
    code, out, _ = run(capsys, "lint", small, "--baseline", "known.json")
    assert code == 0
    assert "2 of the baseline gone" in out


def test_a_baseline_is_the_same_from_another_folder(capsys, small, tmp_path, monkeypatch):
    run(capsys, "lint", small, "--baseline", "known.json", "--write-baseline")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run(capsys, "lint", "../small.h", "--baseline", "../known.json")[0] == 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "no baseline"), ("[]", "no baseline"), ('{"schema": "linewise.baseline/1"}', "findings"),
     ('{"schema": "x", "findings": []}', "schema 'x'"),
     ('{"schema": "linewise.baseline/1", "findings": [{"file": 1}]}', "file"),
     ('{"schema": "linewise.baseline/1", "findings": [], "more": 1}', "more")],
)  # fmt: skip
def test_a_broken_baseline_is_one_line(capsys, small, text, fault):
    Path("known.json").write_text(text)
    code, out, err = run(capsys, "lint", small, "--baseline", "known.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "known.json" in err
    assert fault in err


def sarif(capsys, *argv):
    _, out, _ = run(capsys, "lint", *argv, "--format", "sarif")
    log = json.loads(out)
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft4Validator(schema).validate(log)
    return log["runs"][0]


def test_sarif_is_valid_and_says_where_what_and_why(capsys, small):
    one = sarif(capsys, small)
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["help"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    order, hole = one["results"]
    assert (order["ruleId"], order["level"]) == ("LW002", "warning")
    assert rules[order["ruleIndex"]]["id"] == "LW002"
    assert hole["message"]["text"] == "struct point: hole of 7 bytes before `x`"
    place = hole["locations"][0]["physicalLocation"]
    assert place["region"]["startLine"] == 3
    assert place["artifactLocation"]["uri"] == "small.h"
    (skip,) = one["invocations"][0]["toolExecutionNotifications"]
    assert skip["message"]["text"].startswith("struct lost: skipped: unknown type")


def test_sarif_fingerprints_stay_when_lines_move_and_differ_by_member(capsys, small):
    text = SMALL.replace("char flag;", "char flag; long last; char end;", 1)
    small.write_text(text)
    before = [one["partialFingerprints"] for one in sarif(capsys, small)["results"]]
    assert len(before) == 3  # two of them about holes
    small.write_text(f"\n\n{text}")
    assert [one["partialFingerprints"] for one in sarif(capsys, small)["results"]] == before
    assert len({json.dumps(one) for one in before}) == len(before)


def test_sarif_without_findings_and_with_odd_paths_is_valid(capsys, small, tmp_path):
    odd = tmp_path / "a b%é.h"
    odd.write_text("struct s { char a; long b; char c; };")
    assert sarif(capsys, odd)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"][
        "uri"
    ].endswith("/a%20b%25%C3%A9.h")
    odd.write_text("struct s { long a; }; // linewise: ignore LW002\n")
    assert [one["ruleId"] for one in sarif(capsys, odd)["results"]] == ["LW090"]
    odd.write_text("struct s { long a; };")
    assert sarif(capsys, odd)["results"] == []


def test_github_annotations_are_escaped(capsys, small):
    odd = Path("a,b:c%.h")
    odd.write_text("struct s { char a; long b; char c; };")
    code, out, _ = run(capsys, "lint", odd, "--format", "github")
    assert code == 1
    assert out.splitlines() == [
        "::notice file=a%2Cb%3Ac%25.h,line=1,title=LW001 padding hole"
        "::struct s: hole of 7 bytes before `b`",
        "::warning file=a%2Cb%3Ac%25.h,line=1,title=LW002 order not minimal"
        "::struct s: 24 bytes, 16 in another order (-8)",
    ]
    code, out, _ = run(capsys, "lint", small, "--struct", "fine", "--format", "github")
    assert (code, out) == (0, "")


@pytest.mark.parametrize(
    ("args", "fault"),
    [(["missing.h"], "missing.h"), (["small.h", "--select", "LW2"], "no such rule"),
     (["small.h", "--allocator", "tlsf"], "unknown allocator; known are glibc"),
     (["small.h", "--abi", "vax"], "unknown ABI"), (["small.h", "--struct", "nope"], "'nope'"),
     (["small.h", "--write-baseline"], "--baseline FILE"),
     (["small.h", "--baseline", "none.json"], "--write-baseline makes one"),
     (["small.h", "--baseline", "no/where.json", "--write-baseline"], "cannot write the baseline"),
     (["small.h", "--scenario", "none.toml"], "none.toml"), ([], "FILE"),
     (["small.h", "--format", "xml"], "xml"), (["empty"], "no file ends in")],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)  # fmt: skip
def test_misuse_is_one_line_and_exit_code_2(capsys, small, args, fault):
    Path("empty").mkdir()
    code, out, err = run(capsys, "lint", *args)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert fault in err


def test_control_characters_in_names_do_not_reach_a_terminal(capsys, small):
    odd = Path("a\x1b[2Jb.h")
    odd.write_text("struct s { char a; long b; char c; };")
    _, out, _ = run(capsys, "lint", odd)
    assert "\x1b" not in out
    assert "a\ufffd[2Jb.h:1: LW002 struct s" in out


def test_colour_goes_to_a_terminal_only(small):
    main_, side = pty.openpty()
    call = [sys.executable, "-m", "linewise", "lint", str(small)]
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": ""}
    with os.fdopen(main_, "rb") as reader, os.fdopen(side, "wb") as writer:
        done = subprocess.run(call, stdout=writer, env=env, check=False)
        assert done.returncode == 1
        os.set_blocking(main_, False)  # all is written: an empty terminal is an error, no wait
        shown = os.read(reader.fileno(), 1 << 16).decode()
    assert "\x1b[33mLW002\x1b[0m" in shown
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert "small.h:1: LW002 struct point: 24 bytes" in plain


def test_explain_lists_every_rule_and_prints_one_with_its_examples(capsys):
    code, out, _ = run(capsys, "explain")
    assert code == 0
    assert all(code in out for code in RULES)
    _, out, _ = run(capsys, "explain", "lw002")
    rule = RULES["LW002"]
    assert rule.why in out
    assert "    struct job {" in out
    assert rule.leave.split()[0] in out
    assert run(capsys, "explain", "LW999")[0] == 2
    said = json.loads(run(capsys, "explain", "LW002", "--json")[1])
    assert (said["schema"], said["rules"][0]["code"]) == ("linewise.explain/1", "LW002")


def test_the_manual_of_the_rules_is_up_to_date():
    made = "docs/rules.md is stale; run `python -m linewise.lint.manual > docs/rules.md`"
    assert (ROOT / "docs" / "rules.md").read_text() == manual(), made


def test_the_hook_runs_on_files_that_a_reader_knows():
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text()
    pattern = re.search(r"entry: linewise lint\n.*\n  files: '(.*)'", hooks)[1]
    known = {ending for row in READERS.values() for ending in row.endings}
    hooked = {ending for ending in known if re.search(pattern, f"a{ending}")}
    assert {".c", ".h"} <= hooked
    endings = re.search(r"\((.*)\)", pattern)[1].split("|")
    assert {f".{ending}" for ending in endings} <= known
