"""The command line as a user meets it: what it prints, its JSON, its exit codes."""

import json
import lzma
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from linewise.cli import VERBS, main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
HEADER = EXAMPLES / "order_book.h"

SMALL = """\
struct point { char tag; double x; char flag; };
typedef struct { int a : 3; unsigned b : 7; } bits_t;
struct lost { unknown_t what; };
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.h"
    path.write_text(SMALL)
    return path


def run(capsys, *argv):
    """Exit code, standard output and standard error of one call."""
    code = main([str(word) for word in argv])
    said = capsys.readouterr()
    return code, said.out, said.err


def complaint(capsys, *argv):
    """The one line of a call that must end as misuse, with nothing on standard output."""
    code, out, err = run(capsys, *argv)
    assert code == 2
    assert out == ""
    assert err.startswith("linewise: ")
    assert err.count("\n") == 1
    return err


def document(capsys, *argv):
    code, out, err = run(capsys, *argv, "--json")
    assert code == 0, err
    return json.loads(out)


def test_show_gives_every_field_with_its_place(capsys, small):
    said = document(capsys, "show", small, "--abi", "x86-64", "--abi", "arm64")
    assert said["schema"] == "linewise.show/1"
    point = said["records"][0]
    assert (point["name"], point["abi"]) == ("struct point", "x86_64-linux-gnu")
    assert (point["size"], point["align"], point["tail_padding"]) == (24, 8, 7)
    assert [(hole["offset"], hole["size"]) for hole in point["holes"]] == [(1, 7)]
    assert point["fields"][1] == {
        "name": "x", "type": "double", "offset": 8, "size": 8,
        "bit_offset": None, "bit_width": None,
    }  # fmt: skip
    assert [record["abi"] for record in said["records"]] == [
        "x86_64-linux-gnu",
        "aarch64-linux-gnu",
    ] * 2


def test_show_gives_bit_fields_in_bits_from_the_start_of_the_record(capsys, small):
    said = document(capsys, "show", small, "--struct", "bits_t")
    b = said["records"][0]["fields"][1]
    assert (b["bit_offset"], b["bit_width"], b["offset"]) == (3, 7, 0)


def test_show_counts_what_it_could_not_read(capsys, small):
    said = document(capsys, "show", small)
    assert [skip["name"] for skip in said["skipped"]] == ["struct lost"]
    assert said["skipped"][0]["line"] == 3
    code, out, _ = run(capsys, "show", small)
    assert code == 0
    assert "1 skipped" in out
    assert "unknown_t" in out


def test_show_prints_a_record_once_for_the_abis_that_agree(capsys, small):
    _, out, _ = run(capsys, "show", small, "--struct", "point", "--abi", "x86-64", "--abi", "arm64")
    assert out.count("struct point") == 1
    assert "x86_64-linux-gnu, aarch64-linux-gnu" in out
    assert "-- hole --" in out
    assert "-- tail padding --" in out


def test_optimize_gives_the_least_size_with_its_proof(capsys, small):
    said = document(capsys, "optimize", small, "--struct", "point")
    assert said["schema"] == "linewise.optimize/1"
    assert (said["before"][0]["size"], said["after"][0]["size"]) == (24, 16)
    assert said["proof"]
    assert sorted(said["order"]) == ["flag", "tag", "x"]


def test_optimize_prints_the_new_order_as_c(capsys, small):
    code, out, _ = run(capsys, "optimize", small, "--struct", "point")
    assert code == 0
    assert "24 → 16" in out
    assert "double" in out


KINDS_OF_RECORD = """
union one_of { char a; long b; };
struct empty { };
struct single { int a; };
struct best { long a; int b; char c; };
struct wide { char a; long b; char c; long d; };
"""


@pytest.fixture
def kinds(tmp_path):
    path = tmp_path / "kinds.h"
    path.write_text(KINDS_OF_RECORD)
    return path


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (["one_of"], "proven: the members of a union all lie at offset 0"),
        (["empty"], "no members: there is nothing to order"),
        (["single"], "one member: there is nothing to order"),
        (["best"], "proven: already minimal"),
        (["wide", "--min-gain", "9"], "a gain of 8 is below the threshold of 9"),
        (["wide", "--min-gain", "40%"], "a gain of 8 is below the threshold of 12.8"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_optimize_says_why_an_order_stays(capsys, kinds, asked, line):
    code, out, _ = run(capsys, "optimize", kinds, "--struct", *asked)
    assert code == 0
    assert line in out
    assert out.rstrip().endswith("The order as written stays.")


def test_optimize_keeps_what_is_pinned_and_grouped(capsys, kinds):
    asked = ("optimize", kinds, "--struct", "wide")
    assert document(capsys, *asked, "--pin", "c=first")["order"][0] == "c"
    assert document(capsys, *asked, "--pin", "a=last")["order"][-1] == "a"
    assert document(capsys, *asked, "--prefix", "2")["order"][:2] == ["a", "b"]
    order = document(capsys, *asked, "--keep-together", "b,d")["order"]
    assert abs(order.index("b") - order.index("d")) == 1
    order = document(capsys, *asked, "--keep-order", "d, c, a")["order"]
    assert [name for name in order if name != "b"] == ["d", "c", "a"]


def test_optimize_puts_the_fields_named_hot_first(capsys, tmp_path):
    path = tmp_path / "hot.h"
    path.write_text("struct s { char name[100]; long a; char more[50]; long b; };")
    said = document(capsys, "optimize", path, "--struct", "s", "--hot", "a,b")
    assert (said["goal"], said["order"][:2]) == ("hot", ["a", "b"])
    assert (said["cost_before"], said["cost_after"], said["gap"]) == (5, 2, 0)
    _, out, _ = run(capsys, "optimize", path, "--struct", "s", "--hot", "a,b")
    assert "members used most on the first lines: 5.000 → 2.000 (-60%) lines" in out


def test_optimize_costs_every_place_of_an_array(capsys, tmp_path):
    path = tmp_path / "array.h"
    path.write_text("struct s { char a; long b; char c; };")
    asked = ("optimize", path, "--struct", "s", "--goal", "weighted", "--hot", "b,c")
    weights = ("--weights", "lines=8,bytes=1")
    said = document(capsys, *asked, *weights, "--array")
    assert (said["cost_before"], said["cost_after"]) == (24 + 9, 16 + 8)
    said = document(capsys, *asked, *weights, "--base-align", "8")
    assert said["cost_before"] == 24 + 9


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--pin", "a"], "give NAME=first, last or offset"),
        (["--pin", "zz=first"], "no member 'zz'"),
        (["--pin", "a=nowhere"], "cannot be pinned 'nowhere'"),
        (["--goal", "lines"], "needs a profile"),
        (["--goal", "pointers"], "no pointer bytes"),
        (["--goal", "weighted"], "needs weights"),
        (["--goal", "weighted", "--weights", "lines=x"], "'x' is not a number"),
        (["--goal", "weighted", "--weights", "line=1"], "no price 'line'"),
        (["--hot", "a", "--scenario", "x.toml"], "give one"),
        (["--min-gain", "some"], "give a number >= 0 or N%"),
        (["--base-align", "3"], "3 is not a power of two"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_optimize_refuses_what_it_cannot_honour_in_one_line(capsys, kinds, asked, message):
    code, _, err = run(capsys, "optimize", kinds, "--struct", "wide", *asked)
    assert code == 2
    assert message in err
    assert err.count("\n") == 1


def test_machines_lists_each_with_its_caches(capsys):
    said = document(capsys, "machines")
    assert said["schema"] == "linewise.machines/1"
    assert len(said["machines"]) >= 3
    sizes = {cache["name"]: cache["size"] for cache in said["machines"][0]["caches"]}
    assert sizes["L1d"] > 0


def test_machines_shows_unknown_latencies_as_unknown(capsys):
    code, out, _ = run(capsys, "machines", "cortex-a72")
    assert code == 0
    assert "unknown" in out


LACKEY = "I  04000000,3\n L 1ffe000,8\n S 1ffe040,8\n M 1ffe000,4\n"


@pytest.fixture
def trace(tmp_path):
    path = tmp_path / "small.trace"
    path.write_text(LACKEY)
    return path


def test_replay_counts_by_level_and_kind(capsys, trace):
    said = document(capsys, "replay", trace, "--level", "L1d:1KiB:2:64:lru")
    assert said["schema"] == "linewise.replay/1"
    assert said["accesses"] == 4
    assert said["levels"] == [
        {
            "name": "L1d", "reads": 2, "writes": 1, "fetches": 0, "read_misses": 1,
            "write_misses": 1, "fetch_misses": 0, "evictions": 0, "writebacks": 0,
            "back_invalidations": 0,
        }
    ]  # fmt: skip


def test_replay_counts_as_the_tool_of_a_convention_does(capsys, tmp_path):
    path = tmp_path / "straddling.trace"
    path.write_text(" L 103c,8\n L 0,4\n")  # over two lines; the one that cachegrind starts with
    level = ("--level", "L1d:1KiB:2:64:lru")
    split, once = (
        document(capsys, "replay", path, *level, "--convention", name)["levels"][0]
        for name in ("hardware", "cachegrind")
    )
    assert (split["reads"], split["read_misses"]) == (3, 3)
    assert (once["reads"], once["read_misses"]) == (2, 1)
    said = complaint(capsys, "replay", path, *level, "--convention", "valgrind")
    assert "take one of hardware, dinero, cachegrind" in said


def test_replay_reads_the_recorded_example(capsys):
    recorded = sorted((EXAMPLES / "traces").glob("*.xz"))
    assert recorded
    said = document(capsys, "replay", recorded[0])
    assert said["accesses"] > 1_000_000
    assert all(level["read_misses"] <= level["reads"] for level in said["levels"])
    assert max(path.stat().st_size for path in recorded) <= 5_000_000


def test_an_unknown_type_in_a_record_asked_for_by_name_is_refused(capsys, small):
    said = complaint(capsys, "show", small, "--struct", "lost")
    assert "small.h:3: struct lost" in said
    assert "unknown_t" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("struct s {\n  int a;\n  char a;\n};\n", ["bad.h:3", "'a'", "twice"]),
        ("struct s {\n  int a;\n  struct s again;\n};\n", ["bad.h:3", "contains itself"]),
    ],
)
def test_a_malformed_record_asked_for_by_name_is_refused(capsys, tmp_path, text, words):
    path = tmp_path / "bad.h"
    path.write_text(text)
    said = complaint(capsys, "show", path, "--struct", "s")
    assert all(word in said for word in words), said


def test_a_trace_cut_off_in_the_middle_gives_no_result(capsys, trace, tmp_path):
    trace.write_text(LACKEY[:-4])
    assert "small.trace:4" in complaint(capsys, "replay", trace, "--json")
    packed = tmp_path / "cut.xz"
    packed.write_bytes(lzma.compress(LACKEY.encode() * 1000)[:-40])
    assert "cut.xz" in complaint(capsys, "replay", packed)


def test_a_line_that_is_no_power_of_two_is_refused(capsys, trace, tmp_path):
    path = tmp_path / "odd.toml"
    path.write_text('name = "odd"\n[[caches]]\nname = "L1d"\nsets = 64\nways = 8\nline = 48\n')
    said = complaint(capsys, "replay", trace, "--machine", path)
    assert "odd.toml" in said
    assert "line = 48, but must be a power of two" in said
    assert "caches[0]" in said


def test_a_scenario_that_names_no_field_is_refused(capsys, tmp_path):
    text = (EXAMPLES / "order_book.toml").read_text()
    (tmp_path / "order_book.h").write_text(HEADER.read_text())
    path = tmp_path / "order_book.toml"
    path.write_text(text.replace('"price"', '"prize"'))
    assert path.read_text() != text
    said = complaint(capsys, "run", path)
    assert "order_book.toml" in said
    assert "'prize'" in said
    assert "'price'" in said


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_json_and_an_example(capsys, verb):
    code, out, _ = run(capsys, verb, "--help")
    assert code == 0
    assert "--json" in out
    assert verb == "verify" or "Example" in out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("shwo",), "did you mean 'show'"),
        (("show",), "Missing argument"),
        (("show", "no-such-file.h"), "no-such-file.h"),
        (("replay", "no-such-trace"), "no-such-trace"),
        (("replay", str(HEADER)), "order_book.h"),
        (("run", "no-such.toml"), "no-such.toml"),
        (("machines", "pentium"), "pentium"),
        (("show", str(HEADER), "--abi", "vax"), "vax"),
        (("show", str(HEADER), "--struct", "ordre"), "did you mean 'order'"),
        (("show", str(HEADER), "--line", "48"), "48"),
        (("verify", "--check", "nothing"), "nothing"),
        (("verify", "--cc", "no-such-compiler"), "no-such-compiler"),
    ],
)
def test_misuse_gets_one_line_and_exit_code_2(capsys, argv, words):
    assert words in complaint(capsys, *argv)


def test_a_report_into_a_missing_folder_is_refused_before_anything_runs(capsys, tmp_path):
    said = complaint(
        capsys, "run", EXAMPLES / "order_book.toml", "--report", tmp_path / "no" / "report.html"
    )
    assert "no such folder" in said


def test_the_help_lists_every_verb(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(f"\n  {verb} " in out for verb in VERBS)


def on_a_terminal(argv, extra):
    """What a call writes to standard error when that is a terminal."""
    leader, follower = pty.openpty()
    code = f"from linewise.cli import main; raise SystemExit(main({argv!r}))"
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-c", f"import linewise.cli.progress as p; p.PATIENCE = 0\n{code}"],
        stdout=subprocess.DEVNULL, stderr=follower, env={**env, "TERM": "xterm", **extra},
    ) as process:  # fmt: skip
        os.close(follower)
        said = b""
        try:
            while chunk := os.read(leader, 65536):
                said += chunk
        except OSError:  # the terminal's end, as Linux reports it
            pass
    os.close(leader)
    assert process.returncode == 0
    return said.decode()


@pytest.fixture
def long_trace(tmp_path):
    path = tmp_path / "long.trace"
    path.write_text(LACKEY * 300_000)
    return str(path)


def test_long_work_shows_progress_on_a_terminal(long_trace):
    said = on_a_terminal(["replay", long_trace], {})
    assert "replaying" in said
    assert "M/s" in said
    assert "\x1b[3" in said  # colours


def test_progress_honours_no_color(long_trace):
    said = on_a_terminal(["replay", long_trace], {"NO_COLOR": "1"})
    assert "replaying" in said
    assert "\x1b[3" not in said


def test_piped_output_has_neither_progress_nor_colour(long_trace):
    done = subprocess.run(
        [sys.executable, "-m", "linewise", "replay", long_trace], capture_output=True, check=True
    )
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout


def test_a_reader_that_goes_away_is_no_error(small):
    call = f"{sys.executable} -m linewise show {small} | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", call], capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("argv", [("--help",), ("show", HEADER), ("machines",)], ids=lambda a: a[0])
def test_a_reader_that_has_gone_ends_a_verb_without_a_word(argv):
    reading, writing = os.pipe()
    os.close(reading)
    words = [sys.executable, "-m", "linewise", *map(str, argv)]
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_closed_streams_are_no_mistake_of_their_own():
    call = f"exec {sys.executable} -m linewise"
    shown = subprocess.run(
        ["sh", "-c", f"{call} show {HEADER} >&-"], capture_output=True, text=True, check=False
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    failed = subprocess.run(
        ["sh", "-c", f"{call} show nowhere.h 2>&-"], capture_output=True, text=True, check=False
    )
    assert (failed.returncode, failed.stdout) == (2, "")


def test_a_full_disk_is_said_in_one_line(small):
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "linewise", "show", str(small)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "linewise: No space left on device\n")


def test_an_empty_machine_is_a_mistake_and_not_the_default(capsys):
    trace = EXAMPLES / "traces" / "order_book.lackey.xz"
    assert "machine ''" in complaint(capsys, "replay", trace, "--machine", "")
    assert "machine ''" in complaint(capsys, "machines", "")
    assert "machine ''" in complaint(capsys, "run", EXAMPLES / "order_book.toml", "--machine", "")


def test_an_output_that_knows_ascii_only_gets_question_marks_and_no_mistake():
    words = [sys.executable, "-m", "linewise", "show", str(HEADER), "--struct", "order"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(words, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"? line 1" in done.stdout
