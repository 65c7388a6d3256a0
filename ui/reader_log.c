#include <stdlib.h>

#include "base/log.h"
#include "ui/reader_state.h"

#define SETTLE 1.0 /* seconds that a row must stand on the screen to count as shown */

static void unsaved(struct reader *r, const struct err_info *info)
{
	reader_say(r, "not saved: %.240s", info->text);
	r->alarm = true;
}

static struct event event_of(const struct reader *r, enum event_kind kind, const struct page_entry *e, int row)
{
	return (struct event){
		.article = e->id, .kind = kind, .dwell = -1, .scroll = -1, .place = row + 1, .slot = (int)e->slot,
		.explore = row >= 0 ? r->stack[0]->page.explore : -1, .propensity = e->slot == SLOT_SERENDIPITY ? e->propensity : -1,
		.pair = row >= 0 ? e->pair : 0, .width = r->grid.cols, .trial = e->trial, .team = (int)e->team,
	};
}

/* What the reader didn't ask to be saved isn't missed where nothing can be: that was said at the start. */
static bool in_passing(enum event_kind kind)
{
	return kind == EVENT_SHOWN || kind == EVENT_SKIP || kind == EVENT_OPEN || kind == EVENT_CLOSE || kind == EVENT_BROWSER;
}

bool log_event(struct reader *r, enum event_kind kind, const struct page_entry *e, int row, double dwell, double scroll)
{
	struct err_info info = ERR_INFO_INIT;
	struct event ev = event_of(r, kind, e, row);

	ev.dwell = dwell;
	ev.scroll = scroll;
	if (in_passing(kind) && r->app->read_only)
		return false;
	if (ranker_record(r->ranker, &ev, &info) != OK) {
		unsaved(r, &info);
		return false;
	}
	if (!ev.id && (kind == EVENT_LIKE || kind == EVENT_DISLIKE || kind == EVENT_WANT || kind == EVENT_PASS))
		reader_say(r, "reading is private: that was not recorded");
	return ev.id != 0;
}

/* ---- the front page ---- */

void log_look(struct reader *r)
{
	struct screen *s = r->stack[0];

	if (r->depth != 1 || s->page.n == 0) {
		r->settles = 0;
		return;
	}
	if (s->at.cursor > r->passed)
		r->passed = s->at.cursor;
	r->settles = log_monotonic() + SETTLE;
}

/* Rows of the page that are about to be recorded, and the keys by which they are then known. */
struct rows {
	struct event *event;
	int64_t (*key)[2];
	size_t n, cap, key_cap;
};

static void add_row(struct rows *rows, struct event e, int64_t key, int64_t place)
{
	size_t n = rows->n;

	MEM_GROW(rows->event, rows->n, rows->cap);
	MEM_GROW(rows->key, n, rows->key_cap);
	rows->key[rows->n][0] = key;
	rows->key[rows->n][1] = place;
	rows->event[rows->n++] = e;
}

/* All in one commit: a sync for each row would be felt. What can't be stored is not known as recorded, and comes again. */
static bool record_rows(struct reader *r, struct rows *rows, struct map *known, size_t key_bytes)
{
	struct err_info info = ERR_INFO_INIT;
	bool all = !rows->n || ranker_record_all(r->ranker, rows->event, rows->n, &info) == OK;

	for (size_t i = 0; all && i < rows->n; i++)
		if (rows->event[i].id)
			(void)map_at(known, (const char *)rows->key[i], key_bytes, 1, NULL);
	if (!all)
		unsaved(r, &info);
	free(rows->event);
	free(rows->key);
	return all;
}

bool log_shown(struct reader *r)
{
	struct screen *s = r->stack[0];
	struct rows rows = { 0 };

	r->settles = 0;
	for (int i = s->at.top; !r->app->read_only && i < s->at.top + s->at.shown && i < (int)s->page.n; i++) {
		int64_t key[2] = { s->page.entries[i].id, i };

		if (!map_get(&r->shown, (const char *)key, sizeof key, 0))
			add_row(&rows, event_of(r, EVENT_SHOWN, &s->page.entries[i], i), key[0], key[1]);
	}
	return record_rows(r, &rows, &r->shown, 2 * sizeof(int64_t));
}

void log_leave(struct reader *r)
{
	struct screen *s = r->stack[0];
	struct rows rows = { 0 };

	for (int i = 0; i < r->passed && i < (int)s->page.n; i++) {
		const struct page_entry *e = &s->page.entries[i];
		int64_t key[2] = { e->id, i };

		if (e->read || e->starred || map_get(&r->shown, (const char *)key, sizeof key, 0) == 0)
			continue;
		if (!map_get(&r->skipped, (const char *)&e->id, sizeof e->id, 0))
			add_row(&rows, event_of(r, EVENT_SKIP, e, i), e->id, i);
	}
	(void)record_rows(r, &rows, &r->skipped, sizeof(int64_t));
	r->passed = 0;
}

/* ---- an article ---- */

void log_attend(struct reader *r, struct screen *s)
{
	double now = log_monotonic(), gap = now - s->attention.last;

	s->attention.dwell += gap < r->app->config.idle ? gap : r->app->config.idle;
	s->attention.last = now;
}

void log_close(struct reader *r, struct screen *s)
{
	log_attend(r, s);
	(void)log_event(r, EVENT_CLOSE, &s->entry, s->row, s->attention.dwell, s->attention.seen);
}

enum err log_end(struct reader *r, struct err_info *info)
{
	r->message[0] = '\0';
	r->alarm = false;
	while (r->depth > 1)
		reader_pop(r);
	if (r->ranker)
		log_leave(r);
	return r->alarm ? err_set(info, ERR_IO, "%s", r->message) : OK;
}
