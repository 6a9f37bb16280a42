"""Texts of traces, and what a plain reader makes of them."""

import re

from hypothesis import strategies as st

from cachesim import Kind, open_trace

ADDRESSES = st.one_of(
    st.integers(0, 2000), st.integers(0, 2**48), st.integers(2**64 - 70000, 2**64 - 1)
)
LETTERS = {"I ": Kind.FETCH, " L": Kind.READ, " S": Kind.WRITE, " M": Kind.MODIFY}
LACKEY_LINE = re.compile(r"(I | L| S| M) ([0-9a-fA-F]+),([0-9]+)")
DIN_LINE = re.compile(r"[ \t]*([0-4])[ \t]+(?:0[xX])?([0-9a-fA-F]+)(?:[ \t\r].*)?")


def plain_lackey(text):
    """(address, size, kind) of each record of a whole text; ValueError if a line is wrong."""
    rows = []
    for line in text.split("\n")[:-1]:
        if line.startswith(("==", "--")) and len(line) > 2:
            continue
        found = LACKEY_LINE.fullmatch(line)
        if not found:
            raise ValueError(line)
        address, size = int(found[2], 16), int(found[3])
        if not 1 <= size <= 65535 or address + size > 2**64:
            raise ValueError(line)
        rows.append((address, size, LETTERS[found[1]]))
    return rows


def plain_din(text):
    rows = []
    for line in text.split("\n")[:-1]:
        found = DIN_LINE.fullmatch(line)
        if not found or int(found[2], 16) >= 2**64 or int(found[1]) > 2:
            raise ValueError(line)
        rows.append((int(found[2], 16) // 4 * 4, 4, int(found[1])))
    return rows


@st.composite
def lackey_lines(draw):
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(["==12== Lackey, an example tool", "==1==", "--3-- x"]))
    address = draw(ADDRESSES)
    size = min(draw(st.sampled_from([1, 2, 4, 8, 16, 512, 65535])), 2**64 - address)
    digits = f"{address:X}" if draw(st.booleans()) else f"{address:08x}"
    return f"{draw(st.sampled_from(list(LETTERS)))} {digits},{size}"


@st.composite
def din_lines(draw):
    space = draw(st.sampled_from([" ", "  ", "\t"]))
    prefix = draw(st.sampled_from(["", "0x", "0X"]))
    after = draw(st.sampled_from(["", "", " a comment", "\t2 4", "\r"]))
    lead = draw(st.sampled_from(["", "", " "]))
    return f"{lead}{draw(st.integers(0, 2))}{space}{prefix}{draw(ADDRESSES):x}{after}"


def rows_of(chunks):
    """(address, size, kind) of all chunks."""
    return [
        row
        for chunk in chunks
        for row in zip(
            chunk.address.tolist(), chunk.size.tolist(), chunk.kind.tolist(), strict=True
        )
    ]


def read_rows(path):
    with open_trace(path) as reader:
        return rows_of(reader)
