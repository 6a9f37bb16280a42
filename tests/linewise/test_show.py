"""``linewise show``: what it prints, in each format, and what it draws."""

import gc
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

import layout
from linewise.cli import main
from linewise.cli.records import DEFAULT_ABI, default_abi
from linewise.picture import FORMATS, load_format
from linewise.picture.drawn import MAX_RECORDS
from linewise.picture.rows import COLOURED, About, rows_of
from linewise.report.palette import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "examples" / "order_book.h"
SVG = "{http://www.w3.org/2000/svg}"

RECORDS = """\
struct plain { char tag; double x; char flag; };
struct crossing { char name[60]; double late; void (*run)(int, char *); int grid[2][3];
    void *slots[6]; };
struct bits { unsigned a : 3; unsigned : 2; unsigned b : 9; char c; long d; unsigned e : 1; };
struct nested {
    int kind;
    union { struct { int lo; int hi; }; double whole; };
    struct tight *at;
    char tail[70];
    int rest[];
};
union any { char text[3]; struct bits bits; long whole; void (*all[2])(void); };
struct tight { long a; long b; };
typedef struct { char c; int i; } named_t;
struct plain plain; struct crossing crossing; struct bits bits; struct nested nested;
union any any; struct tight tight; named_t named;
"""


@pytest.fixture
def header(tmp_path):
    path = tmp_path / "records.h"
    path.write_text(RECORDS)
    return path


def run(capsys, *argv):
    code = main(["show", *map(str, argv)])
    said = capsys.readouterr()
    return code, said.out, said.err


def shown(capsys, *argv):
    code, out, err = run(capsys, *argv)
    assert (code, err) == (0, "")
    return out


def names(capsys, *argv):
    records = json.loads(shown(capsys, *argv, "--json"))["records"]
    return [record["name"].split()[-1] for record in records]


def said_by_pahole(text, record):
    """What stands in the lines of one record, without what debug info and source name unlike."""
    block = re.search(rf"^(?:struct|union) {record} {{$(.*?)^}}", text, re.DOTALL | re.MULTILINE)
    out = []
    for line in block[1].splitlines():
        member = re.search(r"(\S+|\(\*.*\));\s+/\*\s*(\d+:?\s*\d+(?:\s+\d+)?)\s*\*/", line)
        if member and "}" not in line:
            out.append((member[1], member[2].split()))
        elif "/*" in line and not member and "padding" not in line and "XXX last" not in line:
            out.append(line.strip())
    return out


@pytest.mark.skipif(not shutil.which("pahole"), reason="no pahole on PATH (Debian: dwarves)")
@pytest.mark.skipif(not shutil.which("gcc"), reason="no gcc on PATH")
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="gcc here is not for x86-64")
@pytest.mark.parametrize("record", ["plain", "crossing", "nested", "tight"])
def test_the_pahole_format_says_what_pahole_says(capsys, header, tmp_path, record):
    subprocess.run(
        ["gcc", "-g", "-c", "-x", "c", "-o", tmp_path / "a.o", header], check=True, timeout=60
    )
    done = subprocess.run(
        ["pahole", tmp_path / "a.o"], capture_output=True, text=True, check=True, timeout=60
    )
    ours = shown(capsys, header, "--format", "pahole")
    expected = said_by_pahole(done.stdout, record)
    assert len(expected) > 2
    assert said_by_pahole(ours, record) == expected


def test_the_sums_of_the_pahole_format_add_up(capsys, header):
    checked = 0
    for path in (header, HEADER):
        for record in layout.read(path).records.values():
            out = shown(capsys, path, "--struct", record.name, "--format", "pahole")
            said = {
                name: int(re.search(rf"{name}: (\d+)", out)[1] if f"{name}: " in out else 0)
                for name in (
                    "size", "sum members", "sum holes", "sum bitfield members", "sum bit holes",
                    "padding", "bit_padding",
                )
            }  # fmt: skip
            if record.kind == "union" or not said["sum members"]:
                continue
            whole = said["sum members"] + said["sum holes"] + said["padding"]
            bits = said["sum bitfield members"] + said["sum bit holes"] + said["bit_padding"]
            assert whole * 8 + bits == said["size"] * 8, record.name
            checked += 1
    assert checked >= 6


