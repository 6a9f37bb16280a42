"""Comments that suppress findings: where they may stand, what they mean, how they go wrong."""

import pytest

import layout
from layout.lint import Settings, lint
from layout.suppress import find_suppressions
from tests.layout.lint_helpers import lint_text, said

BODY = "char a; long b; char c;"
CODES = ("LW001", "LW002", "LW090", "LW091")
REASON = "-- wire format"


def left(text: str) -> list[tuple[str, int]]:
    return [(code, line) for code, line, _, _ in said(text, *CODES)]


@pytest.mark.parametrize(
    "head",
    [f"/* linewise: ignore LW001,LW002 {REASON} */ struct s {{",
     f"// linewise: ignore LW001,LW002 {REASON}\nstruct s {{",
     f"struct s {{ // linewise: ignore LW001, LW002 {REASON}\n",
     f"/* linewise: ignore LW002 {REASON} */\n/* linewise:ignore LW001 {REASON} */\nstruct s {{",
     f"/* linewise: ignore LW001 LW002 {REASON}\n * and more\n */\n/* about it */\n\nstruct s {{",
     f"// linewise: ignore LW001,LW002 {REASON}\nstruct s\n{{"],
    ids=["before", "above", "behind", "two above", "many lines", "brace below"],
)  # fmt: skip
def test_a_comment_at_a_record_suppresses_what_is_said_of_it_and_its_members(head):
    text = f"struct before {{ char x; }};\n{head}\n char a;\n long b;\n char c;\n}};"
    found = lint_text(text, *CODES)
    assert found.findings == ()
    assert [(one.code, one.field) for one, _ in found.suppressed] == [
        ("LW002", None), ("LW001", "b"),
    ]  # fmt: skip
    assert found.suppressed[0][1].startswith("wire format")


def test_a_comment_at_a_member_suppresses_what_is_said_of_that_member_alone():
    text = f"struct s {{\n char a;\n long b; // linewise: ignore LW001 {REASON}\n char c; }};"
    assert left(text) == [("LW002", 1)]
    text = f"struct s {{\n char a;\n // linewise: ignore LW001 {REASON}\n long b;\n char c; }};"
    assert left(text) == [("LW002", 1)]


def test_a_comment_behind_code_does_not_mean_the_next_line():
    text = f"struct s {{\n char a; // linewise: ignore LW001 {REASON}\n long b;\n char c; }};"
    assert left(text) == [("LW002", 1), ("LW091", 2), ("LW001", 3)]


@pytest.mark.parametrize(
    ("comment", "fault"),
    [("linewise: ignore LW002", "without a reason; write `linewise: ignore LW002 -- reason`"),
     ("linewise: ignore LW002 --", "without a reason"),
     ("linewise: ignore -- why not", "without a code"),
     ("linewise: ignore LW777 -- why not", "no rule 'LW777'")],
)  # fmt: skip
def test_a_comment_without_reason_or_code_suppresses_nothing_and_is_a_finding(comment, fault):
    found = lint_text(f"struct s {{ // {comment}\n{BODY} }};", "LW002", "LW090").findings
    assert [one.code for one in found] == ["LW002", "LW090"]
    assert fault in found[1].message
    assert found[1].record == "struct s"


def test_a_comment_that_suppresses_nothing_is_a_finding():
    text = f"// linewise: ignore LW001,LW002 {REASON}\nstruct s {{\n long a;\n char b; }};"
    (found,) = lint_text(text, *CODES).findings
    assert (found.code, found.line, found.record) == ("LW091", 1, "struct s")
    assert "LW001, LW002" in found.message
    assert left(f"struct s {{ long a; }};\n\nint x; // linewise: ignore LW001 {REASON}") == [
        ("LW091", 3)
    ]


def test_only_the_idle_code_of_a_comment_is_named():
    text = f"struct s {{ // linewise: ignore LW001,LW002 {REASON}\n{BODY} }};"
    assert left(text) == []
    # LW001 is found at the member's line, LW002 at the record's.
    text = (
        f"struct s {{\n char a;\n // linewise: ignore LW001,LW002 {REASON}\n long b;\n char c; }};"
    )
    (idle,) = [one for one in lint_text(text, *CODES).findings if one.code == "LW091"]
    assert "no finding of LW002 here" in idle.message


def test_a_comment_about_a_rule_that_did_not_run_is_not_judged():
    text = f"struct s {{ // linewise: ignore LW003,LW006,LW007,LW008 {REASON}\nlong a; }};"
    assert left(text) == []
    assert said(text, "LW003", "LW006", "LW091") == []
    assert said(text, "LW006", "LW091", allocator="jemalloc") == [("LW091", 1, None, None)]


def test_a_comment_in_a_record_that_was_not_read_is_not_judged():
    text = f"struct s {{\n unknown_t x; // linewise: ignore LW001 {REASON}\n}};"
    assert left(text) == []
    assert left(text + f"\nstruct t {{\n long a; // linewise: ignore LW001 {REASON}\n}};") == [
        ("LW091", 5)
    ]


def test_a_comment_in_a_record_that_was_not_chosen_is_not_judged():
    text = f"struct s {{ long a; }};\nstruct t {{\n long a; // linewise: ignore LW001 {REASON}\n}};"
    source = layout.read_text(text)
    some = lint(source, Settings(), text=text, records=[source.records["struct s"]])
    assert some.findings == ()
    assert len(lint(source, Settings(), text=text).findings) == 1


def test_findings_below_the_least_bytes_are_left_out_and_their_comments_stay_in_use():
    text = f"struct s {{\n char a;\n long b; // linewise: ignore LW001 {REASON}\n char c; }};"
    assert lint_text(text, *CODES, min_bytes=8).findings[0].code == "LW002"
    assert lint_text(text, *CODES, min_bytes=9).findings == ()


@pytest.mark.parametrize(
    "text",
    ['char *s = "// linewise: ignore LW001 -- no";', "x := `// linewise: ignore LW001 -- no`",
     'R"x(// linewise: ignore LW001 -- no)x"', 'r#"// linewise: ignore LW001 -- "no"#',
     "linewise: ignore LW001 -- no", '"\\"// linewise: ignore LW001 -- no"',
     "// see linewise: ignoring is easy"],
)  # fmt: skip
def test_words_in_strings_are_no_comments(text):
    assert find_suppressions(text) == ()


@pytest.mark.parametrize(
    "text", ["fn f<'a>(x: &'a u8) {} // linewise: ignore LW001 -- yes",
             "char q = '\"'; // linewise: ignore LW001 -- yes",
             "let a = '\\''; /* linewise: ignore LW001 -- yes */",
             "/* linewise: ignore LW001 -- yes"],
)  # fmt: skip
def test_lifetimes_and_characters_do_not_hide_comments(text):
    (found,) = find_suppressions(text)
    assert (found.codes, found.line) == (("LW001",), 1)
    assert found.reason == "yes"


def test_hostile_text_takes_no_long_time_and_raises_nothing():
    comment = "// linewise: ignore LW001 -- x\n"
    for piece in ("/*", "//", '"', "'", "`", 'R"(', 'r#"', "linewise: ignore ", "-- ", "\n", "LW,"):
        assert len(find_suppressions(comment + piece * 20_000)) <= 1
    assert len(find_suppressions(comment * 10_000)) == 10_000
    with pytest.raises(layout.LayoutError, match="more than 10000 suppressions; use a baseline"):
        find_suppressions(comment * 20_000)
