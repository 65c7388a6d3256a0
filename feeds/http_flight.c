/* http_flight - the bodies under way share one budget, so that the memory of a run doesn't depend on what the servers send.
 *
 * While there is room (HTTP_FLIGHT_MAX), everybody takes what comes. Where there is none, one transfer is let ahead, the one with the largest body, because it needs the
 * least more; it may grow to HTTP_BODY_MAX. The others are paused with what they have until somebody ends. So there is always one that goes on, and it ends: by its
 * own end, by its size, or by its time.
 */
#include <config.h>

#include "base/log.h"
#include "feeds/http_private.h"

#define UNWANTED_MAX ((size_t)64 << 10) /* read and dropped, so that the connection can be used again */

void flight_begin(struct transfer *t)
{
	struct http *h = t->http;

	t->began = log_monotonic();
	t->held = 0;
	t->prev = NULL;
	t->next = h->active;
	if (h->active)
		h->active->prev = t;
	h->active = t;
	h->n_active++;
}

static void unpause(struct transfer *t)
{
	t->held += log_monotonic() - t->paused_at;
	t->paused = false;
	t->http->n_paused--;
}

void flight_end(struct transfer *t)
{
	struct http *h = t->http;

	if (t->paused)
		unpause(t);
	if (h->ahead == t)
		h->ahead = NULL;
	if (t->prev)
		t->prev->next = t->next;
	else
		h->active = t->next;
	if (t->next)
		t->next->prev = t->prev;
	h->n_active--;
}

static struct transfer *largest(const struct http *h)
{
	struct transfer *best = h->active;

	for (struct transfer *t = h->active; t; t = t->next)
		if (t->body.len > best->body.len)
			best = t;
	return best;
}

static bool has_room(struct transfer *t)
{
	struct http *h = t->http;

	if (h->flight < HTTP_FLIGHT_MAX)
		return true;
	if (!h->ahead)
		h->ahead = largest(h);
	return h->ahead == t;
}

/* Of a redirect, or of an error in a coding that we don't know: only its size matters. */
static enum take take_unwanted(struct transfer *t, size_t n)
{
	t->unwanted += n;
	t->too_large = t->unwanted > UNWANTED_MAX;
	return t->too_large ? TAKE_STOP : TAKE_DONE;
}

enum take flight_take(struct transfer *t, const char *s, size_t n)
{
	size_t before = t->body.len;
	enum unpacked is;

	if (t->too_large || t->broken) /* the library may go on after a pause all the same */
		return TAKE_STOP;
	if (transfer_redirects(t) || (t->unpack.coding == CODING_UNKNOWN && t->head.status > 299))
		return take_unwanted(t, n);
	if (!has_room(t)) {
		t->paused = true;
		t->paused_at = log_monotonic();
		t->http->n_paused++;
		return TAKE_WAIT;
	}
	is = unpack_add(&t->unpack, s, n, &t->body, HTTP_BODY_MAX);
	t->http->flight += t->body.len - before;
	t->too_large = is == UNPACK_TOO_LARGE;
	t->broken = is == UNPACK_BROKEN;
	return is == UNPACK_OK ? TAKE_DONE : TAKE_STOP;
}

void flight_drop(struct transfer *t)
{
	t->http->flight -= t->body.len;
	buf_clear(&t->body);
	unpack_clear(&t->unpack);
	t->unwanted = 0;
	t->too_large = t->broken = false;
}

struct transfer *flight_next(struct http *h)
{
	struct transfer *t = h->active;

	if (h->n_paused == 0)
		return NULL;
	if (h->flight >= HTTP_FLIGHT_MAX) {
		if (!h->ahead)
			h->ahead = largest(h);
		t = h->ahead->paused ? h->ahead : NULL;
	} else {
		h->ahead = NULL;
		while (t && !t->paused)
			t = t->next;
	}
	if (t)
		unpause(t);
	return t;
}

bool flight_overdue(const struct transfer *t, double now)
{
	double took = now - t->began - t->held;

	if (t->paused)
		return false;
	return t->seconds + took >= (double)transfer_seconds(t) || (t->head.bytes == 0 && took >= (double)HTTP_FIRST_BYTE);
}
