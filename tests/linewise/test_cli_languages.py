"""Go and Rust sources at the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from linewise.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent

GO = """package book

import "sync"

type Level struct {
	dirty    bool
	price    int64
	*Level
	mu       sync.Mutex
	last     [0]func()
}
"""
RUST = "#[repr(C)]\npub struct Level { dirty: bool, price: i64, next: Option<Box<u8>>, n: u16 }\n"


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(argv) == 0
    return capsys.readouterr().out


@pytest.fixture
def go(tmp_path: Path) -> str:
    path = tmp_path / "book.go"
    path.write_text(GO)
    return str(path)


def test_show_places_go_on_its_own_abi(go: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "show", go)
    assert "go-amd64" in text
    assert "size 40, align 8, 1 line, 1 hole, 7 bytes, tail padding 8, pointer bytes 24" in text
    document = json.loads(run(capsys, "show", go, "--abi", "linux/386", "--json"))
    assert [(one["abi"], one["size"], one["pointer_bytes"]) for one in document["records"]] == [
        ("go-386", 28, 16)
    ]


@pytest.mark.parametrize("name", ["Pair[uint8,*Client]", "Pair[uint8, *Client]", "Pair*"])
def test_an_instance_of_a_go_type_is_shown_by_its_name(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(capsys, "show", str(ROOT / "examples" / "client.go"), "--struct", name)
    assert text.startswith("Pair[uint8,*Client]  ")


def test_files_of_two_languages_are_each_placed_on_their_own(
    go: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = tmp_path / "book.h"
    header.write_text("struct level { long price; };")
    document = json.loads(run(capsys, "show", go, str(header), "--json"))
    assert [one["abi"] for one in document["records"]] == ["go-amd64", "x86_64-linux-gnu"]
    assert document["records"][1]["pointer_bytes"] is None


def test_optimize_prints_go_that_reads_again(
    go: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(capsys, "optimize", go, "--struct", "Level")
    assert "40 → 32" in text
    again = tmp_path / "again.go"
    again.write_text('package book\nimport "sync"\n' + text[text.index("type Level") :])
    document = json.loads(run(capsys, "show", str(again), "--json"))
    assert document["records"][0]["size"] == 32
    assert "	*Level" in text  # still embedded


def test_rust_is_shown_and_optimised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "book.rs"
    path.write_text(RUST)
    assert "Option<Box<u8>>" in run(capsys, "show", str(path), "--abi", "arm64")
    text = run(capsys, "optimize", str(path), "--struct", "Level")
    assert "32 → 24" in text
    assert "#[repr(C)]" in text


@pytest.mark.parametrize("page", ["go.md", "rust.md"])
def test_the_output_that_the_manual_shows_is_the_output_got(
    page: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    shown = re.findall(r"```console\n\$ linewise (.*)\n((?:.*\n)*?)```", text)
    assert len(shown) == 2
    for command, expected in shown:
        assert run(capsys, *command.split()) == expected
