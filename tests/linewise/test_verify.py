"""``linewise verify``: equal where tools agree, and a difference is really found."""

import dataclasses
import json
import shutil
import sys

import pytest

import layout
from layout.sources import preprocessed
from linewise.cli import main
from linewise.verify import (
    CHECKS,
    Context,
    Verdict,
    ordering,
    placement,
    preprocessing,
    replaying,
    sharing,
)
from linewise.verify.compiler import ask, target

ZIG = (sys.executable, "-m", "ziglang", "cc")
needs_compiler = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler on PATH")

HEADER = "struct s { char a; double b; unsigned x : 3, y : 9; short z[3]; };\n"

C_ABIS = [abi for abi in layout.ABIS.values() if abi.language == "c"]


@pytest.fixture
def header(tmp_path):
    path = tmp_path / "s.h"
    path.write_text(HEADER)
    return path


def verdicts(findings):
    return [finding.verdict for finding in findings]


@pytest.mark.parametrize("triple", ["x86_64-linux-gnu", "aarch64-linux-gnu"])
def test_a_real_clang_answers_for_each_target(header, triple):
    placed = layout.place(layout.read(header).records["struct s"], triple)
    (answer,) = ask((*ZIG, "-target", triple), header, [placed])
    assert (answer.size, answer.align) == (placed.size, placed.align) == (24, 8)
    assert answer.fields == {"a": (0, 1), "b": (8, 8), "z": (18, 6)}
    assert answer.bit_fields == {"x": (128, 3), "y": (131, 9)}


@pytest.mark.parametrize("triple", ["aarch64-macos", "x86_64-windows-msvc", "wasm32-wasi"])
def test_a_cross_compilers_target_is_found_and_its_placement_is_equal(header, triple):
    (finding,) = placement.check(Context(files=(header,), compiler=(*ZIG, "-target", triple)))
    assert finding.verdict is Verdict.EQUAL
    assert layout.find_abi(target((*ZIG, "-target", triple))).name == triple


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc here")
def test_gcc_for_32_bits_is_told_from_the_target_that_it_names():
    if "x86_64" in target(("gcc",)):
        assert layout.find_abi(target(("gcc", "-m32"))).name == "x86-linux-gnu"
        assert target(("gcc", "-mx32")).endswith("x32")


@needs_compiler
def test_the_built_in_sample_is_equal_here():
    findings = list(placement.check(Context(files=(), compiler=("cc",))))
    assert verdicts(findings) == [Verdict.EQUAL]


@needs_compiler
def test_a_wrong_layout_is_found(header, monkeypatch):
    def wrong(record, abi, place=layout.place):
        placed = place(record, abi)
        fields = tuple(
            dataclasses.replace(field, offset=field.offset + 1) if field.name == "b" else field
            for field in placed.fields
        )
        return dataclasses.replace(placed, fields=fields, size=placed.size + 8)

    monkeypatch.setattr(layout, "place", wrong)
    findings = list(placement.check(Context(files=(header,), compiler=("cc",))))
    assert verdicts(findings) == [Verdict.DIFFERS, Verdict.DIFFERS]
    assert "the compiler says" in findings[0].detail
    assert "b: offset 9" in findings[1].detail


def test_without_a_compiler_the_placement_is_not_checkable(header):
    (finding,) = placement.check(Context(files=(header,), compiler=()))
    assert finding.verdict is Verdict.UNCHECKED
    assert "--cc" in finding.detail


@needs_compiler
def test_a_header_that_does_not_compile_is_not_checkable(tmp_path):
    path = tmp_path / "needs_more.h"
    path.write_text('#include "absent.h"\nstruct s { int a; };\n')
    (finding,) = placement.check(Context(files=(path,), compiler=("cc",)))
    assert finding.verdict is Verdict.UNCHECKED
    assert "absent.h" in finding.detail


def test_known_counts_come_out_of_the_replay():
    findings = list(replaying.check(Context(files=(), compiler=())))
    assert set(verdicts(findings)) == {Verdict.EQUAL}
    assert len(findings) == len(replaying.CASES)


