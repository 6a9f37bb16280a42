"""What people install is what was tested: the wheel holds every file that the code reads."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("layout", "cachesim", "allocator", "linewise")
COMPILED = {".pyc", ".nbi", ".nbc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    there = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in COMPILED
    }
    assert packed == there
    assert {f"{package}/py.typed" for package in PACKAGES} <= packed


def run_installed(folder, *argv):
    """Run the installed package, away from this checkout."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); from linewise.cli import main; "
    env = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "numba")}
    return subprocess.run(
        [sys.executable, "-I", "-c", f"{code}sys.exit(main({list(argv)!r}))"],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_installed_package_knows_its_machines(installed):
    done = run_installed(installed, "machines")
    assert done.returncode == 0, done.stderr
    assert "zen2" in done.stdout


def test_the_installed_package_shows_the_example(installed):
    done = run_installed(installed, "show", str(ROOT / "examples" / "order_book.h"))
    assert done.returncode == 0, done.stderr
    assert "struct order" in done.stdout
    where = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); "
         "import layout; print(layout.__file__)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(installed) in where.stdout
