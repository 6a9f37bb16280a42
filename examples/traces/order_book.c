/*
 * The program behind order_book.lackey.xz: a small matching engine of some three million
 * instructions. Orders arrive at one of 64 price levels, each a linked list of the records of
 * ../order_book.h; the matcher fills the oldest ones, and from time to time a risk scan walks all
 * lists. README.md says how the trace is made.
 */
#include <stdlib.h>
#include <string.h>

#include "../order_book.h"

#define LEVELS 64
#define ORDERS 12000
#define SCAN_EVERY 1500

static struct level book[LEVELS];
static struct order *spare; /* filled orders, used again */
static struct thread_stats stats;
static uint32_t seed = 12345;

/* Numerical Recipes' generator; the high bits are the good ones. */
static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

static void accept_order(uint64_t id)
{
    struct order *order = spare;
    if (order)
        spare = order->next;
    else
        order = malloc(sizeof *order);
    memset(order, 0, sizeof *order);
    struct level *level = &book[(draw(LEVELS) + draw(LEVELS)) / 2];
    order->id = id;
    order->price = (price_t)(level - book);
    order->side = id & 1 ? SIDE_SELL : SIDE_BUY;
    order->quantity = order->remaining = 1 + draw(100);
    order->limits.max_notional = 1000000;
    order->state = STATE_LIVE;
    order->prev = level->last;
    if (level->last)
        level->last->next = order;
    else
        level->first = order;
    level->last = order;
    level->quantity += order->remaining;
    level->orders++;
    level->is_dirty = true;
}

static void match(struct level *level, uint32_t quantity)
{
    struct order *order = level->first;
    while (order && quantity) {
        uint32_t taken = quantity < order->remaining ? quantity : order->remaining;
        order->remaining -= taken;
        order->filled_notional += (int64_t)taken * order->price;
        order->fills++;
        level->quantity -= taken;
        quantity -= taken;
        if (order->remaining) {
            order->state = STATE_PARTIAL;
            break;
        }
        order->state = STATE_FILLED;
        struct order *filled = order;
        order = order->next;
        level->first = order;
        if (order)
            order->prev = NULL;
        else
            level->last = NULL;
        level->orders--;
        filled->next = spare;
        spare = filled;
        stats.processed++;
    }
}

static int64_t scan_risk(void)
{
    int64_t sum = 0;
    for (int i = 0; i < LEVELS; i++)
        for (struct order *order = book[i].first; order; order = order->next)
            sum += (int64_t)order->remaining * order->price + order->filled_notional;
    return sum;
}

int main(void)
{
    int64_t sum = 0;
    for (int i = 0; i < LEVELS; i++)
        book[i].price = i;
    for (uint64_t id = 1; id <= ORDERS; id++) {
        accept_order(id);
        if (draw(3) == 0)
            match(&book[draw(LEVELS)], 1 + draw(200));
        if (id % SCAN_EVERY == 0)
            sum += scan_risk();
    }
    return sum == 0;
}
