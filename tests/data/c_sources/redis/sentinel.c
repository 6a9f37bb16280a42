// opaque: aeEventLoop dict list mstime_t redisAsyncContext sds
/* Address object, used to describe an ip:port pair. */
typedef struct sentinelAddr {
    char *hostname;         /* Hostname OR address, as specified */
    char *ip;               /* Always a resolved address */
    int port;
} sentinelAddr;

#define SRI_SENTINEL (1<<2)

typedef struct redisAeEvents {
    redisAsyncContext *context;
    aeEventLoop *loop;
    int fd;
    int reading, writing;
} redisAeEvents;

struct sentinelLeader {
    char *runid;
    unsigned long votes;
};
