"""Every reason to leave a record alone: a source that has it, and the nearest one that has not."""

import pytest

import layout
from layout.fix import Request, fix
from layout.refusals import REFUSALS, Uses, split

RECORD = "struct s { char a; long b; char c; };\n"


WANTED = ("struct s", "s_t")


def named(text):
    """Names of the reasons against a shorter order of ``struct s``, which there is."""
    uses = Uses([split(text, "x.h")])
    request = Request(wanted=lambda name: name in WANTED, min_gain=1)
    outcome = fix(text, "x.h", uses, request)
    assert len(outcome.changes) + len(outcome.refused) == 1, outcome.source.skipped
    for refused in outcome.refused:
        assert not refused.fault
        for reason in refused.reasons:
            assert reason.hit.path == "x.h"
            assert 1 <= reason.hit.line <= text.count("\n") + 1
    return {reason.refusal.name for refused in outcome.refused for reason in refused.reasons}


def after(text):
    return RECORD + text


# Reason -> sources that have it and no other reason, sources that come near and have none.
CASES = {
    "preprocessed": (
        ['# 1 "x.h"\n' + RECORD, '#line 7 "y.c"\n' + RECORD],
        ['/* # 1 "x.h" is no mark here */\n' + RECORD],
    ),
    "macro": (
        ["#define NAME s\nstruct NAME { char a; long b; char c; };",
         "#define ATTRIBUTE\nstruct s { char a; long b; char c; } ATTRIBUTE;",
         "#define WORD long\nstruct s { char a; WORD b; char c; };", "#define UNUSED\n"
         "struct s { char a; long b UNUSED; char c; };"],
        ["#define WORD long\nstruct s { char a; long b; char c; };\nWORD w;"],
    ),
    "macro-constant": (
        ["#define N 3\nstruct s { char a; long b; char c[N]; };",
         "#define N 3\nstruct s { char a; long b; unsigned c : N; };"],
        ["#define N 3\nstruct s { char a; long b; char c[3]; };\nint n[N];",
         "enum { N = 3 };\nstruct s { char a; long b; char c[N]; };"],
    ),
    "directive": (
        ["struct s { char a;\n#pragma GCC diagnostic push\n long b; char c; };",
         "#define N\nstruct s { char a;\n#undef N\n long b; char c; };"],
        ["struct s { char a;\n#define A_ONE 1\n long b; char c; };",
         "struct s { char a; /*\n#pragma x\n*/ long b; char c; };"],
    ),
    "packed": (
        ["struct __attribute__((packed)) s { char a; long b __attribute__((aligned(8)));"
         " char c; };",
         "#pragma pack(4)\nstruct s { char a; long b; char c; };\n#pragma pack()\n",
         "struct s { char a; long b; char c; int d __attribute__((packed)); };"],
        ["#pragma pack(4)\nstruct t { char a; long b; };\n#pragma pack()\n" + RECORD,
         "struct s { char packed; long b; char c; };"],
    ),
    "wire": (
        ["typedef unsigned __be32;\nstruct s { char a; long b; char c; __be32 d; };",
         "/* As sent on the wire. */\n" + RECORD,
         "struct s { char a; long b; char c; }; /* big-endian */",
         "struct s { char a; /* on-disk */ long b; char c; };",
         RECORD + "typedef struct s some_packet_t;"],
        ["/* As drawn on the screen. */\n" + RECORD,
         "struct t { char a; /* on disk */ };\n\n" + RECORD],
    ),
    "remark": (
        ["struct s { char a; /* must be first */ long b; char c; };",
         "/* Do not reorder! */\n" + RECORD,
         "struct s { /* 0x00 */ char a; long b; char c; };",
         "struct s { char a; long b; /* second cache line */ char c; };"],
        ["struct s { char a; /* must be positive */ long b; char c; };",
         "struct s { char a; /* = 0x10 */ long b; char c; };"],
    ),
    "volatile": (
        [after("volatile struct s *registers;"), after("extern struct s volatile one;"),
         "volatile struct s { char a; long b; char c; } x;"],
        [after("struct s *volatile p;"), after("volatile struct t *q; struct s *p;"),
         "struct s { volatile char a; long b; char c; };"],
    ),
    "positional": (
        [after("struct s x = {1, 2};"), after("struct s x[] = {{1, 2}, {3}};"),
         after("struct s x[2] = {[1] = {1, 2}};"), after("struct s x = {1};"),
         after("struct s x = {.a = 1, 2};"), after("void f(void) { g((struct s){1, 2}); }"),
         after("struct s *f(void) { return (struct s[]){{1, 2}}; }"),
         after("struct s x, y = {1, 2};"), after("typedef struct s s_t;\ns_t x = {1, 2};"),
         after("typedef struct s two[2];\ntwo x = {{1, 2}};"),
         after("struct t { int n; struct s s; };\nstruct t x = {1, {2, 3}};"),
         after("struct t { int n; struct s s; };\nstruct t x = {.n = 1, .s = {2, 3}};"),
         after("struct t { int n; struct s s; };\nstruct t x = {1, 2, 3};"),
         after("#define INIT {1, 2}\nstruct s x = INIT;"), after("struct s x = S_INIT;"),
         after("#define MAKE(n) struct s n = {1, 2}\n"),
         "struct s { char a; long b; char c; } x = {1, 2};",
         "typedef struct { char a; long b; char c; } s_t;\nstatic const s_t x[] = {{1}, {2}};"],
        [after("struct s x = {.a = 1, .b = 2};"), after("struct s x = {0};"),
         after("struct s x = {};"), after("struct s x[] = {{.a = 1}, [3] = {.b = 2}};"),
         after("struct s x = {a: 1, b: 2};"), after("struct s *x = &y, *z[] = {&y, 0};"),
         after("struct t { int a, b; };\nstruct t x = {1, 2};"), after("struct s x = y;"),
         after("struct t { int n; struct s s; };\nstruct t x = {.n = 1, .s = {.a = 2}};"),
         after("#define INIT {.a = 1}\nstruct s x = INIT;"), after("struct s x = make(1, 2);"),
         after("void f(void) { g((struct s){.a = 1}); }")],
    ),
    "assert": (
        [after("_Static_assert(sizeof(struct s) == 24, \"\");"),
         after("static_assert(offsetof(struct s, b) == 8);"),
         after("void f(void) { BUILD_BUG_ON(sizeof(struct s) > 64); }")],
        [after("_Static_assert(sizeof(struct t) == 24, \"\"); struct s *p;")],
    ),
    "offsetof": (
        [after("int n = offsetof(struct s, b);"), after("int n = __builtin_offsetof(struct s, b);"),
         after("typedef struct s t;\nint n = offsetof(t, b);"),
         after("int *n = &((struct s *)0)->b;")],
        [after("struct s *p = container_of(q, struct s, b);"),
         after("int n = offsetof(struct t, b);")],
    ),
    "sizeof": (
        [after("int n = sizeof(struct s);"), after("struct s x;\nint n = sizeof x;"),
         after("void f(struct s *p) { fwrite(p, sizeof(*p), 1, stdout); }"),
         after("void f(struct s *p) { g(sizeof *p); }"),
         after("struct s x[4];\nint n = sizeof(x) / sizeof(x[0]);"),
         after("struct t { struct s in; };\nint n = sizeof(struct t);"),
         after("struct t { struct s *p; };\nint f(struct t *t) { return sizeof(*t->p); }")],
        [after("int n = sizeof(struct t);"), after("int n = sizeof(struct s *);"),
         after("struct s *p;\nint n = sizeof(p);"), after("struct s *p;\nint n = sizeof(p->b);"),
         after("/* sizeof(struct s) */")],
    ),
    "sizeof-allocation": (
        [after("void f(void) { struct s *p = malloc(sizeof(struct s)); }"),
         after("void f(struct s *p) { memset(p, 0, sizeof(*p)); }"),
         after("void f(struct s *p) { p = xrealloc(p, n * sizeof *p); }")],
        [after("void f(void) { struct s *p = malloc(sizeof(struct t)); }")],
    ),
    "cast": (
        [after("void f(char *p) { g((struct s *)p); }"),
         after("void f(void *p) { struct s *s = (const struct s *)p; }"),
         after("void f(char *p) { g((struct s *)(p + 4)); }"),
         after("typedef struct s *s_ptr;\nvoid f(char *p) { g((s_ptr)p); }"),
         after("#define REGS ((struct s *)0x4000)\n"),
         after("struct t { struct s in; };\nvoid f(char *p) { g((struct t *)p); }")],
        [after("void f(struct s *p);"), after("int (*f)(struct s *);\n"),
         after("struct s *p = (struct s *)malloc(24);"), after("struct s *p = (struct s *)NULL;"),
         after("void f(void) { struct s *p = (struct s *)heap->alloc(24); }"),
         after("void f(char *p) { g((struct t *)p); }")],
    ),
    "bytes": (
        [after("void f(struct s *p) { g((char *)p); }"),
         after("void f(void) { struct s x; g((const unsigned char *)&x); }"),
         "typedef int first_t;\nstruct s { first_t a; long b; first_t c; };\n"
         "void f(struct s *p) { g((first_t *)p); }"],
        [after("void f(struct s *p) { g((void *)p); }"),
         after("void f(struct s *p) { g((char *)p->b); }"),
         after("void f(struct t *q) { g((char *)q); }")],
    ),
    "first-member": (
        ["struct base { char n; };\nstruct s { struct base in; long b; char c; };\n"
         "struct base *f(void *p) { return (struct base *)p; }"],
        ["struct base { long n; };\nstruct s { struct base in; char a; long b; char c; };\n"
         "struct base *f(void *p) { return (struct base *)p; }",
         "struct base { char n; };\nstruct s { struct base in; long b; char c; };\n"
         "struct base *f(struct s *p) { return &p->in; }"],
    ),
    "union": (
        [after("union u { struct s s; struct { char a; } t; };"),
         after("struct v { union { struct s s; long n; } u; };"),
         "union u { struct s { char a; long b; char c; } s; long n; };"],
        [after("union u { struct s *s; long n; };"), after("union u { long n; }; struct s s;")],
    ),
    "twice": (
        ["#ifdef X\nint x;\n#endif\n" + RECORD + "#ifdef Y\n" + RECORD + "#endif\n"],
        [after("struct s; struct t { struct s *p; };")],
    ),
}  # fmt: skip


