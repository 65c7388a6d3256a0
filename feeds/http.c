/* http - many conditional requests at once; the one window to libcurl.
 *
 * We follow redirects ourselves: each hop is a transfer of its own that waits for its host's turn, is judged by scheme and address, and is
 * told apart as permanent or not. curl keeps the connections, compression, TLS and HTTP/2.
 */
#include <config.h>

#include "feeds/http.h"

#include <assert.h>
#include <curl/curl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "feeds/http_address.h"
#include "feeds/http_file.h"
#include "feeds/http_gzip.h"
#include "feeds/http_head.h"
#include "feeds/http_hosts.h"
#include "feeds/http_redirect.h"
#include "feeds/http_words.h"
#include "feeds/url.h"

#define HOST_MAX 2
#define REDIRECT_BODY_MAX ((size_t)64 << 10) /* read and dropped, so that the connection can be used again */
#define SLOW_BYTES 10L   /* a second ... */
#define SLOW_SECONDS 30L /* ... for so long is no transfer any more */
#define POLL_MS 250      /* how soon a cancel is seen */

static const char ACCEPT[] = "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
	"text/xml;q=0.9, */*;q=0.8";

/* One request on its way through its hops. */
struct transfer {
	struct waiting waiting; /* first: hosts_pop gives it back */
	struct transfer *next, *prev; /* of those under way */
	struct http *http;
	const struct http_request *request;
	struct arena strings;
	const char *url;        /* of this hop */
	int hops;               /* redirects followed */
	bool permanent;         /* all of them were 301 or 308 */
	bool home_private;      /* the subscription's own host is a private address, so its redirects may lead to one */
	char refused[64];       /* private address that this hop would have reached; "" none */
	struct http_head head;
	struct buf body;
	bool too_large;
	struct gzip_tail tail;  /* of a body that only gzip itself tells the end of */
	int64_t wire_bytes;     /* of the hops before */
	double seconds;         /* of the hops before */
	CURL *easy;
	struct curl_slist *headers;
	char curl_words[CURL_ERROR_SIZE];
};

struct http {
	const struct http_config *cfg;
	CURLM *multi;
	struct hosts hosts;
	struct transfer *active; /* doubly linked */
	int n_active;
	CURL **idle;             /* handles to be used again */
	size_t n_idle, cap_idle;
};

static long connect_seconds(const struct http *h)
{
	return h->cfg->connect_timeout > 0 ? h->cfg->connect_timeout : 10;
}

static long total_seconds(const struct http *h)
{
	return h->cfg->timeout > 0 ? h->cfg->timeout : 30;
}

static bool proxied(const struct http *h)
{
	return h->cfg->proxy && *h->cfg->proxy;
}

/* http_new - see http.h. */
enum err http_new(const struct http_config *cfg, struct http **out, struct err_info *info)
{
	struct http *h;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(info, ERR_NET, "libcurl can't start");
	h = mem_zero(1, sizeof *h); /* HOSTS_INIT is zero too */
	h->cfg = cfg;
	if ((h->multi = curl_multi_init()) == NULL) {
		free(h);
		curl_global_cleanup();
		return err_set(info, ERR_NET, "libcurl can't start");
	}
	curl_multi_setopt(h->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, 2L * (cfg->parallel > 0 ? cfg->parallel : 64));
	*out = h;
	return OK;
}

static void enqueue(struct transfer *t)
{
	const char *host = url_host(&t->strings, t->url);

	hosts_push(&t->http->hosts, &t->waiting, host, url_loopback(t->url) ? 0 : HOST_MAX);
}

/* http_add - see http.h. Whatever is wrong with the request is told by its callback. */
void http_add(struct http *h, const struct http_request *request)
{
	struct transfer *t = mem_zero(1, sizeof *t);

	assert(request->url);
	t->http = h;
	t->request = request;
	t->permanent = true;
	t->url = url_resolve(&t->strings, NULL, request->url);
	enqueue(t);
}

