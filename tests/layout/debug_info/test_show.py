"""``linewise show BINARY``: on the binary's own ABI unless another is asked for."""

import json

from linewise.cli import main


def show(capsys, *argv) -> dict:
    assert main(["show", *map(str, argv), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_binary_is_shown_on_its_own_abi(build, capsys):
    said = show(capsys, build("aarch64-linux-gnu-gcc", "-g", "-c", "-DNO_FLOATS"))
    assert {record["abi"] for record in said["records"]} == {"aarch64-linux-gnu"}
    assert said["skipped"] == []


def test_another_abi_can_be_asked_for(build, capsys):
    path = build("gcc", "-g")
    said = show(capsys, path, "--struct", "plain", "--abi", "arm64", "--abi", "x86-64")
    assert [record["abi"] for record in said["records"]] == [
        "aarch64-linux-gnu",
        "x86_64-linux-gnu",
    ]


def test_records_that_hold_elsewhere_only_are_listed_with_the_reason(build, capsys):
    path = build("g++", "-std=c++20", "-g", source="records.cpp")
    here, there = show(capsys, path), show(capsys, path, "--abi", "arm64")
    assert here["skipped"] == []
    assert len(there["records"]) + len(there["skipped"]) == len(here["records"])
    (square,) = [skip for skip in there["skipped"] if skip["name"] == "class geo::Square"]
    assert "it has base classes" in square["reason"]


def test_the_picture_says_why_a_record_is_shown_as_recorded(build, capsys):
    path = build("g++", "-std=c++20", "-g", source="records.cpp")
    assert main(["show", str(path), "--struct", "geo::Square"]) == 0
    out = capsys.readouterr().out
    assert "as recorded: it has base classes" in out
    assert "records.cpp:" in out
