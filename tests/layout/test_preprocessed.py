"""Sources through a compiler's -E: what it expands is read, and stands where it was written."""

import json
import os
import shutil
from pathlib import Path

import pytest

import layout
from layout.sources import compiler as running
from layout.sources import preprocessed
from layout.sources.commands import flags_for
from layout.sources.originals import Original
from linewise.verify.compiler import ask
from tests.layout import headers

COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]
ABI = "x86_64-linux-gnu"

pytestmark = pytest.mark.skipif(not COMPILERS, reason="neither gcc nor clang on PATH")

INNER = """\
#define DEPTH 3
struct inner { short id; long when; };
struct unread { int a; } __attribute__((scalar_storage_order("big-endian")));
"""

HEADER = """\
#include <stdint.h>
#include <sys/stat.h>
#include "inner.h"
#define SLOTS (4 * DEPTH)
#define MEMBERS(X) X(int, first) X(char, second) \\
    X(double, third)
#define AS_MEMBER(type, name) type name;

struct direct {
    char name[SLOTS];
    struct inner inner;
#ifdef WIDE
    uint64_t extra[4];
#elif DEPTH > 2
    uint8_t extra;
#endif
    struct stat stat;
};

struct generated { MEMBERS(AS_MEMBER) };

#pragma pack(push, 2)
typedef struct { char c; uint32_t word; unsigned bit : 3; } packed_t;
#pragma pack(pop)
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inner.h").write_text(INNER)
    (tmp_path / "outer.h").write_text(HEADER)
    return tmp_path


def read(path, **options):
    return preprocessed.read(str(path), "c", **options)


def differences(source, compiler, header):
    """What a compiler places otherwise, over all records of a source."""
    placed = [layout.place(record, ABI) for record in source.records.values()]
    said = ask(compiler, header, placed)
    return [one for pair in zip(placed, said, strict=True) for one in headers.differences(*pair)]


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("macros", [(), ("WIDE",)], ids=["narrow", "wide"])
def test_macros_conditionals_and_includes_are_as_the_compiler_has_them(folder, compiler, macros):
    source = read(folder / "outer.h", compiler=compiler, define=macros)
    assert list(source.records) == ["struct direct", "struct generated", "packed_t"]
    flags = [f"-D{macro}" for macro in macros]
    assert differences(source, (compiler, *flags), folder / "outer.h") == []
    extra = next(one for one in source.record("direct").fields if one.name == "extra")
    assert str(extra.type) == ("uint64_t [4]" if macros else "uint8_t")


@pytest.mark.parametrize("compiler", COMPILERS)
def test_every_record_and_member_has_the_line_it_was_written_on(tmp_path, compiler):
    text = "#include <stdio.h>\n#define LONG(a, b) \\\n   char a[__LINE__]; char b[__LINE__];\n"
    text += "\nstruct outer {\n char one[__LINE__];\n\n LONG(two, three)\n"
    text += " struct {\n  char four[__LINE__];\n };\n struct named {\n  char five[__LINE__];\n"
    text += " }\n  *pointer;\n#line 400\n char six[__LINE__];\n};\n"
    path = tmp_path / "lines.h"
    path.write_text(text)
    source = read(path, compiler=compiler)
    assert (source.record("outer").line, source.record("named").line) == (5, 12)
    for name in ("outer", "named"):
        placed = layout.place(source.record(name), ABI)
        sized = {one.name: one.size for one in placed.fields if one.name != "pointer"}
        assert sized == {one.name: one.line for one in placed.fields if one.name in sized}
    assert {one.name: one.line for one in layout.place(source.record("outer"), ABI).fields} == {
        "one": 6, "two": 8, "three": 8, "four": 10, "pointer": 15, "six": 400,
    }  # fmt: skip


def test_records_of_included_files_are_left_out_unless_asked_for(folder):
    path = str(folder / "outer.h")
    assert {record.file for record in read(path).records.values()} == {path}
    everything = read(path, all_files=True)
    inner = everything.record("inner")
    assert (inner.file, inner.line) == (str(folder / "inner.h"), 2)
    assert everything.record("stat").file.endswith("stat.h")
    unread = next(one for one in everything.skipped if one.name == "struct unread")
    assert f"{folder / 'inner.h'}:3: " in unread.reason
    assert read(path).skipped == ()


def test_what_came_through_the_preprocessor_is_marked(folder):
    assert all(record.preprocessed for record in read(folder / "outer.h").records.values())
    inside = read(folder / "outer.h").record("direct").fields[1].type
    assert inside.record.preprocessed
    assert not layout.read(folder / "inner.h").record("inner").preprocessed


def test_a_member_that_an_included_file_holds_stands_at_its_record(tmp_path):
    (tmp_path / "members.def").write_text("\n\n\n\n\nint one;\nint two;\n")
    (tmp_path / "s.h").write_text('struct s {\n#include "members.def"\n int three;\n};\n')
    record = read(tmp_path / "s.h").record("s")
    assert [(one.name, one.line) for one in record.fields] == [("one", 1), ("two", 1), ("three", 3)]


def test_a_file_with_an_unusual_name_is_found_again(tmp_path):
    path = tmp_path / 'q "ü\\ -x.h'
    path.write_text("#define N 3\nstruct s { int a[N]; };\n")
    for compiler in COMPILERS:
        source = read(path, compiler=compiler)
        assert (source.record("s").file, source.record("s").line) == (str(path), 2)


def test_the_folders_given_are_searched(tmp_path, monkeypatch):
    (tmp_path / "include").mkdir()
    (tmp_path / "include" / "n.h").write_text("#define N 5\n")
    (tmp_path / "s.h").write_text("#include <n.h>\nstruct s { char a[N]; };\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(layout.LayoutError, match=r"^s\.h:1:10: .*n\.h.*--compile-commands$"):
        read("s.h")
    assert layout.place(read("s.h", include=["include"]).record("s"), ABI).size == 5


ORIGINAL = """\
#define N 3
struct first { int a; }; struct same { /* why
 */ char c; // as is
    int *d, e;    };