/* ---- what curl calls ---- */

/* May this hop not reach private addresses? The first hop is the reader's own word. Behind a proxy we see no address but the proxy's. */
static bool guarded(const struct transfer *t)
{
	return t->hops > 0 && !t->home_private && !proxied(t->http);
}

static bool refuse_private(struct transfer *t, const char *numeric)
{
	if (!guarded(t) || !address_private(numeric))
		return false;
	(void)snprintf(t->refused, sizeof t->refused, "%s", numeric);
	return true;
}

static curl_socket_t on_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
	char numeric[64];

	(void)purpose;
	if (getnameinfo(&address->addr, address->addrlen, numeric, sizeof numeric, NULL, 0, NI_NUMERICHOST) != 0 || refuse_private(user, numeric))
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* A connection that another transfer left open was never asked for by on_socket. */
static int on_connected(void *user, char *remote, char *local, int remote_port, int local_port)
{
	(void)local, (void)remote_port, (void)local_port;
	return refuse_private(user, remote) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static long status_of(const struct transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static bool redirects(const struct transfer *t)
{
	long status = status_of(t);

	return t->head.complete && t->head.location && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
}

static size_t on_header(char *line, size_t size, size_t n, void *user)
{
	struct transfer *t = user;

	if (!http_head_line(&t->head, &t->strings, line, size * n))
		return 0;
	if (t->head.complete && t->head.gzip && !t->head.framed)
		curl_easy_setopt(t->easy, CURLOPT_VERBOSE, 1L); /* see on_raw */
	return size * n;
}

static size_t on_body(char *s, size_t size, size_t n, void *user)
{
	struct transfer *t = user;
	size_t max = redirects(t) ? REDIRECT_BODY_MAX : HTTP_BODY_MAX;

	if (t->body.len + size * n > max) {
		t->too_large = true;
		return 0;
	}
	buf_add(&t->body, s, size * n);
	return size * n;
}

/* A gzip body that neither a length nor chunks frame may end anywhere, and curl takes what came: we watch the raw bytes of just these. */
static int on_raw(CURL *easy, curl_infotype type, char *s, size_t n, void *user)
{
	struct transfer *t = user;

	(void)easy;
	if (type == CURLINFO_DATA_IN)
		gzip_watch(&t->tail, s, n);
	return 0;
}

/* ---- setting up a hop ---- */

static void set_header(struct transfer *t, const char *name, const char *value)
{
	struct curl_slist *more;

	if (!value || !*value || strpbrk(value, "\r\n"))
		return;
	more = curl_slist_append(t->headers, arena_printf(&t->strings, "%s: %s", name, value));
	if (more)
		t->headers = more;
}

static void set_limits(struct transfer *t, CURL *e)
{
	double left = (double)total_seconds(t->http) - t->seconds;

	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, left > .001 ? (long)(1000 * left) : 1L);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, connect_seconds(t->http));
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS);
	curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)HTTP_BODY_MAX);
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	curl_easy_setopt(e, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static void set_callbacks(struct transfer *t, CURL *e)
{
	curl_easy_setopt(e, CURLOPT_PRIVATE, t);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->curl_words);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(e, CURLOPT_DEBUGFUNCTION, on_raw);
	curl_easy_setopt(e, CURLOPT_DEBUGDATA, t);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_connected);
	curl_easy_setopt(e, CURLOPT_PREREQDATA, t);
}

static void set_request(struct transfer *t, CURL *e)
{
	const struct http_config *cfg = t->http->cfg;

	curl_easy_setopt(e, CURLOPT_URL, url_wire(&t->strings, t->url));
	curl_easy_setopt(e, CURLOPT_USERAGENT, cfg->user_agent ? cfg->user_agent : "eclose/" PACKAGE_VERSION);
	curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
	curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
#endif
	curl_easy_setopt(e, CURLOPT_PROXY, proxied(t->http) ? cfg->proxy : ""); /* "": not the environment's either */
	curl_easy_setopt(e, CURLOPT_NOPROXY, "");
	t->headers = curl_slist_append(NULL, ACCEPT);
	set_header(t, "If-None-Match", t->request->etag);
	set_header(t, "If-Modified-Since", t->request->last_modified);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
}