def test_every_reason_has_its_cases():
    assert list(CASES) == [row.name for row in REFUSALS if "c" in row.languages]


@pytest.mark.parametrize("name", CASES)
def test_a_source_with_the_reason_is_refused_for_it_alone(name):
    for text in CASES[name][0]:
        assert named(text) == {name}, text


@pytest.mark.parametrize("name", CASES)
def test_a_source_that_only_comes_near_is_edited(name):
    for text in CASES[name][1]:
        assert named(text) == set(), text


@pytest.mark.parametrize("name", CASES)
def test_a_reason_is_waived_by_its_name_and_by_unsafe(name):
    for text in CASES[name][0]:
        uses = Uses([split(text, "x.h")])
        for waived in ({"allowed": frozenset({name})}, {"unsafe": True}):
            outcome = fix(text, "x.h", uses, Request(min_gain=1, **waived))
            # What is defined twice differs then, and is not written.
            faults = [
                refused.fault for refused in outcome.refused if refused.change.record.name in WANTED
            ]
            assert len(faults) == (name == "twice"), text
            assert all(faults), text


def test_uses_in_another_file_count_and_name_it():
    other = split("\n\nint n = sizeof(struct s);\n", "y.c")
    outcome = fix(RECORD, "x.h", Uses([split(RECORD, "x.h"), other]))
    (reason,) = outcome.refused[0].reasons
    assert (reason.hit.path, reason.hit.line, reason.hit.words) == ("y.c", 3, "sizeof(struct s)")
    assert outcome.text == RECORD


def test_cpp_initialisers_count_whatever_their_form():
    # C++20 9.4.2: designators must stand in the order of the members.
    for use in ("s x{1, 2};", "s x = {.a = 1, .b = 2};", "auto p = reinterpret_cast<s *>(q);"):
        uses = Uses([split(RECORD, "x.h"), split(use, "y.cpp")])
        assert fix(RECORD, "x.h", uses).refused, use
    uses = Uses([split(RECORD, "x.h"), split("s x{};", "y.cpp")])
    assert fix(RECORD, "x.h", uses).changes


def test_an_unknown_reason_is_refused_with_the_known_ones():
    with pytest.raises(layout.LayoutError, match="'size': no such reason; known are preprocessed,"):
        fix(RECORD, "x.h", Uses([split(RECORD, "x.h")]), Request(allowed=frozenset({"size"})))
