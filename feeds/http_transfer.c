/* http_transfer - what is decided about a request without the library: where it may go, as whom, and what is remembered of its way. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "feeds/http_address.h"
#include "feeds/http_private.h"
#include "feeds/http_redirect.h"
#include "feeds/http_words.h"
#include "feeds/settings.h"
#include "feeds/url.h"

#define HOST_MAX 2

/* ---- its settings ---- */

long transfer_seconds(const struct transfer *t)
{
	const struct feed_settings *own = t->request->settings;
	long timeout = own && own->timeout > 0 ? own->timeout : t->http->cfg->timeout;

	return timeout > 0 ? timeout : 30;
}

const char *transfer_proxy(const struct transfer *t)
{
	const struct feed_settings *own = t->request->settings;
	const char *proxy = own && own->proxy ? own->proxy : t->http->cfg->proxy;

	return proxy ? proxy : "";
}

bool transfer_proxied(const struct transfer *t)
{
	return *transfer_proxy(t) != '\0';
}

/* ---- its way in ---- */

static void transfer_enqueue(struct transfer *t)
{
	hosts_push(&t->http->hosts, &t->waiting, url_host(&t->strings, t->url), url_loopback(t->url) ? 0 : HOST_MAX);
}

/* http_add - see http.h. Whatever is wrong with the request is told by its callback. */
void http_add(struct http *h, const struct http_request *request)
{
	struct transfer *t = mem_zero(1, sizeof *t);

	t->http = h;
	t->request = request;
	t->permanent = true;
	t->known = !request->given_by;
	t->led = request->at != NULL;
	t->retry_after = -1;
	t->head.max_age = -1;
	t->url = url_bare(&t->strings, url_resolve(&t->strings, NULL, request->at ? request->at : request->url));
	t->home = home_of(&t->strings, request);
	if (request->settings && request->settings->connections)
		hosts_limit(&h->hosts, url_host(&t->strings, t->home.url), request->settings->connections);
	transfer_enqueue(t);
}

/* By its words alone; on_socket and on_connected see what a name stands for. A proxy finds the address itself, so there the words have to do. */
static bool names_private(const struct transfer *t, const char *host)
{
	if (t->home.is_private || (!t->led && !t->request->foreign))
		return false;
	return transfer_proxied(t) ? address_host_local(host) : address_host_private(host);
}

enum err transfer_admit(struct transfer *t, struct http_response *r, struct err_info *info)
{
	const char *host = url_host(&t->strings, t->url);
	struct failure f = { .kind = FAILURE_PRIVATE, .host = host, .address = host };

	if (!url_allowed(t->url, URL_FETCH))
		return err_set(info, ERR_UNSUPPORTED, "this is no http or https address");
	if (names_private(t, host))
		return failure_explain(&f, info);
	if (!hosts_held(&t->waiting, &r->retry_after))
		return OK;
	r->left_alone = true;
	f.kind = FAILURE_HELD;
	return failure_explain(&f, info);
}

/* May this hop not reach private addresses? Behind a proxy we see no address but the proxy's. */
static bool guarded(const struct transfer *t)
{
	return !transfer_proxied(t) && !(t->led ? t->home.is_private : t->home.may_be_private);
}

bool transfer_refuses(struct transfer *t, const char *numeric)
{
	if (!guarded(t) || !address_private(numeric))
		return false;
	(void)snprintf(t->refused, sizeof t->refused, "%s", numeric);
	return true;
}

/* A home's name that stands for a public address gives its redirects no right to private ones. */
void transfer_reached(struct transfer *t, const char *numeric)
{
	bool allowed = t->request->settings && t->request->settings->reach_private;

	if (!t->led && !transfer_proxied(t) && numeric && *numeric)
		t->home.is_private = t->home.may_be_private && (allowed || address_private(numeric));
}

/* ---- its way on ---- */

bool transfer_redirects(const struct transfer *t)
{
	int status = t->head.status;

	return t->head.complete && t->head.location && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
}

void transfer_led(struct transfer *t, const char *target)
{
	bool permanent = (t->head.status == 301 || t->head.status == 308) && !redirect_downgrades(t->url, target);
	int64_t retry = http_head_retry(&t->head, (int64_t)time(NULL));

	t->permanent = t->permanent && permanent;
	t->known = t->known && !permanent;
	if (t->permanent)
		t->moved_to = target;
	if (retry > t->retry_after)
		t->retry_after = retry;
	t->hops++;
	t->led = true;
	t->url = target;
	t->head = (struct http_head){ .max_age = -1 };
	flight_drop(t);
	transfer_enqueue(t);
}

/* ---- its end ---- */

void transfer_deliver(struct transfer *t, struct http_response *r, http_done *done, void *user)
{
	r->request = t->request;
	r->url = t->led ? t->url : t->home.url;
	r->moved_to = t->moved_to;
	r->conditional = t->known && ((t->request->etag && *t->request->etag) || (t->request->last_modified && *t->request->last_modified));
	if (t->retry_after > r->retry_after)
		r->retry_after = t->retry_after;
	if (r->err == OK) {
		r->body = buf_str(&t->body);
		r->len = t->body.len;
	} else {
		r->body = "";
	}
	r->wire_bytes = t->wire_bytes;
	r->ms = 1000 * t->seconds;
	done(user, r);
	flight_drop(t);
	arena_clear(&t->strings);
	free(t);
}
