/* http - one request on its way, and what is decided about it without the library. Private to feeds/http*.c; only http.c knows curl. */
#ifndef ECLOSE_FEEDS_HTTP_PRIVATE_H
#define ECLOSE_FEEDS_HTTP_PRIVATE_H

#include "base/buf.h"
#include "base/mem.h"
#include "feeds/http.h"
#include "feeds/http_head.h"
#include "feeds/http_home.h"
#include "feeds/http_hosts.h"
#include "feeds/http_unpack.h"

/* One request on its way through its hops. */
struct transfer {
	struct waiting waiting; /* first: hosts_pop gives it back */
	struct transfer *next, *prev; /* of those under way */
	struct http *http;
	const struct http_request *request;
	struct arena strings;
	struct home home;
	const char *url;        /* of this hop */
	int hops;               /* redirects followed */
	bool led;               /* by a redirect, now or in an earlier run, and not by the subscription's own words */
	bool permanent;         /* all of them were 301 or 308 */
	const char *moved_to;   /* where the permanent ones led that came first */
	bool known;             /* this address gave the validators */
	char refused[64];       /* private address that this hop would have reached; "" none */
	struct http_head head;
	struct buf body;
	struct unpack unpack;
	size_t unwanted;        /* bytes of a body that nobody wants */
	bool too_large, broken; /* why the body was given up */
	bool paused;            /* until there is room for its body ... */
	double paused_at, held; /* ... since then; seconds that this hop was in all */
	double began;           /* this hop (log_monotonic) */
	int64_t retry_after;    /* of the hops before, -1 none */
	int64_t wire_bytes;     /* of the hops before */
	double seconds;         /* of the hops before */
	void *easy;             /* the library's: CURL */
	void *headers;          /* and struct curl_slist */
	char curl_words[256];   /* CURL_ERROR_SIZE */
};

struct http {
	const struct http_config *cfg;
	void *multi;             /* CURLM */
	struct hosts hosts;
	struct transfer *active; /* doubly linked */
	int n_active, n_paused;
	size_t flight;           /* bytes of the bodies of the active */
	struct transfer *ahead;  /* the one that may go on where there is no room for more; NULL none */
	bool stopped;            /* by http_stop */
	double looked;           /* for times that are over, last (log_monotonic) */
	void **idle;             /* handles to be used again */
	size_t n_idle, cap_idle;
};

/* ---- http_transfer.c ---- */

long transfer_seconds(const struct transfer *t);          /* it may take in all */
const char *transfer_proxy(const struct transfer *t);     /* "" none */
bool transfer_proxied(const struct transfer *t);
/* transfer_admit - may this hop be asked at all? Errors: ERR_UNSUPPORTED for where we don't go; ERR_NET where its host wants to be left alone (then r says so). */
enum err transfer_admit(struct transfer *t, struct http_response *r, struct err_info *info);
/* transfer_refuses - is this a private address that the hop may not reach? It is noted in t->refused. */
bool transfer_refuses(struct transfer *t, const char *numeric);
/* transfer_reached - the address that answered this hop, NULL or "" unknown. */
void transfer_reached(struct transfer *t, const char *numeric);
bool transfer_redirects(const struct transfer *t);
/* transfer_led - on to the target of a redirect; the library's handle must be given back before. */
void transfer_led(struct transfer *t, const char *target);
/* transfer_deliver - the one call of `done`, and the end of t. r has all that the last hop said. */
void transfer_deliver(struct transfer *t, struct http_response *r, http_done *done, void *user);

/* ---- http_flight.c: the bodies under way, and the room for them ---- */

void flight_begin(struct transfer *t);                    /* among the active, from now on */
void flight_end(struct transfer *t);
/* flight_take - n more bytes of the body. TAKE_WAIT: nothing was taken, it is paused now; TAKE_STOP: t says why. */
enum take { TAKE_DONE, TAKE_WAIT, TAKE_STOP };
enum take flight_take(struct transfer *t, const char *s, size_t n);
void flight_drop(struct transfer *t);                     /* what came of its body */
/* flight_next - one that was paused and may go on now; it no longer counts as paused. NULL none. */
struct transfer *flight_next(struct http *h);
bool flight_overdue(const struct transfer *t, double now); /* its time is over; waiting for room doesn't count */

#endif
