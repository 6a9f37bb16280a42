"""Trace files: found by content, decompressed, truncated, empty, written."""

import gzip
import lzma
import os
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cachesim.formats
import cachesim.formats.text
from cachesim import (
    FORMATS,
    WRITERS,
    CacheError,
    Kind,
    Trace,
    TruncatedTrace,
    open_trace,
    write_trace,
)
from tests.cachesim.trace_files import plain_lackey, read_rows

zstd = pytest.importorskip("backports.zstd") if sys.version_info < (3, 14) else None
if zstd is None:
    from compression import zstd

TEXT = "==1== Lackey\n" + "".join(
    f"{letters} {n * 2654435761 % 2**32:08x},{n % 9 + 1}\n"
    for n in range(800)
    for letters in ("I ", " L", " S", " M")[n % 4 : n % 4 + 2]
)
CHECKED = {zstd.CompressionParameter.checksum_flag: 1}
COMPRESS = {
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "zstd": lambda data: zstd.compress(data, options=CHECKED),
}


@pytest.fixture
def small_steps(monkeypatch):
    """Files are read in steps far smaller than the tests' texts."""
    monkeypatch.setattr(cachesim.formats, "_HEAD", 16)
    monkeypatch.setattr(cachesim.formats.text, "_CHUNK", 1000)
    monkeypatch.setattr(cachesim.formats.streams, "_READ", 700)


def written(folder, data):
    path = folder / "trace"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("how", COMPRESS)
def test_a_compressed_trace_is_read_by_its_content(tmp_path, how, small_steps):
    path = written(tmp_path, COMPRESS[how](TEXT.encode()))
    with open_trace(path) as reader:
        assert reader.format == "lackey"
        assert reader.bytes_total == path.stat().st_size
    assert read_rows(path) == plain_lackey(TEXT)


@pytest.mark.parametrize("how", COMPRESS)
def test_members_follow_one_another(tmp_path, how, small_steps):
    half = len(TEXT) // 2
    data = COMPRESS[how](TEXT[:half].encode()) + COMPRESS[how](TEXT[half:].encode())
    if how == "xz":
        data += bytes(8)  # stream padding
    assert read_rows(written(tmp_path, data)) == plain_lackey(TEXT)


@pytest.mark.parametrize("how", COMPRESS)
def test_a_compressed_trace_cut_anywhere_is_truncated(tmp_path, how, small_steps):
    data = COMPRESS[how](TEXT.encode())
    lines = set()
    for cut in [6, 7, 20, *range(40, len(data), 97), len(data) - 1]:
        with pytest.raises(TruncatedTrace, match=rf"^trace(:\d+)?: the {how} data end") as raised:
            read_rows(written(tmp_path, data[:cut]))
        lines.add(str(raised.value).split(": ")[0])
    assert len(lines) > (2 if how == "gzip" else 0)  # xz and zstd may decode nothing of a block cut


