// opaque: atomic_p_t ckh_t malloc_mutex_t nstime_t prof_bt_t prof_cnt_t prof_gctx_t prof_tctx_t prof_tctx_tree_t prof_tdata_t
struct prof_bt_s {
	/* Backtrace, stored as len program counters. */
	void		**vec;
	unsigned	len;
};

/* Data structure passed to libgcc _Unwind_Backtrace() callback functions. */
typedef struct {
	void 		**vec;
	unsigned	*len;
	unsigned	max;
} prof_unwind_data_t;

struct prof_cnt_s {
	/* Profiling counters. */
	uint64_t	curobjs;
	uint64_t	curobjs_shifted_unbiased;
	uint64_t	curbytes;
	uint64_t	curbytes_unbiased;
	uint64_t	accumobjs;
	uint64_t	accumobjs_shifted_unbiased;
	uint64_t	accumbytes;
	uint64_t	accumbytes_unbiased;
};

typedef enum {
	prof_tctx_state_initializing,
	prof_tctx_state_nominal,
	prof_tctx_state_dumping,
	prof_tctx_state_purgatory /* Dumper must finish destroying. */
} prof_tctx_state_t;
