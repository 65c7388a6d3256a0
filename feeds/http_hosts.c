/* http_hosts - whose turn it is. */
#include "feeds/http_hosts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct host {
	struct waiting *first, *last;
	struct host *next_ready;
	int active, limit;
	bool told;  /* the limit is a subscription's word */
	bool ready; /* is in the list of the ready */
	bool held;  /* it asked to be left alone ... */
	int64_t held_for; /* ... seconds, -1 unknown */
};

static void offer(struct hosts *h, struct host *host)
{
	if (host->ready || !host->first || (host->limit && host->active >= host->limit))
		return;
	host->ready = true;
	host->next_ready = NULL;
	if (h->last_ready)
		h->last_ready->next_ready = host;
	else
		h->first_ready = host;
	h->last_ready = host;
}

static struct host *find(struct hosts *h, const char *name, int limit)
{
	bool added;
	int64_t place = *map_at(&h->index, name, strlen(name), (int64_t)h->n, &added);
	struct host *host;

	if (!added)
		return h->all[place];
	host = mem_zero(1, sizeof *host);
	host->limit = limit;
	MEM_GROW(h->all, h->n, h->cap);
	h->all[h->n++] = host;
	return host;
}

/* hosts_push - see http_hosts.h.
 *   w  [in,out] linked until it is popped;  host  borrowed for the call; the limit of its first push holds
 * Cannot fail. */
void hosts_push(struct hosts *h, struct waiting *w, const char *host, int limit)
{
	struct host *to = find(h, host, limit);

	w->next = NULL;
	w->host = to;
	if (to->last)
		to->last->next = w;
	else
		to->first = w;
	to->last = w;
	offer(h, to);
}

/* hosts_limit - see http_hosts.h. Cannot fail. */
void hosts_limit(struct hosts *h, const char *host, int limit)
{
	struct host *to = find(h, host, limit);

	if (!to->told || limit < to->limit)
		to->limit = limit;
	to->told = true;
}

void hosts_hold(struct waiting *w, int64_t seconds)
{
	w->host->held = true;
	w->host->held_for = seconds;
}

bool hosts_held(const struct waiting *w, int64_t *seconds)
{
	*seconds = w->host->held_for;
	return w->host->held;
}

/* hosts_pop - see http_hosts.h. Hosts take turns, each host's own queue is in order. */
struct waiting *hosts_pop(struct hosts *h)
{
	struct host *host = h->first_ready;
	struct waiting *w;

	if (!host)
		return NULL;
	h->first_ready = host->next_ready;
	if (!h->first_ready)
		h->last_ready = NULL;
	host->ready = false;
	w = host->first;
	host->first = w->next;
	if (!host->first)
		host->last = NULL;
	host->active++;
	offer(h, host);
	return w;
}

/* hosts_done - see http_hosts.h. */
void hosts_done(struct hosts *h, struct waiting *w)
{
	assert(w->host->active > 0);
	w->host->active--;
	offer(h, w->host);
}

/* hosts_clear - give the memory back; h is empty and ready afterwards. */
void hosts_clear(struct hosts *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->all[i]);
	free(h->all);
	map_clear(&h->index);
	*h = (struct hosts)HOSTS_INIT;
}
