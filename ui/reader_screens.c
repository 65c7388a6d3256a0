/* Opening and closing screens. */
#include <stdlib.h>

#include "app/edits.h"
#include "base/log.h"
#include "feeds/url.h"
#include "ui/reader_state.h"

struct screen *reader_push(struct reader *r, const struct view *view)
{
	struct screen *s;

	if (r->depth == SCREENS_MOST) {
		reader_say(r, "q goes back first: there are %d screens on top of each other", r->depth);
		return NULL;
	}
	s = mem_zero(1, sizeof *s);
	s->view = view;
	s->row = -1;
	r->stack[r->depth++] = s;
	return s;
}

static void screen_free(struct screen *s)
{
	if (s->view->kind == SCREEN_ARTICLE)
		view_article_clear(&s->data.article);
	if (s->view->kind == SCREEN_WHY)
		view_why_clear(&s->data.why);
	page_clear(&s->page);
	window_clear(&s->window);
	portrait_clear(&s->portrait);
	meter_clear(&s->meter);
	arena_clear(&s->arena);
	free(s);
}

/* With what was answered. */
static void rank_again(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;

	if (reader_rank_moved(r, &info) != OK)
		reader_fail(r, &info);
}

void reader_pop(struct reader *r)
{
	struct screen *s = reader_top(r);
	bool answered = s->view->kind == SCREEN_ASK && ask_answered(s);

	if (s->view->kind == SCREEN_ARTICLE)
		log_close(r, s);
	r->stack[--r->depth] = NULL;
	screen_free(s);
	if (r->depth == 0)
		return;
	if (answered)
		rank_again(r);
	reader_top(r)->attention.last = log_monotonic();
	if (reader_kind(r) == SCREEN_FEEDS || reader_kind(r) == SCREEN_PROFILE)
		reader_reload(r); /* counts of unread articles; what was read meanwhile */
}

void reader_drop(struct reader *r, const struct err_info *info)
{
	struct screen *s = reader_top(r);

	r->stack[--r->depth] = NULL;
	screen_free(s);
	reader_fail(r, info);
}

/* ---- the front page ---- */

void reader_front(struct reader *r)
{
	struct screen *s = reader_push(r, &view_page);

	if (s)
		s->data.page = (struct view_page){ .page = &s->page, .samples = r->app->samples };
}

void reader_find(struct screen *s, int64_t id)
{
	for (size_t i = 0; i < s->page.n; i++)
		if (s->page.entries[i].id == id) {
			s->at.cursor = (int)i;
			return;
		}
}

struct page_options reader_options(const struct reader *r)
{
	return (struct page_options){ .explore = r->explore, .order = r->order, .width = r->grid.cols, .swaps = true };
}

enum err reader_rank(struct reader *r, bool keep, struct err_info *info)
{
	struct screen *s = r->stack[0];
	struct page_options o = reader_options(r);
	/* A cursor that still waits on the first row stays there: the page is what is being looked at, and must not scroll away under it. */
	int64_t id = s->page.n > 0 && keep && s->at.cursor > 0 ? s->page.entries[s->at.cursor].id : 0;
	struct page page = { 0 };
	enum err e = ranker_page(r->ranker, &o, &page, info);

	if (e != OK)
		return e;
	ask_hint(r, &page);
	log_leave(r);
	page_clear(&s->page);
	s->page = page;
	r->edited = ranker_edited(r->ranker);
	s->data.page.by_date = r->order == PAGE_NEW;
	s->data.page.shift = NULL; /* it was of the page before */
	s->data.page.change = NULL;
	s->at.count = (int)page.n;
	if (id)
		reader_find(s, id);
	else
		s->at.cursor = s->at.top = 0;
	place_clamp(&s->at, true);
	return OK;
}

/* ---- an article ---- */

/* The list that the screen on top was opened from, or is; NULL none. */
static struct screen *list_below(struct reader *r)
{
	for (int i = r->depth; i-- > 0;) {
		enum screen_kind k = r->stack[i]->view->kind;

		if (k == SCREEN_PAGE || k == SCREEN_LIST)
			return r->stack[i];
	}
	return NULL;
}

/* Only rows of the front page have a place that means something. */
static int front_row(const struct screen *owner, int row)
{
	return owner->view->kind == SCREEN_PAGE ? row : -1;
}

void reader_open_row(struct reader *r, int row)
{
	struct screen *owner = list_below(r);
	const struct page_entry *e = owner ? reader_row(r, owner, row) : NULL;

	if (!e)
		return;
	owner->at.cursor = row;
	if (owner->view->kind == SCREEN_PAGE && row > r->passed)
		r->passed = row;
	reader_open_article(r, e, front_row(owner, row));
}

struct page_entry reader_keep(struct arena *a, const struct page_entry *e)
{
	struct page_entry kept = *e;

	kept.title = arena_strdup(a, e->title);
	kept.link = arena_strdup(a, e->link);
	kept.feed = arena_strdup(a, e->feed);
	kept.topic = arena_strdup(a, e->topic);
	kept.slot_reason = arena_strdup(a, e->slot_reason);
	kept.reasons = NULL;
	kept.n_reasons = 0;
	return kept;
}

