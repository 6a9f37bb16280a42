"""Tables, npz archives, pinatrace and ChampSim: read as plainly written, refused when damaged."""

import struct
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cachesim.formats
import cachesim.formats.text
from cachesim import CacheError, Kind, Trace, TruncatedTrace, open_trace, write_trace

NAMES = ("address", "size", "kind", "thread", "tag", "pc", "time", "depends")
ADDRESS = st.one_of(st.integers(0, 3000), st.integers(0, 2**64 - 1))


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(cachesim.formats.text, "_CHUNK", 200)
    monkeypatch.setattr(cachesim.formats.streams, "_READ", 64)


def rows_of(path, names=NAMES):
    with open_trace(path) as reader:
        form, rows = reader.format, []
        for chunk in reader:
            columns = [chunk.columns()[name] for name in names]
            lists = [[None] * len(chunk) if c is None else c.tolist() for c in columns]
            rows += list(zip(*lists, strict=True))
    return form, rows


@st.composite
def whole_traces(draw):
    count = draw(st.integers(1, 30))

    def some(values):
        return draw(st.lists(values, min_size=count, max_size=count))

    columns = {
        "address": some(ADDRESS), "size": some(st.integers(1, 65535)),
        "kind": some(st.integers(0, 4)), "thread": some(st.integers(0, 65535)),
    }  # fmt: skip
    for name, low, high in (("tag", -(2**31), 2**31 - 1), ("pc", 0, 2**64 - 1),
                            ("time", 0, 2**64 - 1), ("depends", 0, 2**31 - 1)):  # fmt: skip
        if draw(st.booleans()):
            columns[name] = some(st.integers(low, high))
    return columns


@pytest.mark.parametrize("form", ["csv", "npz"])
@settings(max_examples=60)
@given(columns=whole_traces(), cut=st.integers(1, 29))
def test_every_column_comes_back(form, columns, cut, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"back.{form}"
    trace = Trace(**columns)
    assert write_trace(path, (trace[:cut], trace[cut:]), form) == ()
    read, rows = rows_of(path)
    assert read == form
    count = len(trace)
    wanted = [columns.get(name, [None] * count) for name in NAMES]
    assert rows == list(zip(*wanted, strict=True))


def test_a_table_is_read_as_people_write_them(tmp_path, small_steps):
    path = tmp_path / "t.txt"
    path.write_bytes(
        b"\xef\xbb\xbfpc; Address ;kind;note\r\n"
        b"0x10;0xFFFFFFFFFFFFFFFF;R;first\r\n"
        b" 17 ; 256 ; w ;\r\n"
        b"18;0x20;4;x y\r\n" + b"1;2;I;\r\n" * 40
    )
    form, rows = rows_of(path, ("address", "kind", "pc", "size"))
    assert form == "csv"
    assert rows[:4] == [(2**64 - 1, 0, 16, 1), (256, 1, 17, 1), (32, 4, 18, 1), (2, 2, 1, 1)]
    assert len(rows) == 43


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("address,size\n1,2\n3\n", "t:3: '3': not as many fields as the first line names"),
        ("address,size\n1,2,3\n", "t:2: '1,2,3': not as many fields"),
        ("address,size\n1,x\n", "t:2: '1,x': a field is no number"),
        ("address,size\n1,\n", "a field is no number"),
        ("address\n0x\n", "a field is no number"),
        ("address\n0x10000000000000000\n", "a number passes 2**64"),
        ("address\n18446744073709551616\n", "a number passes 2**64"),
        ("address,kind\n1,Q\n", "a field is no number"),
        ("address,size\n1,70000\n", "t:3: among the lines up to here, row 0: size = 70000, but"),
        ("address,address\n1,2\n", "t:1: a column is named twice"),
        ("address,size\n1,2", "the last line has no end"),
        ("address,size\n", "t: holds no access"),
        ("address,tag\n1,-2147483649\n", "tag = -2147483649, but must be"),
    ],
)
def test_a_wrong_table_gets_one_line(tmp_path, text, message):
    path = tmp_path / "t"
    path.write_text(text)
    with pytest.raises(CacheError) as raised:
        rows_of(path)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


PIN = "0x400: R 0x10\n0x404: W 0xFFFFFFFFFFFFFFFF\n#eof\n"


