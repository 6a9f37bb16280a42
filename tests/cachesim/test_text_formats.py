"""lackey and din: the parsers read what a plain reader reads, however the text arrives."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cachesim import CacheError, TruncatedTrace
from cachesim.formats import din, lackey
from tests.cachesim.trace_files import (
    din_lines,
    lackey_lines,
    plain_din,
    plain_lackey,
    rows_of,
)

FORMATS = {"lackey": (lackey, plain_lackey, lackey_lines()), "din": (din, plain_din, din_lines())}


class Pieces:
    """A stream that gives a text in the pieces that the cuts make."""

    name = "t"
    line = None

    def __init__(self, text, cuts=()):
        data = text.encode()
        edges = [0, *sorted(c for c in set(cuts) if 0 < c < len(data)), len(data)]
        self._pieces = [data[a:b] for a, b in pairwise(edges)]

    @property
    def place(self):
        return f"{self.name}:{self.line}"

    def read(self, _size):
        return self._pieces.pop(0) if self._pieces else b""


def parsed(name, text, cuts=()):
    return rows_of(FORMATS[name][0].read(Pieces(text, cuts)))


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_any_pieces_of_a_text_give_the_records_of_a_plain_reader(name, data):
    _, plain, lines = FORMATS[name]
    text = "".join(line + "\n" for line in data.draw(st.lists(lines, max_size=30)))
    cuts = data.draw(st.lists(st.integers(0, max(len(text), 1)), max_size=8))
    assert parsed(name, text, cuts) == plain(text)


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_a_text_cut_inside_a_line_is_truncated_there(name, data):
    _, plain, lines = FORMATS[name]
    text = "".join(line + "\n" for line in data.draw(st.lists(lines, min_size=1, max_size=10)))
    cut = data.draw(st.integers(1, len(text)))
    left = text[:cut]
    if left.endswith("\n"):
        assert parsed(name, left) == plain(left)
        return
    with pytest.raises(TruncatedTrace, match=rf"^t:{left.count(chr(10)) + 1}: .*; "):
        parsed(name, left, [cut // 2])


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_a_damaged_text_is_read_as_a_plain_reader_does_or_refused_at_its_line(name, data):
    _, plain, lines = FORMATS[name]
    text = "".join(line + "\n" for line in data.draw(st.lists(lines, min_size=1, max_size=6)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        new = data.draw(st.text(" \t\n\r0139afgxILSM,=-~", max_size=2))
        text = text[:at] + new + text[at + data.draw(st.integers(0, 2)) :]
    cuts = data.draw(st.lists(st.integers(0, max(len(text), 1)), max_size=4))
    wrong = first_wrong(plain, text)
    if wrong is None and (not text or text.endswith("\n")):
        assert parsed(name, text, cuts) == plain(text)
        return
    with pytest.raises(CacheError, match=r"^t:\d+: ") as raised:
        parsed(name, text, cuts)
    found = int(str(raised.value).split(":")[1])
    assert found == (text.count("\n") + 1 if wrong is None else wrong)


def first_wrong(plain, text):
    """The number of the first whole line that a plain reader refuses, None if it takes all."""
    for number, line in enumerate(text.split("\n")[:-1], 1):
        try:
            plain(line + "\n")
        except ValueError:
            return number
    return None


WRONG = [
    ("lackey", "I  1,2\nhello\n", "t:2: 'hello': no record of lackey's"),
    ("lackey", "I  1,2\n\n", "t:2: '': no record of lackey's"),
    ("lackey", "I  1,2\nx\n", "t:2: 'x': no record"),
    ("lackey", "I  1,2\r\n", "t:1: 'I  1,2\\r': no record"),
    ("lackey", "I  ,2\n", "t:1: 'I  ,2': no record"),
    ("lackey", " L 1,\n", "t:1: ' L 1,': no record"),
    ("lackey", " L 1,0\n", "t:1: ' L 1,0': the size is not 1 to 65535"),
    ("lackey", " L 1,65536\n", "t:1: ' L 1,65536': the size is not 1 to 65535"),
    ("lackey", " L 1,99999999999999999999999\n", "the size is not 1 to 65535"),
    ("lackey", " L 10000000000000000,1\n", "the address passes 2**64"),
    ("lackey", " L ffffffffffffffff,2\n", "the access passes the end of memory"),
    ("lackey", "==1== x\n==1== y\n L zz,1\n", "t:3: ' L zz,1': no record"),
    ("din", "0 10\n5 10\n", "t:2: '5 10': not a label"),
    ("din", "0 10\n\n", "t:2: '': not a label"),
    ("din", "0 10 2\n1\n", "t:2: '1': not a label"),
    ("din", "0 xyz\n", "t:1: '0 xyz': not a label"),
    ("din", "0 10000000000000000\n", "the address passes 2**64"),
    ("din", "0 0\n4 0\n", "t:2: '4 0': label 3 or 4"),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_a_wrong_line_is_quoted_with_its_number_and_a_remedy(name, text, message):
    with pytest.raises(CacheError) as raised:
        parsed(name, text)
    assert message in str(raised.value)
    assert "; " in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_access_may_end_at_the_last_byte_of_memory():
    assert parsed("lackey", " S fffffffffffffff8,8\n") == [(2**64 - 8, 8, 1)]


def test_a_line_without_end_is_no_trace():
    with pytest.raises(CacheError, match="a line of more than 65536 bytes"):
        parsed("lackey", "==" + "x" * 200_000, [100_000])


@given(rows=st.lists(lackey_lines(), min_size=1, max_size=20))
@example(rows=[" L 0,1"])
def test_a_large_text_in_one_piece_fits_its_columns(rows):
    shortest = [" L 0,1"] * len(rows)
    assert len(parsed("lackey", "\n".join(shortest) + "\n")) == len(rows)
