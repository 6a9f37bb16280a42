// opaque: BYTE POOL_ctx U64 XXH64_state_t ZSTDMT_bufferPool ZSTD_CCtx ZSTD_CCtx_params ZSTD_CDict ZSTD_customMem ZSTD_pthread_cond_t ZSTD_pthread_mutex_t ZSTD_window_t ldmState_t
typedef struct buffer_s {
    void* start;
    size_t capacity;
} buffer_t;

typedef ZSTDMT_bufferPool ZSTDMT_seqPool;

typedef struct {
    void const* start;
    size_t size;
} range_t;

typedef struct {
    range_t prefix;         /* read-only non-owned prefix buffer */
    buffer_t buffer;
    size_t filled;
} inBuff_t;

typedef struct {
  BYTE* buffer;     /* The round input buffer. All jobs get references
                     * to pieces of the buffer. ZSTDMT_tryGetInputRange()
                     * handles handing out job input buffers, and makes
                     * sure it doesn't overlap with any pieces still in use.
                     */
  size_t capacity;  /* The capacity of buffer. */
  size_t pos;       /* The position of the current inBuff in the round
                     * buffer. Updated past the end if the inBuff once
                     * the inBuff is sent to the worker thread.
                     * pos <= capacity.
                     */
} roundBuff_t;

typedef struct {
  size_t toLoad;  /* The number of bytes to load from the input. */
  int flush;      /* Boolean declaring if we must flush because we found a synchronization point. */
} syncPoint_t;