def test_anonymous_members_stand_in_their_braces(capsys, header):
    out = shown(capsys, header, "--struct", "nested", "--format", "pahole")
    inside = re.search(r"\tunion {\n\t\tstruct {\n(.*?)\n\t\t};\n(.*?)\n\t};", out, re.DOTALL)
    assert "lo;" in inside[1]
    assert "hi;" in inside[1]
    assert "whole;" in inside[2]
    columns = {
        line.expandtabs().index("/*") for line in out.splitlines() if re.search(r";\s", line)
    }
    assert len(columns) == 1


def test_bits_behind_the_last_member_are_padding_and_no_hole(capsys, header):
    out = shown(capsys, header, "--struct", "bits", "--format", "pahole")
    assert re.findall(r"XXX (.*) hole", out) == ["2 bits", "2 bits", "5 bytes"]
    assert "/* bit_padding: 7 bits */" in out


def test_a_typedef_s_record_is_a_typedef_in_c_only(capsys, header):
    out = shown(capsys, header, "--struct", "named_t", "--format", "pahole")
    assert "\ntypedef struct {\n" in out
    assert out.endswith("} named_t;\n")
    placed = layout.place(layout.read(header).record("named_t"), DEFAULT_ABI)
    for language in ("go", "cpp", ""):
        lines = load_format("pahole").lines(placed, About("f", (), 64, language=language))
        assert (lines[1], lines[-1]) == ("struct named_t {", "};")


def test_a_member_is_declared_as_c_does(capsys, header):
    out = shown(capsys, header, "--struct", "any", "--format", "pahole")
    assert re.search(r"\tvoid +\(\*all\[2\]\)\(void\); ", out)
    assert re.search(r"\tchar +text\[3\]; ", out)
    placed = layout.place(layout.read(header).record("tight"), DEFAULT_ABI)
    fields = (replace(placed.fields[0], type="struct of_a_name_longer_than_that *"),)
    lines = load_format("pahole").lines(replace(placed, fields=fields), About("f", (), 64))
    assert lines[2].index("/*") == out.splitlines()[2].index("/*")


def test_arrays_of_other_languages_keep_their_spelling(header):
    record = layout.read(header).record("named_t")
    placed = layout.place(record, DEFAULT_ABI)
    for spelling in ("&mut [u8]", "[4]int", "Pair[int]", "fn(*const u8)"):
        fields = (replace(placed.fields[0], type=spelling), placed.fields[1])
        about = About("f", (), 64, language="rust")
        lines = load_format("pahole").lines(replace(placed, fields=fields), about)
        assert lines[2].split("  ")[0] == f"\t{spelling}"


@pytest.mark.parametrize("kind", FORMATS)
def test_every_member_and_every_line_s_boundary_is_in_every_format(capsys, header, kind):
    for record in layout.read(header).records.values():
        out = shown(capsys, header, "--struct", record.name, "--format", kind)
        placed = layout.place(record, DEFAULT_ABI)
        assert [one.name for one in placed.fields if one.name not in out] == []
        assert str(placed.size) in out
    out = shown(capsys, header, "--struct", "nested", "--format", kind)
    assert len(re.findall(r"cacheline 1 boundary|line 1, byte 64", out)) == 1
    assert "cacheline" not in shown(capsys, header, "--struct", "tight").replace("lines", "")


@pytest.mark.parametrize("kind", FORMATS)
def test_colour_adds_nothing_but_colour(header, kind):
    lines = load_format(kind).lines
    for record in layout.read(header).records.values():
        placed = layout.place(record, DEFAULT_ABI)
        plain = lines(placed, About("f", ["abi"], 64))
        coloured = lines(placed, About("f", ["abi"], 64, COLOURED))
        assert coloured != plain
        assert [re.sub(r"\x1b\[\d+m", "", line) for line in coloured] == plain
        assert all(line.count("\x1b[0m") * 2 == line.count("\x1b") for line in coloured)


@pytest.mark.parametrize("no_colour", [False, True], ids=["colour", "NO_COLOR"])
def test_a_terminal_gets_colour_unless_it_is_refused(header, no_colour):
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"} | ({"NO_COLOR": "1"} if no_colour else {})
    if not no_colour:
        environment.pop("NO_COLOR", None)
    words = [sys.executable, "-m", "linewise", "show", str(header), "--struct", "plain"]
    with subprocess.Popen(words, stdout=child, env=environment) as process:
        os.close(child)
        said = os.read(parent, 1 << 16)
        process.wait(60)
    os.close(parent)
    assert (b"\x1b[1m" in said) == (not no_colour)