struct macro { char c[N]; };
struct chosen {
#ifdef N
    int a;
#endif
};
"""


def test_tokens_that_are_the_same_in_the_file_are_found_there():
    expanded = '# 1 "a.h"\n\nstruct first { int a; }; struct same {\n# 3 "a.h"\n char c;\n'
    expanded += " int *d, e; };\nstruct macro { char c[3]; };\nstruct chosen {\n int a;\n};\n"
    original = Original(ORIGINAL, expanded)

    def found(name, line):
        begin = expanded.index("{", expanded.index(name))
        places = original.places((begin, expanded.index("}", begin) + 1), line)
        return {expanded[one]: ORIGINAL[other] for one, other in places.items()}, places

    assert found("macro", 5)[0] == {}
    assert found("chosen", 6)[0] == {}
    assert found("same", 3)[0] == {}
    assert found("same", 0)[0] == found("same", 99)[0] == {}
    places = found("same", 2)[1]
    member = expanded.index("int *d"), expanded.index("e;") + 2
    assert ORIGINAL[places[member[0]] : places[member[1]]] == "int *d, e;"
    assert ORIGINAL[places[expanded.index("char c;")] :].startswith("char c; // as is")


@pytest.mark.skipif(
    "span" not in layout.Record.__dataclass_fields__, reason="records have no spans"
)
def test_spans_are_those_of_the_file_or_none(tmp_path):
    path = tmp_path / "a.h"
    path.write_text(ORIGINAL)
    for compiler in COMPILERS:
        source = read(path, compiler=compiler)
        same = source.record("same")
        assert ORIGINAL[slice(*same.span)].startswith("{ /* why\n */ char c;")
        assert [ORIGINAL[slice(*one.span)] for one in same.fields] == [
            "char c;", "int *d, e;", "int *d, e;",
        ]  # fmt: skip
        assert ORIGINAL[slice(*same.fields[1].part)] == "*d"
        for name in ("macro", "chosen"):
            record = source.record(name)
            assert record.span is None
            assert [(one.span, one.part) for one in record.fields] == [(None, None)]


def database(folder, *entries):
    path = folder / "compile_commands.json"
    path.write_text(json.dumps(list(entries)))
    return str(path)


def test_a_hostile_entry_gives_nothing_but_harmless_flags(folder):
    mark = folder / "mark"
    evil = folder / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {mark}\n")
    evil.chmod(0o755)
    (folder / "response").write_text(f"-wrapper {evil}")
    words = [
        str(evil), "-o", str(mark), "-c", f"-fplugin={evil}", "-wrapper", str(evil),
        "-Xclang", "-load", "-Xclang", str(evil), "-mllvm", f"-load={evil}", f"@{folder}/response",
        f"-B{folder}", f"-specs={evil}", "-Wp,-MD," + str(mark), "-MF", str(mark), "-MMD",
        f"-march=native {evil}", "--config", str(evil), "-save-temps", f"--sysroot={folder}",
        "-dumpdir", str(folder), "-I", f"@{folder}/response", "-DWIDE", "-D", "NAME=-o mark",
        "-std=gnu11", "-m64", "-target", "evil -o mark", f"; touch {mark}", "$(touch mark)", "-U",
    ]  # fmt: skip
    where = database(folder, {"directory": str(folder), "file": "outer.h", "arguments": words})
    assert flags_for(where, str(folder / "outer.h")) == [
        f"-I{folder}/@{folder}/response", "-DWIDE", "-DNAME=-o mark", "-std=gnu11", "-m64",
    ]  # fmt: skip
    for compiler in COMPILERS:
        source = read(folder / "outer.h", compile_commands=where, compiler=compiler)
        assert layout.place(source.record("direct"), ABI).size > 0
    assert not mark.exists()


def test_a_command_line_is_split_as_a_shell_would_and_given_to_none(folder):
    (folder / "deep").mkdir()
    command = "cc -I'deep' -isystem .. -include inner.h -DTEXT='a b' -mavx2 -O2 -c outer.h `id`"
    where = database(folder, {"directory": str(folder), "file": "outer.h", "command": command})
    assert flags_for(where, str(folder / "outer.h")) == [
        f"-I{folder}/deep", f"-isystem{folder}/..", f"-include{folder}/inner.h", "-DTEXT=a b",
        "-mavx2",
    ]  # fmt: skip


def test_a_header_takes_the_flags_of_the_nearest_source(folder):
    (folder / "lib").mkdir()

    def entry(file, macro):
        return {"directory": str(folder), "file": file, "arguments": ["cc", f"-D{macro}"]}

    where = database(
        folder, entry("main.c", "MAIN"), entry("lib/a.c", "A"), entry("lib/b.c", "B"), 7, {}
    )
    assert flags_for(where, str(folder / "lib" / "b.h")) == ["-DB"]
    assert flags_for(where, str(folder / "lib" / "z.h")) == ["-DA"]
    assert flags_for(where, str(folder / "outer.h")) == ["-DMAIN"]


def test_a_standard_of_the_other_language_is_left_out(folder):
    words = ["c++", "-std=c++17", "-DWIDE"]
    where = database(folder, {"directory": str(folder), "file": "a.cpp", "arguments": words})
    for compiler in COMPILERS:
        source = read(folder / "outer.h", compile_commands=where, compiler=compiler)
        assert layout.place(source.record("direct"), ABI).size > 32


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ("{}", "no list of commands"),
        ("[1, null, {}]", "no usable entry"),
        ('[{"file": "a.c", "arguments": [1]}]', "no usable entry"),
        ('[{"file": "a\\u0000.c", "arguments": []}]', "no usable entry"),
        ('[{"file": "a.c", "command": "cc \'"}]', "no usable entry"),
        ("\ud800", "no valid JSON"),
    ],
    ids=["empty", "deep", "object", "no entries", "numbers", "null byte", "quote", "no UTF-8"],
)
def test_a_database_that_is_none_is_one_line(folder, text, said):
    path = folder / "compile_commands.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(layout.LayoutError, match=said) as caught:
        read(folder / "outer.h", compile_commands=str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def script(folder, text):
    path = folder / "fake-cc"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("end", ["wait", "exit 0"])
def test_a_compiler_that_hangs_is_given_up_with_what_it_started(folder, monkeypatch, end):
    monkeypatch.setattr(running, "SECONDS", 1)
    fake = script(folder, f"(sleep 20; touch {folder}/lived) & {end}")
    with pytest.raises(layout.LayoutError, match=r"outer\.h: .*fake-cc -E took over 1 s"):
        read(folder / "outer.h", compiler=fake)
    # What still lived would hold the output open, and so the reading up, until it is done.
    assert not (folder / "lived").exists()


def test_an_endless_output_is_given_up(folder, monkeypatch):
    monkeypatch.setattr(running, "MAX_OUTPUT", 1 << 20)
    with pytest.raises(layout.LayoutError, match="over 1 MiB once preprocessed"):
        read(folder / "outer.h", compiler=script(folder, "yes"))
    with pytest.raises(layout.LayoutError, match=r"outer\.h: exit code 3; "):
        read(folder / "outer.h", compiler=script(folder, "exit 3"))


def test_odd_output_is_read_as_far_as_it_goes(folder):
    odd = '# 99999999999 "x\\777\\"\n# 3 "" 1 2\n#line\n# "a"\n# 7 "%s"\nstruct s { int a; };\n\\0'
    (folder / "odd").write_text(odd % (folder / "outer.h"))
    source = read(folder / "outer.h", compiler=script(folder, f"cat {folder}/odd"))
    assert [(one.name, one.line) for one in source.records.values()] == [("struct s", 7)]


def test_the_compiler_is_the_one_named_then_cc_of_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CC", f"{COMPILERS[0]} -m64")
    assert running.find_compiler() == (COMPILERS[0], "-m64")
    assert running.find_compiler(COMPILERS[-1]) == (COMPILERS[-1],)
    with pytest.raises(layout.LayoutError, match="--cc 'absent': no such program"):
        running.find_compiler("absent")
    with pytest.raises(layout.LayoutError, match="No closing quotation"):
        running.find_compiler("gcc '")
    monkeypatch.delenv("CC")
    assert running.find_compiler() in {("cc",), ("gcc",), ("clang",)}  # by its name, no path
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(layout.LayoutError, match="no C compiler found; install one"):
        running.find_compiler()


def test_a_language_without_a_preprocessor_is_refused(tmp_path):
    with pytest.raises(layout.LayoutError, match="go has no preprocessor, only c and cpp"):
        preprocessed.read(str(tmp_path / "a.go"), "go")
    with pytest.raises(layout.LayoutError, match="No such file"):
        read(tmp_path / "absent.h")


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc on PATH")
@pytest.mark.parametrize(
    "name", ["netinet/ip.h", "netdb.h", "elf.h", "link.h", "linux/ethtool.h", "linux/bpf.h"]
)
def test_real_headers_lie_as_gcc_has_them(name):
    path = Path("/usr/include") / name
    if not path.exists() or os.uname().machine != "x86_64":
        pytest.skip(f"no {path} for x86-64 here")
    source = read(path, compiler="gcc")
    assert source.records
    assert differences(source, ("gcc",), path) == []