def test_a_wrong_count_is_found(monkeypatch):
    what, lines, kind, reads, writes, writebacks = replaying.CASES[0]
    monkeypatch.setattr(replaying, "CASES", [(what, lines, kind, reads + 1, writes, writebacks)])
    (finding,) = replaying.check(Context(files=(), compiler=()))
    assert finding.verdict is Verdict.DIFFERS
    assert "by hand" in finding.detail


def test_false_sharing_is_counted_as_by_hand_and_a_wrong_count_is_found(monkeypatch):
    findings = list(sharing.check(Context(files=(), compiler=())))
    assert verdicts(findings) == [Verdict.EQUAL] * len(sharing.CASES)
    *case, expected = sharing.CASES[0]
    monkeypatch.setattr(sharing, "CASES", [(*case, expected + 1)])
    assert verdicts(sharing.check(Context(files=(), compiler=()))) == [Verdict.DIFFERS]


def test_an_order_that_is_not_the_shortest_is_found(monkeypatch):
    findings = list(ordering.check(Context(files=(), compiler=())))
    assert verdicts(findings) == [Verdict.EQUAL] * len(C_ABIS)

    def lazy(record, abi, optimize=layout.optimize):
        return dataclasses.replace(optimize(record, abi), after=optimize(record, abi).before)

    monkeypatch.setattr(layout, "optimize", lazy)
    findings = list(ordering.check(Context(files=(), compiler=())))
    assert verdicts(findings) == [Verdict.DIFFERS] * len(C_ABIS)


@needs_compiler
def test_the_verb_says_how_each_check_ended_and_how_to_repeat_it(header, capsys):
    wanted = ["--check", "placement", "--check", "replay", "--check", "heap"]
    assert main(["verify", str(header), *wanted, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["schema"] == "linewise.verify/1"
    assert {finding["check"] for finding in said["findings"]} == {"placement", "replay", "heap"}
    assert {finding["verdict"] for finding in said["findings"]} == {"equal"}
    assert all(finding["repeat"].startswith("linewise verify") for finding in said["findings"])
    assert said["differing"] == 0


@needs_compiler
def test_a_difference_makes_the_exit_code_1(capsys, monkeypatch):
    what, lines, kind, *_ = replaying.CASES[0]
    monkeypatch.setattr(replaying, "CASES", [(what, lines, kind, 0, 0, 0)])
    assert main(["verify", "--check", "replay"]) == 1
    assert "differs" in capsys.readouterr().out


def test_the_timing_check_ends_in_a_ratio_or_says_why_not():
    (finding,) = CHECKS["timing"](Context(files=(), compiler=()))
    assert finding.verdict is Verdict.UNCHECKED


@needs_compiler
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "no record"),
        (b"struct s { int a; };\n#error \xbd\xff\n", "refuses"),
        (b"struct z { char a[1ull << 61]; char b[1ull << 61]; char c[1ull << 62]; };", "exceeds"),
    ],
    ids=["empty", "no UTF-8", "too large"],
)
def test_what_cannot_be_compared_is_said_and_is_no_failure(tmp_path, text, said):
    path = tmp_path / "odd.h"
    path.write_bytes(text)
    findings = list(placement.check(Context(files=(path,), compiler=("cc",))))
    assert verdicts(findings) == [Verdict.UNCHECKED]
    assert said in findings[0].detail


def test_a_program_that_is_no_compiler_is_said_to_be_none(header):
    (finding,) = placement.check(Context(files=(header,), compiler=("true",)))
    assert finding.verdict is Verdict.UNCHECKED
    assert "true does not say its target" in finding.detail


@needs_compiler
def test_the_preprocessor_is_checked_and_a_wrong_line_is_found(monkeypatch):
    context = Context(files=(), compiler=("cc",))
    assert verdicts(preprocessing.check(context)) == [Verdict.EQUAL]
    monkeypatch.setattr(preprocessed, "_Origins", Shifted)
    (finding,) = preprocessing.check(context)
    assert finding.verdict is Verdict.DIFFERS
    assert "line 8, but the compiler says line 7" in finding.detail


class Shifted(preprocessed._Origins):
    def of(self, line):
        file, written = super().of(line)
        return file, written + 1


def test_without_a_compiler_the_preprocessor_is_not_checkable():
    (finding,) = preprocessing.check(Context(files=(), compiler=()))
    assert finding.verdict is Verdict.UNCHECKED
