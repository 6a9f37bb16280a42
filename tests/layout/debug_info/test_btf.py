"""BTF says what DWARF says: from pahole, from clang's BPF target, and of the running kernel."""

import shutil
import subprocess
from pathlib import Path

import pytest

import layout
from tests.layout.debug_info.conftest import tool
from tests.layout.debug_info.shapes import shapes

KERNEL = Path("/sys/kernel/btf/vmlinux")


def test_btf_made_by_pahole_gives_the_records_of_dwarf(build, tmp_path):
    binary = tmp_path / "records"
    shutil.copy(build("gcc", "-g", "-DNO_FLOATS"), binary)
    subprocess.run([tool("pahole"), "-J", str(binary)], check=True, capture_output=True)
    both, raw = shapes(binary), tmp_path / "records.btf"
    assert shapes(binary, "btf") == both
    assert len(both) >= 26
    subprocess.run(
        [tool("objcopy"), "--dump-section", f".BTF={raw}", str(binary), "/dev/null"], check=True
    )
    assert shapes(raw) == both


def test_btf_of_a_bpf_program_gives_the_records_of_its_dwarf(build):
    path = build("clang", "-target", "bpf", "-g", "-O2", "-c", "-DNO_FLOATS")
    found, dwarf = shapes(path, "btf"), shapes(path)
    assert set(found) <= set(dwarf)
    assert len(found) >= 18
    assert all(these <= dwarf[name] for name, these in found.items())


def test_an_object_with_btf_alone_is_read_by_it(build, tmp_path):
    binary = tmp_path / "records"
    shutil.copy(build("gcc", "-g", "-DNO_FLOATS"), binary)
    subprocess.run([tool("pahole"), "-J", str(binary)], check=True, capture_output=True)
    wanted = shapes(binary)
    subprocess.run([tool("objcopy"), "--remove-section=.debug_*", str(binary)], check=True)
    assert shapes(binary) == wanted


@pytest.mark.skipif(not KERNEL.exists(), reason="the kernel gives no BTF")
def test_the_running_kernel_is_read_and_agrees_with_pahole():
    source = layout.read(KERNEL)
    assert len(source.records) > 1000
    placed = [record for record in source.records.values() if record.recorded is None]
    assert len(placed) > 0.99 * len(source.records)
    call = [tool("pahole"), "--sizes", str(KERNEL)]
    run = subprocess.run(call, capture_output=True, text=True, check=True)
    sizes = dict(line.split("\t")[:2] for line in run.stdout.splitlines())
    compared = 0
    for name, record in source.records.items():
        word, _, short = name.partition(" ")
        if word == "struct" and short in sizes and f"{name}#2" not in source.records:
            assert layout.place(record, source.abi or "").size == int(sizes[short]), name
            compared += 1
    assert compared > 1000
