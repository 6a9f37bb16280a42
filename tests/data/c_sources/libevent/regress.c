struct basic_cb_args
{
	struct event_base *eb;
	struct event *ev;
	unsigned int callcount;
};

struct persist_active_timeout_called {
	int n;
	short events[16];
	struct timeval tvs[16];
};

struct read_not_timeout_param
{
	struct event **ev;
	int events;
	int count;
};

struct foreach_helper {
	int count;
	const struct event *ev;
};