static void give_handle(struct transfer *t)
{
	struct http *h = t->http;

	curl_multi_remove_handle(h->multi, t->easy);
	curl_easy_reset(t->easy);
	MEM_GROW(h->idle, h->n_idle, h->cap_idle);
	h->idle[h->n_idle++] = t->easy;
	t->easy = NULL;
	curl_slist_free_all(t->headers);
	t->headers = NULL;
}

static void link_active(struct transfer *t)
{
	struct http *h = t->http;

	t->prev = NULL;
	t->next = h->active;
	if (h->active)
		h->active->prev = t;
	h->active = t;
	h->n_active++;
}

static void unlink_active(struct transfer *t)
{
	struct http *h = t->http;

	if (t->prev)
		t->prev->next = t->next;
	else
		h->active = t->next;
	if (t->next)
		t->next->prev = t->prev;
	h->n_active--;
}

/* ---- what came back ---- */

static void deliver(struct transfer *t, struct http_response *r, http_done *done, void *user)
{
	r->request = t->request;
	r->url = t->hops ? t->url : t->request->url;
	r->moved_to = t->hops && t->permanent ? t->url : NULL;
	if (r->err == OK) {
		r->body = buf_str(&t->body);
		r->len = t->body.len;
	} else {
		r->body = "";
	}
	r->wire_bytes = t->wire_bytes;
	r->ms = 1000 * t->seconds;
	done(user, r);
	buf_clear(&t->body);
	arena_clear(&t->strings);
	free(t);
}

static void fail(struct transfer *t, const struct err_info *info, http_done *done, void *user)
{
	struct http_response r = { .err = info->code, .error = info->text, .retry_after = -1, .max_age = -1 };

	deliver(t, &r, done, user);
}

static enum failure_kind kind_of(const struct transfer *t, CURLcode rc)
{
	static const struct { CURLcode rc; enum failure_kind kind; } kinds[] = {
		{ CURLE_OPERATION_TIMEDOUT, FAILURE_TIMEOUT },          { CURLE_COULDNT_RESOLVE_HOST, FAILURE_HOST },
		{ CURLE_COULDNT_RESOLVE_PROXY, FAILURE_PROXY },         { CURLE_PROXY, FAILURE_PROXY },
		{ CURLE_COULDNT_CONNECT, FAILURE_CONNECT },             { CURLE_PARTIAL_FILE, FAILURE_CUT },
		{ CURLE_RECV_ERROR, FAILURE_CUT },                      { CURLE_HTTP2, FAILURE_CUT },
		{ CURLE_HTTP2_STREAM, FAILURE_CUT },                    { CURLE_GOT_NOTHING, FAILURE_EMPTY },
		{ CURLE_BAD_CONTENT_ENCODING, FAILURE_ENCODING },       { CURLE_PEER_FAILED_VERIFICATION, FAILURE_CERTIFICATE },
		{ CURLE_UNSUPPORTED_PROTOCOL, FAILURE_NOT_HTTP },       { CURLE_WEIRD_SERVER_REPLY, FAILURE_NOT_HTTP },
	};

	if (*t->refused)
		return FAILURE_PRIVATE;
	if (t->too_large || rc == CURLE_FILESIZE_EXCEEDED)
		return FAILURE_BODY_SIZE;
	if (t->head.bytes > HTTP_HEAD_MAX)
		return FAILURE_HEAD_SIZE;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].rc == rc)
			return kinds[i].kind;
	return FAILURE_OTHER;
}

/* curl's result in words for a person. */
static enum err explain(struct transfer *t, enum failure_kind kind, CURLcode rc, struct err_info *info)
{
	curl_off_t got = 0, whole = -1, connected = 0;
	long number = 0;

	curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &got);
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &whole);
	curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &number);
	return failure_explain(&(struct failure){
		.kind = kind, .host = url_host(&t->strings, t->url), .proxy = t->http->cfg->proxy, .address = t->refused,
		.words = *t->curl_words ? t->curl_words : curl_easy_strerror(rc),
		.got = got, .whole = whole, .os_error = (int)number, .connected = connected > 0,
		.connect_seconds = connect_seconds(t->http), .total_seconds = total_seconds(t->http), .slow_seconds = SLOW_SECONDS,
	}, info);
}

/* What has to be known of a hop before its handle goes on. */
static void note_hop(struct transfer *t)
{
	curl_off_t bytes = 0, micros = 0;
	char *remote = NULL;

	curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
	curl_easy_getinfo(t->easy, CURLINFO_TOTAL_TIME_T, &micros);
	curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &remote);
	t->wire_bytes += bytes + (int64_t)t->head.bytes;
	t->seconds += (double)micros / 1e6;
	if (t->hops == 0 && (proxied(t->http) || !remote || !*remote))
		t->home_private = address_host_private(url_host(&t->strings, t->url));
	else if (t->hops == 0)
		t->home_private = address_private(remote);
}

static enum err judge(struct transfer *t, CURLcode rc, const char **redirect, struct err_info *info)
{
	*redirect = NULL;
	if (redirects(t) && !*t->refused)
		return redirect_target(&t->strings, &(struct redirect){ t->url, t->head.location, t->hops, t->home_private }, redirect, info);
	if (rc != CURLE_OK)
		return explain(t, kind_of(t, rc), rc, info);
	if (status_of(t) == 206)
		return err_set(info, ERR_NET, "the server sent a part only, which nobody asked for (206)");
	if (gzip_is_cut(&t->tail, t->body.len))
		return explain(t, FAILURE_CUT, rc, info);
	return OK;
}

static void next_hop(struct transfer *t, const char *target)
{
	long status = status_of(t);

	t->permanent = t->permanent && (status == 301 || status == 308);
	t->hops++;
	t->url = target;
	give_handle(t);
	t->head = (struct http_head){ .max_age = -1 };
	buf_clear(&t->body);
	t->too_large = false;
	t->tail = (struct gzip_tail){ 0 };
	enqueue(t);
}

/* A hop has ended: on to the next, or the answer. */
static void finish(struct transfer *t, CURLcode rc, http_done *done, void *user)
{
	struct err_info info = ERR_INFO_INIT;
	const char *redirect;
	int64_t now = (int64_t)time(NULL);
	int status = (int)status_of(t);
	struct http_response r = { .status = status };

	note_hop(t);
	unlink_active(t);
	hosts_done(&t->http->hosts, &t->waiting);
	r.err = judge(t, rc, &redirect, &info);
	if (redirect) {
		next_hop(t, redirect);
		return;
	}
	give_handle(t);
	r.error = r.err == OK ? NULL : info.text;
	r.etag = t->head.etag;
	r.last_modified = t->head.last_modified;
	r.content_type = t->head.content_type;
	r.retry_after = http_head_retry(&t->head, now);
	r.max_age = http_head_max_age(&t->head, now);
	deliver(t, &r, done, user);
}

/* ---- the loop ---- */

static void answer_file(struct transfer *t, http_done *done, void *user)
{
	struct http_response r = { .retry_after = -1, .max_age = -1 };
	struct err_info info = ERR_INFO_INIT;
	double began = log_monotonic();

	if (!t->request->allow_file)
		r.err = err_set(&info, ERR_UNSUPPORTED, "file: is read only where your own subscriptions name it");
	else
		r.err = http_file_read(&t->body, t->url, HTTP_BODY_MAX, &info);
	r.status = r.err == OK ? 200 : 0;
	r.error = r.err == OK ? NULL : info.text;
	t->wire_bytes = (int64_t)t->body.len;
	t->seconds = log_monotonic() - began;
	deliver(t, &r, done, user);
}