def test_pinatrace_is_read_with_its_instructions(tmp_path, small_steps):
    path = tmp_path / "t"
    path.write_text("# a note\n" + "0x1: R 0x2\n" * 50 + PIN)
    form, rows = rows_of(path, ("address", "kind", "pc", "size"))
    assert form == "pinatrace"
    assert rows == [(2, 0, 1, 1)] * 50 + [(16, 0, 0x400, 1), (2**64 - 1, 1, 0x404, 1)]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (PIN.replace("#eof\n", ""), TruncatedTrace, "t:3: the file does not end with #eof"),
        (PIN[:20], TruncatedTrace, "t:2: '0x404:': the last line has no end"),
        (PIN + "0x1: R 0x2\n", CacheError, "t:4: '0x1: R 0x2': records follow #eof"),
        (PIN.replace(" W ", " X "), CacheError, "no record of pinatrace's"),
        (
            PIN.replace("0xF", "0xFF"),
            CacheError,
            "t:2: '0x404: W 0xFFFFFFFFFFFFFFFFF': the address",
        ),
        (PIN.replace("0x10", "0x"), CacheError, "no record of pinatrace's"),
        (PIN.replace("0x10", "0x10 8"), CacheError, "no record of pinatrace's"),
    ],
    ids=["no end", "cut", "after the end", "letter", "large", "no digits", "more"],
)
def test_a_wrong_pinatrace_gets_one_line(tmp_path, text, error, message):
    path = tmp_path / "t"
    path.write_text(text)
    with pytest.raises(error) as raised:
        rows_of(path)
    assert message in str(raised.value)


def test_pinatrace_is_written_as_pin_does(tmp_path):
    path = tmp_path / "t.pinatrace"
    trace = Trace([16, 32, 48], kind=[Kind.READ, Kind.MODIFY, Kind.FETCH], pc=[1, 2, 3])
    assert write_trace(path, trace) == ("kind",)
    assert path.read_text() == "0x1: R 0x10\n0x2: R 0x20\n0x2: W 0x20\n#eof\n"


def instruction(ip, sources=(), destinations=(), branch=(0, 0)):
    """One of ChampSim's records, field by field."""
    return struct.pack(
        "<QBB2B4B2Q4Q", ip, *branch, 0, 0, 0, 0, 0, 0,
        *(*destinations, 0, 0)[:2], *(*sources, 0, 0, 0, 0)[:4],
    )  # fmt: skip


CHAMPSIM = (
    instruction(0x400000, [0x1000], [0x2000])
    + instruction(0x400004, branch=(1, 1))
    + instruction(0x400008, [0x3000, 0, 0x4000], [0, 0x5000])
)


@pytest.mark.parametrize("copies", [1, 300])
def test_champsim_gives_fetches_reads_and_writes(tmp_path, copies, small_steps):
    path = tmp_path / "t"
    path.write_bytes(CHAMPSIM * copies)
    form, rows = rows_of(path, ("address", "kind", "pc", "size"))
    assert form == "champsim"
    assert rows == copies * [
        (0x400000, 2, 0x400000, 1), (0x1000, 0, 0x400000, 1), (0x2000, 1, 0x400000, 1),
        (0x400004, 2, 0x400004, 1),
        (0x400008, 2, 0x400008, 1), (0x3000, 0, 0x400008, 1), (0x4000, 0, 0x400008, 1),
        (0x5000, 1, 0x400008, 1),
    ]  # fmt: skip


def test_a_champsim_trace_cut_in_an_instruction_is_truncated(tmp_path):
    path = tmp_path / "t"
    path.write_bytes(CHAMPSIM[:-1])
    with pytest.raises(TruncatedTrace, match=r"^t: byte 128: the last instruction has 63 of its"):
        rows_of(path)


def test_an_npz_that_is_no_trace_gets_one_line(tmp_path):
    path = tmp_path / "t"

    def refused(message, **arrays):
        with path.open("wb") as file:
            np.savez(file, **arrays)
        with pytest.raises(CacheError, match=message):
            rows_of(path)

    refused("no array named address", kind=np.zeros(3, np.uint8))
    refused("array address has the type float64", address=np.zeros(3))
    refused("has the shape", address=np.zeros((2, 2), np.uint64))
    refused("must have one dimension and the same", address=np.arange(3), size=np.ones(2, int))
    refused("rows from 0: .*size = -1", address=np.arange(3), size=np.array([1, -1, 2]))
    refused("array address", address=np.array([1, None], object))


def complaint_about(path):
    """The error that reading it gives, or nothing."""
    try:
        rows_of(path)
    except CacheError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("form", ["csv", "npz", "pinatrace", "champsim"])
def test_damaged_files_give_one_line_or_a_trace(tmp_path, form):
    pick = np.random.default_rng(7)
    whole = tmp_path / f"whole.{form}"
    if form == "champsim":
        whole.write_bytes(CHAMPSIM * 5)
    else:
        trace = Trace(pick.integers(0, 2**40, 60).astype(np.uint64), pc=np.arange(60))
        write_trace(whole, trace, form)
    data = whole.read_bytes()
    path = tmp_path / "t"
    refused = 0
    for number in range(250):
        damaged = bytearray(data)
        if number % 2:
            damaged = damaged[: pick.integers(0, len(damaged))]
        else:
            for _ in range(3):
                damaged[pick.integers(0, len(damaged))] = pick.integers(0, 256)
        path.write_bytes(bytes(damaged))
        message = complaint_about(path)
        assert "\n" not in message
        refused += message != ""
    assert refused > 100


def test_reading_a_table_needs_no_pyarrow(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("address\n1\n")
    code = (
        "import sys, cachesim\n"
        f"with cachesim.open_trace({str(path)!r}) as reader: assert sum(map(len, reader)) == 1\n"
        "assert 'pyarrow' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