def test_records_come_in_the_order_asked_for(capsys, header):
    written = ["plain", "crossing", "bits", "nested", "any", "tight", "named_t"]
    assert names(capsys, header) == written
    assert names(capsys, header, "--sort", "line") == written
    assert names(capsys, header, "--sort", "name") == sorted(written)
    sizes = {"crossing": 152, "nested": 96, "plain": 24, "bits": 24, "any": 24, "tight": 16}
    assert names(capsys, header, "--sort", "size") == [*sizes, "named_t"]
    assert names(capsys, header, "--sort", "holes")[0] == "plain"


def test_only_records_with_holes_when_asked(capsys, header):
    assert names(capsys, header, "--holes") == ["plain", "crossing", "bits", "nested", "named_t"]
    assert shown(capsys, header, "--holes", "--struct", "tight") == "no records\n"


def test_the_line_is_the_target_s_unless_it_is_said(capsys, header):
    assert "3 lines" in shown(capsys, header, "--struct", "nested", "--line", "32")
    assert run(capsys, header, "--line", "48")[0] == 2


def test_a_source_may_bring_its_own_abi():
    assert default_abi(layout.read(HEADER)) == DEFAULT_ABI
    assert default_abi(SimpleNamespace(abi="aarch64-linux-gnu"), "c") == "aarch64-linux-gnu"
    assert default_abi(SimpleNamespace(abi=None), "c") == DEFAULT_ABI
    assert default_abi(SimpleNamespace(abi=None), "no language") == DEFAULT_ABI


def test_bases_are_rows_of_their_own(header):
    placed = layout.place(layout.read(header).record("tight"), DEFAULT_ABI)
    base = SimpleNamespace(name="Base", offset=0, size=8, virtual=False)
    derived = SimpleNamespace(
        **{name: getattr(placed, name) for name in ("record", "size", "align", "holes")},
        bases=(base,), vptr_bytes=8, fields=placed.fields[1:], tail_padding=0, pointer_bytes=8,
    )  # fmt: skip
    assert [(row.kind, row.name) for row in rows_of(derived)] == [
        ("vptr", ""), ("base", "Base"), ("field", "b"),
    ]  # fmt: skip
    for kind in FORMATS:
        text = "\n".join(load_format(kind).lines(derived, About("f", ("abi",), 64)))
        assert re.search(r"base\b.*\bBase\b", text)
        assert "vptr" in text
        assert "pointer bytes" in text
        assert not re.search(r"[ \t]$", text, re.MULTILINE)


def test_a_table_of_virtual_functions_and_bases_are_in_the_document(capsys, tmp_path):
    path = tmp_path / "a.cpp"
    path.write_text(
        "struct A { virtual ~A(); int a; };\nstruct B {}; struct C : A, B { int c; };\n"
    )
    code, out, _ = run(capsys, path, "--json")
    a, _, c = json.loads(out)["records"]
    assert (code, a["vptr_bytes"], c["vptr_bytes"], a["bases"]) == (0, 8, 0, [])
    assert c["bases"] == [
        {"name": "A", "offset": 0, "size": 12, "virtual": False},
        {"name": "B", "offset": 0, "size": 0, "virtual": False},
    ]


def test_garbage_is_searched_after_reading_as_before(capsys, header, tmp_path):
    assert gc.isenabled()
    assert run(capsys, header)[0] == 0
    assert run(capsys, tmp_path / "missing.h")[0] == 2
    assert gc.isenabled()


def test_what_debug_info_recorded_otherwise_is_said(header):
    placed = layout.place(layout.read(header).record("tight"), DEFAULT_ABI)
    record = SimpleNamespace(
        name="struct tight", kind="struct", file="a.c", line=3, fields=(),
        recorded=SimpleNamespace(reason="of one compiler's own"),
    )  # fmt: skip
    held = SimpleNamespace(
        **{name: getattr(placed, name) for name in ("size", "align", "holes", "fields")},
        record=record, tail_padding=0, pointer_bytes=None,
    )  # fmt: skip
    for kind in FORMATS:
        text = "\n".join(load_format(kind).lines(held, About("f", (), 64)))
        assert "as recorded: of one compiler's own" in text


def test_a_name_cannot_speak_to_the_terminal(capsys, tmp_path):
    path = tmp_path / "a\x1b]0;owned\x07\x9b.h"
    path.write_text("struct a { int b; };\nstruct lost { unknown_t what; };\n")
    for kind in FORMATS:
        out = shown(capsys, path, "--format", kind)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out.replace("\t", ""))
        assert "a\ufffd]0;owned\ufffd\ufffd.h" in out


