/* Records of C in all the ways that a compiler lays them out differently. No header of the
   library is needed beyond the compiler's own. */
#include <stdarg.h>
#include <stddef.h>

typedef unsigned int u32;
typedef struct { int x, y; } point_t;
struct list { struct list *next, *prev; };
enum colour { RED, GREEN = 1 << 20 };
enum big { BIG = 1ll << 40 };
struct plain { char a; int b; long c; double d; point_t p; enum colour col; enum big eb; };
struct bits {
    unsigned a : 3;
    int b : 17;
    unsigned long long c : 40;
    _Bool d : 1;
    unsigned : 5;
    unsigned e : 2;
    char f;
    int : 0;
    int g : 4;
};
struct __attribute__((packed)) packed { char a; int b; long c : 9; short d; };
struct aligned { char a; int b __attribute__((aligned(32))); char c; };
struct __attribute__((aligned(64))) line { long a; };
#pragma pack(push, 4)
struct pack4 { char a; long b; short c; };
#pragma pack(pop)
struct partly { char a; int b __attribute__((packed)); char c; long d; };
struct anonymous {
    int tag;
    union { struct { int x; long y; }; float f; };
    struct { char in; } named;
};
struct flexible { size_t n; char data[]; };
struct zero { int n; long data[0]; };
struct arrays {
    int m[2][3][4];
    struct list *heads[4];
    int (*cb[2])(int, const char *);
    void (**pp)(void);
    char (*pa)[7];
};
struct qualified {
    const volatile int *restrict p;
    const int c;
    volatile long v;
    const char *const s;
};
struct odd {
    long double ld;
    double _Complex dc;
    float _Complex fc;
    va_list ap;
    int vec __attribute__((vector_size(16)));
    _Bool ok;
    signed char i8;
    unsigned long long u64;
    wchar_t w;
};
union number { long l; double d; struct { short lo, hi; } s; unsigned char bytes[16]; };
typedef union { int i; float f; } either;
typedef struct opaque opaque;
struct handle { opaque *o; either e; struct { int q; } *anonymous_pointer; };
struct holder { char c; struct line l; struct packed p; struct pack4 q; };
typedef int aligned_int __attribute__((aligned(16)));
struct by_type { char c; aligned_int i; char d; };
struct empty {};
struct holds_empty { int a; struct empty e; char b; };
typedef struct __attribute__((packed)) { char t; u32 v; } wire_t;
struct clock { unsigned modes; long offset; int tai; int : 32; int : 32; int : 32; };
struct state { int first; };
struct loose { char a; long b; char c; };

int local(int n)
{
    struct inside { char c; long l; } s = { (char)n, n };
    struct { int unnamed; } t = { n };
    return (int)s.l + t.unnamed;
}

int other(int n)
{
    struct state { long second; } s = { n };
    return (int)s.second;
}

#define USE(type, name) type name##_value; size_t name##_size = sizeof(type);
USE(struct plain, plain) USE(struct bits, bits) USE(struct packed, packed)
USE(struct aligned, aligned) USE(struct line, line) USE(struct pack4, pack4)
USE(struct partly, partly) USE(struct anonymous, anonymous) USE(struct zero, zero)
USE(struct arrays, arrays) USE(struct qualified, qualified) USE(union number, number)
USE(struct handle, handle) USE(struct holder, holder) USE(struct by_type, by_type)
USE(struct holds_empty, holds_empty) USE(wire_t, wire) USE(struct empty, empty)
USE(struct clock, clock) USE(struct state, state) USE(struct loose, loose)
struct flexible *flexible_value;
#ifndef NO_FLOATS
USE(struct odd, odd)
#endif

int main(int argc, char **argv)
{
    return local(argc) + other(argc) + flexible_value->data[0];
}
