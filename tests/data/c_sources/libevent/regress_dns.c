struct generic_dns_callback_result {
	int result;
	char type;
	int count;
	int ttl;
	size_t addrs_len;
	void *addrs;
	char addrs_buf[256];
};

struct be_conn_hostname_result {
	int dnserr;
	int what;
};

struct gai_outcome {
	int err;
	struct evutil_addrinfo *ai;
};

struct testleak_env_t {
	struct event_base *base;
	struct evdns_base *dns_base;
	struct evdns_request *req;
	struct generic_dns_callback_result r;
};

struct race_param
{
	void *lock;
	void *reqs_cmpl_cond;
	int bw_threads;
	void *bw_threads_exited_cond;
	volatile int stopping;
	void *base;
	void *dns;

	int locked;
};
