"""Records of real sources, moved about: a compiler and a plain reader of comments say what is so.

`tests/data/c_sources` holds excerpts of SQLite, Redis, zstd, curl and others.
"""

import random
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import layout
from layout.atoms import Problem, part
from layout.fix import Request, fix
from layout.place import Placer
from layout.refusals import Uses, split
from layout.rewrite import apply, edit, settle
from layout.sources import read_text
from tests.oracles.clang import PRELUDE, environment
from tests.oracles.comments import comments

FOLDER = Path(__file__).resolve().parent.parent / "data" / "c_sources"
PROJECTS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
ABIS = ("x86_64-linux-gnu", "aarch64-linux-gnu")


def sources(project):
    """Text of every excerpt by its path."""
    paths = sorted((FOLDER / project).iterdir())
    return {str(path): path.read_bytes().decode("utf-8", "surrogateescape") for path in paths}


def shuffled(text, record, placer):
    """An order that the optimiser might propose: runs and open ends stay as they must."""
    problem = Problem.of(record, [placer], (placer.place(record),))
    atoms = list(problem.atoms)
    random.Random(zlib.crc32(record.name.encode())).shuffle(atoms)
    atoms = [*part(atoms), *([] if problem.last is None else [problem.last])]
    return settle(text, record, [field for atom in atoms for field in atom.fields])


def encloses(outer, inner):
    return outer.span[0] < inner.span[0] < inner.span[1] < outer.span[1]


def promises(text, abi):
    """C assertions of what linewise says of every record of a text."""
    out = []
    for name, placed in sorted(layout.layouts(text, abi=abi).items()):
        if "<" in name:
            continue
        out.append(f"#undef {name.split()[-1]}")  # Redis renames what it has declared
        out.append(f'_Static_assert(sizeof({name}) == {placed.size}, "{name}");')
        out += [
            f'_Static_assert(__builtin_offsetof({name}, {one.name}) == {one.offset}, "{name}");'
            for one in placed.fields
            if one.bit_width is None and "<" not in one.name
        ]
    return "\n".join(out)


def compile_all(texts, folder, abi):
    """Has clang for the ABI check every text and what is promised of it."""
    paths = []
    for number, (name, text) in enumerate(texts.items()):
        opaque = re.match(r"// opaque: (.*)", text)
        names = opaque[1].split() if opaque else []
        typedefs = "\n".join(f"typedef struct {name} {name};" for name in names)
        path = folder / f"{number}_{Path(name).stem}.c"
        unit = "\n".join([PRELUDE, typedefs, text, promises(text, abi)])
        path.write_bytes(unit.encode("utf-8", "surrogateescape"))
        paths.append(str(path))
    command = [sys.executable, "-m", "ziglang", "cc", "-target", abi, "-std=gnu11", "-w"]
    run = subprocess.run(
        [*command, "-O0", "-g0", "-c", *paths], capture_output=True, text=True, check=False,
        env=environment(), cwd=folder,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[:3000]


def outside(text):
    """A text without what stands between the braces of its records."""
    for record in sorted(read_text(text).records.values(), key=lambda one: -one.span[0]):
        text = text[: record.span[0] + 1] + text[record.span[1] - 1 :]
    return text


@pytest.mark.parametrize("project", PROJECTS)
def test_every_record_in_any_order_compiles_as_promised_with_all_comments(project, tmp_path):
    placer, texts, moved = Placer(layout.find_abi(ABIS[0])), {}, 0
    for path, text in sources(project).items():
        records = [one for one in read_text(text).records.values() if one.kind == "struct"]
        edits, orders = [], {}
        for record in records:
            if any(encloses(record, other) for other in records):
                continue
            order = shuffled(text, record, placer)
            edits.append(edit(text, record, order))
            orders[record.name] = [(one.name, str(one.type)) for one in order]
            moved += tuple(order) != record.fields
        new = texts[path] = apply(text, edits)
        assert comments(new) == comments(text)
        again = read_text(new).records
        assert list(again) == list(read_text(text).records)
        for name, order in orders.items():
            assert [(one.name, str(one.type)) for one in again[name].fields] == order
            assert edit(new, again[name], again[name].fields).replacement in new
    assert moved >= 3
    compile_all(texts, tmp_path, ABIS[0])


def test_the_sources_hold_more_than_four_hundred_records_that_get_another_order():
    placer, moved = Placer(layout.find_abi(ABIS[0])), 0
    for project in PROJECTS:
        for text in sources(project).values():
            for record in read_text(text).records.values():
                if record.kind == "struct":
                    moved += tuple(shuffled(text, record, placer)) != record.fields
    assert moved > 400


@pytest.mark.parametrize("project", PROJECTS)
def test_what_fix_changes_compiles_and_shrinks_as_promised_and_a_second_run_changes_nothing(
    project, tmp_path
):
    texts = sources(project)
    request = Request(abis=ABIS, min_gain=1, unsafe=True)
    new = {}
    for path, text in texts.items():
        outcome = fix(text, path, Uses([split(text, path)]), request)
        assert comments(outcome.text) == comments(text)
        assert outside(outcome.text) == outside(text)
        second = fix(outcome.text, path, Uses([split(outcome.text, path)]), request)
        assert second.text == outcome.text
        assert not second.changes
        for change in outcome.changes:
            for abi, before, after in zip(ABIS, change.before, change.after, strict=True):
                placed = layout.layouts(outcome.text, abi=abi)[change.record.name]
                assert (placed.size, placed.align) == (after.size, after.align)
                assert placed.size <= before.size
        if outcome.changes:
            new[path] = outcome.text
    if new:
        for abi in ABIS:
            compile_all(new, tmp_path, abi)
