// opaque: ngx_array_t ngx_conf_t ngx_str_t ngx_stream_complex_value_t ngx_stream_script_engine_t ngx_stream_session_t ngx_stream_variable_value_t ngx_uint_t
typedef struct {
    ngx_conf_t                   *cf;
    ngx_str_t                    *value;
    ngx_stream_complex_value_t   *complex_value;

    unsigned                      zero:1;
    unsigned                      conf_prefix:1;
    unsigned                      root_prefix:1;
} ngx_stream_compile_complex_value_t;

typedef void (*ngx_stream_script_code_pt) (ngx_stream_script_engine_t *e);

typedef size_t (*ngx_stream_script_len_code_pt) (ngx_stream_script_engine_t *e);

typedef struct {
    ngx_stream_script_code_pt     code;
    uintptr_t                     len;
} ngx_stream_script_copy_code_t;

typedef struct {
    ngx_stream_script_code_pt     code;
    uintptr_t                     index;
} ngx_stream_script_var_code_t;

typedef struct {
    ngx_stream_script_code_pt     code;
    uintptr_t                     n;
} ngx_stream_script_copy_capture_code_t;

typedef struct {
    ngx_stream_script_code_pt     code;
    uintptr_t                     conf_prefix;
} ngx_stream_script_full_name_code_t;
