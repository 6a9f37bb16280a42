// opaque: prof_cnt_t tsdn_t write_cb_t
typedef struct prof_dump_iter_arg_s prof_dump_iter_arg_t;

struct prof_dump_iter_arg_s {
	tsdn_t *tsdn;
	write_cb_t *prof_dump_write;
	void *cbopaque;
};

typedef struct prof_gctx_merge_iter_arg_s prof_gctx_merge_iter_arg_t;

struct prof_gctx_merge_iter_arg_s {
	tsdn_t *tsdn;
	size_t *leak_ngctx;
};

typedef struct prof_tdata_merge_iter_arg_s prof_tdata_merge_iter_arg_t;

struct prof_tdata_merge_iter_arg_s {
	tsdn_t *tsdn;
	prof_cnt_t *cnt_all;
};