def test_what_the_preprocessor_could_mend_says_so(capsys, tmp_path):
    path = tmp_path / "a.h"
    path.write_text("struct lost { unknown_t what; };\n")
    assert shown(capsys, path).endswith("  --cpp preprocesses with the system's compiler first\n")
    path.write_text("struct twice { int a; int a; };\n")
    assert "--cpp" not in shown(capsys, path)


def drawn(capsys, path, *argv):
    shown(capsys, *argv, "--svg", path)
    return ET.parse(path).getroot()  # noqa: S314  (our own file)


def test_the_drawing_has_every_record_with_its_fields_in_light_and_dark(capsys, header, tmp_path):
    root = drawn(capsys, tmp_path / "a.svg", header, "--abi", "x86-64", "--abi", "arm64")
    records = layout.read(header).records
    titles = [one.text for one in root.iter(f"{SVG}text") if one.get("class") == "title"]
    assert titles == list(records)
    labels = [one.get("aria-label") or "" for one in root.iter(f"{SVG}g")]
    for record in records.values():
        for field in layout.place(record, DEFAULT_ABI).fields:
            assert any(label.startswith(f"{field.name}: ") for label in labels) or not field.size
    assert any(label.startswith("hole: ") for label in labels)
    style = root.find(f"{SVG}style").text
    light, dark = style.split("@media (prefers-color-scheme:dark){")
    assert LIGHT["ink"] in light
    assert DARK["ink"] in dark
    assert LIGHT["ink"] not in dark.replace(DARK["on-h4"], "").replace(DARK["on-h5"], "")
    assert "var(" not in style
    assert "accesses" not in "".join(root.itertext())


def test_names_and_paths_are_escaped_in_the_drawing(capsys, tmp_path):
    path = tmp_path / "<&\"'>.h"
    path.write_text("struct a { int b; };")
    root = drawn(capsys, tmp_path / "a.svg", path)
    assert any(str(path) in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_a_drawing_of_too_many_records_or_to_nowhere_is_one_line(capsys, tmp_path):
    many = tmp_path / "many.h"
    many.write_text("".join(f"struct s{i} {{ int a; }};\n" for i in range(MAX_RECORDS + 1)))
    code, _, err = run(capsys, many, "--svg", tmp_path / "a.svg")
    assert (code, err.count("\n")) == (2, 1)
    assert "choose some with --struct" in err
    assert not (tmp_path / "a.svg").exists()
    code, _, err = run(capsys, HEADER, "--svg", tmp_path / "absent" / "a.svg")
    assert (code, err.count("\n")) == (2, 1)
    assert "absent/a.svg: cannot write the drawing: " in err


def test_drawing_imports_no_numba(tmp_path):
    words = ["show", str(HEADER), "--svg", str(tmp_path / "a.svg")]
    code = f"import sys; from linewise.cli import main; assert main({words!r}) == 0; "
    code += "assert not {'numba', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, timeout=60)


def test_a_language_is_taken_as_said_and_refused_by_name(capsys, tmp_path):
    path = tmp_path / "records.txt"
    path.write_text("struct a { int b; };")
    assert "struct a" in shown(capsys, path, "--language", "C")
    code, _, err = run(capsys, path, "--language", "cobol")
    assert (code, err.count("\n")) == (2, 1)
    assert "cobol" in err


@pytest.mark.skipif(not (shutil.which("cc") or shutil.which("gcc")), reason="no C compiler")
def test_sources_go_through_the_preprocessor_when_asked(capsys, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "n.h").write_text("#define N 7\nstruct inner { char c[N]; };\n")
    path = tmp_path / "a.h"
    path.write_text("#include <n.h>\nstruct a { struct inner i; char d[N * M]; };\n")
    options = ("--cpp", "-I", tmp_path / "deep", "-D", "M=2")
    assert "size 21, align 1" in shown(capsys, path, *options, "--struct", "a")
    said = json.loads(shown(capsys, path, *options, "--all-files", "--json"))
    assert [(one["name"], one["file"], one["line"]) for one in said["records"]] == [
        ("struct inner", str(tmp_path / "deep" / "n.h"), 2), ("struct a", str(path), 2),
    ]  # fmt: skip
    code, _, err = run(capsys, path, "--cpp")
    assert (code, err.count("\n")) == (2, 1)
    assert f"{path}:1:10: " in err
    code, _, err = run(capsys, path, "-D", "M=2")
    assert (code, err) == (2, "linewise: show: -D is for the preprocessor; add --cpp\n")
    assert main(["optimize", str(path), *map(str, options), "--struct", "a"]) == 0
