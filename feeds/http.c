/* http - many conditional requests at once; the one window to libcurl.
 *
 * We follow redirects ourselves: each hop is a transfer of its own that waits for its host's turn, is judged by scheme and address, and is
 * told apart as permanent or not. curl keeps the connections, compression, TLS and HTTP/2.
 */
#include <config.h>

#include "feeds/http.h"

#include <curl/curl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"
#include "feeds/http_file.h"
#include "feeds/http_private.h"
#include "feeds/http_redirect.h"
#include "feeds/http_words.h"
#include "feeds/settings.h"
#include "feeds/url.h"

#define POLL_MS 250      /* how soon a cancel is seen, and that a time is over */

static const char ACCEPT[] = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
	"text/xml;q=0.9, */*;q=0.8";

static long connect_seconds(const struct http *h)
{
	return h->cfg->connect_timeout > 0 ? h->cfg->connect_timeout : 10;
}

/* http_new - see http.h. */
enum err http_new(const struct http_config *cfg, struct http **out, struct err_info *info)
{
	struct http *h;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(info, ERR_NET, "libcurl can't start");
	mem_large_apart();
	h = mem_zero(1, sizeof *h); /* HOSTS_INIT is zero too */
	h->cfg = cfg;
	if ((h->multi = curl_multi_init()) == NULL) {
		free(h);
		curl_global_cleanup();
		return err_set(info, ERR_NET, "libcurl can't start");
	}
	curl_multi_setopt(h->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, 2L * (cfg->parallel > 0 ? cfg->parallel : 256));
	*out = h;
	return OK;
}

/* ---- what curl calls ---- */

static curl_socket_t on_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
	char numeric[64];

	(void)purpose;
	if (getnameinfo(&address->addr, address->addrlen, numeric, sizeof numeric, NULL, 0, NI_NUMERICHOST) != 0 || transfer_refuses(user, numeric))
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* A connection that another transfer left open was never asked for by on_socket. */
static int on_connected(void *user, char *remote, char *local, int remote_port, int local_port)
{
	struct transfer *t = user;

	(void)local, (void)remote_port, (void)local_port;
	if (transfer_refuses(t, remote))
		return CURL_PREREQFUNC_ABORT;
	*t->refused = '\0'; /* another address of the same name was, and this one is none such */
	return CURL_PREREQFUNC_OK;
}

static size_t on_header(char *line, size_t size, size_t n, void *user)
{
	struct transfer *t = user;

	if (!http_head_line(&t->head, &t->strings, line, size * n))
		return 0;
	t->unpack.coding = coding_of(t->head.coding);
	return size * n;
}

static size_t on_body(char *s, size_t size, size_t n, void *user)
{
	switch (flight_take(user, s, size * n)) {
	case TAKE_DONE: return size * n;
	case TAKE_WAIT: return CURL_WRITEFUNC_PAUSE;
	case TAKE_STOP: break;
	}
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

/* How long all may take is watched in expire(), which knows what doesn't count. */
static void set_limits(struct transfer *t, CURL *e)
{
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, connect_seconds(t->http));
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
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_connected);
	curl_easy_setopt(e, CURLOPT_PREREQDATA, t);
}