void reader_open_article(struct reader *r, const struct page_entry *e, int row)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_article);

	if (!s)
		return;
	if (app_article(r->app, e->id, &s->arena, &s->item, &s->blocks, &info) != OK) {
		reader_drop(r, &info);
		return;
	}
	s->entry = reader_keep(&s->arena, e);
	if (!s->entry.link)
		s->entry.link = s->item.link;
	s->row = row;
	s->data.article = (struct view_article){
		.item = &s->item, .blocks = &s->blocks, .now = app_now(r->app), .text_width = r->app->config.text_width,
	};
	s->attention.last = log_monotonic();
	if (log_event(r, EVENT_OPEN, &s->entry, s->row, -1, -1))
		reader_flags(r, s->entry.id, true, s->item.starred);
}

void reader_next(struct reader *r, int by)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *owner = list_below(r);
	int i = -1;

	if (owner && list_next(owner, by, &i, &info) != OK) {
		reader_fail(r, &info);
		return;
	}
	if (i < 0) {
		reader_say(r, by > 0 ? "nothing unread below" : "nothing unread above");
		return;
	}
	if (reader_kind(r) == SCREEN_ARTICLE) {
		reader_pop(r);
		reader_open_row(r, i);
	} else {
		owner->at.cursor = i;
	}
}

/* ---- feeds and their articles ---- */

/* The cursor stays on its feed: lines of the file may have come and gone. */
static void keep_feed(struct screen *s, int64_t id)
{
	for (size_t i = 0; i < s->feeds.n; i++)
		if (s->feeds.feed[i].id == id)
			s->at.cursor = (int)i;
	s->at.count = (int)s->feeds.n;
	place_clamp(&s->at, true);
}

static enum err feeds_reload(struct reader *r, struct screen *s, struct err_info *info)
{
	int64_t here = s->feeds.n && (size_t)s->at.cursor < s->feeds.n ? s->feeds.feed[s->at.cursor].id : 0;
	struct arena fresh = ARENA_INIT;
	struct feed_list list;
	enum err e = feeds_load(&r->app->store, false, &fresh, &list, info);

	if (e != OK) {
		arena_clear(&fresh);
		return e;
	}
	for (size_t i = 0; i < list.n; i++) { /* what has no title is named by its address */
		if (!list.feed[i].title || !*list.feed[i].title)
			list.feed[i].title = url_shown(&fresh, list.feed[i].url);
		list.feed[i].moved_to = url_shown(&fresh, list.feed[i].moved_to);
	}
	arena_clear(&s->arena);
	s->arena = fresh;
	s->feeds = list;
	s->data.feeds = (struct view_feeds){ .feed = list.feed, .n = list.n, .now = app_now(r->app), .samples = r->app->samples };
	if (here)
		keep_feed(s, here);
	return OK;
}

void reader_open_feeds(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_feeds);

	if (s && feeds_reload(r, s, &info) != OK)
		reader_drop(r, &info);
}

/* ---- help ---- */

void reader_open_help(struct reader *r)
{
	enum screen_kind from = reader_kind(r);
	struct screen *s = from == SCREEN_HELP ? NULL : reader_push(r, &view_help);

	if (s)
		s->data.help = (struct view_help){ .keys = &r->keys, .from = from };
}

/* ---- after something changed in the store ---- */

/* Of the rows that are there, and of an article that is open. */
static enum err reload_flags(struct reader *r, const struct screen *s, struct err_info *info)
{
	struct arena a = ARENA_INIT;
	int64_t *ids = arena_zero(&a, s->page.n + 1, sizeof *ids);
	struct item_list items = { 0 };
	size_t n = 0;
	enum err e = OK;

	for (size_t i = 0; i < s->page.n; i++)
		ids[n++] = s->page.entries[i].id;
	if (s->view->kind == SCREEN_ARTICLE)
		ids[n++] = s->entry.id;
	if (n)
		e = articles_brief(&r->app->store, ids, n, &a, &items, info);
	for (size_t i = 0; e == OK && i < items.n; i++)
		reader_flags(r, items.item[i].id, items.item[i].read, items.item[i].starred);
	arena_clear(&a);
	return e;
}

void reader_follow_store(struct reader *r)
{
	struct screen *s = reader_top(r);
	struct err_info info = ERR_INFO_INIT;
	enum err e = OK;

	for (int i = 0; e == OK && i < r->depth; i++)
		e = reload_flags(r, r->stack[i], &info);
	if (e == OK && s->view->kind == SCREEN_FEEDS)
		e = feeds_reload(r, s, &info);
	if (e == OK && s->view->kind == SCREEN_HISTORY)
		e = history_reload(r, s, &info);
	if (e != OK)
		reader_fail(r, &info);
}

void reader_reload(struct reader *r)
{
	struct err_info info = ERR_INFO_INIT;

	for (int i = 0; i < r->depth; i++) {
		struct screen *s = r->stack[i];
		enum screen_kind k = s->view->kind;
		enum err e = OK;

		if (k == SCREEN_FEEDS)
			e = feeds_reload(r, s, &info);
		else if (k == SCREEN_PAGE || k == SCREEN_LIST || k == SCREEN_ARTICLE)
			e = reload_flags(r, s, &info);
		else if (k == SCREEN_PROFILE)
			e = portrait_reload(r, s, &info);
		else if (k == SCREEN_ASK)
			e = ask_reload(r, s, &info);
		else if (k == SCREEN_WHY)
			e = why_reload(r, s, &info);
		else if (k == SCREEN_METER)
			e = meter_reload(r, s, &info);
		else if (k == SCREEN_HISTORY)
			e = history_reload(r, s, &info);
		if (e != OK)
			reader_fail(r, &info);
	}
}
