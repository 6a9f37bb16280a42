"""Parquet: every column comes back; a hostile file gets one line."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cachesim.formats.parquet
from cachesim import CacheError, Trace, TruncatedTrace, open_trace, write_trace
from cachesim.trace import DTYPES

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def random_trace(rows, seed, columns=tuple(DTYPES)):
    random = np.random.default_rng(seed)
    values = {
        name: random.integers(np.iinfo(kind).min, np.iinfo(kind).max, rows, kind, endpoint=True)
        for name, kind in DTYPES.items()
    }
    values["address"] >>= np.uint64(8)
    values["size"] |= np.uint16(1)
    values["kind"] %= 5
    return Trace(**{name: values[name] for name in columns})


def read_whole(path):
    """All columns of a file, joined."""
    with open_trace(path) as reader:
        chunks = [chunk.columns() for chunk in reader]
    return {
        name: None if chunks[0][name] is None else np.concatenate([c[name] for c in chunks])
        for name in DTYPES
    }


@settings(max_examples=25)
@given(
    sizes=st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(any),
    optional=st.sets(st.sampled_from(list(DTYPES)[1:])),
    batch=st.integers(1, 30),
    group=st.integers(1, 50),
)
def test_every_column_survives_a_round_trip(sizes, optional, batch, group, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "t.parquet"
    names = [name for name in DTYPES if name == "address" or name in optional]
    chunks = [random_trace(rows, seed, names) for seed, rows in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cachesim.formats.parquet, "_BATCH", batch)
        patch.setattr(cachesim.formats.parquet, "_GROUP", group)
        assert write_trace(path, chunks) == ()
        back = read_whole(path)
    for name, kind in DTYPES.items():
        given_ = [c.columns()[name] for c in chunks if len(c)]
        if given_[0] is None:
            assert back[name] is None
        else:
            assert back[name].dtype == kind
            assert back[name].tolist() == np.concatenate(given_).tolist()


def test_other_integer_types_and_other_columns_do(tmp_path):
    table = arrow.table(
        {
            "comment": ["a", "b"],
            "address": arrow.array([1, 2], arrow.int32()),
            "size": arrow.array([8, 4], arrow.int64()),
        }
    )
    parquet.write_table(table, tmp_path / "t")
    back = read_whole(tmp_path / "t")
    assert back["address"].tolist() == [1, 2]
    assert back["size"].tolist() == [8, 4]
    assert back["kind"].tolist() == [0, 0]
    assert back["tag"] is None


U64 = arrow.uint64()
HOSTILE = {
    "no address": ({"adress": [1]}, "no column address, only 'adress'; rename"),
    "text": ({"address": ["x"]}, "column address has the type string, but must be uint64"),
    "float": ({"address": [1.5]}, "column address has the type double"),
    "list": ({"address": [[1, 2]]}, "column address has the type list"),
    "null": ({"address": [1, 2, None]}, "row 2: address is null; fill it in"),
    "negative": ({"address": [3, -1]}, "row 1: address = -1, but must be 0 to"),
    "wide": ({"address": [1, 2], "thread": [0, 65536]}, "row 1: thread = 65536, but must be"),
    "size 0": ({"address": [1, 2], "size": [1, 0]}, "row 1: size = 0, but must be 1 to 65535"),
    "kind": ({"address": [1], "kind": [5]}, "row 0: kind = 5, but must be 0 to 4"),
    "reach": (
        {"address": arrow.array([0, 2**64 - 4], U64), "size": [9, 8]},
        "row 1: 8 bytes at 0xfffffffffffffffc pass the end of memory",
    ),
    "no rows": ({"address": arrow.array([], U64)}, "holds no access"),
    "tag": ({"address": [1], "tag": [2**31]}, "row 0: tag = 2147483648, but must be"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_wrong_column_or_value_is_named(tmp_path, case):
    columns, message = HOSTILE[case]
    parquet.write_table(arrow.table(columns), tmp_path / "t.parquet")
    with pytest.raises(CacheError) as raised:
        read_whole(tmp_path / "t.parquet")
    assert str(raised.value).startswith("t.parquet: ")
    assert message in str(raised.value)
    assert "; " in str(raised.value)


def test_a_row_is_counted_across_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(cachesim.formats.parquet, "_BATCH", 10)
    columns = {"address": np.arange(35), "kind": np.r_[np.zeros(33, int), 9, 0]}
    parquet.write_table(arrow.table(columns), tmp_path / "t", row_group_size=12)
    with pytest.raises(CacheError, match=r"^t: row 33: kind = 9"):
        read_whole(tmp_path / "t")


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    table = arrow.table([arrow.array([1]), arrow.array([2])], names=["address", "address"])
    parquet.write_table(table, tmp_path / "t")
    with pytest.raises(CacheError, match="column address is there more than once"):
        read_whole(tmp_path / "t")


def test_a_file_cut_anywhere_is_truncated(tmp_path):
    write_trace(tmp_path / "whole", random_trace(500, 1), "parquet")
    data = (tmp_path / "whole").read_bytes()
    for cut in [4, 5, 12, *range(100, len(data), 997), len(data) - 1]:
        (tmp_path / "t").write_bytes(data[:cut])
        with pytest.raises(TruncatedTrace, match=f"^t: byte {cut}: .*; get the whole file"):
            read_whole(tmp_path / "t")


@settings(max_examples=150)
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_damaged_file_gives_a_trace_or_one_line(at, flip, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "damaged"
    write_trace(path, random_trace(200, 1), "parquet")
    data = bytearray(path.read_bytes())
    data[int(at * len(data))] ^= flip
    path.write_bytes(data)
    message = attempt(path)
    assert message is None or (message.startswith("damaged: ") and "\n" not in message)


def attempt(path):
    """The message of the error that reading the file gives."""
    try:
        read_whole(path)
    except CacheError as error:
        return str(error)
    return None


def test_parquet_inside_gzip_is_refused_with_a_remedy(tmp_path):
    import gzip

    write_trace(tmp_path / "t", Trace([1]), "parquet")
    (tmp_path / "t.gz").write_bytes(gzip.compress((tmp_path / "t").read_bytes()))
    with pytest.raises(CacheError, match=r"^t\.gz: .* inside gzip; decompress it"):
        read_whole(tmp_path / "t.gz")


def test_chunks_of_different_columns_are_refused(tmp_path):
    with pytest.raises(CacheError, match=r"^t: chunks with the columns .*tag.* are mixed"):
        write_trace(tmp_path / "t", [Trace([1]), Trace([2], tag=[3])], "parquet")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("verb", ["read", "write"])
def test_pyarrow_that_is_not_installed_is_named_with_its_remedy(tmp_path, monkeypatch, verb):
    write_trace(tmp_path / "t", Trace([1]), "parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    act = {
        "read": lambda: read_whole(tmp_path / "t"),
        "write": lambda: write_trace(tmp_path / "t", Trace([1]), "parquet"),
    }[verb]
    with pytest.raises(CacheError, match=r"^t: .*pip install 'linewise\[parquet\]'"):
        act()
