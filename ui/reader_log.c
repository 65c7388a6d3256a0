#include "base/log.h"
#include "ui/reader_state.h"

#define SETTLE 1.0 /* seconds that a row must stand on the screen to count as shown */

bool log_event(struct reader *r, enum event_kind kind, const struct page_entry *e, int row, double dwell, double scroll)
{
	struct err_info info = ERR_INFO_INIT;
	struct event ev = {
		.article = e->id, .kind = kind, .dwell = dwell, .scroll = scroll, .place = row + 1, .slot = (int)e->slot,
		.explore = row >= 0 ? r->stack[0]->page.explore : -1, .propensity = e->slot == SLOT_SERENDIPITY ? e->propensity : -1,
		.pair = row >= 0 ? e->pair : 0, .width = r->grid.cols, .trial = e->trial, .team = (int)e->team,
	};

	if (ranker_record(r->ranker, &ev, &info) != OK) {
		reader_fail(r, &info);
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

static bool first_time(struct map *m, const char *key, size_t len)
{
	bool added;

	(void)map_at(m, key, len, 1, &added);
	return added;
}

void log_shown(struct reader *r)
{
	struct screen *s = r->stack[0];

	r->settles = 0;
	for (int i = s->at.top; i < s->at.top + s->at.shown && i < (int)s->page.n; i++) {
		int64_t key[2] = { s->page.entries[i].id, i };

		if (first_time(&r->shown, (const char *)key, sizeof key) && !log_event(r, EVENT_SHOWN, &s->page.entries[i], i, -1, -1))
			return;
	}
}

void log_leave(struct reader *r)
{
	struct screen *s = r->stack[0];

	for (int i = 0; i < r->passed && i < (int)s->page.n; i++) {
		const struct page_entry *e = &s->page.entries[i];
		int64_t key[2] = { e->id, i };

		if (e->read || e->starred || map_get(&r->shown, (const char *)key, sizeof key, 0) == 0)
			continue;
		if (first_time(&r->skipped, (const char *)&e->id, sizeof e->id) && !log_event(r, EVENT_SKIP, e, i, -1, -1))
			break;
	}
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
