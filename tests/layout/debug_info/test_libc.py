"""The largest debug file of the C library, as Debian ships it, against pahole."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import layout
from tests.layout.debug_info.conftest import tool
from tests.layout.debug_info.shapes import plain_name

MEMBER = re.compile(
    r"^\t(?!\t).*?(\w+)(?:\[[^;]*\])?(?::\d+)?;\s*/\*\s*(\d+)(?::\s*(\d+))?\s+(\d+)\s*\*/"
)


@pytest.fixture(scope="module")
def path() -> Path:
    command = [tool("dpkg"), "--listfiles", "libc6-dbg"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    files = [file for file in map(Path, listed.splitlines()) if file.suffix == ".debug"]
    if not files:
        pytest.skip("libc6-dbg is not installed")
    return max(files, key=lambda file: file.stat().st_size)


@pytest.fixture(scope="module")
def source(path) -> layout.Source:
    return layout.read(path)


def test_every_record_is_placed_as_recorded_or_listed_with_the_reason(source):
    reasons = Counter(
        "placed" if record.recorded is None else record.recorded.reason
        for record in source.records.values()
    )
    for record in source.records.values():
        layout.place(record, source.abi)
    assert source.skipped == ()
    assert reasons.total() == len(source.records)
    assert reasons["placed"] > 600
    # gcc writes transparent unions without their members; everything else is placed.
    assert len(source.records) - reasons["placed"] <= 2
    assert "struct timex" in source.records


def pahole(path: Path) -> dict[str, tuple[int, dict[str, tuple[int, int]]]]:
    """Size, and offset and bytes of each plain member, of what pahole shows once."""
    run = subprocess.run([tool("pahole"), str(path)], capture_output=True, text=True, check=True)
    found: dict[str, tuple[int, dict[str, tuple[int, int]]]] = {}
    for block in re.split(r"\n(?=(?:struct|union) \w+ \{)", run.stdout):
        head = re.match(r"\s*((?:struct|union) \w+) \{", block)
        size = re.search(r"/\* size: (\d+)", block)
        if head is None or size is None:
            continue
        rows = {}
        for line in block.splitlines():
            row = MEMBER.match(line)
            # Bit-fields and function pointers are written otherwise.
            if row is not None and row[3] is None and "(" not in line.split("/*")[0]:
                rows[row[1]] = (int(row[2]), int(row[4]))
        found[head[1]] = (int(size[1]), rows)
    return found


def test_sizes_and_offsets_are_those_of_pahole(path, source):
    truth = pahole(path)
    names = Counter(map(plain_name, source.records))
    assert {name for name in truth if name not in names} == set()
    records = members = 0
    for name, (size, rows) in truth.items():
        if names[name] > 1:
            continue
        placed = layout.place(source.records[name], source.abi)
        ours = {one.name: (one.offset, one.size) for one in placed.fields}
        assert placed.size == size, name
        for member, where in rows.items():
            assert ours[member] == where, f"{name}.{member}"
        records, members = records + 1, members + len(rows)
    assert records > 300
    assert members > 1500