/* Start one that has its turn, or answer it at once. */
static void start(struct transfer *t, http_done *done, void *user)
{
	struct http *h = t->http;
	bool file = strncasecmp(t->url, "file:", 5) == 0 && t->hops == 0;
	struct err_info info = ERR_INFO_INIT;

	if (t->hops == 0 && h->cfg->wanted && !h->cfg->wanted(h->cfg->wanted_user, t->request))
		(void)err_set(&info, ERR_NET, "not asked");
	else if (!file && !url_allowed(t->url, URL_FETCH))
		(void)err_set(&info, ERR_UNSUPPORTED, "this is no http or https address");
	else if (!file && (t->easy = h->n_idle ? h->idle[--h->n_idle] : curl_easy_init()) == NULL)
		(void)err_set(&info, ERR_NET, "libcurl has no handle left");
	if (!t->easy)
		hosts_done(&h->hosts, &t->waiting);
	if (info.code != OK) {
		fail(t, &info, done, user);
	} else if (file) {
		answer_file(t, done, user);
	} else {
		set_request(t, t->easy);
		set_limits(t, t->easy);
		set_callbacks(t, t->easy);
		link_active(t);
		curl_multi_add_handle(h->multi, t->easy);
	}
}

static void start_waiting(struct http *h, http_done *done, void *user)
{
	int parallel = h->cfg->parallel > 0 ? h->cfg->parallel : 64;
	struct waiting *w;

	while (h->n_active < parallel && (w = hosts_pop(&h->hosts)) != NULL)
		start((struct transfer *)w, done, user);
}

static void collect(struct http *h, http_done *done, void *user)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(h->multi, &left)) != NULL) {
		struct transfer *t = NULL;
		CURLcode rc = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		finish(t, rc, done, user);
	}
}

static void interrupt(struct http *h, http_done *done, void *user)
{
	struct err_info info = ERR_INFO_INIT;
	struct waiting *w;

	(void)err_set(&info, ERR_NET, "interrupted");
	while (h->active) {
		struct transfer *t = h->active;

		unlink_active(t);
		hosts_done(&h->hosts, &t->waiting);
		give_handle(t);
		fail(t, &info, done, user);
	}
	while ((w = hosts_pop(&h->hosts)) != NULL) {
		hosts_done(&h->hosts, w);
		fail((struct transfer *)w, &info, done, user);
	}
}

/* Wait for the network; whoever holds something open while answers come in quick succession hears of it first. */
static void wait_for_network(struct http *h)
{
	int ready = 0;

	if (h->cfg->waiting && curl_multi_poll(h->multi, NULL, 0, 0, &ready) == CURLM_OK && ready == 0)
		h->cfg->waiting(h->cfg->waiting_user);
	if (!ready)
		curl_multi_poll(h->multi, NULL, 0, POLL_MS, NULL);
}

/* http_run - see http.h. */
void http_run(struct http *h, http_done *done, void *user, const volatile bool *cancel)
{
	int running;

	for (;;) {
		if (cancel && *cancel)
			interrupt(h, done, user);
		start_waiting(h, done, user);
		if (h->n_active == 0 && !h->hosts.first_ready)
			return;
		curl_multi_perform(h->multi, &running);
		collect(h, done, user);
		if (h->n_active > 0 && running > 0)
			wait_for_network(h);
	}
}

static void drop_one(void *user, const struct http_response *response)
{
	(void)user, (void)response;
}

/* http_free - end what is queued without a word, close the connections. */
void http_free(struct http *h)
{
	if (!h)
		return;
	interrupt(h, drop_one, NULL);
	for (size_t i = 0; i < h->n_idle; i++)
		curl_easy_cleanup(h->idle[i]);
	free(h->idle);
	curl_multi_cleanup(h->multi);
	hosts_clear(&h->hosts);
	free(h);
	curl_global_cleanup();
}