/* The reader's own lines and login go to the subscription's own server alone. */
static void set_own(struct transfer *t, CURL *e, bool *accept)
{
	const struct feed_settings *own = t->request->settings;

	if (!home_owns(&t->home, &t->strings, t->url))
		return;
	for (size_t i = 0; own && i < own->n_headers; i++) {
		struct curl_slist *more = curl_slist_append(t->headers, own->header[i]);

		t->headers = more ? more : t->headers;
		*accept = *accept || strncasecmp(own->header[i], "Accept:", 7) == 0;
	}
	if (t->home.login) {
		curl_easy_setopt(e, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(e, CURLOPT_USERPWD, t->home.login);
	}
}

static void set_headers(struct transfer *t, CURL *e)
{
	bool accept = false;

	set_own(t, e, &accept);
	if (!accept)
		set_header(t, "Accept", ACCEPT);
	set_header(t, "Accept-Encoding", "gzip, deflate");
	if (t->request->given_by && strcmp(t->url, t->request->given_by) == 0)
		t->known = true;
	if (t->known) {
		set_header(t, "If-None-Match", t->request->etag);
		set_header(t, "If-Modified-Since", t->request->last_modified);
	}
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
}

static void set_request(struct transfer *t, CURL *e)
{
	const struct feed_settings *own = t->request->settings;
	const char *agent = own && own->user_agent ? own->user_agent : t->http->cfg->user_agent;

	curl_easy_setopt(e, CURLOPT_URL, url_wire(&t->strings, t->url));
	curl_easy_setopt(e, CURLOPT_USERAGENT, agent ? agent : "eclose/" PACKAGE_VERSION);
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
	curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
#endif
	curl_easy_setopt(e, CURLOPT_PROXY, transfer_proxy(t)); /* "": not the environment's either */
	curl_easy_setopt(e, CURLOPT_NOPROXY, "");
	set_headers(t, e);
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

/* ---- what came back ---- */

static void fail(struct transfer *t, const struct err_info *info, http_done *done, void *user)
{
	struct http_response r = { .err = info->code, .error = info->text, .retry_after = -1, .max_age = -1 };

	transfer_deliver(t, &r, done, user);
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
		return t->led ? FAILURE_PRIVATE : FAILURE_FIRST_PRIVATE;
	if (t->too_large || rc == CURLE_FILESIZE_EXCEEDED)
		return FAILURE_BODY_SIZE;
	if (t->broken)
		return t->unpack.coding == CODING_UNKNOWN ? FAILURE_CODING : FAILURE_ENCODING;
	if (t->head.bytes > HTTP_HEAD_MAX || (rc == CURLE_OUT_OF_MEMORY && !t->head.complete)) /* a line that is too long for libcurl */
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
		.kind = kind, .host = url_host(&t->strings, t->url), .proxy = url_bare(&t->strings, transfer_proxy(t)), .address = t->refused, .coding = t->head.coding,
		.words = kind == FAILURE_ENCODING ? "what came is damaged, or no such thing" : *t->curl_words ? t->curl_words : curl_easy_strerror(rc),
		.got = got, .whole = whole, .os_error = (int)number, .connected = connected > 0,
		.connect_seconds = connect_seconds(t->http), .total_seconds = transfer_seconds(t), .first_seconds = HTTP_FIRST_BYTE,
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
	t->seconds += (double)micros / 1e6 > t->held ? (double)micros / 1e6 - t->held : 0;
	transfer_reached(t, remote);
}

static enum err judge(struct transfer *t, CURLcode rc, const char **redirect, struct err_info *info)
{
	*redirect = NULL;
	if (transfer_redirects(t) && !*t->refused)
		return redirect_target(&t->strings, &(struct redirect){ t->url, t->head.location, t->hops, t->home.is_private, transfer_proxied(t) }, redirect, info);
	if (rc != CURLE_OK || t->too_large || t->broken) /* what was refused while the library let go of a pause is no error to it */
		return explain(t, kind_of(t, rc), rc, info);
	if (t->head.status == 206)
		return err_set(info, ERR_NET, "the server sent a part only, which nobody asked for (206)");
	if (unpack_is_cut(&t->unpack))
		return explain(t, FAILURE_CUT, rc, info);
	return OK;
}

/* A hop has ended: on to the next, or the answer. */
static void finish(struct transfer *t, CURLcode rc, http_done *done, void *user)
{
	struct err_info info = ERR_INFO_INIT;
	const char *redirect;
	int64_t now = (int64_t)time(NULL);
	struct http_response r = { .retry_after = -1 };
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status); /* also where the header broke off */
	r.status = (int)status;
	note_hop(t);
	flight_end(t);
	hosts_done(&t->http->hosts, &t->waiting);
	r.err = judge(t, rc, &redirect, &info);
	if (redirect) {
		give_handle(t);
		transfer_led(t, redirect);
		return;
	}
	if (status == 429)
		hosts_hold(&t->waiting, http_head_retry(&t->head, now));
	give_handle(t);
	r.error = r.err == OK ? NULL : info.text;
	r.etag = t->head.etag;
	r.last_modified = t->head.last_modified;
	r.content_type = t->head.content_type;
	r.retry_after = http_head_retry(&t->head, now);
	r.max_age = http_head_max_age(&t->head, now);
	transfer_deliver(t, &r, done, user);
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
	t->http->flight += t->body.len;
	t->wire_bytes = (int64_t)t->body.len;
	t->seconds = log_monotonic() - began;
	transfer_deliver(t, &r, done, user);
}

/* Start one that has its turn, or answer it at once. */
static void start(struct transfer *t, http_done *done, void *user)
{
	struct http *h = t->http;
	bool file = strncasecmp(t->url, "file:", 5) == 0 && !t->led;
	struct http_response r = { .retry_after = -1, .max_age = -1 };
	struct err_info info = ERR_INFO_INIT;

	r.err = file ? OK : transfer_admit(t, &r, &info);
	r.error = info.text;
	if (r.err == OK && !file && (t->easy = h->n_idle ? h->idle[--h->n_idle] : curl_easy_init()) == NULL)
		r.err = err_set(&info, ERR_NET, "libcurl has no handle left");
	if (!t->easy)
		hosts_done(&h->hosts, &t->waiting);
	if (r.err != OK) {
		transfer_deliver(t, &r, done, user);
	} else if (file) {
		answer_file(t, done, user);
	} else {
		set_request(t, t->easy);
		set_limits(t, t->easy);
		set_callbacks(t, t->easy);
		flight_begin(t);
		curl_multi_add_handle(h->multi, t->easy);
	}
}

static void start_waiting(struct http *h, http_done *done, void *user)
{
	int parallel = h->cfg->parallel > 0 ? h->cfg->parallel : 256;
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

/* Those whose time is over: for the first byte, or for all. Waiting for room is no fault of theirs. */
static void expire(struct http *h, http_done *done, void *user)
{
	double now = log_monotonic();

	if (now - h->looked < POLL_MS / 2000.0)
		return;
	h->looked = now;
	for (struct transfer *t = h->active, *next; t; t = next) {
		next = t->next;
		if (flight_overdue(t, now))
			finish(t, CURLE_OPERATION_TIMEDOUT, done, user);
	}
}

/* Those that waited for room, and have it now. */
static void resume(struct http *h)
{
	struct transfer *t;

	while ((t = flight_next(h)) != NULL)
		curl_easy_pause(t->easy, CURLPAUSE_CONT);
}

static void interrupt(struct http *h, http_done *done, void *user)
{
	struct err_info info = ERR_INFO_INIT;
	struct waiting *w;

	(void)err_set(&info, ERR_NET, "interrupted");
	while (h->active) {
		struct transfer *t = h->active;

		flight_end(t);
		hosts_done(&h->hosts, &t->waiting);
		give_handle(t);
		fail(t, &info, done, user);
	}
	while ((w = hosts_pop(&h->hosts)) != NULL) {
		hosts_done(&h->hosts, w);
		fail((struct transfer *)w, &info, done, user);
	}
}

/* http_stop - see http.h. */
void http_stop(struct http *h)
{
	h->stopped = true;
}

/* http_run - see http.h. */
void http_run(struct http *h, http_done *done, void *user, const volatile bool *cancel)
{
	int running;

	for (;;) {
		if ((cancel && *cancel) || h->stopped)
			interrupt(h, done, user);
		start_waiting(h, done, user);
		if (h->n_active == 0 && !h->hosts.first_ready)
			return;
		curl_multi_perform(h->multi, &running);
		collect(h, done, user);
		expire(h, done, user);
		resume(h);
		if (h->n_active > 0 && running > 0)
			curl_multi_poll(h->multi, NULL, 0, POLL_MS, NULL);
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
