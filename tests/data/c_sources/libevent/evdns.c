// opaque: DWORD FIXED_INFO WINAPI ev_socklen_t ev_uint16_t ev_uint32_t ev_uint8_t evdns_callback_type evdns_getaddrinfo_cb evutil_socket_t
#define HOST_NAME_MAX 255

#define u32 ev_uint32_t

#define u16 ev_uint16_t

#define u8  ev_uint8_t

#define MAX_V4_ADDRS 32

#define MAX_V6_ADDRS 32

#define TYPE_A	       EVDNS_TYPE_A

#define TYPE_PTR       EVDNS_TYPE_PTR

#define TYPE_AAAA      EVDNS_TYPE_AAAA

#define CLASS_INET     EVDNS_CLASS_INET

/* Persistent handle.  We keep this separate from 'struct request' since we
 * need some object to last for as long as an evdns_request is outstanding so
 * that it can be canceled, whereas a search request can lead to multiple
 * 'struct request' instances being created over its lifetime. */
struct evdns_request {
	struct request *current_req;
	struct evdns_base *base;

	int pending_cb; /* Waiting for its callback to be invoked; not
			 * owned by event base any more. */

	/* elements used by the searching code */
	int search_index;
	struct search_state *search_state;
	char *search_origname;	/* needs to be free()ed */
	int search_flags;
};

#define MAX_LABELS 128

/* Structures used to implement name compression */
struct dnslabel_entry { char *v; off_t pos; };

struct dnslabel_table {
	int n_labels; /* number of current entries */
	/* map from name to position in message */
	struct dnslabel_entry labels[MAX_LABELS];
};

struct search_domain {
	int len;
	struct search_domain *next;
	/* the text string is appended to this structure */
};

struct search_state {
	int refcount;
	int ndots;
	int num_domains;
	struct search_domain *head;
};
