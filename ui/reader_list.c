/* Lists by time: the ids of a list, and rows around its cursor (app/window.h). */
#include "app/window.h"
#include "ui/keys.h"
#include "ui/reader_state.h"

/* ---- rows ---- */

struct page_entry reader_row_of(const struct item *it)
{
	return (struct page_entry){
		.id = it->id, .title = it->title ? it->title : "", .link = it->link, .feed = it->feed_title ? it->feed_title : "",
		.topic = "", .topic_id = -1, .published = it->published != DATE_NONE ? it->published : it->fetched,
		.feeds_telling = 1, .propensity = 1, .read = it->read, .starred = it->starred,
	};
}

/* Rows from .. from + n in place of those that were there. */
static enum err read_rows(struct reader *r, struct screen *s, size_t from, size_t n, struct err_info *info)
{
	struct page page = { .now = app_now(r->app) };
	struct item *it = arena_zero(&page.arena, n + 1, sizeof *it);
	enum err e = window_rows(&s->window, from, n, &page.arena, it, info);

	if (e != OK) {
		page_clear(&page);
		return e;
	}
	page.entries = arena_zero(&page.arena, n + 1, sizeof *page.entries);
	page.n = n;
	for (size_t i = 0; i < n; i++)
		page.entries[i] = reader_row_of(&it[i]);
	page_clear(&s->page);
	s->page = page;
	s->first = from;
	s->data.list.first = (int)from;
	return OK;
}

/* Whatever its top is, a screen shows nothing that is further from the cursor than its height. A page more each way is read, so that most movements find their rows there. */
static enum err around(struct reader *r, struct screen *s, size_t i, struct err_info *info)
{
	size_t rows = (size_t)r->grid.rows, n = s->window.n, from = i > rows ? i - rows : 0, to = i + rows < n ? i + rows : n;

	if (from >= s->first && to <= s->first + s->page.n)
		return OK;
	from = from > rows ? from - rows : 0;
	to = to + rows < n ? to + rows : n;
	return read_rows(r, s, from, to - from, info);
}

size_t reader_rows(const struct screen *s)
{
	return s->window.store ? s->window.n : s->page.n;
}

struct page_entry *reader_row(struct reader *r, struct screen *s, int i)
{
	struct err_info info = ERR_INFO_INIT;

	if (i < 0 || (size_t)i >= reader_rows(s))
		return NULL;
	if (!s->window.store)
		return &s->page.entries[i];
	if (around(r, s, (size_t)i, &info) != OK) {
		reader_fail(r, &info);
		return NULL;
	}
	return &s->page.entries[(size_t)i - s->first];
}

void list_show(struct reader *r)
{
	struct screen *s = reader_top(r);

	if (!s->window.store)
		return;
	s->at.count = (int)s->window.n;
	place_clamp(&s->at, true);
	(void)reader_row(r, s, s->at.cursor);
}

/* ---- the list ---- */

/* Anew from the store; the article under the cursor stays on its line of the screen. Where it isn't in the list any more, the cursor goes to what stands where it would. */
static enum err list_open(struct reader *r, struct screen *s, bool unread, struct err_info *info)
{
	struct window fresh = { 0 };
	const struct page_entry *here = s->window.store ? reader_row(r, s, s->at.cursor) : NULL;
	int64_t id = here && s->at.cursor > 0 ? here->id : 0;
	size_t place = 0;
	bool there;
	enum err e = window_open(&fresh, &r->app->store, s->feed_id, unread, info);

	if (e == OK && id)
		e = window_find(&fresh, id, &place, &there, info);
	if (e != OK) {
		window_clear(&fresh);
		return e;
	}
	window_clear(&s->window);
	s->window = fresh;
	page_clear(&s->page);
	s->page.now = app_now(r->app);
	s->first = 0;
	s->at.top = (int)place - (s->at.cursor - s->at.top);
	s->at.cursor = (int)place;
	s->at.count = (int)fresh.n;
	if (s->at.top < 0)
		s->at.top = 0;
	place_clamp(&s->at, true);
	s->data.list.count = (int)fresh.n;
	s->data.list.unread = unread;
	return OK;
}

/* feed 0: of all feeds; title borrowed, NULL with these. */
static void open_list(struct reader *r, int64_t feed, const char *title)
{
	struct err_info info = ERR_INFO_INIT;
	struct screen *s = reader_push(r, &view_list);

	if (!s)
		return;
	s->feed_id = feed;
	s->data.list = (struct view_list){ .page = &s->page, .feed = arena_strdup(&s->arena, title) };
	if (list_open(r, s, false, &info) != OK)
		reader_drop(r, &info);
}

void reader_open_feed(struct reader *r)
{
	struct screen *feeds = reader_top(r);
	const struct feed *f;

	if (feeds->feeds.n == 0)
		return;
	f = &feeds->feeds.feed[feeds->at.cursor];
	open_list(r, f->id, f->title && *f->title ? f->title : f->url);
}

void reader_open_all(struct reader *r)
{
	open_list(r, 0, NULL);
}

static void renew(struct reader *r, struct screen *s, bool unread)
{
	struct err_info info = ERR_INFO_INIT;

	if (list_open(r, s, unread, &info) != OK)
		reader_fail(r, &info);
}

void list_unread(struct reader *r)
{
	struct screen *s = reader_top(r);

	if (s->window.store)
		renew(r, s, !s->window.unread);
	else
		reader_say(r, "these are articles that you read");
}

void list_renew(struct reader *r, struct screen *s)
{
	if (s->window.store)
		renew(r, s, s->window.unread);
}

/* ---- the next unread ---- */

enum err list_next(const struct screen *s, int by, int *row, struct err_info *info)
{
	size_t next = 0;
	bool found = false;
	enum err e = OK;

	*row = -1;
	if (s->window.store) {
		e = window_next_unread(&s->window, (size_t)s->at.cursor, by, &next, &found, info);
		*row = found ? (int)next : -1;
		return e;
	}
	for (int i = s->at.cursor + by; *row < 0 && i >= 0 && i < (int)s->page.n; i += by)
		if (!s->page.entries[i].read)
			*row = i;
	return OK;
}