def test_the_line_reached_is_named_where_compressed_data_end(tmp_path, small_steps):
    # A flushed block: what stands before it is decompressed whatever comes after.
    import zlib

    packer = zlib.compressobj(wbits=31)
    data = packer.compress(TEXT.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
    reached = TEXT.count("\n") + 1
    with pytest.raises(TruncatedTrace, match=rf"^trace:{reached}: the gzip data end in the middle"):
        read_rows(written(tmp_path, data))


@pytest.mark.parametrize("how", COMPRESS)
@settings(max_examples=60)
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_damaged_data_give_a_trace_error_or_nothing_worse_than_a_trace(
    how, at, flip, tmp_path_factory
):
    data = bytearray(COMPRESS[how](TEXT.encode()))
    data[int(at * len(data))] ^= flip
    path = written(tmp_path_factory.getbasetemp(), bytes(data))
    found, message = attempt(path)
    if found is None:
        assert message.startswith("trace")
        assert "\n" not in message
    else:
        assert found == plain_lackey(TEXT)  # a bit that does not count, as gzip's time of day


def attempt(path):
    """The rows of a file, or the message of its error."""
    try:
        return read_rows(path), None
    except CacheError as error:
        return None, str(error)


def test_plain_text_without_its_last_newline_is_truncated(tmp_path):
    with pytest.raises(TruncatedTrace, match=r"^trace:2: ' S 12,4': the last line has no end"):
        read_rows(written(tmp_path, b"I  10,4\n S 12,4"))


# Keyed by name: gzip puts the time of day into its data, and every worker must see the same tests.
REFUSED = {
    "empty": (b"", "trace: the file is empty; "),
    "empty when decompressed": (gzip.compress(b"", mtime=0), "trace: the file is empty; "),
    "only comments": (b"==1== nothing\n", "trace: holds no access; "),
    "a PDF": (b"%PDF-1.4\n", "trace: no trace of a known format (parquet, lackey, din, "),
    "zeros": (b"\0" * 100, "trace: no trace of a known format"),
    "a broken gzip header": (b"\x1f\x8b\x00\x00garbage", "trace: broken gzip data"),
    "garbage behind gzip": (
        gzip.compress(b"I  1,1\n", mtime=0) + b"garbage",
        "broken gzip data",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_trace_gets_one_line(tmp_path, what):
    data, message = REFUSED[what]
    with pytest.raises(CacheError) as raised:
        read_rows(written(tmp_path, data))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["", "missing", "nul\0byte"])
def test_what_cannot_be_opened_gets_one_line(tmp_path, name):
    with pytest.raises(CacheError, match="; give a readable file"):
        open_trace(os.path.join(tmp_path, name))  # noqa: PTH118 -- a Path refuses the null byte


def test_a_trace_is_read_from_a_pipe(tmp_path):
    read, write = os.pipe()
    os.write(write, TEXT[:600].rsplit("\n", 1)[0].encode() + b"\n")
    os.close(write)
    with open_trace(f"/dev/fd/{read}") as reader:
        assert reader.bytes_total is None
        assert sum(map(len, reader)) > 30
        assert reader.bytes_read > 500
    os.close(read)


def test_progress_ends_at_the_size_of_the_file(tmp_path, small_steps):
    with open_trace(written(tmp_path, gzip.compress(TEXT.encode()))) as reader:
        seen = [reader.bytes_read for _ in reader]
        assert seen == sorted(seen)
        assert seen[0] < reader.bytes_total
        assert reader.bytes_read == reader.bytes_total


def test_a_reader_is_read_once(tmp_path):
    with open_trace(written(tmp_path, TEXT.encode())) as reader:
        list(reader)
        with pytest.raises(CacheError, match="open it again"):
            iter(reader)
    with pytest.raises(CacheError, match="open it again"):
        iter(reader)


def test_zstd_that_is_not_installed_is_named_with_its_remedy(tmp_path, monkeypatch):
    for name in ("compression", "backports", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(
        CacheError, match=r"^trace: zstd is missing; .*pip install 'linewise\[zstd\]'"
    ):
        open_trace(written(tmp_path, zstd.compress(b"I  1,1\n")))


def test_the_tables_name_each_format_by_its_own_name():
    assert {name: format_.name for name, format_ in FORMATS.items()} == {n: n for n in FORMATS}
    assert set(WRITERS) <= set(FORMATS)


def test_reading_text_loads_no_pyarrow_and_opening_it_no_numba(tmp_path):
    path = written(tmp_path, b"I  10,4\n")
    code = (
        "import sys, cachesim\n"
        f"reader = cachesim.open_trace({str(path)!r})\n"
        "assert 'numba' not in sys.modules\n"
        "assert sum(map(len, reader)) == 1\n"
        "assert 'pyarrow' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


KINDS = st.sampled_from(list(Kind))


@pytest.mark.parametrize("name", ["lackey", "din"])
@settings(max_examples=50)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 2**63), st.integers(1, 65535), KINDS), min_size=1, max_size=20
    )
)
def test_a_written_text_reads_back_what_the_format_can_hold(name, rows, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "back"
    address, size, kind = map(list, zip(*rows, strict=True))
    lost = write_trace(path, Trace(address, size, kind), name)
    back = read_rows(path)
    if name == "lackey":
        assert back == [(a, s, min(k, Kind.MODIFY)) for a, s, k in rows]
        assert lost == (("kind",) if Kind.ATOMIC in kind else ())
    else:
        pairs = {k: (k,) for k in range(3)} | {3: (0, 1), 4: (0, 1)}
        assert back == [(a // 4 * 4, 4, part) for a, _, k in rows for part in pairs[k]]
        assert bool(lost) == (back != rows)


def test_what_a_text_cannot_hold_is_named(tmp_path):
    trace = Trace([1, 2], thread=[0, 1], tag=[5, 6], pc=[7, 8])
    assert write_trace(tmp_path / "t.lackey", trace) == ("thread", "tag", "pc")
    assert write_trace(tmp_path / "t.din", trace) == ("address", "size", "thread", "tag", "pc")


def test_a_format_is_taken_from_the_name_or_given(tmp_path):
    write_trace(tmp_path / "a.din", Trace([4]))
    with open_trace(tmp_path / "a.din") as reader:
        assert reader.format == "din"
    with pytest.raises(CacheError, match=r"^a\.txt: the name ends in none of .*\.din.*; say"):
        write_trace(tmp_path / "a.txt", Trace([4]))
    with pytest.raises(CacheError, match=r"^format 'x': cannot be written; take one of"):
        write_trace(tmp_path / "a.txt", Trace([4]), "x")


@pytest.mark.parametrize("name", WRITERS)
def test_a_crash_while_writing_leaves_the_old_file_and_nothing_else(tmp_path, name):
    path = tmp_path / "t"
    path.write_text("old")

    def chunks():
        yield Trace(np.arange(100))
        raise RuntimeError("crash")

    with pytest.raises(RuntimeError, match="crash"):
        write_trace(path, chunks(), name)
    assert [p.name for p in tmp_path.iterdir()] == ["t"]
    assert path.read_text() == "old"


@pytest.mark.parametrize("name", WRITERS)
def test_a_trace_without_access_is_not_written(tmp_path, name):
    with pytest.raises(CacheError, match=r"^t: there is no access to write"):
        write_trace(tmp_path / "t", Trace([]), name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", ["missing", "file"])
def test_a_path_that_cannot_be_written_gets_one_line(tmp_path, name, folder):
    (tmp_path / "file").write_text("")
    with pytest.raises(CacheError, match="; give a path that can be written"):
        write_trace(tmp_path / folder / "t", Trace([4]), name)


def test_a_pipe_is_written_to_and_a_link_stays(tmp_path):
    pipe = tmp_path / "pipe.din"
    os.mkfifo(pipe)
    said = []
    reader = threading.Thread(target=lambda: said.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    write_trace(pipe, Trace([4]))
    reader.join(20)
    assert said == ["0 4\n"]
    assert pipe.is_fifo()
    link = tmp_path / "link.din"
    link.symlink_to(tmp_path / "target.din")
    write_trace(link, Trace([4]))
    assert link.is_symlink()
    assert (tmp_path / "target.din").read_text() == "0 4\n"
