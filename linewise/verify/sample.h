/* Records that exercise what compilers disagree about; `linewise verify` asks yours about them. */
#include <stdint.h>

enum side { BUY, SELL };

struct flags {
    unsigned ready : 1;
    unsigned kind : 5;
    unsigned : 0;
    unsigned char owner : 3;
    signed long long ticks : 40;
};

struct node {
    struct node *next;
    char tag;
    double weight;
    uint16_t counts[3];
    enum side side;
    long double exact;
    union {
        uint32_t word;
        unsigned char bytes[4];
    } key;
    struct flags flags;
};

struct __attribute__((packed)) header {
    uint8_t version;
    uint32_t length;
    uint64_t stamp;
};

struct __attribute__((aligned(64))) counter {
    long value;
};

struct message {
    struct header header;
    _Bool urgent;
    struct {
        short x;
        int y;
    };
    char text[];
};
