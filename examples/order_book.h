/*
 * The order book of a small matching engine.
 *
 * Fields stand in the order in which features were added to the program, as they do in most code that has been
 * alive for some years: what the matcher touches on every step lies between what only a support desk ever reads.
 */
#ifndef ORDER_BOOK_H
#define ORDER_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#define CLIENT_REF_BYTES 20 /* what the wire protocol allows */
#define SYMBOL_BYTES 8

enum side { SIDE_BUY, SIDE_SELL };
enum order_state { STATE_NEW, STATE_LIVE, STATE_PARTIAL, STATE_FILLED, STATE_CANCELLED };

typedef int64_t price_t;     /* in ticks */
typedef uint64_t timestamp_t; /* nanoseconds since the epoch */

struct account_limits {
    int64_t max_notional;
    uint32_t max_orders;
    uint16_t desk;
};

/* One order, from the gateway that accepts it to the last fill. */
struct order {
    uint64_t id;
    char client_ref[CLIENT_REF_BYTES]; /* echoed in reports, never looked at */
    bool is_iceberg;
    timestamp_t received_at;
    price_t price;                     /* the matcher walks the level by this */
    enum side side;
    struct order *next;                /* same price level, older first */
    uint8_t time_in_force;
    struct account_limits limits;      /* checked once, when the order arrives */
    uint32_t quantity;
    char symbol[SYMBOL_BYTES];
    uint64_t acks_sent;                /* written by the gateway thread only */
    uint32_t remaining;                /* written by the matcher on every fill */
    bool is_hidden;
    struct order *prev;
    double commission_rate;
    uint32_t account;
    enum order_state state;            /* written by the matcher */
    timestamp_t last_fill_at;
    uint16_t venue;
    int64_t filled_notional;           /* written by the matcher, summed by the risk scan */
    uint32_t fills;
    unsigned reject_code : 7;
    unsigned from_auction : 1;
    timestamp_t last_sent_at;          /* written by the gateway thread only */
    uint32_t display_quantity;
    uint8_t retries;                   /* gateway */
    void *audit_entry;
};

/* One price level. The books of both sides are arrays of these. */
struct level {
    bool is_dirty;
    price_t price;
    uint32_t orders;
    struct order *first;
    uint64_t quantity;
    uint16_t depth_sent;
    struct order *last;
};

/* What each thread counts; one of these per thread lies in an array, side by side. */
struct thread_stats {
    uint64_t processed;
    uint64_t rejected;
    uint32_t queue_high_water;
    timestamp_t busy_since;
};

#endif
