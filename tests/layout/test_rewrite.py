"""Members written in another order: what moves with them, what stays, what is not touched."""

import pytest

import layout
from layout.rewrite import rewrite, settle


def reordered(text, names, record="struct s"):
    """The text with the record's members in the order of ``names``, "?" for one without a name."""
    found = layout.read_text(text).records[record]
    order = [next(one for one in found.fields if (one.name or "?") == name) for name in names]
    return rewrite(text, found, order)


def test_a_comment_moves_with_the_field_it_stands_beside_or_above():
    text = """struct s {
    /* of a */
    int a;
    // of b, first
    // of b, second
    char b; /* beside b
             * still */
    long c; // beside c
};
"""
    assert (
        reordered(text, "cba")
        == """struct s {
    long c; // beside c
    // of b, first
    // of b, second
    char b; /* beside b
             * still */
    /* of a */
    int a;
};
"""
    )


def test_a_comment_that_goes_on_below_in_the_same_column_belongs_to_the_line_above():
    text = """struct s {
\tint a;\t\t// of a
\t\t\t// still of a
\t// of b
\tchar b;
\tlong c;   /* of c */
\t          /* still of c */
};
"""
    assert (
        reordered(text, "cba")
        == """struct s {
\tlong c;   /* of c */
\t          /* still of c */
\t// of b
\tchar b;
\tint a;\t\t// of a
\t\t\t// still of a
};
"""
    )


@pytest.mark.parametrize("mark", ["/**< of a */", "///< of a", "/*!< of a */", "//!< of a"])
def test_a_documentation_comment_that_points_back_belongs_to_the_field_above(mark):
    text = f"struct s {{\n    char a;\n    {mark}\n    long b;\n}};\n"
    assert reordered(text, "ba") == f"struct s {{\n    long b;\n    char a;\n    {mark}\n}};\n"


def test_what_stands_at_the_braces_stays_there():
    text = "struct s { /* the record */\n  char a;\n  long b;\n  /* the end */\n}; /* behind */\n"
    assert reordered(text, "ba") == (
        "struct s { /* the record */\n  long b;\n  char a;\n  /* the end */\n}; /* behind */\n"
    )


def test_a_blank_line_moves_with_the_heading_below_it():
    text = "struct s {\n  int a;\n\n  /* group */\n  char b;\n\n  long c;\n};\n"
    assert reordered(text, "acb") == (
        "struct s {\n  int a;\n\n  long c;\n\n  /* group */\n  char b;\n};\n"
    )


def test_the_record_never_begins_with_the_blank_line_of_what_becomes_first():
    text = "struct s {\n  int a;\n  char b;\n\n  long c;\n};\n"
    assert reordered(text, "cab") == "struct s {\n  long c;\n\n  int a;\n  char b;\n};\n"


def test_a_preprocessor_line_stays_behind_its_field():
    text = (
        "struct s {\n  int a;\n  /* bits of a */\n#define A_ON 1\n#define A_OFF 2\n  long b;\n};\n"
    )
    assert reordered(text, "ba") == (
        "struct s {\n  long b;\n  int a;\n  /* bits of a */\n#define A_ON 1\n#define A_OFF 2\n};\n"
    )


def test_a_macro_that_the_next_field_uses_stays_above_that():
    text = "struct s {\n  int a;\n#define LEN 3\n  char b[LEN];\n};\n"
    assert reordered(text, "ba") == "struct s {\n#define LEN 3\n  char b[LEN];\n  int a;\n};\n"


def test_fields_on_one_line_change_places_on_it():
    text = "struct s { char a; long b; /* of b */ char c; };"
    assert reordered(text, "cba") == "struct s { char c; long b; /* of b */ char a; };"


def test_a_line_comment_never_swallows_the_field_that_comes_behind_it():
    text = "struct s {\n  char a; // of a\n  int b; long c;\n};\n"
    assert reordered(text, "bac") == "struct s {\n  int b;\n  char a; // of a\n  long c;\n};\n"
    assert reordered(
        text, "cba"
    ) == "struct s {\n long c;\n  int b;\n  char a; // of a\n};\n".replace("{\n long", "{ long")
    text = "struct s {\n  char a; // of a\n  int b; };\n"
    assert reordered(text, "ba") == "struct s {\n  int b;\n  char a; // of a\n };\n"


def test_a_declaration_of_several_moves_as_one_when_the_order_allows():
    text = "struct s {\n  char a;\n  int b, *c; /* both */\n  long d;\n};\n"
    assert reordered(text, "dbca") == (
        "struct s {\n  long d;\n  int b, *c; /* both */\n  char a;\n};\n"
    )


def test_a_declaration_that_the_order_tears_apart_is_divided_exactly():
    text = "struct s {\n  const unsigned a, *b, c[2], (*d)(int);\n  long e;\n};\n"
    assert reordered(text, "daecb") == (
        "struct s {\n  const unsigned (*d)(int);\n  const unsigned a;\n  long e;\n"
        "  const unsigned c[2];\n  const unsigned *b;\n};\n"
    )


def test_a_declaration_with_a_comment_for_all_its_members_is_not_divided():
    text = "struct s {\n  char a, b; /* both */\n  long c;\n};\n"
    with pytest.raises(layout.LayoutError, match="<text>:2: struct s: the order tears the decl"):
        reordered(text, "acb")
    record = layout.read_text(text).records["struct s"]
    a, b, c = record.fields
    assert settle(text, record, [b, c, a]) == [a, b, c]
    assert settle(text, record, [c, a, b]) == [c, a, b]


def test_a_record_within_moves_as_one():
    inner = "  struct {\n    int x; /* x */\n  } in; /* in */\n"
    text = f"struct s {{\n  char a;\n{inner}  union {{ int y; }};\n}};\n"
    assert reordered(text, ["?", "in", "a"]) == (
        f"struct s {{\n  union {{ int y; }};\n{inner}  char a;\n}};\n"
    )


def test_windows_line_ends_are_kept_and_made():
    text = "struct s {\r\n  char a; // of a\r\n  int b; long c;\r\n};\r\n"
    assert reordered(text, "bac") == (
        "struct s {\r\n  int b;\r\n  char a; // of a\r\n  long c;\r\n};\r\n"
    )


def test_the_authors_order_gives_the_authors_text():
    text = (
        "/* x */ struct s {\n\n  int a, b; ;\n#define X\n\n  char c; // c\n  long d; /* d */ };\n"
    )
    assert reordered(text, "abcd") == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("struct s {\n  char a;\n  EMPTY long b;\n};", "'E' between members is no member"),
        ("struct s {\n  char a;\n  _Static_assert(1, \"\");\n  long b;\n};", "'_' between members"),
        ("struct s {\n  char a;\n  enum { ONE };\n  long b;\n};", "'e' between members"),
        ("struct s {\n  char a; BOTH\n};", "'b' begins or ends within a macro"),
    ],
)  # fmt: skip
def test_what_is_no_member_keeps_a_record_as_it_is(text, fault):
    text = f"#define EMPTY\n#define BOTH long b;\n{text}"
    with pytest.raises(layout.LayoutError, match=fault):
        reordered(text, "ba")


def test_an_order_of_other_members_is_refused():
    text = "struct s {\n  char a;\n  long b;\n};\n"
    first, second = (layout.read_text(text).records["struct s"] for _ in range(2))
    for order in (first.fields[:1], (*first.fields, first.fields[0]), second.fields):
        with pytest.raises(layout.LayoutError, match="the order holds other members"):
            rewrite(text, first, order)
