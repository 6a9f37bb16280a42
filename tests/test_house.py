"""The rules of the house, held by the tests: who imports what, and what starts without what."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from linewise.cli import LIGHT_VERBS, VERBS

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"layout", "cachesim", "allocator"}
PACKAGES = (*sorted(ROOMS), "linewise")
SOURCES = sorted(
    path for room in (*PACKAGES, "tests", "bench") for path in (ROOT / room).rglob("*.py")
)


def imported(path: Path) -> set[str]:
    """Top-level names of every module that a file imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_no_file_imports_ctypes_or_pickle():
    assert SOURCES
    guilty = {path: imported(path) & {"ctypes", "pickle"} for path in SOURCES}
    assert not {path: names for path, names in guilty.items() if names}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_no_other_room(room):
    others = (ROOMS - {room}) | {"linewise"}
    guilty = {path: imported(path) & others for path in (ROOT / room).rglob("*.py")}
    assert guilty
    assert not {path: names for path, names in guilty.items() if names}


def modules_after(code: str) -> set[str]:
    """Top-level modules loaded in a fresh interpreter once ``code`` has run."""
    report = "import sys; print('\\n' + ' '.join({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rsplit("\n", 2)[-2].split())


def running(*argv: str) -> str:
    return f"from linewise.cli import main; assert main({list(argv)!r}) == 0"


HEADER = str(ROOT / "examples" / "order_book.h")
LIGHT_CALLS = {
    "--help": ("--help",),
    "show": ("show", HEADER),
    "fix": ("fix", HEADER, "--diff"),
    "machines": ("machines",),
    "lint": ("lint", HEADER, "--select", "LW008"),
    "explain": ("explain", "LW002"),
    "guard": ("guard", "check", str(ROOT / "examples" / "linewise-guard.toml")),
}


@pytest.mark.parametrize("name", LIGHT_CALLS)
def test_a_light_verb_imports_neither_numba_nor_pyarrow(name):
    loaded = modules_after(running(*LIGHT_CALLS[name]))
    assert "linewise" in loaded
    assert not loaded & {"numba", "llvmlite", "pyarrow"}


def test_every_light_verb_is_held_to_it():
    assert set(LIGHT_CALLS) == {"--help", *LIGHT_VERBS}


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_imports_neither_numba_nor_pyarrow(verb):
    loaded = modules_after(running(verb, "--help"))
    assert "click" in loaded
    assert not loaded & {"numba", "llvmlite", "pyarrow"}


def test_the_list_of_verbs_imports_not_even_click():
    assert not modules_after(running("--help")) & {"click", "rich", "numpy", "msgspec"}


@pytest.mark.parametrize("room", PACKAGES)
def test_importing_a_room_loads_no_numba(room):
    assert not modules_after(f"import {room}") & {"numba", "pyarrow"}


def test_every_verb_has_one_file_and_every_file_is_a_verb_or_shared():
    files = {path.stem for path in (ROOT / "linewise" / "cli").glob("*.py")}
    assert files - set(VERBS) == {"__init__", "output", "progress", "records"}
