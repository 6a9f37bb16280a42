"""Real programs: the replay of a lackey trace counts what cachegrind counts, to the last miss.

Both run the program under valgrind with the same environment and without address randomisation;
lackey is told to keep the stack pointer up to date where cachegrind does, at each access.

No program is quite the same twice: the dynamic loader looks the kernel's 16 random bytes up in a
table on the stack. Where that moves a count, the program is recorded again, a few times at most.
"""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from cachesim import CacheSpec, Machine, Trace, open_trace, replay

pytestmark = pytest.mark.skipif(
    shutil.which("valgrind") is None or shutil.which("setarch") is None,
    reason="valgrind (Debian package valgrind) or setarch is not installed",
)

TEXT = "".join(f"{n * 7919 % 1000:03} line {n} of a text, {'x' * (n % 17)}\n" for n in range(120))
# Programs of Debian's base system; {text} is a small file. Left out: grep and diff execute some
# instructions more under cachegrind than under lackey, perl seeds its hashes by chance.
PROGRAMS = {
    "cat": ["cat", "{text}"],
    "sort": ["sort", "{text}"],
    "mawk": ["mawk", "{{ n += NF; m[$2] = n }} END {{ print n }}", "{text}"],
    "sed": ["sed", "s/line/row/", "{text}"],
    "gzip": ["gzip", "-c", "{text}"],
    "sha256sum": ["sha256sum", "{text}"],
    "tar": ["tar", "-cf", "-", "{text}"],
    "factor": ["factor", "1000000007", "999999999999"],
    "dash": ["dash", "-c", "i=0; while [ $i -lt 200 ]; do i=$((i+1)); done; echo $i"],
}
# I1, D1 and LL as cachegrind takes them: size, ways, line.
GEOMETRIES = {
    "usual": ((32768, 8, 64), (32768, 8, 64), (1048576, 16, 64)),
    "small lines": ((16384, 2, 32), (8192, 4, 32), (262144, 8, 64)),
    "direct mapped": ((8192, 1, 64), (4096, 1, 32), (65536, 1, 128)),
    "fully associative": ((2048, 32, 64), (1024, 32, 32), (16384, 256, 64)),
    "recent": ((32768, 8, 64), (49152, 12, 64), (2097152, 16, 64)),
}
TRIES = 4  # recordings, see above
EVENTS = ("Ir", "I1mr", "ILmr", "Dr", "D1mr", "DLmr", "Dw", "D1mw", "DLmw")


def valgrind(tool, command, *options):
    done = subprocess.run(
        ["setarch", "-R", "valgrind", f"--tool={tool}", *options, *command],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


def record(command, folder):
    """The program's accesses, all of them in memory."""
    path = folder / "trace"
    valgrind(
        "lackey", command, "--trace-mem=yes", "--px-default=sp-at-mem-access", f"--log-file={path}"
    )
    with open_trace(path) as reader:
        chunks = list(reader)
    path.unlink()
    columns = {
        name: np.concatenate([getattr(chunk, name) for chunk in chunks])
        for name in ("address", "size", "kind")
    }
    return Trace(**columns)


def ask_cachegrind(command, geometry, folder):
    path = folder / "counts"
    caches = [
        f"--{name}={','.join(map(str, numbers))}"
        for name, numbers in zip(("I1", "D1", "LL"), geometry, strict=True)
    ]
    valgrind("cachegrind", command, "--cache-sim=yes", *caches, f"--cachegrind-out-file={path}")
    lines = path.read_text().splitlines()
    events = next(line for line in lines if line.startswith("events: ")).split()[1:]
    summary = next(line for line in lines if line.startswith("summary: ")).split()[1:]
    return dict(zip(events, map(int, summary), strict=True))


def count(trace, geometry):
    caches = [
        CacheSpec(name=name, sets=size // ways // line, ways=ways, line=line)
        for name, (size, ways, line) in zip(("I1i", "D1d", "LL"), geometry, strict=True)
    ]
    machine = Machine(name="cachegrind's", caches=caches).under("cachegrind")
    i1, d1, last = replay(trace, machine).levels
    counts = (
        i1.fetches, i1.fetch_misses, last.fetch_misses,
        d1.reads, d1.read_misses, last.read_misses,
        d1.writes, d1.write_misses, last.write_misses,
    )  # fmt: skip
    return dict(zip(EVENTS, counts, strict=True))


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_misses_as_cachegrind_says(program, tmp_path):
    if shutil.which(PROGRAMS[program][0]) is None:
        pytest.skip(f"{program} is not installed")
    text = Path(tmp_path) / "text"
    text.write_text(TEXT)
    command = [word.format(text=text) for word in PROGRAMS[program]]
    wrong = dict(GEOMETRIES)
    for _ in range(TRIES):
        trace = record(command, tmp_path)
        assert len(trace) > 90_000
        differing = {}
        for name, geometry in wrong.items():
            ours, theirs = count(trace, geometry), ask_cachegrind(command, geometry, tmp_path)
            if ours != theirs:
                differing[name] = geometry
        wrong = differing
        if not wrong:
            return
    pytest.fail(f"after {TRIES} recordings: {wrong}")
